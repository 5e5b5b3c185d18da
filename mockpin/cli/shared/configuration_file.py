"""The file `mockpin.toml`: a table for each command, and one for the severities of rules."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mockpin.cli.command_names import COMMANDS
from mockpin.cli.shared.errors import InputUnreadable, explain_unreadable
from mockpin_validator.contract.spelling import suggest
from mockpin_validator.files import read_whole

FILE = "mockpin.toml"
#: What the file may have: `[rules]` sets severities, `[observations]` when rules over many events speak.
TABLES = (*COMMANDS, "rules", "observations")
SCALARS = (str, int, float, bool)


@dataclass(eq=False)
class MisfitFound(ValueError):
    """A value that no option can have; `wanted` says what can be there."""

    wanted: str

    def __str__(self) -> str:
        return f"should be {self.wanted}"


def read_config(path: Path | None) -> dict[str, dict[str, Any]]:
    """The tables of a configuration file; none when no file was named and the folder has none.

    Raises InputUnreadable for a file that is not TOML, and a table that is unknown or not a table.
    """
    if path is None and not Path(FILE).is_file():
        return {}
    import tomllib  # few folders have a file

    path = path or Path(FILE)
    try:
        values = tomllib.loads(read_whole(path).decode())
    except UnicodeDecodeError as error:
        raise InputUnreadable(
            f"{path} is not UTF-8 (at its byte {error.start + 1}): save it as UTF-8."
        ) from None
    except OSError as error:
        raise explain_unreadable(str(path), error) from error
    except (ValueError, RecursionError) as error:  # it nests deeper than Python can go
        raise InputUnreadable(f"{path} cannot be read as TOML: {error}.") from error
    for name, table in values.items():
        check_table(name, table, path)
    return values


def check_table(name: str, table: Any, path: Path) -> None:
    """Refuse a table that belongs to no command, and a value that is not a table."""
    if name not in TABLES:
        hint = suggest(name, (f"[{table}]" for table in TABLES))
        raise InputUnreadable(f"{path} has [{name}], which is not a command of mockpin; {hint}")
    if not isinstance(table, dict):
        raise InputUnreadable(f"{path}: {name} should be a table, written [{name}] on a line of its own.")


def check_value(value: Any, *, multiple: bool) -> Any:
    """The value as text, as a command line gives it; a list of them for an option that may be repeated.

    Raises MisfitFound.
    """
    values = value if multiple and isinstance(value, list) else [value]
    if not all(isinstance(item, SCALARS) for item in values):
        lists = ", or a list of these" if multiple else ""
        raise MisfitFound(f"a text, a number, true or false{lists}")
    texts = [str(item).lower() if isinstance(item, bool) else str(item) for item in values]
    if any("\0" in text for text in texts):
        raise MisfitFound("a text without the character NUL")
    return texts if multiple else texts[0]
