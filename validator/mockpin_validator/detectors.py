"""How personal data and secrets are recognized in text: one table of patterns for all rules and masks.

Each pattern takes time linear in the length of any text: a run of characters is read only from its beginning,
and possessive quantifiers (`++`) prevent backtracking.
"""

import re
from typing import Final

#: Characters of a value that the rules search. No real value is longer, and searching ten million characters
#: would delay other requests.
MAX_SEARCHED_LENGTH: Final = 65_536

#: A percent sign in a URL, plain or encoded once or several times.
_PERCENT: Final = "%(?:25)*"
_PERCENT_AT: Final = rf"{_PERCENT}(?:40|u0040|EF{_PERCENT}BC{_PERCENT}A0|EF{_PERCENT}B9{_PERCENT}AB)"
#: An @: plain, in full width or small, in a URL, in HTML, or as an escape of JSON or JavaScript.
AT: Final = (
    rf"(?:[@\uff20\ufe6b]|{_PERCENT_AT}|\\{{1,4}}(?:u0040|x40)"
    r"|&(?:amp;)*(?:\#0*64|\#x0*40|commat)(?![0-9a-z]);?)"
)
_DELIMITERS: Final = r"\s,;:<>\"&=/?#()\[\]{}\\"
_PLAIN: Final = rf"[^@\uff20\ufe6b%'{_DELIMITERS}]"
#: Characters of an address; an apostrophe only between two letters, as in o'brien.
_RUN: Final = rf"(?:{_PLAIN}++|%(?!{_PERCENT_AT[1:]})|(?<=\w)'(?=\w))++"
#: Not inside such a run: a search that started at each of its characters would be quadratic.
_START: Final = rf"(?<![^'{_DELIMITERS}])(?!(?<=\w')\w)"

EMAIL: Final = re.compile(
    rf"(?:{_START}(?:[@\uff20\ufe6b]|{_PERCENT_AT})*+{_RUN}|\"[^\"\n]*+\")(?:{AT}{{1,3}}{_RUN})++",
    re.IGNORECASE,
)

_PLUS, _GAP = rf"(?:\+|{_PERCENT}2B)", rf"(?:[\d ().-]|{_PERCENT}20)"
PHONE: Final = re.compile(
    rf"{_PLUS}\d{_GAP}{{7,18}}\d|\(?\b\d{{3}}\)?[ .-]\d{{3}}[ .-]\d{{4}}\b", re.IGNORECASE
)

#: Name of a parameter with a phone number. "hotel" and "motel" do not count as "tel".
_PHONE_NAME: Final = r"(?:phone|mobile|msisdn|(?<![a-z])(?:ph|cell)(?![a-z])|(?<!ho)(?<!mo)tel(?![a-z]))"
PHONE_NAME: Final = re.compile(_PHONE_NAME, re.IGNORECASE)

_OPENING_NAME: Final = (
    r"(?:(?:token|key|secret|cookie2?|auth|authorization|authentication|password|credential|session"
    r"|signature|jwt|(?<![a-z])sig)s?(?![a-z])|(?<![\w-])code(?![\w-]))"
)
#: Name of a header or parameter with a secret.
SECRET_NAME: Final = re.compile(_OPENING_NAME, re.IGNORECASE)

_NAME_CHARACTER: Final = r"[^?&=#\s\"]"
#: A parameter of a URL with a phone number or a secret, by its name. Groups: (name=, value).
SENSITIVE_PARAMETER: Final = re.compile(
    rf"(?<=[?&\#])(?={_NAME_CHARACTER}{{0,80}}?(?:{_PHONE_NAME}|{_OPENING_NAME}))"
    rf"({_NAME_CHARACTER}++=)(?!<masked )([^&\#\s\"]++)",
    re.IGNORECASE,
)

#: An e-mail address or a phone number in a decoded URL. It reads only one character before an @, and a
#: limited length of a parameter's name, so that the time stays linear.
PERSONAL_IN_URL: Final = re.compile(
    r"[^\s&=?#/]@[^\s&=?#/@]+\.\w"
    r"|(?:phone|mobile|cell|(?<!ho)(?<!mo)tel|msisdn|(?<![a-z])ph(?=[=\[]))[\w\[\]-]{0,40}="
    r"\+?[\d(][\d+ ().-]{5,}"
    r"|[=/:]\+[\d(][\d+ ().-]{6,}"
    r"|=\(\d{3}\) ?\d{3}[ .-]\d{4}",
    re.IGNORECASE,
)
#: White space behind the name of a scheme: as it is, in a URL, escaped by JSON or Python, and in HTML.
_BLANKS: Final = (
    r"(?:\s|%(?:25)*+(?:20|09|0[AaDd]|[Cc]2%(?:25)*+[Aa]0)|\\(?:[nrtfv]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4})"
    r"|&(?:nbsp|#160|#x[Aa]0|#32|#x20);)++"
)
_CREDENTIAL: Final = (
    r"\bpin[ac]_[A-Za-z0-9]{16}|\beyJ[\w-]{8,300}\.eyJ[\w-]{8}"
    rf"|\b[Bb]earer(?:{_BLANKS}|\+)[\w.~+/-]{{16}}"
)
#: A token of Pinterest, a JSON Web Token, or a credential after the word Bearer, in a value.
CREDENTIAL: Final = re.compile(_CREDENTIAL)
#: A token or a password in a decoded URL.
CREDENTIAL_IN_URL: Final = re.compile(
    rf"{_CREDENTIAL}|[?&;#](?:access_?token|auth_?token|id_token|reset_?token|token|jwt|api_?key|password|passwd"
    r"|secret)=[^&#\s]{8}",
)
#: An e-mail address in a value that should hold none; only the character before the @ is read.
EMAIL_IN_VALUE: Final = re.compile(r"[^\s@<>,;:]@[^\s@<>,;:.]{1,63}\.[A-Za-z]{2}")
#: A phone number with its country code, as the whole value or its last part.
PHONE_IN_VALUE: Final = re.compile(r"(?:^|[\s:])\+[1-9]\d{0,2}[\d ().-]{7,15}\d$")
#: An e-mail address, a phone number, an IP address or a token, in a value that should hold none.
PERSONAL: Final = re.compile(rf"@|%40|\d[\d\s().-]{{6,}}\d|\d{{1,3}}(\.\d{{1,3}}){{3}}|{_CREDENTIAL}")
#: An e-mail address or a phone number in a value that Pinterest takes in plain text, such as a URL.
PERSONAL_IN_PLAIN: Final = re.compile(
    r"[@\uff20\ufe6b]|%(?:25)*40|(?:\+|%(?:25)*2B)\d|\d{9}|\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b"
    r"|(?:phone|mobile|tel|msisdn)[\w\[\]-]{0,40}=",
    re.IGNORECASE,
)
#: Pinterest's tokens begin like this.
TOKEN: Final = re.compile(r"pin[ac]_[\w-]++")
#: A credential after the name of its scheme. Groups: (scheme and space, credential).
BEARER: Final = re.compile(
    rf"(\bbearer(?:{_BLANKS}|\++)|\bbasic{_BLANKS}(?=[A-Za-z0-9+/]{{8}}))([^\s\"',;<]++)", re.IGNORECASE
)

#: Signs of anything above in a JSON text, as jsonschema-rs reads patterns. They find too much; a text with
#: none of them has nothing to hide. Each pattern begins with a few rare characters, which the regex engine
#: looks for first: all of them read 1.5 kB in 0.7 microseconds, one pattern of them all would take 2.6.
ANY_SIGNS: Final = (
    r"@|\\(?i:u0040|x40)",
    r"\x{ff20}|\x{fe6b}|pin[ac]_",
    r"(?i:bearer|basic)[\s\\%&+]",  # a line feed is written as \n
    r"%(?i:(?:25)*(?:40|u0040|EF%(?:25)*BC%(?:25)*A0|EF%(?:25)*B9%(?:25)*AB))",
    r"&(?i:(?:amp;)*(?:#0*64|#x0*40|commat))",
    (
        r"[?&#](?i:[^?&=#\s\"]*(?:phone|mobile|msisdn|ph|cell|tel|token|key|secret|cookie|auth|password"
        r"|credential|session|signature|jwt|sig|code))"
    ),
)
