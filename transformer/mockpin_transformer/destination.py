"""Segment's Pinterest destination: settings, and subscriptions that choose and convert events."""

import time
from collections.abc import Callable, Iterable
from collections.abc import Mapping as Table
from functools import partial
from typing import TYPE_CHECKING, Final

from mockpin_transformer.errors import AuthenticationFailed, TooManyMappings
from mockpin_transformer.js import JSON
from mockpin_transformer.match_keys.normalization import Normalization, select_stages
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
    unknown region of documented phone numbers. Disabled destinations and subscriptions convert and send
    nothing.
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
        select_stages(normalization, region)  # raises for an unknown normalization or region
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
        """Convert one Segment event with each enabled subscription, in order."""
        if not self.enabled:
            return []
        return [self._convert(item, event) for item in self.subscriptions if item.enabled]

    def send(self, events: Iterable[JSON]) -> Receipt:
        """Convert and send; an event that cannot be converted is among `failed` and stops no other.

        A failure's `index` is the Segment event's. SendingInterrupted, with the receipt so far, on Ctrl-C.
        TypeError for one event alone.
        """
        given = list_events(events)
        outcomes = [(index, outcome) for index, event in enumerate(given) for outcome in self.convert(event)]
        failed = tuple(
            Failure(index, message_id(given[index]), str(outcome.error))
            for index, outcome in outcomes
            if outcome.error
        )
        sent = [(index, outcome.conversion.event) for index, outcome in outcomes if outcome.conversion]
        places = [index for index, _ in sent]
        try:
            receipt = self.sender.send([event for _, event in sent])
        except SendingInterrupted as error:
            raise SendingInterrupted(error.receipt.with_indexes(places) + Receipt(failed=failed)) from None
        return receipt.with_indexes(places) + Receipt(failed=failed)

    def test_authentication(self, *, clock: Callable[[], float] = time.time) -> AuthenticationFailed | None:
        """Ask Pinterest with a test request; Segment's sentence if it refuses the settings."""
        return test_authentication(self.sender, now=clock())


def message_id(event: JSON) -> str | None:
    """The `messageId` of a Segment event, which becomes the event id unless a mapping says otherwise.

    E-mail addresses and phone numbers in it are masked.
    """
    value = event.get("messageId") if isinstance(event, dict) else None
    return mask_contacts(value) if isinstance(value, str) else None
