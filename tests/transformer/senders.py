"""A Pinterest in a function, which senders of tests call instead of the network."""

import json
from random import Random

import httpx

from mockpin_transformer import Sender

TOKEN = "pina_secret"
PROCESSED = {"status": "processed", "error_message": "", "warning_message": ""}


class Pinterest:
    """Answers a request with the next of `answers`, a response or an error to raise; then processes all."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.requests = []
        self.waits = []

    def __call__(self, request):
        self.requests.append(request)
        answer = self.answers.pop(0) if self.answers else self.process(request)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def process(self, request):
        events = json.loads(request.content)["data"]
        return httpx.Response(200, json={"events": [PROCESSED] * len(events)})

    @property
    def sent(self):
        """The event ids of each request."""
        return [
            [event["event_id"] for event in json.loads(request.content)["data"]] for request in self.requests
        ]

    @property
    def transport(self):
        return httpx.MockTransport(self)

    def sender(self, **options):
        seams = {"transport": self.transport, "sleep": self.waits.append, "random": Random(0)}
        return Sender("549", TOKEN, **{"api_uri": "http://pinterest.test/v5/", **seams, **options})


def event(event_id, **fields):
    return {"event_id": event_id, "action_source": "web", **fields}
