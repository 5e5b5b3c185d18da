"""The emulator: takes requests through their steps, commits what they leave behind, and answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from threading import RLock
from typing import TYPE_CHECKING, NamedTuple

from mockpin.emulator.accounts import Accounts
from mockpin.emulator.breakdowns import report_breakdown
from mockpin.emulator.clock import Clock
from mockpin.emulator.history.store import Store
from mockpin.emulator.history.store_errors import StoreClosed, StoreUnwritable
from mockpin.emulator.history.store_file import MEMORY
from mockpin.emulator.notifications import Notifications
from mockpin.emulator.pipeline import answers
from mockpin.emulator.pipeline.deduplication import Deduplication
from mockpin.emulator.pipeline.distortion import distort
from mockpin.emulator.pipeline.faults import Faults
from mockpin.emulator.pipeline.pipelines import (
    Pipeline,
    PipelineParts,
    build_events_pipeline,
    build_payload_pipeline,
    run_steps,
)
from mockpin.emulator.pipeline.rate_limit import RateLimit
from mockpin.emulator.pipeline.rows import make_clean_request, make_event_rows, make_exchange_row, mask_body
from mockpin.emulator.pipeline.summary import summarize
from mockpin.emulator.settings.settings import Settings
from mockpin.emulator.tag.pipeline import build_tag_pipeline
from mockpin_validator import RULES, Judge

if TYPE_CHECKING:
    from mockpin.emulator.logs import LogEntry
    from mockpin.emulator.pipeline.answers import Answer, Header
    from mockpin.emulator.pipeline.context import RequestContext
    from mockpin.emulator.pipeline.pipelines import Steps


#: The rules for an event that the schema has already accepted.
EVENT_RULES = {name: rule for name, rule in RULES.items() if name != "schema"}


class JudgedRequest(NamedTuple):
    """A request after its judging steps, which took `seconds`. `answer` is None if none of them answered."""

    context: RequestContext
    answer: Answer | None
    seconds: float


class AnsweredRequest(NamedTuple):
    """A request that has been answered, and its log entry."""

    context: RequestContext
    answer: Answer
    entry: LogEntry


def make_store(settings: Settings, path: str = MEMORY) -> Store:
    """A store within the bounds of the settings. Raises StoreFailed."""
    return Store(path, bound=settings.history, byte_bound=settings.history_bytes)


class Emulator:
    """Pinterest's Conversions API, its tag and their history, without HTTP. Thread-safe.

    `clock` gives Unix seconds, and every rule about time asks it. `log` gets the entries of the requests that
    were answered together, one a request.
    """

    def __init__(  # noqa: PLR0913 - the parts of an emulator, each with its default
        self,
        settings: Settings | None = None,
        *,
        accounts: Accounts | None = None,
        clock: Callable[[], float] = time.time,
        store: Store | None = None,
        faults: Faults | None = None,
        log: Callable[[Sequence[LogEntry]], object] | None = None,
        timer: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.settings = settings or Settings()
        self.accounts = accounts or Accounts()
        self.clock = clock if isinstance(clock, Clock) else Clock(clock)
        self.store = make_store(self.settings) if store is None else store
        self.faults = Faults() if faults is None else faults
        self.notifications = Notifications(self.store.last_seq)
        home, heard = self.store.find_home()
        self.accounts.resume(home, undecided=not heard)
        self._rate_limit = RateLimit(self.settings.rate_limit)
        self._deduplication = Deduplication(self.settings.deduplication_window, self.store.first_reports())
        parts = PipelineParts(
            self.settings,
            self.accounts,
            self.faults,
            Judge(self.settings.policy, rules=EVENT_RULES),
            self._rate_limit,
            self._deduplication,
        )
        self.events_pipeline = build_events_pipeline(parts)
        self.payload_pipeline = build_payload_pipeline(parts)
        self.tag_pipeline = build_tag_pipeline(parts)
        self._log = log
        self._timer = timer
        self._started = timer()
        self._turn = RLock()
        #: The number of the latest request whose answer may have gone out.
        self.last_answered = self.store.last_exchange

    @property
    def uptime(self) -> float:
        """Seconds since the emulator was made."""
        return self._timer() - self._started

    def receive(self, context: RequestContext) -> Answer:
        """Answer a request to an ad account's events."""
        return self.process(context, self.events_pipeline)

    def receive_all(self, contexts: Sequence[RequestContext]) -> list[Answer]:
        """Answer requests to ad accounts' events that came at once, in their order."""
        return self.process_all(contexts, self.events_pipeline)

    def receive_payload(self, context: RequestContext) -> Answer:
        """Answer a request of which the context has the payload already, such as one for a Segment event."""
        return self.process(context, self.payload_pipeline)

    def receive_tag(self, context: RequestContext) -> Answer:
        """Answer a hit of the tag."""
        return self.process(context, self.tag_pipeline)

    def record(self, context: RequestContext, answer: Answer) -> Answer:
        """Store and log a request that has been answered elsewhere. Returns the answer with its headers."""
        return self.process(context, Pipeline((lambda _: answer,)))

    def consult(self, context: RequestContext, steps: Steps) -> Answer:
        """Run steps that only read, without holding up other requests; then record the request."""
        return self.process(context, Pipeline(steps))

    def process(self, context: RequestContext, pipeline: Pipeline) -> Answer:
        """Run the steps of one request. What they leave behind is committed before the answer is given."""
        (answer,) = self.process_all([context], pipeline)
        return answer

    def process_all(self, contexts: Sequence[RequestContext], pipeline: Pipeline) -> list[Answer]:
        """Judge requests, then record each in turn. One commit stores what they all leave behind."""
        judged = [self._judge(context, pipeline.judging) for context in contexts]
        try:
            with self._turn:
                answered = self._record_all(judged, pipeline.recording)
        except (StoreClosed, StoreUnwritable) as error:
            report_breakdown(error)
            return [answers.broken().with_headers(answers.HEADERS)] * len(contexts)
        self._announce(answered)
        return [done.answer for done in answered]

    def reset(self, ad_account_id: str | None = None) -> None:
        """Remove what one ad account sent, or everything: events, duplicates, requests and their counts."""
        with self._turn:
            with self.store.transaction():
                self.store.reset(ad_account_id)
            self._deduplication.reset(ad_account_id)
            self._rate_limit.reset(ad_account_id)
            self.accounts.begin_again(ad_account_id)
            self.store.give_back_memory()
        self.notifications.announce_reset(ad_account_id)

    def settle_slice(self) -> bool:
        """Make rows of the history that readers would wait for. Returns whether more are left to make."""
        try:
            return self.store.settle_slice()
        except StoreUnwritable as error:
            report_breakdown(error)
            return False

    def close(self) -> None:
        """Wake every waiter and close the store."""
        self.notifications.close()
        self.store.close()

    def _judge(self, context: RequestContext, steps: Steps) -> JudgedRequest:
        """Run the judging steps, and mask the body if it will be stored."""
        began = self._timer()
        context.now = self.clock()
        answer = run_steps(steps, context)
        if answer or context.source == "tag":
            context.stored_body = mask_body(context)
        return JudgedRequest(context, answer, self._timer() - began)

    def _record_all(self, judged: Sequence[JudgedRequest], steps: Steps) -> list[AnsweredRequest]:
        """Record requests and store them, or nothing of them. Raises StoreUnwritable and StoreClosed."""
        try:
            self._settle_ad_account(judged)
            answered = [*self._record_each(judged, steps)]
            self._store(answered)
        except BaseException:
            for request in judged:
                self._deduplication.roll_back(request.context.first_reports)
                request.context.drop_events()
            raise
        self.last_answered = answered[-1].context.number
        return answered

    def _settle_ad_account(self, judged: Sequence[JudgedRequest]) -> None:
        """Let the first accepted request of the API name the ad account of what named none, and move that."""
        for context, answer, _ in judged:
            if answer is None and context.source == "api":
                if self.accounts.leaves_home(context.ad_account_id):
                    self._move_home(str(self.accounts.home), context.ad_account_id)
                self.accounts.settle(context.ad_account_id)

    def _move_home(self, former: str, ad_account_id: str) -> None:
        with self.store.transaction():
            moved = self.store.move_ad_account(former, ad_account_id)
        if moved:
            self._deduplication.load(self.store.first_reports())
            self.notifications.announce_move(former, ad_account_id)

    def _record_each(self, judged: Sequence[JudgedRequest], steps: Steps) -> Iterator[AnsweredRequest]:
        """Number each request, run its recording steps and finish its answer.

        The arrival is the moment of recording: so a first report never lies in the future of its duplicate.
        """
        number, last_seq = self.store.last_exchange, self.store.last_seq
        for context, answer, seconds in judged:
            began, number = self._timer(), number + 1
            context.now, context.number, context.first_seq = self.clock(), number, last_seq + 1
            finished = self._finish(context, answer or run_steps(steps, context) or answers.broken())
            self._deduplication.record(context.first_reports)
            last_seq += len(context.seqs)
            milliseconds = round((self._timer() - began + seconds) * 1000, 3)
            yield AnsweredRequest(context, finished, summarize(context, finished, milliseconds=milliseconds))

    def _finish(self, context: RequestContext, answer: Answer) -> Answer:
        headers = (*answers.HEADERS, *context.limit_headers, *self._own_headers(context))
        return distort(answer.with_headers(headers), context.fault)

    def _own_headers(self, context: RequestContext) -> Sequence[Header]:
        """Headers of our own about the request. Without keep-alive a sender always connects anew."""
        request, headers = context.request, [("X-Mockpin-Request-Id", str(context.number))]
        if self.settings.keep_alive and request.connection:
            headers.append(("X-Mockpin-Connection", request.connection))
        if request.after is not None and request.after < context.number - 1:
            headers.append(("X-Mockpin-Began-After", str(request.after)))
        if context.events:
            findings = 0 if context.is_clean else sum([len(event.findings) for event in context.events])
            headers.append(("X-Mockpin-Findings", str(findings)))
        return headers

    def _store(self, answered: Sequence[AnsweredRequest]) -> None:
        contexts = [done.context for done in answered]
        with self.store.transaction():
            if all(context.is_clean for context in contexts) and not self.notifications.is_watched:
                self.store.add_clean_requests([make_clean_request(*done) for done in answered])
            else:
                self._store_rows(answered)
            self.store.prune_first_reports(self._deduplication.prune(contexts[-1].now))

    def _store_rows(self, answered: Sequence[AnsweredRequest]) -> None:
        contexts = [done.context for done in answered]
        rows = [row for context in contexts for row in context.rows or make_event_rows(context)]
        self.store.add_events(rows)
        self.store.add_first_reports([context.first_reports for context in contexts])
        self.store.add_exchanges([make_exchange_row(*done) for done in answered])

    def _announce(self, answered: Sequence[AnsweredRequest]) -> None:
        self.notifications.announce_events(self.store.last_seq)
        if self._log:
            self._log([done.entry for done in answered])
