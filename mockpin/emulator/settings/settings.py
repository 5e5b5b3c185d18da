"""Every point on which Pinterest's behaviour is contested, unknown or ours to choose: one field each.

A field carries its evidence as data: `docs/emulation.md` and `GET /__mockpin/settings` are made from it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal

from mockpin.emulator.pipeline.rate_limit import Limit, parse_limit
from mockpin.emulator.settings.durations import format_duration
from mockpin.emulator.settings.setting import parse_value, setting
from mockpin.emulator.settings.texts import (
    format_size,
    format_size_bound,
    join,
    one_of,
    parse_count,
    parse_size,
    parse_size_bound,
    parse_span,
    parse_states,
    parse_switch,
    parse_unhashed,
)
from mockpin_validator.judging.policy import Consequence, Policy, Verdict

if TYPE_CHECKING:
    from mockpin.emulator.settings.calibrations import Calibration

#: What the validator assumes without another choice: the default of every setting they share.
SHARED = Policy()
Origin = Literal["flag", "environment", "mockpin.toml", "calibration", "default"]


@dataclass(frozen=True)
class Settings:
    """How the emulator behaves. Times are in seconds, sizes in bytes; `origins` says who chose what.

    A value may also be written as its flag takes it: `Settings(deduplication_window="48h")`.
    Raises SettingInvalid.
    """

    deduplication_window: float = setting(
        "24h",
        parse_span,
        shown=format_duration,
        about="How long after the first report of an event a second one is its duplicate.",
        values="a length of time such as 24h or 48h",
        source="Segment's documentation of its Pinterest destination says 24 hours of the first event; "
        "Pinterest's own pages said 48 hours in August 2026",
        grade="documented",
        date="2026-08-20",
    )
    mixed_batch_status: int = setting(
        "422",
        one_of(422, 200),
        about="The answer's status when some events of a request fail and others do not.",
        values="422 or 200",
        source="Pinterest's OpenAPI 5.23: 422 is 'Not all events were successfully processed'; "
        "never observed, and an example in its documentation reads like a 200",
        grade="documented",
        date="2025-12-11",
    )
    unknown_event_name: Verdict = setting(  # noqa: RUF009 - makes a field
        SHARED.unknown_event_name,
        one_of("warn", "fail"),
        about="What an event name outside Pinterest's list does to its event.",
        values="warn or fail",
        source="measured by curl with ?test=true: processed with a warning; "
        "the documentation's example fails it",
        grade="observed",
        date="2026-09-24",
    )
    unknown_action_source: Verdict = setting(  # noqa: RUF009 - makes a field
        SHARED.unknown_action_source,
        one_of("fail", "warn"),
        about="What an action source outside the four documented ones does to its event.",
        values="fail or warn",
        source="a free string in Pinterest's OpenAPI since 5.9, so no 400; no answer of the service is known",
        grade="inferred",
        date="2025-12-11",
    )
    warnings: Literal["2026", "2024", "off"] = setting(
        SHARED.warnings,
        one_of("2026", "2024", "off"),
        about="Which year's recommended-field warnings Pinterest's answers give.",
        values="2026, 2024 (none yet) or off",
        source="measured by curl in September 2026; absent from a reply of March 2024 "
        "(woocommerce/pinterest-for-woocommerce 945)",
        grade="observed",
        date="2026-09-24",
    )
    max_event_age: float = setting(
        format_duration(SHARED.max_event_age),
        parse_span,
        shown=format_duration,
        about="How old an event may be, that age included.",
        values="a length of time such as 7d",
        source="an old event was answered 422 (segmentio/action-destinations 2465); "
        "seven days is what senders' own documentation says",
        grade="inferred",
        date="2024-09-27",
    )
    future_tolerance: float = setting(
        format_duration(SHARED.future_tolerance),
        parse_span,
        shown=format_duration,
        about="How far ahead of the server's clock an event may be.",
        values="a length of time such as 60s",
        source="Pinterest's documentation allows no future time; some skew between clocks is our guess",
        grade="inferred",
        date="2026-09-22",
    )
    unhashed: Mapping[str, Verdict] = setting(
        join(SHARED.unhashed),
        parse_unhashed,
        shown=join,
        about="What a match key does to its event when it is not the SHA-256 that it should be.",
        values="match keys with fail or warn, such as em:fail,*:warn; without *, others as by default",
        source="em: Pinterest's Python SDK expects 422 of the live service; external_id: a unit test of "
        "Pinterest's Magento extension shows the warning; others are our guess",
        grade="inferred",
        date="2026-11-24",
    )
    late_after: float = setting(
        format_duration(SHARED.late_after),
        parse_span,
        shown=format_duration,
        about="How late an event may arrive, that age included, and not be reported as offline.",
        values="a length of time such as 1h",
        source="Pinterest's help centre, The Pinterest API for Conversions",
        grade="documented",
        date="2026-11-24",
    )
    ldp_states: tuple[str, ...] = setting(
        join(SHARED.ldp_states),
        parse_states,
        shown=join,
        about="The states in which limited data processing is taken to have an effect.",
        values="two-letter codes with commas, such as CA,CO",
        source="Segment's documentation of its Pinterest destination names California, as Pinterest's web "
        "GTM template did in 2023; Pinterest's pages of today speak of state privacy laws and name no state",
        grade="inferred",
        date="2026-11-25",
    )
    user_data_minimum: Consequence = setting(  # noqa: RUF009 - makes a field
        SHARED.user_data_minimum,
        one_of("refuse", "fail", "warn"),
        about="What a user_data without em, hashed_maids or an IP address with a user agent gets: "
        "400 for its request, a failed event, or a warning.",
        values="refuse, fail or warn",
        source="Pinterest's OpenAPI 5.23 demands it in the schema, 5.28 (the package pinterestsdk 2.1.0) in "
        "its prose only; no answer of the service is known",
        grade="inferred",
        date="2026-08-30",
    )
    event_id_missing: Consequence = setting(  # noqa: RUF009 - makes a field
        SHARED.event_id_missing,
        one_of("refuse", "fail", "warn"),
        about="What an event without event_id gets: 400 for its request, a failed event, or a warning.",
        values="refuse, fail or warn",
        source="every OpenAPI of Pinterest's requires it, yet Pinterest's own server template "
        "(pinterest/ss-gtm-template d0fc7a0) leaves it out when it has none; no answer is known",
        grade="inferred",
        date="2026-05-05",
    )
    unknown_ad_account: int = setting(
        "403",
        one_of(403, 404),
        about="The answer's status for an ad account that does not exist.",
        values="403 or 404",
        source="403, code 29, was seen on other paths for what a token does not open; Pinterest's OpenAPI "
        "lists 404 among the answers of /events since 5.28, with a generic example",
        grade="inferred",
        date="2026-09-22",
    )
    rate_limit: Limit | None = setting(  # noqa: RUF009 - makes a field
        "120000/min",
        parse_limit,
        shown=lambda limit: "off" if limit is None else str(limit),
        about="How many requests an ad account may send in a window; one too many is answered 429.",
        values="a whole number from 1 and a window such as 5000/min, or off",
        source="the header X-RateLimit-Limit as measured; Pinterest's OpenAPI 5.23 says 5,000 a minute",
        grade="observed",
        date="2026-09-24",
    )
    test_batch: int = setting(
        "20",
        parse_count,
        about="How many events of a test request are judged; those past it are answered processed.",
        values="a whole number from 1",
        source="Pinterest's documentation: only the first 20 events of a test batch are processed; "
        "what the counts then say is our guess",
        grade="inferred",
        date="2026-09-22",
    )
    body_limit: int = setting(
        "10MB",
        parse_size,
        shown=format_size,
        about="How large a request's body may be, unpacked; a larger one is answered 413.",
        values="a size such as 10MB",
        source="no limit of Pinterest's is known",
        grade="ours",
        date="2026-11-24",
    )
    history: int = setting(
        "100000",
        parse_count,
        about="How many events are kept; the oldest make room, and are counted.",
        values="a whole number from 1",
        source="a bound against unlimited growth",
        grade="ours",
        date="2026-11-24",
    )
    history_bytes: float = setting(
        "off",
        parse_size_bound,
        shown=format_size_bound,
        about="How many bytes of real events, of test events and of requests are kept, each; "
        "the oldest make room, and are counted.",
        values="a size such as 500MB, or off for any",
        source="a bound against events of any size",
        grade="ours",
        date="2026-11-25",
    )
    keep_alive: bool = setting(
        "on",
        parse_switch,
        shown=lambda on: "on" if on else "off",
        about="Whether a connection serves more than one request; "
        "off helps pinterest-node-api on Node 19 and later.",
        values="on or off",
        source="HTTP/1.1; each second call of pinterest-node-api 0.0.9 hangs on a kept connection",
        grade="ours",
        date="2026-11-24",
    )
    origins: Mapping[str, Origin] = field(default_factory=dict, compare=False, repr=False)
    calibration: "Calibration | None" = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        for entry in FIELDS.values():
            object.__setattr__(self, entry.name, parse_value(entry, getattr(self, entry.name)))

    @property
    def policy(self) -> Policy:
        """What of this concerns the validator."""
        return Policy(**{entry.name: getattr(self, entry.name) for entry in fields(Policy)})

    def describe(self) -> Iterator[dict[str, str]]:
        """Each setting in force: name, value, origin, about, values, source, grade, date."""
        for entry in FIELDS.values():
            value = entry.metadata["shown"](getattr(self, entry.name))
            evidence = {key: entry.metadata[key] for key in ("about", "values", "source", "grade", "date")}
            origin = self.origins.get(entry.name, "default")
            observed = self.calibration.evidence if self.calibration and origin == "calibration" else {}
            yield {"name": entry.name, "value": value, "origin": origin, **evidence, **observed}


FIELDS: Mapping[str, Field[Any]] = {entry.name: entry for entry in fields(Settings) if entry.metadata}


def read_settings(
    texts: Mapping[str, str],
    origins: Mapping[str, Origin] | None = None,
    *,
    calibration: "Calibration | None" = None,
) -> Settings:
    """Settings from the texts a user wrote, then from a calibration, the rest by default.

    The caller offers only `FIELDS`. Raises SettingInvalid, also for a calibration's value.
    """
    observed = dict(calibration.settings) if calibration else {}
    calibrated: dict[str, Origin] = dict.fromkeys(observed, "calibration")
    values = dict[str, Any]({**observed, **texts})
    return Settings(**values, origins={**calibrated, **(origins or {})}, calibration=calibration)
