"""Segment's HTTP tracking API on an emulator: a call in, `{"success": true}` out, the whole path between."""

from __future__ import annotations

import base64
import binascii
from functools import cached_property, partial
from random import Random, SystemRandom
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson

from mockpin.addresses import API
from mockpin.emulator.accounts import mint_token
from mockpin.emulator.pipeline.answers import Answer
from mockpin.emulator.pipeline.context import RequestContext
from mockpin.emulator.pipeline.requests import HttpRequest
from mockpin.emulator.pipeline.unpacking import BodyTooLarge, BodyUnreadable, unpack_request
from mockpin.reports.exchanges import INTERNAL
from mockpin.segment.destination_file import build_destination
from mockpin.segment.ingest import DestinationRoute, EventAnswer, ingest, plan_route, tell_why_unsent
from mockpin.segment.messages import MessageInvalid, read_messages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockpin.emulator.emulator import Emulator
    from mockpin_transformer import Conversion
    from mockpin_transformer.sending.settings import DestinationSettings

TAKEN = Answer(200, orjson.dumps({"success": True}))


def refuse(status: int, message: str) -> Answer:
    """What Segment's API answers to what it does not take."""
    return Answer(status, orjson.dumps({"success": False, "message": message}))


NO_WRITE_KEY = refuse(401, "Send your write key as the user name of basic auth, without a password.")


class SegmentCalls:
    """Takes Segment calls for one emulator, with the destination of a form of `destination_file`.

    Any write key is taken. One that is the id of an ad account sends there, whatever the destination
    says, so that tests which share a server stay apart.
    """

    def __init__(
        self, emulator: Emulator, form: Mapping[str, Any] | None = None, *, random: Random | None = None
    ) -> None:
        """Nothing is loaded before the first call; `random` makes ids and a token of its own."""
        self._emulator = emulator
        self._form = form or {}
        self._random = random or SystemRandom()
        self._routes: dict[tuple[tuple[str, str], ...], DestinationRoute] = {}

    def take(self, kind: str, request: HttpRequest) -> Answer:
        """Answer a call to /v1/{kind}; it is kept with each event and what became of it."""
        context = RequestContext(request, ad_account_id="", source="segment")
        try:
            body = unpack_request(request, limit=self._emulator.settings.body_limit)
            messages = read_messages(kind, body, now=self._emulator.clock(), make_id=self._make_id)
        except (MessageInvalid, BodyTooLarge, BodyUnreadable) as error:
            return self._refuse(context, refuse(400, str(error)), "unreadable")
        write_key = find_write_key(request.headers, body)
        if write_key is None:
            return self._refuse(context, NO_WRITE_KEY, "write-key")
        route = self._find_route(write_key)
        settings = route.destination.settings
        ingested = ingest(messages, route, deliver=partial(self._deliver, settings))
        context.ad_account_id = settings.ad_account_id
        context.payload = {"segment": [each.to_dict() for each in ingested]}
        return self._refuse(context, TAKEN, tell_why_unsent(ingested))

    def _refuse(self, context: RequestContext, answer: Answer, reason: str | None) -> Answer:
        """Have a call kept and logged, which leads nowhere itself."""
        context.reason = reason
        return self._emulator.record(context, answer)

    def _deliver(self, settings: DestinationSettings, conversion: Conversion) -> EventAnswer:
        headers = {"authorization": f"Bearer {settings.conversion_token}", "via": INTERNAL}
        path = f"{API}/ad_accounts/{settings.ad_account_id}/events"
        request = HttpRequest("POST", path, headers=headers, body=conversion.body)
        context = RequestContext(request, settings.ad_account_id, source="segment")
        status = self._emulator.receive(context).status
        seqs = range(context.first_seq, context.first_seq + len(context.rows))
        return EventAnswer(status, tuple(seqs))

    def _find_route(self, write_key: str) -> DestinationRoute:
        """The route of a write key's calls, planned once."""
        settings = self._choose_settings(write_key)
        place = tuple(sorted(settings.items()))
        if place not in self._routes:
            self._routes[place] = plan_route(build_destination(self._form, settings=settings))
        return self._routes[place]

    def _choose_settings(self, write_key: str) -> Mapping[str, str]:
        """The ad account that the write key names, else the form's, else the first."""
        accounts = self._emulator.accounts
        if accounts.has(write_key):
            return self._open(write_key)
        first = next(iter(accounts), None)
        return self._form.get("settings") or self._open(first.ad_account_id if first else "")

    def _open(self, ad_account_id: str) -> Mapping[str, str]:
        return {"ad_account_id": ad_account_id, "conversion_token": self._token}

    @cached_property
    def _token(self) -> str:
        """A token that opens every ad account, known to nobody else."""
        token = mint_token(self._random)
        self._emulator.accounts.mint(token)
        return token

    def _make_id(self) -> str:
        return str(UUID(int=self._random.getrandbits(128), version=4))


def find_write_key(headers: Mapping[str, str], body: bytes) -> str | None:
    """The user name of basic auth, or the `writeKey` of the body."""
    scheme, _, credentials = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            name = base64.b64decode(credentials, validate=True).decode("utf-8", "replace").partition(":")[0]
        except binascii.Error:
            return None
        return name or None
    said = orjson.loads(body).get("writeKey")
    return said if isinstance(said, str) and said else None
