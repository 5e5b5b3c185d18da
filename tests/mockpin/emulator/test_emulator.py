from threading import Event, Thread

import orjson
import pytest

from mockpin.emulator.emulator import Emulator
from mockpin.emulator.history.store import Store
from mockpin.emulator.pipeline import answers
from mockpin.emulator.pipeline.context import RequestContext
from mockpin.emulator.pipeline.pipelines import Pipeline
from mockpin.emulator.pipeline.requests import HttpRequest
from mockpin.emulator.tag.hits import make_context
from mockpin.expectations.expectations import Expectation
from mockpin.expectations.matching import Match
from mockpin.expectations.watching import Watch
from tests.mockpin.at_once import run_at_once
from tests.mockpin.sending import AD_ACCOUNT_ID, NOW, PATH, TOKEN, Sending, conversion_event
from tests.validator.events import CLEAN

BODY = orjson.dumps({"data": [conversion_event()]})


def context():
    """A context of one good event, the same each time."""
    headers = {"authorization": f"Bearer {TOKEN}"}
    return RequestContext(HttpRequest("POST", PATH, headers=headers, body=BODY), AD_ACCOUNT_ID)


def test_64_threads_that_send_one_event_count_one():
    sending = Sending()
    run_at_once(lambda _: sending.post(conversion_event()), 64)
    duplicates = [record["duplicate_of"] for record in sending.records()]
    assert (duplicates.count(None), duplicates.count(1)) == (1, 63)


HIT = HttpRequest("GET", "/v3/", 'tid=999&event=checkout&ed={"event_id":"o-1","order_id":"1"}')


def fire(sending):
    sending.emulator.receive_tag(make_context(HIT, sending.emulator.accounts, now=NOW))


def of_accounts(sending):
    return [record["ad_account_id"] for record in sending.records()]


def test_hits_that_came_before_belong_to_the_ad_account_that_sends_first():
    sending = Sending(provisional=AD_ACCOUNT_ID)
    early, late = (make_context(HIT, sending.emulator.accounts, now=NOW) for _ in range(2))
    sending.emulator.receive_tag(early)
    sending.send(b"", ad_account_id="6")
    sending.post(conversion_event(), ad_account_id="7", token="pina_own")
    sending.emulator.receive_tag(late)
    sending.post(conversion_event(), ad_account_id="8", token="pina_own")
    assert of_accounts(sending) == ["7", "7", "7", "8"]
    assert [record["duplicate_of"] for record in sending.records()] == [None, 1, 1, None]
    assert [exchange["ad_account_id"] for exchange in sending.exchanges()] == ["7", "6", "7", "7", "8"]
    assert len(sending.records(ad_account_id="7")) == 3
    assert not sending.records(ad_account_id=AD_ACCOUNT_ID)


def test_the_ad_account_that_the_server_made_still_answers_and_takes_later_hits_once_it_is_used():
    sending = Sending(provisional=AD_ACCOUNT_ID)
    sending.post(conversion_event(), ad_account_id="7", token="pina_own")
    fire(sending)
    assert sending.post(conversion_event()).status == 200
    fire(sending)
    assert of_accounts(sending) == ["7", "7", AD_ACCOUNT_ID, AD_ACCOUNT_ID]
    assert sending.emulator.accounts.has(AD_ACCOUNT_ID)


def test_after_a_reset_the_next_sender_decides():
    sending = Sending(provisional=AD_ACCOUNT_ID)
    sending.post(conversion_event(), ad_account_id="7", token="pina_own")
    sending.emulator.reset()
    fire(sending)
    sending.post(conversion_event(), ad_account_id="8", token="pina_own")
    assert of_accounts(sending) == ["8", "8"]


@pytest.mark.parametrize("sender", ["7", "8"])
def test_a_restart_goes_on_with_the_ad_account_of_the_hits(tmp_path, sender):
    before = Sending(provisional=AD_ACCOUNT_ID, store=Store(str(tmp_path / "store.db")))
    fire(before)
    before.emulator.close()
    again = Sending(provisional="549000000000", store=Store(str(tmp_path / "store.db")))
    again.emulator.accounts.add("549000000000", "pina_made")
    fire(again)
    again.post(conversion_event(), ad_account_id=sender, token="pina_own")
    assert of_accounts(again) == [sender] * 3
    again.emulator.close()


def test_a_restart_keeps_hits_with_the_sender_that_came_first(tmp_path):
    before = Sending(provisional=AD_ACCOUNT_ID, store=Store(str(tmp_path / "store.db")))
    before.post(conversion_event(), ad_account_id="7", token="pina_own")
    before.emulator.close()
    again = Sending(provisional=AD_ACCOUNT_ID, store=Store(str(tmp_path / "store.db")))
    fire(again)
    again.post(conversion_event(), ad_account_id="8", token="pina_own")
    assert of_accounts(again) == ["7", "7", "8"]
    again.emulator.close()


def test_a_waiter_sees_hits_that_have_moved_to_the_ad_account_it_waits_for():
    sending = Sending(provisional=AD_ACCOUNT_ID)
    watch = Watch(sending.emulator.store, Expectation(Match({"ad_account_id": "7"}), count=2))
    fire(sending)
    assert watch.read_new_events().events == ()
    sending.post(conversion_event(event_id="o-2"), ad_account_id="7", token="pina_own")
    assert [event["source"] for event in watch.read_new_events().events] == ["tag", "api"]


def test_the_first_sender_finds_its_events_where_no_hit_came_before():
    sending = Sending(provisional=AD_ACCOUNT_ID)
    sending.post(conversion_event(), ad_account_id="7", token="pina_own")
    assert len(sending.records(ad_account_id="7")) == 1


def test_a_restart_still_knows_the_duplicates_though_the_history_has_moved_on(tmp_path):
    path = str(tmp_path / "store.db")
    sending = Sending(store=Store(path, bound=2))
    sending.post(*(conversion_event(event_id=str(i)) for i in range(5)))
    sending.emulator.close()
    again = Sending(store=Store(path, bound=2))
    again.post(conversion_event(event_id="0"))
    assert again.records()[-1]["duplicate_of"] == 1
    again.emulator.close()


def test_the_header_and_the_records_give_a_request_the_same_number():
    sending = Sending()
    first, second = (sending.post(conversion_event()) for _ in range(2))
    assert [dict(answer.headers)["X-Mockpin-Request-Id"] for answer in (first, second)] == ["1", "2"]
    assert [record["request_id"] for record in sending.records()] == ["1", "2"]
    assert [exchange["event_seqs"] for exchange in sending.exchanges()] == [[1], [2]]


def test_how_long_an_answer_took_is_told_in_milliseconds():
    ticks = iter([0.0, 10.0, 10.125, 20.0, 20.125])
    emulator = Emulator(clock=lambda: NOW, timer=lambda: next(ticks))
    emulator.receive(context())
    (exchange,) = emulator.store.exchanges()
    assert exchange.milliseconds == 250


def test_a_reset_begins_again_for_one_ad_account():
    sending = Sending(rate_limit="2/min")
    sending.post(conversion_event())
    sending.emulator.reset(AD_ACCOUNT_ID)
    answer = sending.post(conversion_event())
    assert dict(answer.headers)["X-RateLimit-Remaining"] == "1"
    assert [(record["seq"], record["duplicate_of"]) for record in sending.records()] == [(2, None)]


def test_a_waiter_wakes_for_a_new_event():
    sending = Sending()
    sending.post(conversion_event())
    assert sending.emulator.notifications.wait(after=0, timeout=0)
    assert not sending.emulator.notifications.wait(after=1, timeout=0)


def test_a_waiter_wakes_when_the_server_ends():
    sending, told = Sending(), []
    waiting = Thread(target=lambda: told.append(sending.emulator.notifications.wait(after=0, timeout=60)))
    waiting.start()
    sending.emulator.close()
    waiting.join(60)
    assert told == [False]


def test_a_request_that_leads_nowhere_is_an_exchange_too():
    sending = Sending()
    answer = sending.emulator.record(RequestContext(HttpRequest("GET", "/nowhere"), ""), answers.not_found())
    assert (answer.status, sending.exchanges()[0]["path"]) == (404, "/nowhere")


def test_the_clock_is_the_one_that_was_given():
    sending = Sending()
    sending.emulator.clock.advance(60)
    sending.post(conversion_event())
    assert sending.records()[0]["received_at"] == NOW + 60


def test_a_step_that_breaks_costs_its_own_request_alone_and_keeps_nothing_of_its_events():
    sending, broken = Sending(), context()

    def break_off(each):
        if each is broken:
            raise ZeroDivisionError

    pipeline = sending.emulator.events_pipeline
    answers = sending.emulator.process_all(
        [broken, context()],
        Pipeline(pipeline.judging, (*pipeline.recording[:-1], break_off, pipeline.recording[-1])),
    )
    assert [answer.status for answer in answers] == [500, 200]
    assert [exchange["status"] for exchange in sending.exchanges()] == [500, 200]
    assert [(record["seq"], record["duplicate_of"]) for record in sending.records()] == [(1, None)]


def test_requests_that_come_at_once_are_numbered_on_and_know_of_each_other():
    sending = Sending()
    answers = sending.emulator.receive_all([context() for _ in range(3)])
    assert [answer.status for answer in answers] == [200, 200, 200]
    assert [record["duplicate_of"] for record in sending.records()] == [None, 1, 1]
    assert [exchange["event_seqs"] for exchange in sending.exchanges()] == [[1], [2], [3]]


def test_what_the_emulator_found_is_counted_in_a_header_of_ours():
    answer = Sending().post(conversion_event(user_data={"em": ["jane@x.test"]}))
    assert int(dict(answer.headers)["X-Mockpin-Findings"]) > 0
    assert "findings" not in orjson.loads(answer.body)


def test_where_nothing_was_judged_nothing_is_counted():
    answer = Sending().post(conversion_event(), {"event_name": "x"})
    assert (answer.status, "X-Mockpin-Findings" in dict(answer.headers)) == (400, False)


def test_a_full_disk_is_answered_in_the_apis_shape_and_said_in_one_line(caplog):
    store = Store()
    sending = Sending(store=store)
    sending.post(conversion_event())
    ((pages,),) = store._database.connection.execute("PRAGMA page_count").fetchall()
    store._database.connection.execute(f"PRAGMA max_page_count = {pages}")
    large = [conversion_event(event_id=f"{i}", custom_data={"order_id": "x" * 999}) for i in range(99)]
    answer = sending.post(*large)
    assert (answer.status, answer.body) == (500, answers.broken().body)
    (line,) = caplog.messages
    assert line.startswith("The store :memory: cannot be written: the disk is full; make room.")
    assert (store.last_seq, len(store)) == (1, 1)
    store._database.connection.execute("PRAGMA max_page_count = 99999")
    assert sending.post(*large).status == 200
    assert [record["duplicate_of"] for record in sending.records()] == [None] * 100


def test_what_is_judged_while_the_emulator_is_closed_is_not_reported_as_a_disk_that_fails(caplog):
    sending = Sending()
    sending.emulator.close()
    assert sending.post(conversion_event()).status == 500
    assert caplog.messages == []


def test_a_first_report_is_remembered_before_the_next_request_has_its_turn():
    sending = Sending()
    run_at_once(lambda _: sending.emulator.receive_all([context(), context()]), 8)
    assert [record["duplicate_of"] for record in sending.records()] == [None] + [1] * 15


def test_steps_that_only_read_do_not_delay_others():
    sending, held = Sending(), []

    def look(_context):
        held.append(sending.emulator._turn._is_owned())
        return answers.not_found()

    context = RequestContext(HttpRequest("GET", "/"), AD_ACCOUNT_ID)
    assert sending.emulator.consult(context, (look,)).status == 404
    assert held == [False]
    assert [exchange["status"] for exchange in sending.exchanges()] == [404]


@pytest.mark.parametrize(("after", "said"), [(None, None), (1, None), (0, "0")])
def test_a_request_that_began_before_the_last_answer_carries_its_number(after, said):
    sending = Sending()
    sending.post(conversion_event())
    assert sending.emulator.last_answered == 1
    answer = sending.emulator.receive(RequestContext(HttpRequest("POST", PATH, after=after), AD_ACCOUNT_ID))
    assert dict(answer.headers).get("X-Mockpin-Began-After") == said


def test_a_request_that_is_being_judged_holds_up_no_other():
    sending, may_end = Sending(), Event()
    pipeline = sending.emulator.events_pipeline

    def judge_slowly(_context):
        assert may_end.wait(60)

    slow = Pipeline((*pipeline.judging, judge_slowly), pipeline.recording)
    thread = Thread(target=lambda: sending.emulator.process(context(), slow))
    thread.start()
    assert sending.post(conversion_event()).status == 200
    may_end.set()
    thread.join(60)
    assert [record["duplicate_of"] for record in sending.records()] == [None, 1]


def test_the_uptime_counts_from_when_the_emulator_was_made():
    ticks = iter([10.0, 12.5])
    emulator = Emulator(timer=lambda: next(ticks))
    assert emulator.uptime == 2.5


def test_a_request_whose_payload_is_known_is_judged_without_a_body():
    sending, request = Sending(), HttpRequest("POST", PATH)
    known = RequestContext(request, AD_ACCOUNT_ID, payload={"data": [conversion_event()]}, trusted=True)
    assert sending.emulator.receive_payload(known).status == 200
    assert [record["event_id"] for record in sending.records()] == ["o-1"]


def count_clean_requests(sending):
    return sending.emulator.store._database.select_number("SELECT count(*) FROM clean_requests")


def test_a_clean_request_is_stored_as_one_row_until_the_store_has_time():
    sending = Sending()
    answer = sending.post(CLEAN["web"])
    assert (dict(answer.headers)["X-Mockpin-Findings"], count_clean_requests(sending)) == ("0", 1)
    assert sending.emulator.settle_slice() is False
    assert count_clean_requests(sending) == 0
    sending.post(CLEAN["web"], conversion_event(event_id="o-2"))
    assert count_clean_requests(sending) == 0


def test_a_clean_request_that_is_waited_for_is_stored_in_rows():
    sending = Sending()
    waiting = Thread(target=lambda: sending.emulator.notifications.wait(after=0, timeout=60))
    waiting.start()
    while not sending.emulator.notifications.is_watched:
        pass
    sending.post(CLEAN["web"])
    waiting.join(60)
    assert count_clean_requests(sending) == 0


def test_a_full_disk_while_rows_are_made_is_one_line_and_leaves_nothing_to_do(caplog):
    sending = Sending()
    database = sending.emulator.store._database.connection
    sending.post(*({**CLEAN["web"], "event_id": f"o-{index}"} for index in range(99)))
    ((pages,),) = database.execute("PRAGMA page_count").fetchall()
    database.execute(f"PRAGMA max_page_count = {pages}")
    assert sending.emulator.settle_slice() is False
    assert [message.partition(":memory:")[0] for message in caplog.messages] == ["The store "]


@pytest.mark.parametrize(("keep_alive", "said"), [("on", "80"), ("off", None)])
def test_an_answer_names_the_connection_that_is_kept(keep_alive, said):
    sending = Sending(keep_alive=keep_alive)
    context = RequestContext(HttpRequest("POST", PATH, connection="80"), AD_ACCOUNT_ID)
    assert dict(sending.emulator.receive(context).headers).get("X-Mockpin-Connection") == said


def test_requests_that_were_answered_together_are_logged_together():
    logged = []
    Sending(log=logged.append).emulator.receive_all([context(), context()])
    assert [[entry.status for entry in entries] for entries in logged] == [[200, 200]]


def test_a_reset_is_announced_and_the_present_number_too():
    sending = Sending()
    sending.post(conversion_event())
    before = sending.emulator.notifications.last_reset
    sending.emulator.reset()
    assert sending.emulator.notifications.last_reset > before
    assert sending.records() == []
    assert sending.post(conversion_event()).status == 200
    assert sending.emulator.last_answered == 2
