"""What can go wrong on the way from a Segment event to a conversion event, and on the way to Pinterest.

    TransformerError
    ├── TransformFailed           an event does not become a conversion event
    │   ├── MappingInvalid        the mapping could never be resolved
    │   ├── DirectiveFailed       a directive met a value it cannot work with
    │   ├── TriggerFailed         the trigger cannot be evaluated
    │   ├── PayloadInvalid        fields are missing or hold what they cannot
    │   ├── UserDataInsufficient  nothing identifies the user
    │   ├── EmptyValue            nothing of a match key is left to hash
    │   ├── LanguageInvalid       a device language is not a two-letter code
    │   └── NotJson               a value is of a Python type that JSON does not have
    ├── SettingsInvalid           a destination's settings cannot be used
    ├── TooManyMappings           a destination has more subscriptions than Segment allows
    ├── TokenUnusable             a conversion token cannot stand in a request
    ├── AuthenticationFailed      Pinterest refuses the settings; returned, not raised
    ├── RegionUnavailable         a region was given, and phone numbers of regions cannot be read here
    └── MatchKeyUnknown           no match key has this name; also a KeyError

`name`, `message`, `code` and `status` are those of Segment's own error, so that you can search for them in
Segment's documentation. Only NotJson is ours alone, because Segment receives JSON.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

#: Statuses that Segment gives to errors by their name, wherever they are raised.
_STATUSES: Final[Mapping[str, int]] = {"ValidationError": 400}


class TransformerError(Exception):
    """The base class of every error that the transformer raises on purpose."""


class TransformFailed(TransformerError):
    """An event does not become a conversion event; `errors` holds each sentence where there are several.

    `pointers` are the fields of the mapping it is about, where it is about some: with `errors`, one for each.
    `code` and `status` are None where Segment's error has none.
    """

    name: str
    message: str
    code: str | None = None
    status: int | None = None
    errors: tuple[str, ...] = ()
    pointers: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.message


@dataclass(eq=False)
class MappingInvalid(TransformFailed):
    """A mapping breaks the rules of the mapping language; `errors` holds every sentence, in order.

    `name` is "ValidationError" for a lone directive, "AggregateError" as soon as an object stands around it.
    """

    name: str
    errors: tuple[str, ...]

    def __post_init__(self) -> None:
        self.message = "\n".join(self.errors)
        self.status = _STATUSES.get(self.name)


@dataclass(eq=False)
class DirectiveFailed(TransformFailed):
    """A directive could not be run on this event.

    `errors` holds the single sentences where a @transform inside a list turned out to be invalid.
    """

    message: str
    name: str = "Error"
    errors: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.status = _STATUSES.get(self.name)


@dataclass(eq=False)
class TriggerFailed(TransformFailed):
    """A trigger was read, but evaluating it fails for every event that gets that far."""

    message: str
    name: str = "TypeError"


@dataclass(eq=False)
class PayloadInvalid(TransformFailed):
    """Fields are missing or hold what they cannot; `errors` has a sentence for each, in order."""

    errors: tuple[str, ...]
    pointers: tuple[str, ...] = ()
    name = "AggregateAjvError"
    status = 400

    def __post_init__(self) -> None:
        self.message = " ".join(self.errors)


@dataclass(eq=False)
class UserDataInsufficient(TransformFailed):
    """Neither an email nor a mobile ad identifier nor both IP address and user agent are there.

    The sentence is Segment's and names the phone number too, which does not do.
    """

    pointers = (
        "/user_data/email",
        "/user_data/hashed_maids",
        "/user_data/client_ip_address",
        "/user_data/client_user_agent",
    )
    name = "IntegrationError"
    message = (
        "User data must contain values for Email or Phone Number or Mobile Ad Identifier"
        " or both IP Address and User Agent fields"
    )
    code = "Misconfigured required field"
    status = 400


@dataclass(eq=False)
class EmptyValue(TransformFailed):
    """Nothing of a match key is left to hash, such as a phone number without a digit."""

    name = "EmptyValueError"
    message = "Cannot hash an empty string"


@dataclass(eq=False)
class LanguageInvalid(TransformFailed):
    """A language of the device is not two characters long."""

    language: str
    name = "PayloadValidationError"
    code = "PAYLOAD_VALIDATION_FAILED"
    status = 400

    def __post_init__(self) -> None:
        self.message = (
            "Device Info languages must each be a 2-character ISO 639-1 code."
            f' Received invalid value: "{self.language}".'
        )


@dataclass(eq=False)
class NotJson(TransformFailed):
    """A value is of a Python type that JSON does not have; `pointer` is its place, if that is known."""

    type_name: str
    pointer: str = ""
    name = "NotJson"

    def __post_init__(self) -> None:
        where = f" at {self.pointer}" if self.pointer else ""
        self.message = (
            f"The value{where} is of Python's type {self.type_name}, which JSON does not have:"
            " write it as text or as a number."
        )


@dataclass(eq=False)
class SettingsInvalid(TransformerError):
    """A destination's settings cannot be used; `errors` holds Segment's sentences."""

    errors: tuple[str, ...]
    name = "AggregateAjvError"
    status = 400

    def __str__(self) -> str:
        return " ".join(self.errors)


@dataclass(eq=False)
class TooManyMappings(TransformerError):
    """A destination has more subscriptions than Segment allows."""

    count: int
    limit: int

    def __str__(self) -> str:
        return (
            f"A destination holds at most {self.limit} mappings and was given {self.count}:"
            " remove some, or use a second destination."
        )


@dataclass(eq=False)
class TokenUnusable(TransformerError):
    """A conversion token cannot stand in a request's header; the token itself is not told."""

    def __str__(self) -> str:
        return (
            "The conversion token holds a character that no HTTP header can carry, such as a line break:"
            " give the token alone, as Pinterest shows it."
        )


@dataclass(eq=False)
class AuthenticationFailed(TransformerError):
    """Pinterest refuses the settings, or could not be asked; `message` is what Segment shows."""

    message: str

    def __str__(self) -> str:
        return self.message


@dataclass(eq=False)
class RegionUnavailable(TransformerError):
    """A region was given for phone numbers, but it is unknown or cannot be read here."""

    region: str
    reason: str

    def __str__(self) -> str:
        return f"Phone numbers of the region {self.region!r} cannot be read: {self.reason}"


@dataclass(eq=False)
class MatchKeyUnknown(TransformerError, KeyError):
    """No hashed match key has this name."""

    key: str
    known: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.key!r} is not a hashed match key: use one of {', '.join(self.known)}."
