"""Segment event to conversion event, sent.

What Segment's Pinterest Conversions API destination does with an event, exactly; and what Pinterest asks for
where Segment falls short of it. Everything public is here and loaded when it is first asked for.

An event's way through the modules, which is also an order to read them in:

    js, errors      JavaScript's values and text; what can go wrong
    triggers/       whether a subscription is for the event
    mappings/       what a mapping makes of it
    payloads/       the action's fields, cleaned and made to fit
    match_keys/     match keys, cleaned in two ways and hashed
    times/          times as Segment reads them
    conversion_events, wire
                    the conversion event in Pinterest's form, and its bytes
    conversion, explanation
                    all of this in one call, and how it came about
    subscription    a trigger and a mapping, tried on an event
    default_mapping, presets
                    Segment's prebuilt mappings
    sending/        sent, and what came of it
    destination     subscriptions and sender together
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mockpin_transformer.conversion import Conversion, convert
    from mockpin_transformer.default_mapping import DEFAULT_MAPPING
    from mockpin_transformer.destination import Destination
    from mockpin_transformer.errors import (
        AuthenticationFailed,
        DirectiveFailed,
        EmptyValue,
        LanguageInvalid,
        MappingInvalid,
        MatchKeyUnknown,
        NotJson,
        PayloadInvalid,
        RegionUnavailable,
        SettingsInvalid,
        TokenUnusable,
        TooManyMappings,
        TransformerError,
        TransformFailed,
        TriggerFailed,
        UserDataInsufficient,
    )
    from mockpin_transformer.explanation import Step
    from mockpin_transformer.js import UNDEFINED
    from mockpin_transformer.mappings.mapping import Mapping, parse_mapping
    from mockpin_transformer.match_keys.hashing import hash_match_key
    from mockpin_transformer.presets import PRESETS, SEED_PRESETS, Preset
    from mockpin_transformer.sending.receipt import Failure, Receipt, SendingInterrupted
    from mockpin_transformer.sending.sender import Sender
    from mockpin_transformer.subscription import Outcome, Subscription
    from mockpin_transformer.triggers.lints import Lint
    from mockpin_transformer.triggers.trigger import Trigger, parse_trigger

#: By module, the public names that are not errors; those have a module of their own.
_HOMES = {
    "conversion": ("Conversion", "convert"),
    "default_mapping": ("DEFAULT_MAPPING",),
    "destination": ("Destination",),
    "explanation": ("Step",),
    "match_keys.hashing": ("hash_match_key",),
    "js": ("UNDEFINED",),
    "subscription": ("Outcome", "Subscription"),
    "triggers.lints": ("Lint",),
    "mappings.mapping": ("Mapping", "parse_mapping"),
    "presets": ("PRESETS", "SEED_PRESETS", "Preset"),
    "sending.receipt": ("Failure", "Receipt", "SendingInterrupted"),
    "sending.sender": ("Sender",),
    "triggers.trigger": ("Trigger", "parse_trigger"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [  # noqa: RUF022 - in the order one meets them
    "convert",
    "Conversion",
    "Step",
    "parse_mapping",
    "Mapping",
    "parse_trigger",
    "Trigger",
    "Lint",
    "UNDEFINED",
    "DEFAULT_MAPPING",
    "PRESETS",
    "SEED_PRESETS",
    "Preset",
    "Destination",
    "Subscription",
    "Outcome",
    "Sender",
    "Receipt",
    "Failure",
    "SendingInterrupted",
    "hash_match_key",
    "TransformerError",
    "TransformFailed",
    "MappingInvalid",
    "DirectiveFailed",
    "TriggerFailed",
    "PayloadInvalid",
    "UserDataInsufficient",
    "EmptyValue",
    "LanguageInvalid",
    "NotJson",
    "SettingsInvalid",
    "TooManyMappings",
    "TokenUnusable",
    "AuthenticationFailed",
    "RegionUnavailable",
    "MatchKeyUnknown",
]


def __getattr__(name: str) -> object:
    """Load a public name's module when the name is first used."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME_OF.get(name, 'errors')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, loaded or not."""
    return sorted(__all__)
