"""What a digest tells: that two values are equal, in this process or wherever the key is."""

import subprocess
import sys

import pytest

from mockpin.observations.digests import (
    digest_address,
    digest_hash,
    digest_here,
    digest_page,
    digest_text,
    start_digests,
)

DIGEST = start_digests(b"a run's own")
TEXTS = ("", "ab", "ab\0", "AB", "\u00e4", "\u20ac", "\ud800", "\U0001f600", "x" * 300)
PRINTED = "from mockpin.observations.digests import *; print({}('ab'))"


def run(code):
    return subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        env={"PYTHONHASHSEED": "0", "PYTHONPATH": ":".join(sys.path)},
    ).stdout


@pytest.mark.parametrize("digest", [DIGEST, digest_here])
def test_texts_have_one_digest_as_far_as_they_are_equal(digest):
    assert len({digest(text) for text in TEXTS}) == len(TEXTS)
    assert [digest(text) for text in TEXTS] == [digest("".join(list(text))) for text in TEXTS]
    assert all(-(2**63) <= digest(text) < 2**63 for text in TEXTS)


def test_a_key_makes_the_same_digests_in_every_process():
    assert int(run(PRINTED.format('start_digests(b"a run\'s own")'))) == DIGEST("ab")


def test_a_digest_of_this_process_cannot_be_made_in_another_whatever_seed_it_has():
    assert run(PRINTED.format("digest_here")) != run(PRINTED.format("digest_here"))


def test_a_page_is_known_without_its_query_its_fragment_and_a_last_slash():
    page = digest_page("https://a.test/b", DIGEST)
    others = ("https://a.test/b/", "https://a.test/b?c=d#e", "https://a.test/b#e?c")
    assert {digest_page(other, DIGEST) for other in others} == {page}
    assert digest_page("https://a.test/c", DIGEST) != page
    assert [digest_page(url, DIGEST) for url in (None, "", 5, ["x"])] == [None] * 4


def test_a_hash_is_known_in_either_case_and_by_its_first_value():
    assert digest_hash(["AB", "x"], DIGEST) == digest_hash("ab", DIGEST) != digest_text("AB", DIGEST)
    for unknown in (None, [], "", [5], "<masked em>", ["<masked em>"]):
        assert digest_hash(unknown, DIGEST) is None
    assert [digest_text(text, DIGEST) for text in (None, "", 5, "<masked ph>")] == [None] * 4


@pytest.mark.parametrize("value", [None, "", 5, "unknown", "<masked client_ip_address>"])
def test_a_word_is_not_taken_for_an_ip_address(value):
    assert digest_address(value, DIGEST) is None


@pytest.mark.parametrize("value", ["8.8.8.8", "2001:db8::1", "::ffff:8.8.8.8"])
def test_an_ip_address_is_a_digest_of_its_text(value):
    assert digest_address(value, DIGEST) == DIGEST(value)
