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
    """The ad accounts and the tokens that may send to them. Unknown tags report to the first account.

    `access_token` is an OAuth token for every account and for Pinterest's other endpoints. With `accept_any`,
    every token may send to every account that has a numeric id. `setup` is what the accounts set up through
    the API. `provisional` is the id of an account that nobody named: it becomes that of the first sender (see
    `settle`), so that the tag of a shop and its API meet in one account.
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
        self._minted: set[str] = set()
        self._access = fingerprint(access_token) if access_token else None
        self._accept_any = accept_any
        self._provisional = provisional
        self._settled: dict[str, str] = {}
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

    def settle(self, ad_account_id: str) -> str | None:
        """Give the provisional account the id of a sender that nobody knows. Returns its former id, or None.

        Only the first such sender decides: an account that has been used under its own id keeps it.
        """
        former = self._provisional
        if ad_account_id == former:
            self._provisional = None
        made = self._accounts.get(former or "")
        if made is None or ad_account_id in self._accounts:
            return None
        others = {account.ad_account_id: account for account in self if account is not made}
        self._accounts = {ad_account_id: replace(made, ad_account_id=ad_account_id)} | others
        self._settled, self._provisional = {made.ad_account_id: ad_account_id}, None
        return former

    def settled(self, ad_account_id: str) -> str:
        """The id that a provisional account has by now; another account's own."""
        return self._settled.get(ad_account_id, ad_account_id)

    def mint(self, conversion_token: str) -> None:
        """Let a newly made conversion token send to every account."""
        self._minted.add(fingerprint(conversion_token))

    def knows(self, token: str | None) -> bool:
        """Whether the token is valid for any account."""
        if not token:
            return False
        print_ = fingerprint(token)
        return self._accept_any or self._opens_all(print_) or any(a.token == print_ for a in self)

    def permits(self, token: str, ad_account_id: str) -> bool:
        """Whether this valid token may send to this ad account."""
        account = self._accounts.get(ad_account_id)
        if account is None:
            return self._accept_any
        print_ = fingerprint(token)
        return self._accept_any or self._opens_all(print_) or account.token == print_

    def permits_access(self, token: str | None) -> bool:
        """Whether this is the OAuth access token, which Pinterest's other endpoints need."""
        return bool(token) and fingerprint(str(token)) == self._access

    def has(self, ad_account_id: str) -> bool:
        """Whether there is an ad account with this id."""
        return ad_account_id in self._accounts

    def of_tag(self, tag_id: str) -> str | None:
        """The ad account that a tag reports to: its own, or the first; None if there is no account."""
        if creator := self.setup.owner_of(tag_id):
            return creator
        first = next(iter(self), None)
        owner = next((account for account in self if account.tag_id == tag_id), first)
        return owner.ad_account_id if owner else None

    def _opens_all(self, print_: str) -> bool:
        return print_ in self._minted or print_ == self._access
