from itertools import count

import pytest
from click.testing import CliRunner

from mockpin import MockPin
from mockpin.cli.commands.wait import command, wait_until


def test_a_server_that_is_ready_is_named():
    with MockPin() as mock:
        done = CliRunner().invoke(command, ["--url", f"{mock.url}/"])
    assert (done.exit_code, done.stdout) == (0, f"mockpin ready {mock.url}\n")


def test_a_server_that_is_not_there_exits_with_3():
    done = CliRunner().invoke(command, ["--url", "http://127.0.0.1:1", "--timeout", "0"])
    assert done.exit_code == 3
    assert "No mockpin was ready at http://127.0.0.1:1 within 0 s" in done.stderr


def test_a_password_in_the_url_is_not_shown():
    done = CliRunner().invoke(command, ["--url", "http://user:pina_secret@127.0.0.1:1/v5", "--timeout", "0"])
    assert "at http://127.0.0.1:1 within" in done.stderr
    assert "pina_secret" not in done.output


def test_it_is_tried_until_it_is_so():
    tries = iter(["refused", "refused", None])
    slept = []
    assert wait_until(lambda: next(tries), timeout=9, timer=lambda: 0, sleep=slept.append) is None
    assert len(slept) == 2


def test_it_is_tried_at_least_once_and_not_beyond_the_time():
    ticks = count()
    tried = []

    def refuse():
        tried.append(1)
        return f"refused {len(tried)}"

    obstacle = wait_until(refuse, timeout=2, timer=lambda: next(ticks), sleep=lambda _: None)
    assert (obstacle, len(tried)) == ("refused 2", 2)
    assert wait_until(lambda: None, timeout=0) is None


@pytest.mark.parametrize("status", [200, 404])
def test_another_program_on_the_port_is_not_a_ready_server(status, stranger):
    done = CliRunner().invoke(command, ["--url", stranger(status, b'{"status":"ok"}'), "--timeout", "0"])
    assert (done.exit_code, done.stdout) == (3, "")
    assert f"within 0 s ({status} from another program): is the server running there?" in done.stderr


def test_an_answer_that_cannot_be_unpacked_is_not_a_ready_server(stranger):
    url = stranger(200, b"no gzip", content_encoding="gzip")
    done = CliRunner().invoke(command, ["--url", url, "--timeout", "0"])
    assert (done.exit_code, "No mockpin was ready" in done.stderr) == (3, True)
