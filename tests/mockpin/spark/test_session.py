"""What is checked before Spark is started."""

import socket
import subprocess
import sys
import tempfile

import pytest

from mockpin.spark.problems import ClusterFailed
from mockpin.spark.session import reach_master, standard_error_in


@pytest.fixture
def closed():
    """The address of a port that takes no connection: it is bound, and nothing listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield "{}:{}".format(*held.getsockname())


@pytest.fixture
def listening():
    """The address of a port that takes connections."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield "{}:{}".format(*server.getsockname())


def test_a_master_that_takes_no_connection_is_told(closed):
    with pytest.raises(ClusterFailed) as failed:
        reach_master(f"spark://{closed}")
    assert str(failed.value) == (
        f"No Spark master answers at spark://{closed}: connection refused. Start it, or correct --master."
    )


def test_an_address_without_a_port_that_is_a_number_is_told(closed):
    with pytest.raises(ClusterFailed, match="that is not a host and a port"):
        reach_master(f"spark://127.0.0.1:port,{closed}")


def test_one_master_that_takes_a_connection_is_enough(closed, listening):
    reach_master(f"spark://{closed},{listening}")
    reach_master(f"spark://{listening}")


@pytest.mark.parametrize("master", ["local[*]", "yarn", "k8s://https://127.0.0.1:1"])
def test_any_other_master_is_left_to_spark(master):
    reach_master(master)


def test_what_a_process_writes_to_standard_error_goes_to_the_file_until_the_end(capfd):
    write = [sys.executable, "-c", "import sys; sys.stderr.write('x')"]
    with tempfile.TemporaryFile() as log:
        with standard_error_in(log):
            subprocess.run(write, check=True)
        subprocess.run(write, check=True)
        log.seek(0)
        assert log.read() == b"x"
    assert capfd.readouterr().err == "x"
