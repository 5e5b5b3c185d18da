from hashlib import md5, sha1, sha512

import pytest

from mockpin_validator import Policy, validate
from mockpin_validator.contract.request import HASHED_MATCH_KEYS
from mockpin_validator.forensics.birthdays import _ARRAYS, birthdays
from mockpin_validator.forensics.dates import SPELLINGS
from mockpin_validator.rules.match_keys import _RIGHT_HASHES, RULES, may_hash_birthdays
from tests.validator.events import NOW, changed
from tests.validator.rules.examples import check_example, list_examples
from tests.validator.tricky import digest

EMAIL = b"ada@example.com"


def about(rule, policy=None, **user_data):
    event = changed(**{f"user_data__{key}": value for key, value in user_data.items()})
    return [finding for finding in validate(event, now=NOW, policy=policy) if finding.rule == rule]


@pytest.mark.parametrize(
    ("key", "severity"),
    [(key, {"em": "error"}.get(key, "warning")) for key in HASHED_MATCH_KEYS],
)
def test_an_unhashed_value_fails_the_event_for_em_alone(key, severity):
    (finding,) = about("match-key-not-hashed", **{key: ["plain"]})
    assert finding.severity == severity
    assert finding.reply == f"'{key}' is not in sha256 hashed format"


def test_the_policy_says_which_unhashed_values_fail():
    (finding,) = about("match-key-not-hashed", Policy(unhashed={"*": "fail", "em": "warn"}), ph=["plain"])
    assert finding.severity == "error"


@pytest.mark.parametrize(
    ("value", "words", "fix"),
    [
        (md5(EMAIL).hexdigest(), "not a SHA-256: by its length, it is MD5", "with SHA-256"),
        (sha1(EMAIL).hexdigest(), "not a SHA-256: by its length, it is SHA-1", "with SHA-256"),
        (sha512(EMAIL).hexdigest(), "not a SHA-256: by its length, it is SHA-512", "with SHA-256"),
        (digest("x") + "\n", "a SHA-256 with white space around it", "Remove the white space."),
        ("q1MKE+RZjFHgzdhWpC0B26o0Wj9N0Oa5zOnDj7r5x0w=", "a hash in base64", "the same hash as 64"),
        ("", "empty", "Leave em out"),
        (" \n", "empty", "Leave em out"),
        ("ada@example.com", "not hashed", "Normalize the plain value"),
        ("ada\n@example.com", "not hashed", "Normalize the plain value"),
        ("abcdef", "not hashed", "Normalize the plain value"),
        (digest("x")[:63], "not a SHA-256, which has 64 hexadecimal digits", "all 64"),
        (digest("x") + "0", "not a SHA-256, which has 64 hexadecimal digits", "all 64"),
    ],
)
def test_a_wrong_value_is_told_by_its_form_with_what_to_do_about_that(value, words, fix):
    (finding,) = about("match-key-not-hashed", em=[value])
    assert words in finding.message
    assert fix in finding.fix


def test_every_value_of_a_match_key_is_judged():
    found = about("match-key-not-hashed", em=["a", digest("x"), "b"])
    assert [finding.path for finding in found] == ["/data/0/user_data/em/0", "/data/0/user_data/em/2"]


def test_upper_case_digits_count_as_hashed_but_are_advised_against():
    assert about("match-key-not-hashed", em=[digest("x").upper()]) == []
    assert len(about("match-key-upper-case", em=[digest("x").upper()])) == 1


@pytest.mark.parametrize(
    "word", ["", "null", "undefined", "None", "NULL", "NaN", "[object Object]", "null\n", "\n"]
)
def test_the_hash_of_nothing_matches_nobody(word):
    assert len(about("match-key-of-nothing", ph=[digest(word)])) == 1
    assert len(about("match-key-of-nothing", ge=[digest(word).upper()])) == 1
    assert about("match-key-recipe", ge=[digest(word).upper()]) == []


@pytest.mark.parametrize("word", ["", "null", "undefined", "None", "NULL"])
def test_hashing_nothing_twice_makes_nothing_of_it(word):
    assert len(about("match-key-of-nothing", ph=[digest(digest(word))])) == 1


@pytest.mark.parametrize(
    ("key", "value", "fix"),
    [
        ("ge", "Female", "Hash f, m or n."),
        ("st", "CA", "Hash the two-letter code in lower case."),
        ("country", "usa", "Hash the two-letter ISO 3166 code in lower case."),
        ("db", "1996-02-01", "Hash the date as YYYYMMDD."),
    ],
)
def test_another_form_than_the_documented_one_is_recognized_without_plain_text(key, value, fix):
    (finding,) = about("match-key-recipe", **{key: [digest(value)]})
    assert finding.fix == fix


@pytest.mark.parametrize(("key", "value"), [("ge", "n"), ("st", "ny"), ("country", "de"), ("db", "20001231")])
def test_the_documented_form_is_fine(key, value):
    assert about("match-key-recipe", **{key: [digest(value)]}) == []


def test_codes_in_upper_case_are_documented_where_limited_data_processing_is_asked_for():
    asked = {"custom_data__opt_out_type": "LDP"}
    upper = {"user_data__st": [digest("CA")], "user_data__country": [digest("US")]}
    findings = validate(changed(**asked, **upper), now=NOW)
    assert [finding.rule for finding in findings] == ["limited-data-processing"]
    assert "for matching, Pinterest documents lower case" in next(iter(findings)).fix


def test_the_name_of_a_state_is_not_a_documented_form_even_then():
    event = changed(custom_data__opt_out_type="LDP", user_data__st=[digest("CALIFORNIA")])
    assert "match-key-recipe" in {finding.rule for finding in validate(event, now=NOW)}


def test_a_hash_of_no_small_domain_is_left_alone():
    assert about("match-key-recipe", st=[digest("no state at all")]) == []


def test_a_date_of_birth_is_not_repeated():
    (finding,) = about("match-key-recipe", db=[digest("1991-05-26")])
    assert "1991-05-26" not in finding.message


@pytest.fixture
def _no_dates_hashed():
    _ARRAYS.clear()
    _RIGHT_HASHES.pop("db", None)


def born(*texts):
    """A JSON body with these birth dates, hashed."""
    return b'{"db" : ["%s"]}' % b'", "'.join(digest(text).encode() for text in texts)


@pytest.mark.usefixtures("_no_dates_hashed")
def test_a_body_may_hash_birth_dates_until_all_of_them_are_hashed():
    right, unknown = born("19900131"), born("no date")
    assert not may_hash_birthdays(b'{"em": ["x"]}')
    assert may_hash_birthdays(right)
    assert not about("match-key-recipe", db=[digest("19900131")])
    assert not may_hash_birthdays(right)
    assert not may_hash_birthdays(right.upper().replace(b"DB", b"db"))
    assert may_hash_birthdays(right + unknown)
    for spelling in SPELLINGS:
        birthdays(spelling)
    assert not may_hash_birthdays(unknown)


@pytest.mark.usefixtures("_no_dates_hashed")
def test_a_spelling_in_which_a_birth_date_was_found_is_not_hashed_again():
    assert may_hash_birthdays(born("1990-01-31"))
    assert about("match-key-recipe", db=[digest("1990-01-31")])
    known = len(_ARRAYS)
    assert not may_hash_birthdays(born("1991-05-26", "19900131"))
    assert about("match-key-recipe", db=[digest("1991-05-26")])
    assert len(_ARRAYS) == known < len(SPELLINGS)


@pytest.mark.usefixtures("_no_dates_hashed")
@pytest.mark.parametrize(
    ("body", "may"),
    [
        (b'{"event_source_url": "https:\\/\\/shop.example", "content_name": "caf\\u00e9 \\"\\n"}', False),
        (b'{"\\u0064b": []}', True),
        (b'{"d\\u0062": []}', True),
        (b'{"ge": ["\\u0061"]}', True),
    ],
)
def test_only_escapes_of_digits_and_letters_may_hide_a_birth_date(body, may):
    assert may_hash_birthdays(body) is may


@pytest.mark.parametrize("text", [b"]", rb"\"]", rb"\\"])
@pytest.mark.usefixtures("_no_dates_hashed")
def test_no_text_before_a_birth_date_hides_it(text):
    assert not about("match-key-recipe", db=[digest("19900131")])
    assert may_hash_birthdays(born("no date").replace(b"[", b'["%s", ' % text))


def test_an_email_in_ph_is_told_at_its_place_and_one_in_external_id_is_not():
    (finding,) = about("match-key-copied", em=[digest("a"), digest("b")], ph=[digest("1"), digest("b")])
    assert finding.path == "/data/0/user_data/ph/1"
    assert not about("match-key-copied", em=[digest("a")], external_id=[digest("a")])


@pytest.mark.parametrize("name", list_examples(RULES))
def test_a_rule_says_of_its_fixture_what_the_fixture_expects(name):
    check_example(name)
