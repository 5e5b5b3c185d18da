"""Real senders through `mockpin run`, unedited: docs/run.md says of each by which variables it is reached."""

import os

import pytest

from tests.clients import reach

pytestmark = pytest.mark.slow_clients
#: How often a sender is measured before it counts as not reached: Chromium's virtual time runs on while a
#: busy machine loads a page.
ATTEMPTS = 3


@pytest.mark.parametrize("sender", reach.TABLE, ids=lambda sender: sender.name)
def test_a_sender_is_reached_as_the_page_says(sender, tmp_path):
    if sender.missing and "CI" not in os.environ:
        pytest.skip(f"{sender.tool} is not installed: {sender.name} is not tested")
    reach.install_node()
    expected = reach.read_rows()[sender.name]
    rows = (reach.write_row(sender, reach.measure(sender, tmp_path)) for _ in range(ATTEMPTS))
    assert expected in rows, reach.run(sender, (), tmp_path)[1]


def test_the_page_has_a_row_for_each_sender():
    assert list(reach.read_rows())[1:] == [sender.name for sender in reach.TABLE]
