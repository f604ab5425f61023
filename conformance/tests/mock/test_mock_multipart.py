"""Forms, read strictly: what two readers could understand differently is refused, and nothing makes it raise."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wecom_mock.caller import BOUNDARY, form_of
from wecom_mock.multipart import Part, read_form
from wecom_mock.refusal import Refusal

TYPE = "multipart/form-data; boundary=XX"
HEAD = b'Content-Disposition: form-data; name="media"; filename="a.txt"'


def form(*parts: tuple[bytes, bytes], end: bytes = b"--XX--\r\n") -> bytes:
    return b"".join(b"--XX\r\n" + head + b"\r\n\r\n" + content + b"\r\n" for head, content in parts) + end


def one(raw: bytes, content_type: str = TYPE) -> Part:
    (part,) = read_form(raw, content_type)
    return part


def test_the_vendors_own_example_is_read() -> None:
    """It has no space before filename, and its file's length beside the name."""
    mark = "-------------------------acebdf13572468"
    raw = (
        f"--{mark}\r\n"
        'Content-Disposition: form-data; name="media";filename="wework.txt"; filelength=6\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
        "mytext\r\n"
        f"--{mark}--\r\n"
    )
    assert one(raw.encode(), f"multipart/form-data; boundary={mark}") == Part(
        "media", "wework.txt", False, "application/octet-stream", b"mytext"
    )


def test_parts_come_in_their_order_with_any_bytes() -> None:
    found = read_form(
        form((HEAD, b"\r\n--X\x00\xff"), (b'content-disposition: form-data; name="b"', b"")), TYPE
    )
    assert [(part.name, part.filename, part.content) for part in found] == [
        ("media", "a.txt", b"\r\n--X\x00\xff"),
        ("b", None, b""),
    ]


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "application/json",
        "multipart/form-data",
        "multipart/mixed; boundary=XX",
        f"multipart/form-data; boundary={'X' * 71}",
    ],
)
def test_what_is_no_form_has_no_parts(content_type: str) -> None:
    assert read_form(form((HEAD, b"x")), content_type) == []


@pytest.mark.parametrize(
    "content_type",
    [
        'multipart/form-data; boundary="XX"',
        "Multipart/Form-Data;boundary=XX",
        "multipart/form-data;  boundary=XX ",
    ],
)
def test_a_boundary_may_be_quoted(content_type: str) -> None:
    assert one(form((HEAD, b"x")), content_type).content == b"x"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"x",
        b"--XX",
        b"--XX\r\n",
        b"preamble\r\n" + form((HEAD, b"x")),
        form((HEAD, b"x")) + b"epilogue",
        form((HEAD, b"x"), end=b""),
        form((HEAD, b"x"), end=b"--XX"),
        form((HEAD, b"x"), end=b"--XXY--\r\n"),
        form((HEAD, b"x"), (HEAD, b"y")),
        form((b"", b"x")),
        form((b"X: 1", b"x")),
        form((b"Content-Disposition", b"x")),
        form((b"Content-Disposition: attachment; name=a", b"x")),
        form((b"Content-Disposition: form-data", b"x")),
        form((b'Content-Disposition: form-data; name=""', b"x")),
        form((b'Content-Disposition: form-data; name="a', b"x")),
        form((b'Content-Disposition: form-data; name="a" filename="b"', b"x")),
        form((HEAD + b'; filename="b.txt"', b"x")),
        form((HEAD + b"\r\n" + HEAD, b"x")),
        form((HEAD + b"\r\n folded: 1", b"x")),
        form((HEAD + b"\nX: 1", b"x")),
        form((HEAD + b"\rX: 1", b"x")),
        form((HEAD.replace(b"a.txt", b"a\x00.txt"), b"x")),
        form((HEAD.replace(b"a.txt", b"a\xff.txt"), b"x")),
        form((HEAD + b"\r\nX: " + b"y" * 8192, b"x")),
        form(*((b'Content-Disposition: form-data; name="%d"' % n, b"x") for n in range(17))),
    ],
)
def test_a_broken_form_is_refused(raw: bytes) -> None:
    with pytest.raises(Refusal) as caught:
        read_form(raw, TYPE)
    assert (caught.value.reason, caught.value.errcode) == ("form.malformed", 41005)


def test_as_many_parts_as_there_may_be() -> None:
    parts = ((b'Content-Disposition: form-data; name="%d"' % n, b"x") for n in range(16))
    assert len(read_form(form(*parts), TYPE)) == 16


@pytest.mark.parametrize(("more", "taken"), [(0, True), (1, False)])
def test_a_head_as_large_as_it_may_be(more: int, taken: bool) -> None:
    """Its 8192 bytes begin with the end of the line of the boundary, and end with the empty line."""
    head = HEAD + b"\r\nX: "
    raw = form((head + b"y" * (8192 - 2 - len(head) - 4 + more), b"x"))
    if taken:
        assert one(raw).content == b"x"
    else:
        with pytest.raises(Refusal):
            read_form(raw, TYPE)


@pytest.mark.parametrize(
    "raw",
    [
        b"--XX\r\n" + HEAD + b"\r\n\r\n--XX--",
        form((HEAD + b"\r\nno colon", b"x")),
        form((HEAD + b"\r\n: no name", b"x")),
        form((HEAD + b"\r\n X: a", b"x")),
        form((HEAD + b"\r\nX : a", b"x")),
        form((HEAD + b"\r\nX: a\r\nx: b", b"x")),
    ],
)
def test_heads_that_two_readers_could_understand_differently(raw: bytes) -> None:
    with pytest.raises(Refusal, match=r"^form\.malformed$"):
        read_form(raw, TYPE)


def test_a_value_is_what_stands_between_the_spaces() -> None:
    assert one(form((HEAD + b"\r\nContent-Type:\t X/X \t", b"x"))).content_type == "X/X"


def test_the_encoded_name_is_told_from_the_plain_one() -> None:
    encoded = one(form((b"Content-Disposition: form-data; name=media; filename*=utf-8''%E6%8A%A5.txt", b"x")))
    assert (encoded.filename, encoded.encoded_name) == (None, True)
    assert one(form((HEAD, b"x"))).encoded_name is False


@given(st.binary(max_size=300), st.text(max_size=60))
def test_any_bytes_are_read_or_refused(raw: bytes, content_type: str) -> None:
    for kind in (TYPE, content_type):
        for sent in (raw, b"--XX\r\n" + raw, form((HEAD, raw))):
            try:
                read_form(sent, kind)
            except Refusal as refusal:
                assert refusal.reason == "form.malformed"  # noqa: PT017 - anything else would come out


@given(
    st.binary(max_size=200),
    st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters='"'), max_size=40),
)
def test_any_file_is_read_as_it_was_written(content: bytes, name: str) -> None:
    raw, content_type = form_of({"media": {"filename": name, "content": content}})
    if f"\r\n--{BOUNDARY}".encode() not in content:
        found = one(raw, content_type)
        assert (found.filename, found.content) == (name, content)


@given(st.binary(min_size=1, max_size=200))
def test_what_mail_writes_is_read(content: bytes) -> None:
    """A writer that shares nothing with this reader."""
    message = EmailMessage()
    message["Content-Type"] = "multipart/form-data"
    part = EmailMessage()
    part["Content-Disposition"] = 'form-data; name="media"; filename="a.txt"'
    part.set_payload(content.hex())
    message.attach(part)
    message.set_boundary("XX")
    raw = message.as_bytes().partition(b"\n\n")[2].replace(b"\n", b"\r\n")
    assert one(raw).content == content.hex().encode()
