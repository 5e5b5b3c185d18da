"""The event filters as a type, so that a type checker finds a misspelt filter before a test runs."""

from typing import Literal, TypedDict


class Filters(TypedDict, total=False):
    """The event filters of the table `matching.FILTERS`. An event must match every filter that is given."""

    ad_account_id: str
    event_name: str
    event_id: str
    status: Literal["processed", "failed"]
    duplicate: bool
    test: bool
    action_source: str
    reported_as: Literal["web", "app", "offline"]
    source: Literal["api", "tag", "segment"]
    limited_data_processing: bool
