import pytest

from mockpin.cli.shared.received import Received
from mockpin.cli.shared.run_report import describe_separate_accounts


def received(**accounts):
    """One event of each source, for the ad account given."""
    events = [{"source": source, "ad_account_id": account} for source, account in accounts.items()]
    return Received(events, [])


def test_a_tag_of_another_ad_account_than_the_apis_is_named_with_the_options_that_join_them():
    (line,) = describe_separate_accounts(received(api="549755885175", tag="5490"))
    assert "belong to ad account 5490, those of the API to 549755885175" in line
    assert line.endswith("--account 549755885175=TOKEN --tag TAG_ID=549755885175.")


@pytest.mark.parametrize(
    "accounts", [{}, {"api": "1"}, {"tag": "2"}, {"api": "1", "tag": "1"}, {"segment": "1", "tag": "2"}]
)
def test_one_ad_account_or_one_source_needs_no_advice(accounts):
    assert list(describe_separate_accounts(received(**accounts))) == []
