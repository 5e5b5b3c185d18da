"""What became of the requests of a run, and the gate in front of the emulator that counts them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mockpin.interception.hosts import HostTable, Treatment
from mockpin_validator.wording import count

if TYPE_CHECKING:
    from mockpin.serving.gateway import Gateway

REFUSAL = (
    "mockpin run does not let anything reach Pinterest, and answers for {answered} only."
    " Add --intercept {host} to have mockpin answer for {host}, too.\n"
)


@dataclass
class Traffic:
    """Requests by host: those that mockpin answered, and those that were refused."""

    hosts: HostTable
    answered: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    def refuse(self, host: str) -> str:
        """Count a refused request, and say why it is refused and what to do."""
        self.refused[host] += 1
        return REFUSAL.format(answered=", ".join(self.hosts.intercepted), host=host)

    def describe(self) -> Iterator[str]:
        """A line for each host, the busiest first."""
        for host, number in self.answered.most_common():
            yield f"{host}: {count(number, 'request')} answered by mockpin"
        for host, number in self.refused.most_common():
            yield f"{host}: {count(number, 'request')} refused, so that nothing reaches Pinterest"


class TrafficGate:
    """Stands in front of a gateway: counts what comes for an intercepted host, refuses Pinterest's others."""

    def __init__(self, gateway: Gateway, traffic: Traffic) -> None:
        self._gateway = gateway
        self._traffic = traffic

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Serve one request of granian's."""
        host = str(scope.headers.get("host") or "").partition(":")[0].lower()
        treatment = self._traffic.hosts.treat(host)
        if treatment is Treatment.REFUSE:
            text = self._traffic.refuse(host)
            protocol.response_str(403, [("content-type", "text/plain; charset=utf-8")], text)
            return
        if treatment is Treatment.INTERCEPT:
            self._traffic.answered[host] += 1
        await self._gateway.__rsgi__(scope, protocol)

    def stop(self) -> None:
        """Give up whatever is under way."""
        self._gateway.stop()
