"""Whether Pinterest accepts a destination's settings, in Segment's words."""

from typing import Final

from mockpin_transformer.errors import AuthenticationFailed
from mockpin_transformer.sending.replies import PinterestAnswer
from mockpin_transformer.sending.sender import Sender

_PREFIX: Final = "Credentials are invalid:"
#: What Segment makes of a reply's reason phrase; the doubled space stands where other failures have a status.
_ADVICE: Final = {
    "Unauthorized": " Invalid Conversion Token, please verify you have entered the correct Conversion Token.",
    "Forbidden": " Invalid Ad Account ID, please verify you have entered the correct Ad Account ID.",
}


def test_authentication(sender: Sender, *, now: float) -> AuthenticationFailed | None:
    """Send one test request, once; None if it is accepted."""
    reply = sender.request([_checkout(now)], test=True)
    return None if reply.accepted else AuthenticationFailed(f"{_PREFIX} {_describe(reply)}")


def _describe(reply: PinterestAnswer) -> str:
    return _ADVICE.get(reply.reason, f"{reply.status or ''} {reply.reason}")


def _checkout(now: float) -> dict[str, object]:
    """The checkout that Segment sends as a test; its hash is not that of a person's address."""
    return {
        "event_name": "checkout",
        "action_source": "app_ios",
        "event_time": int(now),
        "event_id": "test_eventId",
        "user_data": {"em": ["411e44ce1261728ffd2c0686e44e3fffe413c0e2c5adc498bc7da883d476b9c8"]},
    }
