import pytest

from mockpin.cli import run
from mockpin.cli.shared.administration import UNAUTHORIZED
from tests.mockpin.serve_process import Serving


@pytest.fixture(scope="module")
def guarded(tmp_path_factory):
    with Serving(tmp_path_factory.mktemp("guarded"), "--admin-token", "right") as serving:
        yield serving


@pytest.mark.parametrize("command", ["expect", "report"])
@pytest.mark.parametrize("given", [(), ("--admin-token", "wrong")])
def test_a_wrong_or_missing_admin_token_exits_with_2_and_says_what_to_give(guarded, capsys, command, given):
    assert run([command, "--url", guarded.url, *given]) == 2
    assert UNAUTHORIZED in capsys.readouterr().err
