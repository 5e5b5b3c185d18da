"""Ad accounts and the tokens that open them. Only fingerprints of tokens are kept."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from random import Random
from string import ascii_uppercase, digits

from mockpin.emulator.conversion_setup import ConversionSetup
from mockpin_validator.caching import cache_short_texts

AD_ACCOUNT_ID = re.compile(r"\d{1,18}", re.ASCII)
#: Tokens consist of characters that a header can hold without encoding.
TOKEN = re.compile(r"[!-~]+")
TOKEN_LETTERS = ascii_uppercase + digits


@dataclass(frozen=True)
class Account:
    """An ad account: its id, the fingerprint of its conversion token, and its tag."""

    ad_account_id: str
    token: str
    tag_id: str | None = field(default=None, repr=False)


@dataclass(eq=False)
class AdAccountInvalid(ValueError):
    """An ad account id that is not 1 to 18 digits."""

    ad_account_id: str

    def __str__(self) -> str:
        return f"{self.ad_account_id!r} is not an ad account id: it has 1 to 18 digits."


@cache_short_texts(maxsize=1024)
def fingerprint(token: str) -> str:
    """A shortened digest of a token, which recognizes the token but cannot be used as one."""
    return "sha256:" + hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def mint_token(random: Random) -> str:
    """Make a conversion token of the form that Pinterest uses: `pina_` and 80 letters and digits."""
    return "pina_" + "".join(random.choices(TOKEN_LETTERS, k=80))


def mint_ad_account_id(random: Random) -> str:
    """Make an ad account id of the form that Pinterest uses: 549 and nine more digits."""
    return "549" + "".join(random.choices(digits, k=9))


def mint_tag_id(random: Random) -> str:
    """Make a tag id of the form that Pinterest uses: 261 and ten more digits."""
    return "261" + "".join(random.choices(digits, k=10))


class Accounts:
    """The ad accounts and the tokens that may send to them. Unknown tags report to the first one, the home.

    `access_token` is an OAuth token for every account and for Pinterest's other endpoints. With `accept_any`,
    every token may send to every account that has a numeric id. `setup` is what the accounts set up through
    the API. `provisional` is the id of the account that the server made because none was given: hits and
    calls without an ad account go to that of the first sender instead (see `settle`), so that a shop's tag
    and its API meet in one account.
    """

    def __init__(
        self,
        accounts: Iterable[Account] = (),
        *,
        access_token: str | None = None,
        accept_any: bool = False,
        provisional: str | None = None,
    ) -> None:
        self._accounts = {account.ad_account_id: account for account in accounts}
        self._access = fingerprint(access_token) if access_token else None
        #: The fingerprints of the tokens that open every account.
        self._opening_all = {self._access} if self._access else set()
        self._accept_any = accept_any
        self._provisional = provisional
        self._undecided = provisional is not None
        #: The ad account of an unknown sender, once it has become the home.
        self._adopted: str | None = None
        self.setup = ConversionSetup()

    def __iter__(self) -> Iterator[Account]:
        return iter(tuple(self._accounts.values()))

    def add(self, ad_account_id: str, conversion_token: str, tag_id: str | None = None) -> Account:
        """Add an account, or give it a new token. Raises AdAccountInvalid."""
        if not AD_ACCOUNT_ID.fullmatch(ad_account_id):
            raise AdAccountInvalid(ad_account_id)
        account = Account(ad_account_id, fingerprint(conversion_token), tag_id)
        self._accounts[ad_account_id] = account
        return account

    def remove(self, ad_account_id: str) -> bool:
        """Remove an account. Returns False if there is none with this id."""
        self.setup.forget(ad_account_id)
        return self._accounts.pop(ad_account_id, None) is not None

    @property
    def home(self) -> str | None:
        """The ad account of whoever names none: that of unknown tags, and of Segment. None without any."""
        known = tuple(self._accounts)
        return known[0] if known else None

    def leaves_home(self, ad_account_id: str) -> bool:
        """Whether `settle` will give what came without an ad account to this one of a sender."""
        return self._undecided and self._may_settle(ad_account_id) and ad_account_id != self.home

    def settle(self, ad_account_id: str) -> None:
        """Make the ad account that a sender uses the home, if it is the first one to name any.

        One that a test has opened decides nothing. The account that the server made stays, and a sender that
        uses it later takes the home back: its id was announced.
        """
        if (self._undecided or ad_account_id == self._provisional) and self._may_settle(ad_account_id):
            if self._undecided and ad_account_id != self._adopted:
                self._drop_adopted()
            self._put_first(ad_account_id)
            self._undecided = False

    def resume(self, ad_account_id: str, *, undecided: bool) -> None:
        """Go on with the home that a store had, if the server made its ad account itself."""
        if self._provisional is not None and ad_account_id:
            self._put_first(ad_account_id)
            self._undecided = undecided

    def begin_again(self, ad_account_id: str | None) -> None:
        """Let the next sender decide, once the history of the home, or of all (None), is gone."""
        if self._provisional is not None and ad_account_id in (None, self.home):
            self._drop_adopted()
            self._put_first(self._provisional)
            self._undecided = True

    def _may_settle(self, ad_account_id: str) -> bool:
        known = ad_account_id in self._accounts and ad_account_id not in (self._provisional, self.home)
        return self._provisional in self._accounts and not known

    def _drop_adopted(self) -> None:
        self._accounts.pop(self._adopted or "", None)
        self._adopted = None

    def _put_first(self, ad_account_id: str) -> None:
        account = self._accounts.get(ad_account_id)
        if account is None and (made := self._accounts.get(self._provisional or "")):
            account, self._adopted = replace(made, ad_account_id=ad_account_id), ad_account_id
        if account:
            self._accounts = {ad_account_id: account} | self._accounts

    def mint(self, conversion_token: str) -> None:
        """Let a newly made conversion token send to every account."""
        self._opening_all.add(fingerprint(conversion_token))

    def knows(self, token: str | None) -> bool:
        """Whether the token is valid for any account."""
        if not token:
            return False
        print_ = fingerprint(token)
        opens_all = self._accept_any or print_ in self._opening_all
        return opens_all or print_ in [account.token for account in self]

    def permits(self, token: str | None, ad_account_id: str) -> bool:
        """Whether this token may send to this ad account."""
        if not token:
            return False
        account = self._accounts.get(ad_account_id)
        if account is None:
            return self._accept_any
        print_ = fingerprint(token)
        return self._accept_any or print_ in self._opening_all or account.token == print_

    def permits_access(self, token: str | None) -> bool:
        """Whether this is the OAuth access token, which Pinterest's other endpoints need."""
        return bool(token) and fingerprint(str(token)) == self._access

    def has(self, ad_account_id: str) -> bool:
        """Whether there is an ad account with this id."""
        return ad_account_id in self._accounts

    def find_by_tag(self, tag_id: str) -> str | None:
        """The ad account that a tag reports to: its own, or the first; None if there is no account."""
        if creator := self.setup.owner_of(tag_id):
            return creator
        owner = next((account for account in self if account.tag_id == tag_id), None)
        return owner.ad_account_id if owner else self.home
