"""The whole text of why the body of an answer can't be read, by hand."""

from __future__ import annotations

import gzip
import zlib

import pytest

from wecom_openapi import MalformedAnswer
from wecom_openapi.bounded import Reader
from wecom_openapi.envelope import decode

KINDS = [
    ("true", "a boolean"),
    ("0.0", "a number with a decimal point or an exponent"),
    ('"0"', "a string"),
    ("[0]", "an array"),
    ('{"errcode":0}', "an object"),
    ("null", "null"),
]
BEYOND_JSON = "which JSON doesn't have"
HTML = "it is HTML or XML, so it comes from something in between, such as a proxy"

FAULTS = {
    "it is empty": "unreadable",
    "it is not JSON": "unreadable",
    HTML: "html",
    "it is nested too deeply": "too-long",
}
"""What the contract calls it, where there is something other than an envelope."""

REASONS = [
    *((f'{{"errcode":{value}}}', f"its errcode is {kind} and not an integer") for value, kind in KINDS),
    *((value, f"it is JSON, but {kind} and not an object") for value, kind in KINDS if kind != "an object"),
    ("7", "it is JSON, but a number and not an object"),
    ("{}", "it has no errcode"),
    ('{"errcode":-2147483649}', "its errcode has more than 32 bits"),
    ('{"errcode":2147483648}', "its errcode has more than 32 bits"),
    ("", "it is empty"),
    (" \r\n", "it is empty"),
    ("\ufeff", "it is empty"),
    ("<html>", HTML),
    (" \n<?xml?>", HTML),
    ('{"errcode":0}<', "it is not JSON (Extra data at line 1, column 14)"),
    ('{"errcode":\nx}', "it is not JSON (Expecting value at line 2, column 1)"),
    ('{"errcode":' + "1" * 4301 + "}", "it holds a number with thousands of digits"),
    ('{"errcode":0,"x":NaN}', f"it holds NaN, {BEYOND_JSON}"),
    ('{"errcode":0,"x":-Infinity}', f"it holds -Infinity, {BEYOND_JSON}"),
    ('{"errcode":0,"errcode":0}', "it has 'errcode' twice in one object"),
    ('{"errcode":0,"字":1,"字":2}', "it has '\\u5b57' twice in one object"),
    (f'{{"errcode":0,"{"k" * 40}":1,"{"k" * 40}":2}}', f"it has '{'k' * 40}' twice in one object"),
    (f'{{"errcode":0,"{"k" * 41}":1,"{"k" * 41}":2}}', f"it has '{'k' * 40}'… twice in one object"),
    ('{"errcode":0,"x":"\\ud800"}', "a text in it has half of a surrogate pair, which is no character"),
    ("[" * 100_000, "it is nested too deeply"),
]


@pytest.mark.parametrize("code", [-(2**31), -1, 0, 1, 2**31 - 1])
def test_a_code_of_32_bits_is_one(code: int) -> None:
    assert decode(b'{"errcode":%d}' % code) == {"errcode": code}


@pytest.mark.parametrize(("body", "reason"), REASONS, ids=[body[:40] for body, _ in REASONS])
def test_what_is_no_envelope_is_malformed(body: str, reason: str) -> None:
    with pytest.raises(MalformedAnswer) as caught:
        decode(body.encode())
    assert caught.value.reason == reason
    assert str(caught.value) == f"the answer can't be read: {reason}"
    assert caught.value.fault == FAULTS.get(reason.partition(" (")[0], "no-envelope")


@pytest.mark.parametrize(("depth", "is_taken"), [(64, True), (65, False)])
def test_how_deep_an_answer_may_be(depth: int, is_taken: bool) -> None:
    body = b'{"errcode":0,"x":' + b"[" * (depth - 1) + b"]" * (depth - 1) + b"}"
    if is_taken:
        assert decode(body)["errcode"] == 0
    else:
        with pytest.raises(MalformedAnswer, match="nested too deeply") as caught:
            decode(body)
        assert caught.value.fault == "too-long"


def test_a_success_may_come_without_a_code_where_the_operation_says_so() -> None:
    assert decode(b'{"x":1}', bare=True) == {"errcode": 0, "x": 1}
    assert decode(b'{"errcode":7}', bare=True) == {"errcode": 7}


def test_where_an_answer_is_no_text() -> None:
    with pytest.raises(MalformedAnswer) as caught:
        decode(b'{"errcode":0,"errmsg":"\xff"}')
    assert (caught.value.reason, caught.value.fault) == ("byte 23 is not UTF-8", "unreadable")


ZIPPED = gzip.compress(b"0123456789", mtime=0)


def read(encoding: str, sent: bytes, size: int = 1000) -> bytes:
    """What a reader that takes 40 bytes makes of a body that comes in pieces of a size."""
    reader = Reader(encoding, 40)
    for start in range(0, len(sent), size):
        reader.feed(sent[start : start + size])
    return reader.finish()


@pytest.mark.parametrize("encoding", ["", "identity", " IDENTITY", "gzip", "x-gzip", "GZip "])
@pytest.mark.parametrize("size", [1, 1000])
def test_a_body_of_the_greatest_length_is_read(encoding: str, size: int) -> None:
    sent = ZIPPED if "zip" in encoding.lower() else b"0123456789" * 4
    assert read(encoding, sent, size) == (b"0123456789" if sent is ZIPPED else sent)


@pytest.mark.parametrize("encoding", ["gzip", ""])
def test_a_body_without_a_byte_is_whole(encoding: str) -> None:
    assert read(encoding, b"") == b""


@pytest.mark.parametrize(
    ("encoding", "sent", "reason", "fault"),
    [
        ("deflate", b"", "its content encoding is none that was asked for", "too-long"),
        ("gzip, gzip", b"", "its content encoding is none that was asked for", "too-long"),
        ("", b"0" * 41, "it is longer than the 40 bytes that are taken", "too-long"),
        (
            "gzip",
            gzip.compress(b"0" * 41, mtime=0),
            "it is longer than the 40 bytes that are taken",
            "too-long",
        ),
        ("gzip", b"0123456789", "its gzip encoding is corrupt", "unreadable"),
        ("gzip", zlib.compress(b"0123456789"), "its gzip encoding is corrupt", "unreadable"),
        ("gzip", ZIPPED[:-1], "its gzip encoding is cut off", "unreadable"),
        ("gzip", ZIPPED + b"x", "something follows the end of its gzip encoding", "unreadable"),
    ],
)
@pytest.mark.parametrize("size", [1, 1000])
def test_a_body_that_is_not_read(encoding: str, sent: bytes, reason: str, fault: str, size: int) -> None:
    with pytest.raises(MalformedAnswer) as caught:
        read(encoding, sent, size)
    assert (caught.value.reason, caught.value.fault) == (reason, fault)


def test_a_packed_body_has_as_many_bytes_as_may_come() -> None:
    assert read("gzip", gzip.compress(b"0" * 40)) == b"0" * 40
