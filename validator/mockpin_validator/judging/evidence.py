"""The sources that rules cite, by their public names."""

from typing import Final

from mockpin_validator.judging.finding import Evidence

OPENAPI: Final = Evidence("Pinterest's OpenAPI 5.23", "documented", "2025-12-11")
OPENAPI_INFERRED: Final = Evidence(
    "Pinterest's OpenAPI 5.23, whose prose we read as binding", "inferred", "2025-12-11"
)
OLD_EVENT: Final = Evidence(
    "an answer of the live API quoted in segmentio/action-destinations pull 2465; "
    "the limit of seven days is from senders' documentation",
    "inferred",
    "2024-09-27",
)
OBSERVED_WARNING: Final = Evidence(
    "warnings of the live API measured in StefanPHD/pagesmith", "observed", "2026-09-24"
)
OBSERVED_REFUSAL: Final = Evidence(
    "an answer of the live API quoted in woocommerce/pinterest-for-woocommerce issue 967",
    "observed",
    "2024-03-21",
)
UNHASHED: Final = Evidence(
    "pinterest/pinterest-python-sdk's live test (em), Pinterest's Magento extension's test (external_id); "
    "the other match keys by analogy",
    "inferred",
    "2026-11-24",
)
HASHING: Final = Evidence(
    "Pinterest's OpenAPI 5.23, how each match key is hashed", "documented", "2025-12-11"
)
UPPER_CASE_DIGITS: Final = Evidence(
    "Pinterest's OpenAPI 5.23 does not mention the digits' case; pinterest/ss-gtm-template counts upper case "
    "as hashed, all of Pinterest's own senders write lower case",
    "inferred",
    "2026-05-05",
)
UNKNOWN_FIELD: Final = Evidence(
    "Pinterest's OpenAPI 5.23 allows fields in user_data that it does not list, and does not say "
    "what happens to them",
    "inferred",
    "2025-12-11",
)
MAGENTO_OPT_OUT: Final = Evidence(
    "Pinterest's Magento extension 2.0.1 sends it there (ConversionEventHelper.php); no answer is known",
    "inferred",
    "2026-11-25",
)
SAME_ID: Final = Evidence(
    "Pinterest's OpenAPI 5.23 describes an event of the tag and one of the API; that two events of the API "
    "with one name and id are counted once is our conclusion",
    "inferred",
    "2025-12-11",
)
RETURN_ON_AD_SPEND: Final = Evidence(
    "Pinterest's OpenAPI 5.23: the right ROAS needs the currency, and therefore the value",
    "inferred",
    "2025-12-11",
)
MERCHANTS: Final = Evidence(
    "Pinterest's OpenAPI 5.23, which recommends it to merchants for AddToCart and Checkouts",
    "documented",
    "2025-12-11",
)
FOREIGN_CLICK_IDS: Final = Evidence(
    "the forms in which other platforms write their click ids; Pinterest's OpenAPI names only _epik, epik",
    "inferred",
    "2026-11-25",
)
PROXY_RANGES: Final = Evidence(
    "cloudflare.com/ips; facebook-for-woocommerce issue 2049", "documented", "2026-11-26"
)
OUR_ADVICE: Final = Evidence("mockpin's own advice", "inferred", "2026-11-24")
PARAMETERS: Final = Evidence(
    "developers.pinterest.com/docs/track-conversions, the table of parameters", "documented", "2026-09-22"
)
EVENT_NAMES: Final = Evidence(
    "Pinterest's OpenAPI 5.23, which lists 15 of the names; the others are from "
    "dev.pinterest.com/docs/track-conversions/track-conversions-in-the-api and pinterest/ss-gtm-template",
    "documented",
    "2026-11-24",
)
EVENT_TIME: Final = Evidence(
    "Pinterest's OpenAPI 5.23; the limit of seven days is from senders' documentation",
    "inferred",
    "2025-12-11",
)
ADVERTISER_DEFINED: Final = Evidence(
    "dev.pinterest.com/docs/track-conversions/define-your-own-event-types", "documented", "2026-11-24"
)
THIRD_PARTY_GUIDE: Final = Evidence(
    "developers.pinterest.com/docs/api-features/third-party-integrations", "documented", "2026-11-24"
)
HELP_CENTER: Final = Evidence(
    "help.pinterest.com/en/business/article/the-pinterest-api-for-conversions", "documented", "2026-11-24"
)
LIMITED_DATA_PROCESSING: Final = Evidence(
    "developers.pinterest.com/docs/track-conversions/use-limited-data-processing-flag",
    "documented",
    "2026-11-24",
)
LDP_STATES: Final = Evidence(
    "Segment's documentation of its Pinterest destination, which names California; Pinterest's own pages "
    "speak of users to whom a state privacy law applies, and name no state",
    "inferred",
    "2026-11-25",
)
SEGMENT_HISTORY: Final = Evidence(
    "two years of undefined values sent by segmentio/action-destinations", "observed", "2025-06-30"
)
