"""Folders of probes."""

import json

import httpx
import orjson
import pytest

from mockpin import MockPin
from mockpin.calibration.probes import load_probes
from mockpin.cli.shared.errors import InputUnreadable
from mockpin.cli.shared.probe_files import list_disagreeing, read_probes, write_probes
from mockpin.emulator.history.shadow_answers import ShadowAnswer

PROBE = {
    "order": 1, "question": "q", "about": "a", "settings": [], "reading": "plain", "events": [{}],
}  # fmt: skip


def write(folder, **changes):
    (folder / "mine.json").write_text(json.dumps({**PROBE, **changes}))
    return folder


def test_the_probes_of_a_folder_come_behind_the_shipped_ones(tmp_path):
    shipped = [probe.name for probe in load_probes()]
    assert [probe.name for probe in read_probes(None)] == shipped
    assert [probe.name for probe in read_probes(write(tmp_path))] == [*shipped, "mine"]


def test_a_probe_with_an_unknown_reading_is_unreadable_input(tmp_path):
    with pytest.raises(InputUnreadable, match="the probe mine has a reading that there is not"):
        read_probes(write(tmp_path, reading="tea-leaves"))


@pytest.mark.parametrize(
    "changes",
    [
        {"events": 1}, {"events": [{"age": "old"}]}, {"events": ["x"]}, {"about": 1}, {"question": None},
        {"settings": 5}, {"settings": [[]]}, {"reading": []}, {"about": "\ud800"},
    ],
)  # fmt: skip
def test_a_folder_of_other_files_is_unreadable_input(tmp_path, changes):
    with pytest.raises(InputUnreadable, match="should be a folder whose"):
        read_probes(write(tmp_path, **changes))
    with pytest.raises(InputUnreadable, match="should be a folder whose"):
        read_probes(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "changes",
    [
        {"events": [{"changes": 5}]}, {"reading": "time_limit"}, {"reading": "test_batch"},
        {"reading": "unknown_account"}, {"reading": "unhashed"}, {"reading": "consequence", "values": 1},
        {"events": [{"age": "9" * 400}]},
    ],
)  # fmt: skip
def test_a_probe_without_what_its_reading_needs_is_named_before_anything_is_asked(tmp_path, changes):
    with pytest.raises(InputUnreadable, match=r"the probe mine cannot be asked\. Compare it with docs/"):
        read_probes(write(tmp_path, **changes))


def test_a_number_beyond_64_bits_can_be_sent(tmp_path):
    probes = read_probes(write(tmp_path, events=[{"changes": {"custom_data": {"num_items": 10**30}}}]))
    assert probes[-1].variants[0].changes == {"custom_data": {"num_items": 1e30}}


class Pages:
    """An admin API that has these answers of shadow mode, two on a page."""

    def __init__(self, *answers):
        self._answers = [
            {"request_id": number, "disagreements": disagreements} for number, disagreements in answers
        ]

    def get(self, path, *, after):
        assert path == "shadow"
        return {"shadow": [answer for answer in self._answers if int(answer["request_id"]) > after][:2]}


def test_the_requests_that_were_judged_otherwise_are_listed_over_all_pages():
    admin = Pages(("3", ["x"]), ("5", []), ("8", ["x"]), ("9", ["x"]), ("12", []))
    assert list(list_disagreeing(admin)) == ["3", "8", "9"]


def test_a_request_without_events_is_counted_and_gives_no_probe(tmp_path, capsys):
    verdicts = orjson.dumps([{"index": None, "seq": None}]).decode()
    with MockPin() as mock:
        account = mock.ad_account_id
        headers = {"Authorization": f"Bearer {mock.conversion_token}"}
        for number, event in enumerate(({"event_name": "lead", "event_time": "soon"}, 7), start=1):
            url = f"{mock.api_uri}/ad_accounts/{account}/events"
            httpx.post(url, json={"data": [event]}, headers=headers, timeout=60)
            answer = ShadowAnswer(number, account, 1.0, 400, 200, 1, verdicts)
            mock.app.extensions["mockpin"].store.add_shadow_answer(answer)
        write_probes(mock.url, tmp_path, admin_token=None)
    assert capsys.readouterr() == (
        f"1 probes written to {tmp_path}.\n", "1 request left out: no event to ask about.\n",
    )  # fmt: skip
    assert read_probes(tmp_path)[-1].variants[0].changes["event_time"] == "soon"


def test_a_probe_that_is_a_device_is_unreadable_input(tmp_path):
    (tmp_path / "endless.json").symlink_to("/dev/zero")
    with pytest.raises(InputUnreadable, match=r"should be a folder whose \*\.json files are probes alone"):
        read_probes(tmp_path)
