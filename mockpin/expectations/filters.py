"""The filters of events as a type, so that a type checker finds a misspelt one before a test does."""

from typing import Literal, TypedDict


class Filters(TypedDict, total=False):
    """What an event can be asked for, as in the table `matching.FILTERS`; all that is given must hold."""

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
