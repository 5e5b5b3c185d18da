"""Segment's Pinterest destination: settings, and subscriptions that choose and convert events."""

import time
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as Table
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from mockpin_transformer.errors import AuthenticationFailed, TooManyMappings
from mockpin_transformer.js import JSON
from mockpin_transformer.match_keys.normalization import Normalization, column
from mockpin_transformer.sending.authentication import test_authentication
from mockpin_transformer.sending.batches import list_events
from mockpin_transformer.sending.masking import mask_contacts
from mockpin_transformer.sending.receipt import Failure, Receipt, SendingInterrupted
from mockpin_transformer.sending.sender import Sender
from mockpin_transformer.sending.settings import DestinationSettings, read_settings
from mockpin_transformer.subscription import Subscription

if TYPE_CHECKING:
    import httpx

    from mockpin_transformer.subscription import Outcome

MOST_MAPPINGS: Final = 50


class Destination:
    """Settings, and at most 50 subscriptions.

    `settings` holds `ad_account_id` and `conversion_token`; SettingsInvalid if they cannot be used,
    TooManyMappings for a 51st subscription, ValueError for an unknown normalization, RegionUnavailable for an
    unknown region of documented phone numbers. Disabled destinations and subscriptions take part in nothing.
    """

    def __init__(  # noqa: PLR0913 - what Segment lets one set, and the seams of the sender
        self,
        settings: Table[str, JSON],
        subscriptions: Iterable[Subscription],
        *,
        normalization: Normalization = "segment",
        region: str | None = None,
        enabled: bool = True,
        api_uri: str | None = None,
        transport: "httpx.BaseTransport | None" = None,
    ) -> None:
        self.settings: DestinationSettings = read_settings(settings)
        self.subscriptions = tuple(subscriptions)
        self.enabled = enabled
        if len(self.subscriptions) > MOST_MAPPINGS:
            raise TooManyMappings(len(self.subscriptions), MOST_MAPPINGS)
        column(normalization, region)  # says at once that it knows neither
        self._convert = partial(Subscription.convert, normalization=normalization, region=region)
        self.sender = Sender(
            self.settings.ad_account_id,
            self.settings.conversion_token,
            api_uri=api_uri,
            transport=transport,
            user_agent="Segment (Actions)",
        )

    def __repr__(self) -> str:
        return f"Destination({self.settings!r}, {len(self.subscriptions)} subscriptions)"

    def convert(self, event: JSON) -> "list[Outcome]":
        """What each enabled subscription makes of one Segment event, in their order."""
        if not self.enabled:
            return []
        return [self._convert(each, event) for each in self.subscriptions if each.enabled]

    def send(self, events: Iterable[JSON]) -> Receipt:
        """Convert and send; an event that cannot be converted is among `failed` and stops no other.

        A failure's `index` is the Segment event's. SendingInterrupted, with the receipt so far, on Ctrl-C.
        TypeError for one event alone.
        """
        given = list_events(events)
        outcomes = [(index, each) for index, event in enumerate(given) for each in self.convert(event)]
        failed = tuple(
            Failure(index, message_id(given[index]), str(each.error))
            for index, each in outcomes
            if each.error
        )
        sent = [(index, each.conversion.event) for index, each in outcomes if each.conversion]
        places = [index for index, _ in sent]
        try:
            receipt = self.sender.send([event for _, event in sent])
        except SendingInterrupted as error:
            raise SendingInterrupted(_move(error.receipt, places) + Receipt(failed=failed)) from None
        return _move(receipt, places) + Receipt(failed=failed)

    def test_authentication(self, *, clock: Callable[[], float] = time.time) -> AuthenticationFailed | None:
        """Ask Pinterest with a test request; Segment's sentence if it refuses the settings."""
        return test_authentication(self.sender, now=clock())


def _move(receipt: Receipt, places: Sequence[int]) -> Receipt:
    """The receipt with each failure at the place from which its event came."""
    moved = tuple(replace(each, index=places[each.index]) for each in receipt.failed)
    return replace(receipt, failed=moved)


def message_id(event: JSON) -> str | None:
    """Segment's id of an event, which becomes the event id unless a mapping says otherwise.

    Of an e-mail address or telephone number only the shape.
    """
    found = event.get("messageId") if isinstance(event, dict) else None
    return mask_contacts(found) if isinstance(found, str) else None
