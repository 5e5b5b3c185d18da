import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from mockpin.cli import mockpin, run
from mockpin_validator.contract.request import payload_schema


def document(tmp_path, schema):
    path = tmp_path / "openapi.json"
    openapi = {"components": {"schemas": {"ConversionEvents": schema}}, "$defs": payload_schema()["$defs"]}
    path.write_text(json.dumps(openapi))
    return str(path)


def test_the_same_contract_exits_with_0(tmp_path, capsys):
    assert run(["contract", "diff", document(tmp_path, payload_schema())]) == 0
    assert capsys.readouterr().out == ""


def test_a_change_is_told_and_exits_with_1(tmp_path, capsys):
    closed = {**payload_schema(), "additionalProperties": True}
    assert run(["contract", "diff", document(tmp_path, closed)]) == 1
    assert "additionalProperties was False, is True" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["openapi: 3.0.3", "{", "{}", "[" * 100_000, "\udcff"])
def test_what_is_not_a_description_exits_with_2_and_says_what_to_give(tmp_path, capsys, text):
    path = tmp_path / "openapi.yaml"
    path.write_bytes(text.encode(errors="surrogateescape"))
    assert run(["contract", "diff", str(path)]) == 2
    said = capsys.readouterr().err
    assert "JSON" in said
    assert "Error:" in said
    assert "RecursionError" not in said
    assert "UnicodeDecodeError" not in said


@pytest.mark.parametrize("shape", [lambda text: text, gzip.compress, lambda text: b"\xef\xbb\xbf" + text])
def test_it_is_read_from_standard_input_too_and_out_of_gzip(tmp_path, shape):
    given = shape(Path(document(tmp_path, payload_schema())).read_bytes())
    args = ["contract", "diff", "-"]
    assert CliRunner().invoke(mockpin, args, input=given, standalone_mode=False).return_value == 0


def test_a_file_that_is_not_there_exits_with_2(tmp_path, capsys):
    assert run(["contract", "diff", str(tmp_path / "none.json")]) == 2
    assert "cannot be read" in capsys.readouterr().err
