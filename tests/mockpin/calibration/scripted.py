"""A service that gives answers in the order of a script, and a session that asks it without waiting."""

from mockpin.calibration.observed import ObservedAnswer
from mockpin.calibration.session import ProbeSession

NOW = 1_790_243_100.0


def judge(*outcomes, status=200, **headers):
    """An answer with a verdict for each outcome, its headers by lower-case name."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    events = [{"status": outcome} for outcome in outcomes]
    return ObservedAnswer(status, "", names, {"events": events} if events else {})


class ScriptedService:
    """Gives the answers one after another, and keeps the requests: `(events, ad account)`."""

    def __init__(self, *answers):
        self._answers = iter(answers)
        self.requests = []

    def answer(self, events, *, ad_account_id=None):
        self.requests.append((events, ad_account_id))
        return next(self._answers)


def make_session(*answers, **fields):
    """A session with a service that gives these answers; its clock stands still."""
    return ProbeSession(ScriptedService(*answers), clock=lambda: NOW, sleep=lambda _seconds: None, **fields)
