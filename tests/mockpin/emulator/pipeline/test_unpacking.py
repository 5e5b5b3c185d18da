import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.emulator.pipeline.requests import HttpRequest
from mockpin.emulator.pipeline.unpacking import (
    BodyTooLarge,
    BodyUnreadable,
    EncodingUnknown,
    unpack,
    unpack_request,
)


@given(st.binary(max_size=500))
def test_a_packed_body_is_unpacked(body):
    packed = {"": body, "identity": body, "gzip": gzip.compress(body), "deflate": zlib.compress(body)}
    assert {unpack(item, encoding=name, limit=500) for name, item in packed.items()} == {body}


def test_a_bomb_is_refused_before_it_has_grown():
    bomb = gzip.compress(b"0" * 50_000_000)
    with pytest.raises(BodyTooLarge, match="larger than 1000 bytes"):
        unpack(bomb, encoding="gzip", limit=1000)


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_the_limit_itself_is_allowed(encoding):
    body = b"0" * 1000
    packed = gzip.compress(body) if encoding else body
    assert unpack(packed, encoding=encoding, limit=1000) == body
    with pytest.raises(BodyTooLarge):
        unpack(packed, encoding=encoding, limit=999)


@pytest.mark.parametrize("body", [
    b"{}", b"", gzip.compress(b"{}" * 99)[:-12], gzip.compress(b"{}") + b"junk", gzip.compress(b"{}") * 2,
], ids=["plain", "empty", "cut", "followed by junk", "twice"])  # fmt: skip
def test_a_body_that_contradicts_its_content_encoding_is_refused(body):
    with pytest.raises(BodyUnreadable, match="the body is not what its Content-Encoding 'gzip' says"):
        unpack(body, encoding="gzip", limit=1000)


def test_an_encoding_that_is_not_known_is_named_with_those_that_are():
    with pytest.raises(EncodingUnknown, match=r"^Content-Encoding 'br' is not one of gzip, x-gzip, deflate$"):
        unpack(b"{}", encoding="br", limit=1000)


@pytest.mark.parametrize("encoding", ["gzip", " GZIP "])
def test_a_request_is_unpacked_as_its_header_says(encoding):
    packed = HttpRequest("POST", "/", headers={"content-encoding": encoding}, body=gzip.compress(b"{}"))
    assert unpack_request(packed, limit=99) == b"{}"
    assert unpack_request(HttpRequest("POST", "/", body=b"{}"), limit=99) == b"{}"


def test_a_request_that_was_cut_off_is_too_large():
    with pytest.raises(BodyTooLarge):
        unpack_request(HttpRequest("POST", "/", oversized=True), limit=99)
