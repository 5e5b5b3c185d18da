"""`mockpin transform` as a user runs it."""

import gzip
import json

import pytest
from click.testing import CliRunner

from mockpin.cli.commands.transform import command
from tests.conftest import FIXTURES


def case(name):
    return json.loads((FIXTURES / "segment_events" / f"{name}.json").read_text("utf-8"))


ORDER = case("web-order-completed")
OFFLINE = case("offline-sale")


def run(*arguments, text=None):
    return CliRunner().invoke(command, arguments, input=text)


@pytest.fixture
def mapping(tmp_path):
    file = tmp_path / "mapping.json"
    file.write_text(json.dumps(OFFLINE["mapping"]))
    return str(file)


def test_the_presets_decide_by_their_triggers_and_the_payload_is_segments_to_the_byte():
    done = run("-", text=json.dumps(ORDER["event"]))
    assert done.stdout == ORDER["expect"]["body"] + "\n"
    assert (done.exit_code, done.stderr) == (0, "")


def test_one_preset_is_for_every_event():
    done = run("-", "--preset", "lead", text=json.dumps(ORDER["event"]))
    assert json.loads(done.stdout)["data"][0]["event_name"] == "lead"


def test_a_mapping_of_ones_own(mapping):
    done = run("-", "--mapping", mapping, text=json.dumps(OFFLINE["event"]))
    assert done.stdout == OFFLINE["expect"]["body"] + "\n"


def test_a_mapping_over_a_preset(tmp_path):
    file = tmp_path / "over.json"
    file.write_text('{"action_source": "offline"}')
    done = run("-", "--preset", "Checkout", "--mapping", str(file), text=json.dumps(ORDER["event"]))
    event = json.loads(done.stdout)["data"][0]
    assert (event["event_name"], event["action_source"]) == ("checkout", "offline")


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_lines_lists_and_batches_are_read_packed_or_not(tmp_path, pack):
    event = json.dumps(ORDER["event"])
    file = tmp_path / "events.jsonl"
    file.write_bytes(pack(f'{event}\n\n[{event}]\n{{"batch": [{event}, {event}]}}\n'.encode()))
    assert run(str(file)).stdout.count('"event_id"') == 4


def test_the_documented_normalization_gives_other_hashes(mapping):
    sent = {
        run("-", "--mapping", mapping, "--normalization", text, text=json.dumps(OFFLINE["event"])).stdout
        for text in ("segment", "documented")
    }
    assert len(sent) == 2


def test_an_event_that_cannot_be_converted_stops_no_other_and_is_named():
    failing = json.dumps(case("error-no-identity")["event"])
    done = run("-", text=f"{failing}\n{json.dumps(ORDER['event'])}\n")
    assert done.stdout == ORDER["expect"]["body"] + "\n"
    assert done.stderr.startswith("standard input:1: Lead: IntegrationError: User data must contain")
    assert done.exit_code == 1


def test_an_event_that_no_mapping_takes_is_named():
    done = run("-", text='{"type": "identify"}')
    assert (done.exit_code, done.stdout) == (0, "")
    assert "standard input:1: no mapping takes this event" in done.stderr


@pytest.mark.parametrize("text", ['{"events": [{"type": "page"}]}', '"hi"', "null", "[[]]", '{"event": 1}'])
def test_what_is_not_an_event_is_told_once_and_does_not_pass(text):
    done = run("-", text=text)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith("standard input:1")
    assert ": this is not an event. A Segment event is an object with a type" in done.stderr


def test_it_explains_where_each_field_comes_from_and_what_segment_loses(mapping):
    text = run("-", "--mapping", mapping, "--explain", text=json.dumps(OFFLINE["event"])).stdout
    assert "+ /user_data/em/0 = " in text
    assert "from traits.email" in text
    assert text.count("! matches nobody: Pinterest asks for ") == 4
    assert "match keys match nobody as Segment cleans them: db/0, st/0, zp/0, country/0." in text
    assert "- /event_source_url  from context.page.url: left out, nothing there" in text
    traits = OFFLINE["event"]["traits"]
    assert not [
        trait for trait in traits.values() if isinstance(trait, str) and trait.lower() in text.lower()
    ]


def test_it_explains_why_an_event_cannot_be_converted(tmp_path):
    event = {**ORDER["event"], "properties": {"email": "ada@example.com", "products": [{"price": "9,5"}]}}
    done = run("-", "--explain", text=json.dumps(event))
    said = "Price must be a number but it was a string."
    assert done.stderr.splitlines()[1:] == [
        f"    at /contents/0/item_price, from properties.products.*.price: {said}"
    ]
    mapping = tmp_path / "mapping.json"
    mapping.write_text('{"data_format": "latest", "action_source": {}, "contents": [{"item_price": "9,5"}]}')
    done = run("-", "--explain", "--mapping", str(mapping), text=json.dumps(event))
    assert "    at /event_name, which the mapping does not set: The root value is missing" in done.stderr
    assert "    at /action_source, from the mapping: Action Source must be a string" in done.stderr
    assert "    at /contents/0/item_price, from the mapping: Price must be a number" in done.stderr


def test_it_explains_where_the_identity_would_have_come_from():
    done = run("-", "--explain", text=json.dumps(case("error-no-identity")["event"]))
    assert done.stderr.splitlines()[1:] == [
        "    at /user_data/email, from properties.email, traits.email",
        "    at /user_data/hashed_maids, which the mapping does not set",
        "    at /user_data/client_ip_address, from context.ip",
        "    at /user_data/client_user_agent, from context.userAgent",
    ]


BROKEN = [
    ("{", "is not JSON"),
    ("\ud800", "is not UTF-8"),
    ("[" * 100_000, "nested this deeply"),
]


@pytest.mark.parametrize(("text", "problem"), BROKEN)
def test_input_that_cannot_be_read_is_named_with_its_line(tmp_path, text, problem):
    file = tmp_path / "events.jsonl"
    file.write_bytes(text.encode(errors="surrogatepass"))
    done = run(str(file))
    assert done.exit_code == 2
    assert f"{file}, line 1" in done.stderr
    assert problem in done.stderr


def test_a_broken_gzip_file_is_named(tmp_path):
    file = tmp_path / "events.jsonl.gz"
    file.write_bytes(gzip.compress(b'{"type": "page"}' * 100)[:30])
    done = run(str(file))
    assert (done.exit_code, "cut off" in done.stderr) == (2, True)


def test_files_that_are_not_there_and_presets_that_are_none(tmp_path):
    assert "cannot be read" in run(str(tmp_path / "none.json")).stderr
    assert "cannot be read" in run("-", "--mapping", str(tmp_path / "none.json"), text="{}").stderr
    assert "is not one of Add Payment Info" in run("-", "--preset", "Buy", text="{}").stderr


@pytest.mark.parametrize("text", ["{", '{"event_name": {"@path": 5}}', '{"@nothing": 1}'])
def test_a_mapping_that_is_none_is_refused(tmp_path, text):
    file = tmp_path / "mapping.json"
    file.write_text(text)
    done = run("-", "--mapping", str(file), text="{}")
    assert done.exit_code == 2
    assert str(file) in done.stderr


def test_a_region_is_two_letters():
    done = run("-", "--region", "xx", text="{}")
    assert (done.exit_code, "'XX' cannot be read" in done.stderr) == (2, True)


def test_a_conversion_event_is_said_to_be_one():
    done = run("-", text='{"event_name": "lead", "event_id": "e1"}')
    assert (done.exit_code, done.stdout) == (1, "")
    assert "standard input:1: this is a conversion event already: mockpin send" in done.stderr
