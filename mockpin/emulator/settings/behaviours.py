"""What the emulator does that is neither a setting nor a rule, and how it is known."""

from typing import Literal, NamedTuple

OPENAPI = "Pinterest's OpenAPI 5.23"
CURL = "measured by curl with ?test=true, StefanPHD/pagesmith"
SEGMENT = "Segment's documentation of its Pinterest destination"
SEGMENT_API = "Segment's documentation of its HTTP API, segmentio/segment-docs pull 7023"


class Behaviour(NamedTuple):
    """One thing the emulator does: what, by what source, how sure, as of when (an ISO date)."""

    what: str
    source: str
    grade: Literal["documented", "observed", "inferred", "ours"]
    date: str


BEHAVIOURS = (
    Behaviour(
        "Checks in this order: token, ad account, rate limit, JSON, schema, then each event",
        "no order is documented",
        "inferred",
        "2026-11-24",
    ),
    Behaviour(
        "401 has `status: failure` and no X-RateLimit-* headers",
        "pinterest/pinterest-python-generated-api-client 31",
        "observed",
        "2023-08-22",
    ),
    Behaviour(
        "403, code 29, for an ad account that the token does not open, and for one that does not exist",
        f"{OPENAPI}; live on other paths",
        "observed",
        "2025-12-11",
    ),
    Behaviour(
        "400 for an ad account id that is not a number, in the words of other path parameters",
        OPENAPI,
        "inferred",
        "2025-12-11",
    ),
    Behaviour(
        "400 says what the schema refuses in python-jsonschema's sentence",
        "woocommerce/pinterest-for-woocommerce 967, one request with one event",
        "observed",
        "2024-03-21",
    ),
    Behaviour(
        "400 refuses a request of several events as a whole, with the sentence on the first violation",
        "concluded from the one request that was observed",
        "inferred",
        "2024-03-21",
    ),
    Behaviour("400 has code 1", OPENAPI, "inferred", "2025-12-11"),
    Behaviour(
        "422, code 953, holds the ordinary body as `details`; good events are kept",
        "segmentio/action-destinations pull 2465",
        "observed",
        "2024-09-27",
    ),
    Behaviour(
        "Counts first, then the events in the order of the request; messages that say nothing are empty",
        "woocommerce/pinterest-for-woocommerce 945",
        "observed",
        "2024-03-18",
    ),
    Behaviour(
        "Several warnings of an event stand in one message, joined with `; `",
        f"one message with a semicolon was {CURL}; the spacing is our reading",
        "inferred",
        "2026-09-24",
    ),
    Behaviour("X-RateLimit-* in Envoy's draft-03 form, in fixed windows", CURL, "observed", "2026-09-24"),
    Behaviour("429, code 8, without Retry-After", OPENAPI, "documented", "2025-12-11"),
    Behaviour("404, 413 and 500 have code and message only", OPENAPI, "inferred", "2025-12-11"),
    Behaviour(
        "405 has code and message only",
        f"{OPENAPI} has one example of a 405, on another path: it holds status, data and endpoint_name, too",
        "inferred",
        "2025-12-11",
    ),
    Behaviour("`test=true` in any case answers the same and is kept apart", CURL, "observed", "2026-09-24"),
    Behaviour(
        "`is_test=TRUE`, the documentation's other word for `test=true`, is not followed: only `test` was "
        "ever seen to work, and an event that is taken for a test by mistake would be missed",
        "Pinterest's page on rate limits names it; no measurement of it is known",
        "inferred",
        "2026-11-24",
    ),
    Behaviour(
        "A duplicate is answered `processed`: deduplication happens before reporting",
        "the live test of pinterest/pinterest-python-sdk",
        "observed",
        "2026-11-24",
    ),
    Behaviour(
        "A duplicate has the ad account, the event name and the event id of an earlier event, from the API "
        "or the tag; names are compared without case and underscores",
        "Pinterest's documentation names the fields, of an event of the tag and one of the API; the key, the "
        "comparison, and that two events of the API are duplicates of each other, are our reading",
        "inferred",
        "2026-08-20",
    ),
    Behaviour(
        "Offline events and events with a blank name or id have no duplicates",
        SEGMENT,
        "documented",
        "2026-11-24",
    ),
    Behaviour(
        "Failed events and test requests take no part in deduplication; "
        "a duplicate does not lengthen the window",
        "nothing is documented",
        "inferred",
        "2026-11-24",
    ),
    Behaviour(
        "An event repeats only what was received at or before now: once the clock was set back, what came in "
        "its future is not a first report",
        "the clock is ours",
        "ours",
        "2026-11-24",
    ),
    Behaviour(
        "Faults strike the conversion events of the API, those of Segment among them; the tag and the "
        "endpoints beside are answered as ever",
        "faults are ours",
        "ours",
        "2026-11-24",
    ),
    Behaviour(
        "Limited data processing needs LDP in opt_out_type, a state and a country, all three",
        SEGMENT,
        "documented",
        "2026-11-24",
    ),
    Behaviour(
        "Hashes of state and country count in upper and in lower case: Pinterest's guide and its own "
        "server template disagree",
        "Pinterest's guide to limited data processing; pinterest/ss-gtm-template",
        "inferred",
        "2026-05-05",
    ),
    Behaviour(
        "The tag's `event_id`, `eventID` and `eid` are one; a hit without an event, or with `init`, is not "
        "an event",
        "Pinterest's documentation of the tag; managed-components/pinterest",
        "documented",
        "2026-11-24",
    ),
    Behaviour(
        "The action source does not matter for duplicates: an app's event and a web event of one name "
        "and id are one",
        "Pinterest names event_id and event_name; whether more counts is not said",
        "inferred",
        "2026-08-20",
    ),
    Behaviour(
        "The event quality score's coverage is computed from what was received; its status, weights and "
        "issues are mockpin's own, since Pinterest publishes none",
        f"{OPENAPI} for the form",
        "ours",
        "2026-11-24",
    ),
    Behaviour(
        "Conversion tags can be created; an unknown setting is accepted and lost, as the description closes "
        "nothing. The header X-Mockpin-Hint names it, which is ours",
        OPENAPI,
        "documented",
        "2025-12-11",
    ),
    Behaviour(
        "Advertiser-defined events can be created, changed and deleted, 15 at most; each has a record",
        "Pinterest's OpenAPI 5.28, as the package pinterestsdk 2.1.0 has it; "
        "dev.pinterest.com/docs/track-conversions/define-your-own-event-types",
        "documented",
        "2026-08-30",
    ),
    Behaviour(
        "A name that cannot be defined fails by itself, with a sentence of ours",
        "the description has `failure` and `exceptions` for each name, and no example",
        "inferred",
        "2026-08-30",
    ),
    Behaviour(
        "The tag is answered a transparent GIF of one pixel", "no reply is known", "inferred", "2026-11-24"
    ),
    Behaviour(
        "The tag answers HEAD as GET, without the pixel, and counts no event of it",
        "HTTP has HEAD wherever there is GET (RFC 9110, 9.1); no reply is known",
        "inferred",
        "2022-06-01",
    ),
    Behaviour(
        "Segment answers 400 to a call of more than 32 KB and to a batch of more than 500 KB",
        SEGMENT_API,
        "documented",
        "2025-01-06",
    ),
    Behaviour(
        "Of a batch, Segment drops a message of more than 32 KB and those after 2,500, takes the others, and "
        "answers 200; the size is that of the message as JSON without white space, which is our reading",
        SEGMENT_API,
        "documented",
        "2025-01-06",
    ),
    Behaviour(
        "A call whose `integrations` switch off Pinterest Conversions API, or All without switching it on, "
        "is not sent on; names are case-sensitive",
        "Segment's documentation of its HTTP API and of the integrations object, "
        "segmentio/segment-docs pull 3190",
        "documented",
        "2022-07-11",
    ),
    Behaviour(
        "Reason phrases are in title case: Segment's destination compares them",
        "Segment's action-destinations 3.517.0",
        "observed",
        "2026-11-24",
    ),
)
