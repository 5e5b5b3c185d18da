"""Segment's HTTP tracking API on an emulator: from a call to its events and its answer."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from functools import partial
from random import Random, SystemRandom
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson

from mockpin.addresses import API
from mockpin.emulator.pipeline.answers import Answer
from mockpin.emulator.pipeline.context import RequestContext
from mockpin.emulator.pipeline.requests import INTERNAL, HttpRequest
from mockpin.emulator.pipeline.unpacking import BodyTooLarge, BodyUnreadable, unpack_request
from mockpin.segment.destination_file import build_destination
from mockpin.segment.ingest import DestinationRoute, EventAnswer, find_unsent_reason, ingest, plan_route
from mockpin.segment.messages import WRITE_KEY, MessageInvalid, parse_body, read_messages

if TYPE_CHECKING:
    from mockpin.emulator.emulator import Emulator
    from mockpin_transformer.sending.settings import DestinationSettings

#: The token of settings that no destination file gives.
OWN = ""
SUCCESS = Answer(200, orjson.dumps({"success": True}))


def refuse(status: int, message: str) -> Answer:
    """Return Segment's answer to a call that it refuses."""
    return Answer(status, orjson.dumps({"success": False, "message": message}))


NO_WRITE_KEY = refuse(401, "Send your write key as the user name of basic auth, without a password.")


class SegmentCalls:
    """Takes Segment calls for one emulator, with the destination of a destination file.

    Any write key is accepted. One that is the id of an ad account sends to that account, whatever the
    destination says, so that tests which share a server stay apart.
    """

    def __init__(
        self, emulator: Emulator, form: Mapping[str, Any] | None = None, *, random: Random | None = None
    ) -> None:
        """Keep the parts; the first call builds the destination. `random` makes message ids."""
        self._emulator = emulator
        self._form = form or {}
        self._random = random or SystemRandom()
        self._routes: dict[tuple[tuple[str, str], ...], DestinationRoute] = {}

    def take(self, kind: str, request: HttpRequest) -> Answer:
        """Answer a call to /v1/{kind}, and store it with the result of each event."""
        context = RequestContext(request, ad_account_id="", source="segment")
        try:
            body = parse_body(kind, unpack_request(request, limit=self._emulator.settings.body_limit))
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
        context.payload = {"segment": [message.to_dict() for message in ingested]}
        return self._refuse(context, SUCCESS, find_unsent_reason(ingested))

    def _refuse(self, context: RequestContext, answer: Answer, reason: str | None) -> Answer:
        """Store and log a call that itself sends nothing."""
        context.reason = reason
        return self._emulator.record(context, answer)

    def _deliver(self, settings: DestinationSettings, event: Mapping[str, Any]) -> EventAnswer:
        """Hand over one conversion event; the history has it as the request that Segment would make."""
        token = settings.conversion_token
        context = RequestContext(
            describe_request(settings.ad_account_id, token),
            settings.ad_account_id,
            source="segment",
            payload={"data": [event]},
            trusted=token == OWN,
        )
        status = self._emulator.receive_payload(context).status
        seqs = context.seqs
        return EventAnswer(status, tuple(seqs))

    def _find_route(self, write_key: str) -> DestinationRoute:
        """Return the route of a write key's calls, which is planned once."""
        settings = self._choose_settings(write_key)
        key = tuple(sorted(settings.items()))
        if key not in self._routes:
            self._routes[key] = plan_route(build_destination(self._form, settings=settings))
        return self._routes[key]

    def _choose_settings(self, write_key: str) -> Mapping[str, str]:
        """Return settings for the write key's ad account, else the file's, else the first account's."""
        accounts = self._emulator.accounts
        if accounts.has(write_key):
            return choose_account(write_key)
        return self._form.get("settings") or choose_account(accounts.home or "")

    def _make_id(self) -> str:
        return str(UUID(int=self._random.getrandbits(128), version=4))


def choose_account(ad_account_id: str) -> Mapping[str, str]:
    """Return the settings for an ad account of the emulator, which trusts its own destination."""
    return {"ad_account_id": ad_account_id, "conversion_token": OWN}


def describe_request(ad_account_id: str, token: str) -> HttpRequest:
    """Return the request by which Segment's destination would send an event, without its body."""
    authorization = {"authorization": f"Bearer {token}"} if token else {}
    path = f"{API}/ad_accounts/{ad_account_id}/events"
    return HttpRequest("POST", path, headers={**authorization, "via": INTERNAL})


def find_write_key(headers: Mapping[str, str], body: Mapping[str, Any]) -> str | None:
    """Return the user name of basic auth, or the `writeKey` of the body."""
    scheme, _, credentials = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            name = base64.b64decode(credentials, validate=True).decode("utf-8", "replace").partition(":")[0]
        except binascii.Error:
            return None
        return name or None
    write_key = body.get(WRITE_KEY)
    return write_key if isinstance(write_key, str) and write_key else None
