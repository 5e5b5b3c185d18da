from mockpin.emulator.history.account_starts import LAST, MAX_ACCOUNTS, AccountStarts
from mockpin.emulator.history.store import Store
from tests.mockpin.emulator.history.rows import ONE, OTHER, add, row


def test_the_first_number_of_an_ad_account_is_its_start():
    starts = AccountStarts([("1", 3), ("2", 5), ("1", 9)])
    assert [starts.find(account) for account in ("1", "2", "3", None)] == [3, 5, LAST, 1]


def test_an_ad_account_without_events_any_more_starts_anew():
    starts = AccountStarts([("1", 3), ("2", 5)]).without("1")
    starts.note("1", 9)
    assert [starts.find(account) for account in ("1", "2")] == [9, 5]


def test_above_the_limit_other_ad_accounts_are_read_from_the_beginning():
    starts = AccountStarts((str(number), number) for number in range(1, MAX_ACCOUNTS + 2))
    assert [starts.find(account) for account in ("7", "none")] == [7, 1]
    assert starts.without("7").find("7") == 1


def test_the_events_of_an_ad_account_are_found_after_a_restart(tmp_path):
    path = str(tmp_path / "store.db")
    store = Store(path)
    add(store, row(1), row(2, account=OTHER, source="tag", received_at=5.5), row(3, account=OTHER))
    store.close()
    again = Store(path)
    add(again, row(4))
    assert [event.seq for event in again.events(ad_account_id=OTHER)] == [2, 3]
    assert [event.seq for event in again.events(newest_first=True, ad_account_id=ONE)] == [4, 1]
    assert again.events(ad_account_id="7") == []
    assert (again.sent_names(OTHER), again.last_tag_event_at(OTHER), again.last_tag_event_at(ONE)) == (
        ["Checkout"],
        5.5,
        None,
    )
    again.close()
