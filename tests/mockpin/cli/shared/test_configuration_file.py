import pytest

from mockpin.cli.shared.configuration_file import FILE, read_config
from mockpin.cli.shared.errors import InputUnreadable


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rules = 3", "rules should be a table, written [rules]"),
        ("validate = 3", "validate should be a table, written [validate]"),
        ("[validat]", "has [validat], which is not a command of mockpin; did you mean [validate]?"),
        ("[x]", "has [x], which is not a command of mockpin; there are [serve], "),
        ("[x", "cannot be read as TOML"),
    ],
)
def test_a_file_that_no_command_can_use_is_told_with_its_name(tmp_path, text, said):
    file = tmp_path / "other.toml"
    file.write_text(text)
    with pytest.raises(InputUnreadable) as raised:
        read_config(file)
    assert raised.value.message.startswith(str(file))
    assert said in raised.value.message


def test_a_named_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(InputUnreadable, match="cannot be read: No such file"):
        read_config(tmp_path / FILE)
