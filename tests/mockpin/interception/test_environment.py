from pathlib import Path

import pytest

from mockpin.interception.environment import OpenAccount, bypasses_pinterest, make_environment, quote
from mockpin.interception.folder import RunFolder

ACCOUNT = OpenAccount("549755885175", "pina_secret")
FOLDER = RunFolder(Path("/run/mockpin"))


def make(**inherited):
    return make_environment(
        "http://127.0.0.1:1234", "http://127.0.0.1:4321", ACCOUNT, folder=FOLDER, inherited=inherited
    )


def test_a_sender_that_can_be_told_is_told_where_the_emulator_is():
    made = make()
    assert made["PINTEREST_API_URI"] == "http://127.0.0.1:1234/v5"
    assert made["PINTEREST_AD_ACCOUNT_ID"] == "549755885175"
    assert made["PINTEREST_CONVERSION_TOKEN"] == "pina_secret"
    assert made["MOCKPIN_URL"] == "http://127.0.0.1:1234"


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("NODE_OPTIONS", "--inspect", "--inspect --require /run/mockpin/node.cjs"),
        ("NODE_OPTIONS", "", "--require /run/mockpin/node.cjs"),
        ("BUN_OPTIONS", "--smol", "--smol --preload /run/mockpin/bun.cjs"),
        ("PYTHONPATH", "/mine", "/run/mockpin/python:/mine"),
        ("PYTHONPATH", "", "/run/mockpin/python"),
        ("PHP_INI_SCAN_DIR", "/etc/php", "/etc/php:/run/mockpin/php"),
        ("PHP_INI_SCAN_DIR", "", ":/run/mockpin/php"),
        ("no_proxy", "corp.example", "localhost,127.0.0.1,::1,corp.example"),
    ],
)
def test_what_was_set_before_is_kept(name, before, after):
    assert make(**{name: before})[name] == after


def test_javas_options_are_behind_those_that_were_set_before():
    options = make(JAVA_TOOL_OPTIONS="-Xmx1g")["JAVA_TOOL_OPTIONS"].split()
    assert options[0] == "-Xmx1g"
    assert {"-Dhttps.proxyHost=127.0.0.1", "-Dhttps.proxyPort=4321"} <= set(options)
    assert "-Djavax.net.ssl.trustStore=/run/mockpin/trusted.p12" in options


@pytest.mark.parametrize("name", ["*", "pinterest.com", ".pinterest.com", "*.pinimg.com", "api.segment.io"])
def test_no_entry_of_no_proxy_leads_past_mockpin(name):
    assert bypasses_pinterest(name)
    assert name not in make(NO_PROXY=f"{name}, corp.example")["NO_PROXY"].split(",")


def test_the_token_is_shown_nowhere():
    assert "pina_secret" not in repr(ACCOUNT)


def test_a_path_with_a_space_is_quoted_as_node_reads_it():
    assert quote("/a b/c") == '"/a b/c"'
