"""Files with what is certain put right."""

import gzip
import io
import json
from pathlib import Path

import click
import pytest
from hypothesis import event as note
from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin.cli.shared.errors import InputUnreadable, OutputUnwritable
from mockpin.cli.shared.fixing import Fixed, diff_file, fix_file, fix_text, name_output
from mockpin.strategies import conversion_events
from mockpin_validator import validate

HASH = "ab" * 32
WRONG = {"event_time": "1790000000", "user_data": {"em": HASH.upper()}, "custom_data": {"value": 9.50}}
TEXT = '{"event_name": "lead",\n  "event_time" : 1790000000123, "user_data": {"em": "%s"}}\n' % HASH.upper()  # noqa: UP031


def corrected(text, **more):
    fixed = Fixed()
    return fix_text(text, fixed, **more), fixed


def test_only_the_wrong_values_change():
    text, fixed = corrected(TEXT)
    assert text == TEXT.replace("1790000000123", "1790000000").replace(f'"{HASH.upper()}"', f'["{HASH}"]')
    assert str(fixed) == (
        "1 event corrected (1x milliseconds made seconds, 1x text put in a list, hash put in lower case)"
    )


def test_a_number_keeps_its_digits_in_quotes():
    assert '"value": "9.50"' in corrected('{"event_name": "x", "custom_data": {"value": 9.50}}')[0]


@pytest.mark.parametrize("shape", ["event", "list", "payload"])
def test_events_are_found_in_a_list_and_in_a_payload(shape):
    document = {"event": WRONG, "list": [{}, WRONG], "payload": {"data": [WRONG, WRONG]}}[shape]
    text, fixed = corrected(json.dumps(document))
    assert fixed.events == (2 if shape == "payload" else 1)
    assert HASH.upper() not in text


@pytest.mark.parametrize(
    "text",
    ['{"type": "track", "event_time": "1"', "nope", "5", '{"type": "track", "opt_out": "true"}', "[" * 5000],
)
def test_what_is_not_a_conversion_event_stays(text):
    assert corrected(text) == (text, Fixed())


SPOILED = st.fixed_dictionaries(
    {},
    optional={
        "hash": st.just(True),
        "list": st.just(True),
        "currency": st.just(True),
        "time": st.sampled_from(["ms", "text"]),
        "value": st.just(True),
        "num_items": st.just(True),
    },
)


def spoil(event, how):
    event = json.loads(json.dumps(event))
    user_data, custom_data = event["user_data"], event.setdefault("custom_data", {})
    user_data["em"] = [HASH.upper() if "hash" in how else HASH]
    user_data["em"] = user_data["em"][0] if "list" in how else user_data["em"]
    custom_data |= {"currency": "eur" if "currency" in how else "EUR"}
    custom_data |= {"value": 9.5 if "value" in how else "9.5", "num_items": "1" if "num_items" in how else 1}
    custom_data.pop("contents", None)
    seconds = event["event_time"]
    event["event_time"] = {"ms": seconds * 1000, "text": str(seconds)}.get(how.get("time"), seconds)
    return event


@settings(max_examples=60)
@given(conversion_events(), SPOILED, st.sampled_from([None, 1]))
def test_a_corrected_event_has_none_of_the_corrected_findings(event, how, indent):
    text = json.dumps(spoil(event, how), indent=indent)
    after, fixed = corrected(text)
    note(f"{len(how)} mistakes")
    now = event["event_time"] + 60
    corrected_rules = {"schema", "match-key-upper-case", "currency-unknown", "event-time-in-future"}
    assert not corrected_rules & {finding.rule for finding in validate(json.loads(after), now=now)}
    assert fixed.events == bool(how)
    assert corrected(after) == (after, Fixed())
    if not how:
        assert after == text


@pytest.mark.parametrize("compress", [bytes, gzip.compress])
def test_a_file_is_copied_byte_for_byte_but_for_what_is_corrected(tmp_path, compress):
    good = b'\xef\xbb\xbf{"event_name":  "lead"}\r\n\n  nope \xff\n'
    path, output = tmp_path / "events.jsonl", tmp_path / "out.jsonl"
    path.write_bytes(compress(good + json.dumps(WRONG).encode()))
    fixed = fix_file(str(path), output, hasher=None, stdin=io.BytesIO())
    assert fixed.events == 1
    assert output.read_bytes().startswith(good)
    assert [entry.name for entry in tmp_path.iterdir()] != ["out.jsonl.part"]


def test_a_long_array_is_corrected_whole(tmp_path):
    path, output = tmp_path / "events.json", tmp_path / "out.json"
    path.write_text(json.dumps([{"event_name": "lead", "opt_out": False}] * 2000 + [WRONG], indent=1))
    assert fix_file(str(path), output, hasher=None, stdin=io.BytesIO()).events == 1
    assert json.loads(output.read_text())[-1]["custom_data"]["value"] == "9.5"


def test_a_table_is_not_corrected(tmp_path):
    path, output = tmp_path / "events.csv", tmp_path / "out.csv"
    path.write_text("event_name,em\nlead,x\n")
    with pytest.raises(InputUnreadable, match="corrects JSON in UTF-8 only"):
        fix_file(str(path), output, hasher=None, stdin=io.BytesIO())
    assert [entry.name for entry in tmp_path.iterdir()] == ["events.csv"]


@pytest.mark.parametrize("end", [14, -9])
def test_of_a_damaged_file_neither_a_copy_nor_a_difference_is_made(tmp_path, end):
    path, output = tmp_path / "events.jsonl.gz", tmp_path / "out.jsonl"
    path.write_bytes(gzip.compress(json.dumps(WRONG).encode() * 50)[:end])
    with pytest.raises(InputUnreadable, match=r"events\.jsonl\.gz: the compressed file is cut off"):
        fix_file(str(path), output, hasher=None, stdin=io.BytesIO())
    with pytest.raises(InputUnreadable, match="cut off"):
        list(diff_file(str(path), hasher=None, stdin=io.BytesIO()))
    assert [each.name for each in tmp_path.iterdir()] == ["events.jsonl.gz"]


@pytest.mark.parametrize("folder", ["missing", "events.jsonl"])
def test_a_copy_that_cannot_be_written_is_named(tmp_path, folder):
    path, output = tmp_path / "events.jsonl", tmp_path / folder / "out.jsonl"
    path.write_text(TEXT)
    with pytest.raises(OutputUnwritable, match=r"out\.jsonl cannot be written: No"):
        fix_file(str(path), output, hasher=None, stdin=io.BytesIO())


def test_a_difference_is_shown_masked_at_its_line(tmp_path):
    path = tmp_path / "events.jsonl"
    path.write_text('{"event_name": "lead"}\n' + json.dumps(WRONG | {"email": "jane@example.com"}) + "\n")
    lines = list(diff_file(str(path), hasher=None, stdin=io.BytesIO()))
    assert lines[2] == "@@ -2 +2 @@"
    assert HASH.upper() in lines[3]
    assert f'["{HASH}"]' in lines[4]
    assert "jane" not in "".join(lines)


@pytest.mark.parametrize(
    ("name", "output"),
    [("a/events.jsonl", "a/events.fixed.jsonl"), ("events.json.gz", "events.fixed.json"), ("x", "x.fixed")],
)
def test_a_copy_has_a_name_of_its_own(name, output):
    assert name_output(name) == Path(output)


def test_a_copy_of_standard_input_must_be_named():
    with pytest.raises(click.UsageError):
        name_output("-")


def test_a_file_without_a_mistake_has_nothing_to_correct():
    text, fixed = corrected('{"event_name": "lead"}')
    assert (text, str(fixed)) == ('{"event_name": "lead"}', "nothing to correct")


def test_a_difference_in_a_document_of_many_lines_is_shown_at_each_line(tmp_path):
    path = tmp_path / "events.json"
    path.write_text(json.dumps([{"event_name": "lead"}, WRONG], indent=1))
    _, _, *lines = diff_file(str(path), hasher=None, stdin=io.BytesIO())
    assert lines[:3] == [
        "@@ -6 +6 @@",
        '-  "event_time": "1790000000",',
        '+  "event_time": 1790000000,',
    ]
    assert [line for line in lines if line.startswith("@@")] == [
        "@@ -6 +6 @@",
        "@@ -8 +8 @@",
        "@@ -11 +11 @@",
    ]
