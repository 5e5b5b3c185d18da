"""Calibrations: what a service answered to the probes of `mockpin calibrate`, and the settings that follow.

A calibration is a JSON file. It holds no token, and the ad account only as a fingerprint. A digest over the
whole content shows whether somebody edited it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import orjson

from mockpin.emulator.json_texts import JsonUnreadable, parse_json
from mockpin.replacing import replacing
from mockpin_validator.files import read_whole

FORMAT = "mockpin-calibration"
VERSION = 1
#: What each part of the file must be.
PARTS: dict[str, type] = {
    "service": str,
    "ad_account": str,
    "observed": str,
    "mockpin": str,
    "settings": dict,
    "probes": list,
    "missing": list,
}
#: What each probe in the file must have.
PROBE_PARTS: dict[str, type] = {"name": str, "question": str, "observed": str, "exchanges": list}


@dataclass(eq=False)
class CalibrationInvalid(ValueError):
    """A file cannot be used as a calibration."""

    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path} is not a calibration that can be used: {self.reason}"


@dataclass(frozen=True)
class Calibration:
    """What a service was observed to do.

    `observed` is the day of the last answer (ISO date, UTC), `ad_account` a fingerprint, `mockpin` the
    version that asked. `settings` are texts as the flags of `mockpin serve` take them. `probes` have
    `name`, `question`, `observed`, `emulated`, `agrees`, `reproduced` and `exchanges`; `missing` are the
    names of probes without an answer.
    """

    service: str
    ad_account: str
    observed: str
    mockpin: str
    settings: Mapping[str, str] = field(default_factory=dict)
    probes: Sequence[Mapping[str, Any]] = ()
    missing: Sequence[str] = ()

    @property
    def evidence(self) -> dict[str, str]:
        """Source, grade and date of a setting that this calibration decides."""
        source = (
            f"the answers of {self.service} to the ad account {self.ad_account}, read by mockpin calibrate"
        )
        return {"source": source, "grade": "observed on your account", "date": self.observed}

    def to_dict(self) -> dict[str, Any]:
        """The content of the file."""
        content = {"format": FORMAT, "version": VERSION, **{name: getattr(self, name) for name in PARTS}}
        return {**content, "digest": compute_digest(content)}

    @classmethod
    def from_dict(cls, content: Any, path: str) -> Self:
        """The calibration in a file's content. Raises CalibrationInvalid."""
        reason = find_fault(content)
        if reason:
            raise CalibrationInvalid(path, reason)
        return cls(**{name: content[name] for name in PARTS})


def read_calibration(path: str | Path) -> Calibration:
    """The calibration in a file. Raises CalibrationInvalid, also for a file that cannot be read."""
    try:
        content = parse_json(read_whole(Path(path)))
    except OSError as error:
        raise CalibrationInvalid(str(path), f"it cannot be read: {error.strerror}.") from None
    except JsonUnreadable as error:
        raise CalibrationInvalid(str(path), f"it is not JSON ({error}).") from None
    return Calibration.from_dict(content, str(path))


def write_calibration(calibration: Calibration, path: Path) -> None:
    """Write the file whole or not at all. Raises OSError."""
    content = orjson.dumps(calibration.to_dict(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    with replacing(path, mode=0o600) as file:
        file.write(content)


def compute_digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of everything in a file but the digest itself."""
    signed = {name: value for name, value in content.items() if name != "digest"}
    return "sha256:" + hashlib.sha256(orjson.dumps(signed, option=orjson.OPT_SORT_KEYS)).hexdigest()


def find_fault(content: Any) -> str | None:
    """Why a file's content cannot be used as a calibration, None when it can."""
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        return "`mockpin calibrate` did not write it. Give the file that it wrote."
    if content.get("version", VERSION) != VERSION:
        return f"its format is version {content['version']}, this mockpin reads {VERSION}. Update mockpin."
    if content.get("digest") != compute_digest(content):
        return (
            "it was changed after `mockpin calibrate` wrote it. Calibrate again; "
            "to choose a setting yourself, use its flag or mockpin.toml."
        )
    if not has_parts(content, PARTS) or not all(has_parts(probe, PROBE_PARTS) for probe in content["probes"]):
        return "a part of it is missing. Calibrate again."
    return None


def has_parts(content: Any, parts: Mapping[str, type]) -> bool:
    """Whether an object has each part in its type."""
    return isinstance(content, dict) and all(
        isinstance(content.get(name), kind) for name, kind in parts.items()
    )
