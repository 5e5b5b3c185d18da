import os
import re
from random import Random
from threading import Thread

import httpx
import mypy.api
import pytest

from mockpin import MockPin, Settings, Unmet
from mockpin.client.admin_client import AdminRefused, AdminUnreachable
from mockpin.emulator.settings.calibrations import Calibration, CalibrationInvalid, write_calibration
from mockpin.emulator.settings.durations import DurationUnreadable
from mockpin.expectations.journey_files import JourneyInvalid
from mockpin.expectations.journeys import JourneyUnmet
from tests.mockpin.client.traffic import HASH, PATIENCE, event, send


def test_what_was_sent_can_be_listed_and_expected(mock):
    assert send(mock, event()).status_code == 200
    (received,) = mock.expect(event_name="checkout", count=1, payload={"custom_data.order_id": "o1"})
    assert mock.events() == [received]
    assert mock.requests()[0]["event_seqs"] == [received["seq"]]


@pytest.mark.parametrize(
    "use",
    [
        MockPin.events,
        MockPin.reset,
        lambda mock: mock.url,
        lambda mock: mock.api_uri,
        lambda mock: mock.clock,
    ],
)
def test_use_before_the_start_says_how_to_start(use):
    with pytest.raises(
        AttributeError, match=r"^MockPin is not started: write `with MockPin\(\) as mockpin:`\.$"
    ):
        use(MockPin())


def test_an_unknown_attribute_is_named(mock):
    with pytest.raises(AttributeError, match="'MockPin' object has no attribute 'event'"):
        mock.event  # noqa: B018 - reading it raises
    assert not hasattr(mock, "app")


def test_two_ad_accounts_on_one_server_do_not_see_each_other(server, mock):
    send(mock, event())
    with MockPin(url=server.url) as other:
        assert other.events() == []
        other.expect_none()


def test_what_went_astray_with_its_token_is_among_its_requests_and_nobody_else_s(server, mock):
    with MockPin(url=server.url) as other:
        path = f"/v5/ad_accounts/{other.ad_account_id}/events"
        token = {"Authorization": f"Bearer {mock.conversion_token}"}
        astray = httpx.post(f"{mock.url}{path}", json={"data": [event()]}, headers=token, timeout=PATIENCE)
        assert astray.status_code == 403
        assert [request["path"] for request in mock.requests()] == [path]
        with MockPin(url=server.url) as third:
            assert third.requests() == []
        with pytest.raises(Unmet, match=r"1 request was refused \(403\)"):
            mock.expect(event_name="checkout")


def test_at_the_end_the_ad_account_is_closed(server):
    with MockPin(url=server.url) as mock:
        pass
    assert send(mock, event()).status_code in (401, 403)


def test_an_unmet_expectation_fails_with_the_nearest_misses(mock):
    send(mock, event())
    with pytest.raises(Unmet, match="expected 'o2', received 'o1'") as caught:
        mock.expect(event_name="checkout", payload={"custom_data.order_id": "o2"})
    assert caught.value.nearest[0]["event_name"] == "checkout"


def test_a_refused_request_is_told_where_an_event_is_missing(mock, tmp_path):
    send(mock, event(user_data={"em": "ada@example.com"}))
    said = r"1 request was refused \(400\): Invalid request: .*masked"
    with pytest.raises(Unmet, match=said) as missing:
        mock.expect(event_name="checkout")
    assert "ada@example.com" not in str(missing.value)
    (tmp_path / "journey.toml").write_text('[[expect]]\nevent_name = "checkout"')
    with pytest.raises(JourneyUnmet, match=said):
        mock.expect_journey(tmp_path / "journey.toml")


def test_a_refused_request_is_not_blamed_for_an_event_too_many(mock):
    send(mock, event(surprise=1))
    send(mock, event())
    with pytest.raises(Unmet) as exceeded:
        mock.expect_none(event_name="checkout")
    assert "refused" not in str(exceeded.value)


def test_an_event_that_comes_while_one_waits_ends_the_wait(mock):
    sender = Thread(target=send, args=(mock, event()))
    sender.start()
    assert mock.expect(event_name="checkout", timeout=30)
    sender.join()


def test_one_event_too_many_fails(mock):
    send(mock, event("e1"), event("e2"))
    with pytest.raises(Unmet, match=r"exactly 1 event .*2 came") as caught:
        mock.expect(event_name="checkout", count=1, timeout=30)
    assert [line.split(", ")[1] for line in str(caught.value).splitlines()[1:]] == [
        "event_id=e1",
        "event_id=e2",
    ]


def test_that_nothing_comes_is_waited_for(mock):
    mock.expect_none(event_name="lead", timeout="10ms")
    send(mock, event(event_name="lead"))
    with pytest.raises(Unmet, match=r"1 came\.\nMatch: event .*, event_id=e1, "):
        mock.expect_none(event_name="lead")


def test_an_event_that_came_twice_was_deduplicated(mock):
    send(mock, event())
    with pytest.raises(Unmet):
        mock.expect_deduplicated(event_id="e1")
    send(mock, event())
    (repeated,) = mock.expect_deduplicated(event_id="e1")
    assert repeated["duplicate_of"] == mock.events()[0]["seq"]


def test_limited_data_processing_can_be_expected(mock):
    send(mock, event())
    with pytest.raises(Unmet):
        mock.expect_limited_data_processing()
    california, usa = (
        "6959097001d10501ac7d54c0bdb8db61420f658f2922cc26e46d536119a31126",
        "79adb2a2fce5c6ba215fe5f27f532d4e7edbac4b6a5e09e1ef3a08084a904621",
    )
    limited = {"em": [HASH], "st": [california], "country": [usa]}
    send(mock, event("e2", user_data=limited, custom_data={"opt_out_type": "LDP"}))
    assert len(mock.expect_limited_data_processing(event_id="e2")) == 1


def test_test_requests_are_listed_apart(mock):
    send(mock, event(), test=True)
    mock.expect_none(event_name="checkout")
    assert len(mock.expect(event_name="checkout", test=True)) == 1


def test_conduct_is_told(mock):
    send(mock, event(user_data={"em": ["jane@example.com"]}))
    assert [finding["rule"] for finding in mock.conduct()] == ["plain-text"]


def test_a_journey_is_expected_from_its_file(mock, tmp_path):
    journey = tmp_path / "journey.toml"
    journey.write_text('[[expect]]\nevent_name = "checkout"\ncount = 1\n')
    with pytest.raises(JourneyUnmet):
        mock.expect_journey(journey)
    send(mock, event())
    mock.expect_journey(journey)


def test_reset_forgets_events_requests_and_faults(mock):
    mock.faults.add(fault={"delay_ms": 0})
    send(mock, event())
    mock.reset()
    assert (mock.events(), mock.requests(), mock.faults.list()) == ([], [], [])


def test_long_histories_are_listed_page_by_page(mock):
    for start in (0, 600):
        send(mock, *(event(str(number)) for number in range(start, start + 600)))
    assert len(mock.events()) == 1200


def test_settings_are_those_of_the_emulator_that_is_started():
    with MockPin(Settings(unknown_event_name="fail")) as mock:
        assert send(mock, event(event_name="quoted")).status_code == 422


def test_the_application_can_be_used_without_a_socket(server):
    with httpx.Client(transport=httpx.WSGITransport(server.app), base_url="http://127.0.0.1") as client:
        assert client.get("/__mockpin/health").json()["status"] == "ok"


def test_its_addresses_are_built_on_its_url(mock):
    assert mock.api_uri == f"{mock.url}/v5"
    assert mock.admin_uri == f"{mock.url}/__mockpin"
    assert mock.write_key == mock.ad_account_id


@pytest.mark.parametrize("end", ["/v5", "/v5/", "/"])
def test_a_running_server_is_found_by_what_a_sender_takes(server, end):
    with MockPin(url=f"{server.url}{end}") as mock:
        assert mock.url == server.url
        assert send(mock, event()).status_code == 200


def test_ids_and_token_come_from_the_random_source_that_is_given():
    assert MockPin(random=Random(7)).ad_account_id == MockPin(random=Random(7)).ad_account_id


def test_the_token_is_not_shown():
    mock = MockPin()
    assert mock.conversion_token not in repr(mock)


@pytest.mark.parametrize("method", ["expect", "expect_none", "expect_deduplicated", "events"])
def test_a_filter_that_is_none_is_refused_with_the_closest(mock, method):
    with pytest.raises(TypeError, match=r"^unknown filter 'evnt_name'; did you mean event_name\?$"):
        getattr(mock, method)(evnt_name="checkout")


@pytest.mark.parametrize("timeout", ["2 sec", -1, None])
def test_a_timeout_that_is_not_a_length_of_time_is_refused(mock, timeout):
    with pytest.raises(DurationUnreadable, match="is not a length of time: write a number with ms, s, m"):
        mock.expect(timeout=timeout)


def test_a_misspelt_word_of_an_expectation_is_refused_with_the_closest(mock):
    with pytest.raises(TypeError, match=r"unknown filter 'timeot'; did you mean timeout\?"):
        mock.expect(timeot=2)


MISTAKES = """
from mockpin import MockPin

def test(mockpin: MockPin) -> None:
    mockpin.expect(event_name="checkout", status="processed", count=1, payload={"custom_data.value": "1"})
    mockpin.expect(event_nam="checkout")
    mockpin.events(status="lost")
    mockpin.expect_none(duplicat=True)
"""


def test_a_type_checker_finds_a_filter_that_is_none(tmp_path):
    (tmp_path / "test_shop.py").write_text(MISTAKES)
    said, _, _ = mypy.api.run(
        ["--strict", "--follow-imports=silent", "--cache-dir", os.devnull, str(tmp_path / "test_shop.py")]
    )
    assert re.findall(r"test_shop.py:(\d+): error", said) == ["6", "7", "8"]
    assert 'did you mean "event_name"?' in said


def test_a_value_that_no_filter_takes_is_refused_with_its_place(mock):
    with pytest.raises(AdminRefused, match="body /match/status: "):
        mock.expect(status="lost")


def test_a_journey_that_is_not_there_is_said_in_a_sentence(mock):
    with pytest.raises(
        JourneyInvalid, match=r"nope\.toml: cannot be read: No such file or directory; a relative"
    ):
        mock.expect_journey("nope.toml")


def test_nobody_at_the_url_is_said():
    with (
        pytest.raises(AdminUnreachable, match="is the server running there"),
        MockPin(url="http://127.0.0.1:1"),
    ):
        pass


def test_a_dropped_request_is_not_a_breakdown_of_ours(caplog):
    with MockPin() as mock:
        mock.faults.add(fault={"drop": True})
        with pytest.raises(httpx.TransportError):
            httpx.post(f"{mock.api_uri}/ad_accounts/{mock.ad_account_id}/events", content=b"{}", timeout=60)
    assert [record for record in caplog.records if record.name == "mockpin"] == []


def test_a_miss_shows_the_test_s_own_line_and_nothing_of_the_client_s(suite):
    result = suite(
        "def test_checkout(mockpin):\n    mockpin.expect_none()\n    mockpin.expect_limited_data_processing()"
    )
    result.stdout.fnmatch_lines(["*>*mockpin.expect_limited_data_processing()", "*test_it.py:6: Unmet"])
    assert "client.py" not in result.stdout.str()


@pytest.mark.parametrize(
    ("mistake", "said"),
    [
        ("expect(status='proccessed')", "*body /match/status: This is not one of [[]'processed', 'failed']"),
        (
            "expect(evnt_name='checkout')",
            "E *TypeError: unknown filter 'evnt_name'; did you mean *",
        ),
        ("expect(timeout='soon')", "E *'soon' is not a length of time: *"),
        ("expect(event_id='jo@example.com')", "E *event_id is plain text, *"),
        (
            "faults.add(fault={'staus': 503})",
            "E *body /fault/staus: Unknown field; the known fields are status, *",
        ),
        ("clock.advance('25 hrs')", "E *body /advance: This is neither a length of time, such as 25h, *"),
        ("expect_journey('nosuch.toml')", "E *nosuch.toml: cannot be read: *"),
    ],
)
def test_a_mistake_in_a_test_shows_the_test_s_own_line_and_what_is_wrong(suite, mistake, said):
    result = suite(f"def test_checkout(mockpin):\n    mockpin.{mistake}")
    result.stdout.fnmatch_lines([f">*mockpin.{mistake}".replace("[", "[[]"), said])
    assert sum(line.startswith(">") for line in result.outlines) == 1
    assert "def " not in "".join(line for line in result.outlines if "test_checkout" not in line)


CALIBRATION = Calibration(
    "https://api.pinterest.com",
    "sha256:1234",
    "2026-11-25",
    "0.1.0",
    {"max_event_age": "1h", "mixed_batch_status": "200"},
)


def test_a_calibration_decides_what_the_settings_leave_at_their_default(tmp_path):
    path = tmp_path / "calibration.json"
    write_calibration(CALIBRATION, path)
    with MockPin(Settings(mixed_batch_status=422, max_event_age="3d"), calibration=path) as mock:
        told = httpx.get(f"{mock.admin_uri}/settings").json()["settings"]
    described = {setting["name"]: setting for setting in told}
    assert described["max_event_age"]["value"] == "3d"
    assert described["mixed_batch_status"]["value"] == "200"
    assert described["mixed_batch_status"]["grade"] == "observed on your account"


def test_a_calibration_beside_a_running_server_is_refused():
    with pytest.raises(TypeError, match="start it with --calibration"):
        MockPin(url="http://127.0.0.1:1", calibration=CALIBRATION)


def test_a_calibration_that_cannot_be_used_is_refused_at_once(tmp_path):
    path = tmp_path / "calibration.json"
    path.write_text("{}")
    with pytest.raises(CalibrationInvalid, match="did not write it"):
        MockPin(calibration=path)
