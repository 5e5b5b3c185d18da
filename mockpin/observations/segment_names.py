"""Segment's names: of this destination, and of calls that are nearly what a subscription takes."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import lru_cache

from mockpin_validator.contract.spelling import bare

#: What the title of Segment's documentation calls this destination, and so its switch in `integrations`.
DESTINATION_NAME = "Pinterest Conversions API"
#: Why nothing was sent for a message whose switches keep it from this destination.
LEFT_OUT = f"the message's `integrations` leave out {DESTINATION_NAME}"
#: How alike two spellings must be, from 0 to 1. "Order Complete" is 0.96 alike "Order Completed";
#: "Product Viewed" and "Product Added", which are different things, are 0.80 alike.
LEAST_LIKENESS = 0.9
#: Names of Segment's e-commerce and mobile specifications that are not mistakes for another one.
SPECIFIED = frozenset({
    "productssearched", "productlistviewed", "productlistfiltered", "promotionviewed", "promotionclicked",
    "productclicked", "productviewed", "productadded", "productremoved", "cartviewed", "checkoutstarted",
    "checkoutstepviewed", "checkoutstepcompleted", "paymentinfoentered", "ordercompleted", "orderupdated",
    "orderrefunded", "ordercancelled", "couponentered", "couponapplied", "coupondenied", "couponremoved",
    "productaddedtowishlist", "productremovedfromwishlist", "wishlistproductaddedtocart", "productshared",
    "cartshared", "productreviewed", "applicationinstalled", "applicationopened", "applicationupdated",
    "applicationbackgrounded", "applicationcrashed", "applicationuninstalled", "signedup", "signedin",
    "signedout", "trialstarted", "trialended", "subscriptioncreated", "subscriptioncancelled", "accountcreated",
})  # fmt: skip
#: Bare spellings of what other platforms call the same thing -> Segment's name for it.
SYNONYMS: Mapping[str, str] = {
    **dict.fromkeys(
        ("purchase", "purchased", "purchasecompleted", "completepurchase", "checkoutcompleted", "checkout",
         "checkoutcomplete", "purchasecomplete", "orderplaced", "orderconfirmed", "placeorder", "transaction",
         "transactioncompleted", "ordersubmitted", "sale"),
        "Order Completed",
    ),
    **dict.fromkeys(("addtocart", "addedtocart", "addproduct", "cartadd", "itemadded"), "Product Added"),
    **dict.fromkeys(("signup", "register", "registered", "registration", "completeregistration",
                     "userregistered", "usersignedup"), "Signed Up"),
    **dict.fromkeys(("search", "searched", "searchperformed"), "Products Searched"),
    **dict.fromkeys(("initiatecheckout", "begincheckout", "checkoutinitiated", "startcheckout"),
                    "Checkout Started"),
    **dict.fromkeys(("viewproduct", "viewcontent", "viewitem", "productview", "contentviewed"),
                    "Product Viewed"),
    **dict.fromkeys(("lead", "leadgenerated", "generatedlead", "leadcreated"), "Generate Lead"),
    **dict.fromkeys(("addtowishlist", "wishlistadded", "addedtowishlist"), "Product Added to Wishlist"),
    **dict.fromkeys(("addpaymentinfo", "paymentinfoadded"), "Payment Info Entered"),
    **dict.fromkeys(("subscribe", "subscribed", "subscriptionstarted"), "Subscription Created"),
    **dict.fromkeys(("starttrial", "trialbegan"), "Trial Started"),
}  # fmt: skip
_NAME_IN_TRIGGER = re.compile(r'\bevent\s*=\s*"((?:[^"\\]|\\.)+)"')


@lru_cache(maxsize=1024)
def read_taken_names(trigger: str) -> frozenset[str]:
    """The event names that a subscription's trigger asks for."""
    return frozenset(_NAME_IN_TRIGGER.findall(trigger))


@lru_cache(maxsize=4096)
def find_near_name(name: str, taken: frozenset[str]) -> str | None:
    """The taken name that a name nearly is; None when it is one of them, or near none."""
    if name in taken:
        return None
    spelling = bare(name)
    spellings = {bare(name): name for name in sorted(taken)}
    if spelling in spellings:
        return spellings[spelling]
    if spelling in SPECIFIED:
        return None
    if SYNONYMS.get(spelling) in taken:
        return SYNONYMS[spelling]
    return _find_alike(spelling, spellings)


def _find_alike(spelling: str, spellings: Mapping[str, str]) -> str | None:
    likeness = {candidate: SequenceMatcher(None, spelling, candidate).ratio() for candidate in spellings}
    best = max(likeness, key=likeness.__getitem__, default="")
    return spellings[best] if best and likeness[best] >= LEAST_LIKENESS else None
