"""Uploads: judged before a byte leaves, streamed, sent as WeCom reads them, and never said to be more than they are."""

from __future__ import annotations

import asyncio
import codecs
import hashlib
import io
import os
import re
import tempfile
import threading
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from fault_server import (
    CORPID,
    SECRET,
    TOKEN_PATH,
    Connection,
    FaultServer,
    Seen,
    happens,
    issued,
    refused,
)
from hypothesis import given
from hypothesis import strategies as st

from wecom_client.wire import Upload
from wecom_conformance.form import read_form
from wecom_contract import check
from wecom_openapi import (
    AsyncWeCom,
    FrequencyLimited,
    InvalidRequest,
    NotSent,
    NotSentInTime,
    OutcomeUnknown,
    WeCom,
)
from wecom_openapi.upload import BLOCK, Form, Pass, Source, description

Serve = Callable[..., FaultServer]
Invoke = Callable[..., Any]

MB = 1024 * 1024
UPLOADED = {"errcode": 0, "errmsg": "", "type": "file", "media_id": "m1", "created_at": "1380000000"}
IMAGE = {"errcode": 0, "errmsg": "", "url": "http://p.qpic.cn/0"}


def uploaded(connection: Connection, request: Seen) -> None:
    """The handler of a server that takes every file."""
    connection.answer(IMAGE if request.path.endswith("uploadimg") else UPLOADED)


def form_of(request: Seen) -> dict[str, Any]:
    """The file in a request, as an independent reader finds it."""
    (content_type,) = re.findall(rb"(?i)\r\ncontent-type: ([^\r]+)", request.head)
    found: dict[str, Any] = read_form(request.body, content_type.decode())["media"]
    return found


# -- what goes over the wire


def test_the_bytes_are_those_of_the_vendors_example(serve: Serve, invoke: Invoke, warm: Any) -> None:
    server = serve(uploaded)
    answer = invoke(
        server.base_url,
        "media_upload",
        type="file",
        media=b"mytext",
        filename="wework.txt",
        settings={"token_store": warm},
    )
    (request,) = server.calls
    assert (answer.media_id, answer.created_at) == ("m1", "1380000000")
    assert (request.method, request.query) == ("POST", {"type": "file", "access_token": "tok-warm"})
    (boundary,) = re.findall(
        rb"(?i)content-type: multipart/form-data; boundary=([0-9a-f]{32})\r\n", request.head
    )
    assert request.body == (
        b"--%b\r\n"
        b'Content-Disposition: form-data; name="media"; filename="wework.txt"; filelength=6\r\n'
        b"Content-Type: application/octet-stream\r\n"
        b"\r\n"
        b"mytext\r\n"
        b"--%b--\r\n" % (boundary, boundary)
    )
    assert b"\r\nContent-Length: %d\r\n" % len(request.body) in request.head + b"\r\n"
    assert b"ransfer-" not in request.head, "the length is known, so nothing is chunked"


def test_a_boundary_is_used_once(serve: Serve, invoke: Invoke, warm: Any) -> None:
    server = serve(uploaded)
    for _ in range(2):
        invoke(
            server.base_url,
            "media_uploadimg",
            media=b"x" * 9,
            filename="a.png",
            settings={"token_store": warm},
        )
    first, second = (request.body[:40] for request in server.calls)
    assert first != second


@pytest.mark.parametrize("name", ["新品 报告.pdf", "🎉.PDF", "a;b=c.pdf", "é e\u0301.pdf", "it's 100%.pdf"])
def test_a_name_is_raw_utf_8(serve: Serve, invoke: Invoke, name: str) -> None:
    server = serve(uploaded)
    invoke(server.base_url, "media_upload", type="file", media=b"x" * 9, filename=name)
    (request,) = server.calls
    assert b'filename="' + name.encode() + b'";' in request.body
    assert b"filename*" not in request.body
    assert form_of(request)["filename"] == name


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("a.jpg", "image/jpeg"),
        ("a.JPEG", "image/jpeg"),
        ("a.png", "image/png"),
        ("a.amr", "audio/amr"),
        ("a.mp4", "video/mp4"),
        ("a.pdf", "application/octet-stream"),
        ("a", "application/octet-stream"),
    ],
)
def test_the_content_type_goes_with_the_name(serve: Serve, invoke: Invoke, name: str, sent: str) -> None:
    server = serve(uploaded)
    invoke(server.base_url, "media_upload", type="file", media=b"x" * 9, filename=name)
    invoke(server.base_url, "media_upload", type="file", media=b"x" * 9, filename=name, content_type="a/b")
    assert [form_of(request)["content_type"] for request in server.calls] == [sent, "a/b"]


# -- what may be given


def _temporary(_: Path) -> Any:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the test
    file.write(b"0123456789")
    file.seek(0)
    return file


SOURCES: dict[str, tuple[Callable[[Path], Any], str | None]] = {
    "path": (lambda path: path, None),
    "text path": (str, None),
    "bytes": (lambda _: b"0123456789", "x.bin"),
    "bytearray": (lambda _: bytearray(b"0123456789"), "x.bin"),
    "memoryview": (lambda _: memoryview(b"_0123456789")[1:], "x.bin"),
    "open file": (lambda path: path.open("rb"), None),
    "unbuffered file": (lambda path: path.open("rb", buffering=0), None),
    "BytesIO": (lambda _: io.BytesIO(b"0123456789"), "x.bin"),
    "temporary file": (_temporary, "x.bin"),
}


@pytest.mark.parametrize("kind", SOURCES)
def test_a_path_bytes_and_file_objects_are_the_same_to_the_server(
    serve: Serve, invoke: Invoke, tmp_path: Path, kind: str
) -> None:
    server = serve(uploaded)
    path = tmp_path / "报告.bin"
    path.write_bytes(b"0123456789")
    make, filename = SOURCES[kind]
    media = make(path)
    invoke(server.base_url, "media_upload", type="file", media=media, filename=filename)
    found = form_of(server.calls[0])
    assert found["content"] == b"0123456789"
    assert found["filename"] == (filename or "报告.bin")
    if hasattr(media, "read"):
        assert not media.closed
        assert media.tell() == 0
        media.close()


def test_a_file_object_is_read_from_where_it_stands(serve: Serve, invoke: Invoke) -> None:
    server = serve(uploaded)
    media = io.BytesIO(b"skipped|0123456789")
    media.seek(8)
    invoke(server.base_url, "media_upload", type="file", media=media, filename="a.bin")
    assert form_of(server.calls[0])["content"] == b"0123456789"
    assert media.tell() == 8


class Pipe(io.RawIOBase):
    def readable(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("media", "says"),
    [
        (3, "a path, bytes or a binary file object is needed, not int"),
        (None, "a path, bytes or a binary file object is needed, not NoneType"),
        (io.StringIO("text"), "the file object gives text; open it in binary mode"),
        (Pipe(), "the file object can't be rewound; give its path, or its content as bytes"),
        (os.devnull, f"{os.devnull} is no regular file; give its content as bytes"),
        (tempfile.gettempdir(), f"{tempfile.gettempdir()} is no regular file; give its content as bytes"),
    ],
)
def test_anything_else_is_refused_with_what_to_do(
    serve: Serve, invoke: Invoke, media: Any, says: str
) -> None:
    server = serve(uploaded)
    with pytest.raises(TypeError) as caught:
        invoke(server.base_url, "media_upload", type="file", media=media, filename="a.bin")
    assert str(caught.value) == f"media: {says}"
    assert server.connections == 0


def test_bytes_have_no_name_of_their_own(serve: Serve, invoke: Invoke) -> None:
    server = serve(uploaded)
    with pytest.raises(InvalidRequest) as caught:
        invoke(server.base_url, "media_upload", type="file", media=b"0123456789")
    assert [violation.rule for violation in caught.value.violations] == ["media.filename.required"]
    assert server.connections == 0


def test_a_file_that_is_not_there_is_pythons_own_error(serve: Serve, invoke: Invoke, tmp_path: Path) -> None:
    server = serve(uploaded)
    with pytest.raises(FileNotFoundError):
        invoke(server.base_url, "media_upload", type="file", media=tmp_path / "none.bin")
    assert server.connections == 0


# -- judged before a byte leaves


class Hole(io.RawIOBase):
    """A file of any size that fails the test if it is read."""

    def __init__(self, size: int) -> None:
        self.size, self.place = size, 0

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self.place = offset + (self.size if whence == os.SEEK_END else 0)
        return self.place

    def tell(self) -> int:
        return self.place

    def read(self, size: int = -1) -> bytes:
        raise AssertionError("it was read")


@pytest.mark.parametrize(
    ("operation", "fields", "size", "rule", "limit"),
    [
        (
            "media_upload",
            {"type": "image", "filename": "a.jpg"},
            10 * MB + 1,
            "media_upload.image.max-bytes",
            10 * MB,
        ),
        (
            "media_upload",
            {"type": "voice", "filename": "a.amr"},
            2 * MB + 1,
            "media_upload.voice.max-bytes",
            2 * MB,
        ),
        (
            "media_upload",
            {"type": "video", "filename": "a.mp4"},
            10 * MB + 1,
            "media_upload.video.max-bytes",
            10 * MB,
        ),
        (
            "media_upload",
            {"type": "file", "filename": "a.zip"},
            20 * MB + 1,
            "media_upload.file.max-bytes",
            20 * MB,
        ),
        ("media_uploadimg", {"filename": "a.png"}, 2 * MB + 1, "media_uploadimg.max-bytes", 2 * MB),
        ("media_upload", {"type": "file", "filename": "a.zip"}, 5, "media_upload.min-bytes", 6),
        ("media_uploadimg", {"filename": "a.png"}, 4, "media_uploadimg.min-bytes", 5),
    ],
)
def test_the_size_is_judged_and_the_file_not_read(
    serve: Serve, invoke: Invoke, operation: str, fields: Any, size: int, rule: str, limit: int
) -> None:
    server = serve(uploaded)
    with pytest.raises(InvalidRequest) as caught:
        invoke(server.base_url, operation, media=Hole(size), **fields)
    (violation,) = caught.value.violations
    assert (violation.rule, violation.path, violation.limit) == (rule, "media.filelength", limit)
    assert violation.fix
    assert str(size) in str(caught.value)
    assert server.connections == 0


@pytest.mark.parametrize(
    ("operation", "fields", "size"),
    [
        ("media_upload", {"type": "image", "filename": "a.jpg"}, 10 * MB),
        ("media_upload", {"type": "voice", "filename": "a.amr"}, 2 * MB),
        ("media_upload", {"type": "video", "filename": "a.mp4"}, 10 * MB),
        ("media_upload", {"type": "file", "filename": "a.zip"}, 20 * MB),
        ("media_uploadimg", {"filename": "a.png"}, 2 * MB),
        ("media_upload", {"type": "file", "filename": "a.zip"}, 6),
        ("media_uploadimg", {"filename": "a.png"}, 5),
    ],
)
def test_a_file_at_the_limit_leaves(
    serve: Serve, invoke: Invoke, operation: str, fields: Any, size: int
) -> None:
    server = serve(uploaded)
    invoke(server.base_url, operation, media=bytes(size), **fields)
    assert form_of(server.calls[0])["filelength"] == size


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"type": "image", "filename": "a.gif"}, "media_upload.image.kind"),
        ({"type": "voice", "filename": "a.mp3"}, "media_upload.voice.kind"),
        ({"type": "video", "filename": "a.mov"}, "media_upload.video.kind"),
        (
            {"type": "image", "filename": "a.jpg", "content_type": "image/gif"},
            "media_upload.image.content-type",
        ),
        ({"type": "Image", "filename": "a.jpg"}, "media_upload.type.enum"),
        ({"type": "file"}, "media.filename.required"),
        ({"type": "file", "filename": ""}, "media.filename.empty"),
        ({"type": "file", "filename": Path("a.txt")}, "json.value"),
        ({"type": "file", "filename": 'a".txt'}, "media.filename.characters"),
        ({"type": "file", "filename": "a\r\nX-Evil: 1\r\n.txt"}, "media.filename.characters"),
        ({"type": "file", "filename": "a\udcff.txt"}, "json.unicode"),
        (
            {"type": "file", "filename": "a.txt", "content_type": "a/b\r\nX-Evil: 1"},
            "media.content_type.pattern",
        ),
    ],
)
def test_kind_and_name_are_judged(serve: Serve, invoke: Invoke, fields: Any, rule: str) -> None:
    server = serve(uploaded)
    with pytest.raises(InvalidRequest) as caught:
        invoke(server.base_url, "media_upload", media=Hole(100), **fields)
    assert rule in [violation.rule for violation in caught.value.violations]
    assert server.connections == 0


# -- streamed


class Sink:
    """A server that counts the bytes of a body and keeps none."""

    def __init__(self) -> None:
        self.received = 0

    def __call__(self, connection: Connection) -> bool:
        data = b""
        while b"\r\n\r\n" not in data:
            data += connection.sock.recv(65536)
        head, _, rest = data.partition(b"\r\n\r\n")
        (length,) = re.findall(rb"(?i)content-length: (\d+)", head)
        self.received = len(rest)
        while self.received < int(length):
            self.received += len(connection.sock.recv(65536))
        connection.answer(UPLOADED)
        return True


def test_a_large_file_takes_no_memory(serve: Serve, invoke: Invoke, warm: Any, tmp_path: Path) -> None:
    path = tmp_path / "large.bin"
    path.write_bytes(bytes(20 * MB))
    invoke(serve(uploaded).base_url, "media_upload", type="file", media=path, settings={"token_store": warm})
    sink = Sink()
    server = serve(uploaded, greet=sink)
    tracemalloc.start()
    try:
        invoke(server.base_url, "media_upload", type="file", media=path, settings={"token_store": warm})
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert sink.received > 20 * MB
    assert peak < 3 * MB


def test_progress_counts_to_the_end(serve: Serve, invoke: Invoke) -> None:
    seen: list[tuple[int, int]] = []
    size = 3 * BLOCK + 1
    invoke(
        serve(uploaded).base_url,
        "media_upload",
        type="file",
        media=bytes(size),
        filename="a.bin",
        progress=lambda sent, total: seen.append((sent, total)),
    )
    assert seen == [(sent, size) for sent in (BLOCK, 2 * BLOCK, 3 * BLOCK, size)]


def test_what_a_progress_callback_raises_comes_out(serve: Serve, invoke: Invoke) -> None:
    class Stop(Exception):
        pass

    def stop(sent: int, _: int) -> None:
        raise Stop

    server = serve(uploaded)
    with pytest.raises(Stop) as caught:
        invoke(
            server.base_url, "media_upload", type="file", media=bytes(9 * BLOCK), filename="a", progress=stop
        )
    assert not getattr(caught.value, "__notes__", [])
    assert server.calls == []


def test_a_file_that_another_task_must_feed_doesnt_block_the_loop(serve: Serve) -> None:
    """Reading waits for what only the loop can do: were it done on the loop, it would wait in vain."""
    fed, asked = threading.Event(), threading.Event()

    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            asked.set()
            assert fed.wait(30), "the loop was blocked"
            return super().read(size)

    server = serve(uploaded)

    async def main() -> None:
        async with AsyncWeCom(CORPID, SECRET, base_url=server.base_url) as wecom:
            call = asyncio.create_task(wecom.media_upload(type="file", media=Slow(bytes(99)), filename="a"))
            await happens(asked)
            fed.set()
            await call

    asyncio.run(main())
    assert form_of(server.calls[0])["filelength"] == 99


def test_a_dead_token_sends_the_file_again_from_its_beginning(
    serve: Serve, invoke: Invoke, tmp_path: Path
) -> None:
    content = os.urandom(3 * BLOCK + 7)
    path = tmp_path / "a.bin"
    path.write_bytes(content)
    seen: list[int] = []

    def handler(connection: Connection, request: Seen) -> None:
        connection.answer(refused(42001) if request.token == "tok-1" else UPLOADED)

    server = serve(handler, tokens=lambda c, _: c.answer(issued(f"tok-{len(server.token_requests)}")))
    with path.open("rb") as file:
        # A token that is fetched for the call isn't suspected: it takes a store that has one already.
        store = _store(server)
        answer = invoke(
            server.base_url,
            "media_upload",
            type="file",
            media=file,
            progress=lambda sent, _: seen.append(sent),
            settings={"token_store": store},
        )
        assert file.tell() == 0
    assert answer.media_id == "m1"
    assert [hashlib.sha256(form_of(one)["content"]).hexdigest() for one in server.calls] == [
        hashlib.sha256(content).hexdigest()
    ] * 2
    assert seen == [BLOCK, 2 * BLOCK, 3 * BLOCK, len(content)] * 2


def _store(server: FaultServer) -> Any:
    from wecom_openapi import MemoryTokenStore

    class Store(MemoryTokenStore):
        asked = 0

        def load(self, key: str) -> str | None:
            self.asked += 1
            return "tok-1" if self.asked == 1 else super().load(key)

    server.seen.append(Seen("GET", TOKEN_PATH, {}, b"", b""))  # tok-1 was given out before
    return Store()


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_somebodys_own_client_sends_it_too(serve: Serve, kind: str) -> None:
    server = serve(uploaded)
    content = os.urandom(2 * BLOCK)
    if kind == "sync":
        with (
            httpx.Client(headers={"X-Own": "1"}) as own,
            WeCom(CORPID, SECRET, base_url=server.base_url, client=own) as wecom,
        ):
            wecom.media_upload(type="file", media=content, filename="a.bin")
    else:

        async def main() -> None:
            async with (
                httpx.AsyncClient(headers={"X-Own": "1"}) as own,
                AsyncWeCom(CORPID, SECRET, base_url=server.base_url, client=own) as wecom,
            ):
                await wecom.media_upload(type="file", media=content, filename="a.bin")

        asyncio.run(main())
    (request,) = server.calls
    assert b"X-Own: 1" in request.head
    assert b"ransfer-" not in request.head
    assert form_of(request)["content"] == content


# -- what went wrong, and whether it may have had an effect


def _change(path: Path, size: int) -> Callable[[int, int], None]:
    def change(sent: int, _: int) -> None:
        if sent == BLOCK:
            os.truncate(path, size)

    return change


@pytest.mark.parametrize(
    ("size", "says"),
    [
        (2 * BLOCK, f"ends {2 * BLOCK} of its {4 * BLOCK} bytes too early"),
        (4 * BLOCK - 1, f"ends 1 of its {4 * BLOCK} bytes too early"),
        (4 * BLOCK + 1, f"has more than its {4 * BLOCK} bytes"),
    ],
)
def test_a_file_that_changes_while_it_is_read_was_not_sent(
    serve: Serve, invoke: Invoke, tmp_path: Path, size: int, says: str
) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(bytes(4 * BLOCK))
    server = serve(uploaded)
    with pytest.raises(NotSent, match=f"FileChanged: the file {says}: it was changed, while") as caught:
        invoke(server.base_url, "media_upload", type="file", media=path, progress=_change(path, size))
    assert caught.value.operation == "media_upload"
    assert "tok-" not in str(caught.value)
    assert server.calls == [], "the server never had a whole request"


def test_a_file_object_that_gives_text_in_the_end_is_not_sent(
    serve: Serve, invoke: Invoke, tmp_path: Path
) -> None:
    """It is none of Python's own, so nothing says so before it is read."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"0123456789")
    server = serve(uploaded)
    with codecs.getreader("ascii")(path.open("rb")) as media, pytest.raises(TypeError) as caught:
        invoke(server.base_url, "media_upload", type="file", media=media, filename="a.txt")
    assert str(caught.value) == "media: reading the file gave str; open it in binary mode"
    assert server.calls == []


def test_a_disk_that_fails_is_not_sent(serve: Serve, invoke: Invoke) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    server = serve(uploaded)
    with pytest.raises(NotSent, match="Input/output error"):
        invoke(server.base_url, "media_upload", type="file", media=Broken(bytes(99)), filename="a")
    assert server.calls == []


def test_a_server_that_hangs_up_in_the_middle_has_had_no_effect(
    serve: Serve, invoke: Invoke, warm: Any
) -> None:
    def hang_up(connection: Connection) -> bool:
        connection.sock.recv(1000)
        connection.reset()
        return True

    server = serve(uploaded, greet=hang_up)
    with pytest.raises(NotSent, match="sending the file, of which a part has left") as caught:
        invoke(
            server.base_url,
            "media_upload",
            type="file",
            media=bytes(20 * MB),
            filename="a",
            settings={"token_store": warm},
        )
    assert not isinstance(caught.value, OutcomeUnknown)


def test_a_server_that_stops_reading_is_left_at_the_deadline(serve: Serve, invoke: Invoke, warm: Any) -> None:
    def hold(connection: Connection) -> bool:
        connection.server.stopping.wait(30)
        return True

    server = serve(uploaded, greet=hold)
    with pytest.raises(NotSentInTime, match="sending the file"):
        invoke(
            server.base_url,
            "media_upload",
            type="file",
            media=bytes(20 * MB),
            filename="a",
            settings={"token_store": warm, "deadline": 0.5},
        )


@pytest.mark.parametrize("fault", ["close", "html"])
def test_a_whole_file_without_a_readable_answer_is_unknown(serve: Serve, invoke: Invoke, fault: str) -> None:
    def handler(connection: Connection, _: Seen) -> None:
        if fault == "close":
            connection.close()
        else:
            connection.answer(b"<html>")

    server = serve(handler)
    marks = []
    for name in ("a", "a", "b"):
        with pytest.raises(OutcomeUnknown, match="Sending the file again does no harm") as caught:
            invoke(server.base_url, "media_upload", type="file", media=bytes(99), filename=name)
        marks.append(caught.value.fingerprint)
    assert marks[0] == marks[1] != marks[2]
    assert len(server.calls) == 3


def test_a_refusal_before_the_file_was_read_is_a_refusal(serve: Serve, invoke: Invoke, warm: Any) -> None:
    """A server may answer at once and leave the body unread."""

    def early(connection: Connection) -> bool:
        connection.sock.recv(1000)
        connection.answer(refused(45009), headers="Connection: close\r\n")
        connection.hold()
        return True

    server = serve(uploaded, greet=early)
    with pytest.raises(FrequencyLimited):
        invoke(
            server.base_url,
            "media_upload",
            type="file",
            media=bytes(99),
            filename="a",
            settings={"token_store": warm},
        )


# -- any name and any bytes

NAMES = st.text(min_size=1, max_size=80)


@given(content=st.binary(min_size=6, max_size=300), name=NAMES)
def test_any_file_that_is_accepted_is_read_as_it_was(content: bytes, name: str) -> None:
    upload = Upload(content, name)
    source = Source(upload.source)
    told = description(upload, source)
    if check("media_upload", {"type": "file", "media": told}):
        return
    form = Form("media", source, told, None, b"")
    for _ in range(2):
        one = Pass(form)
        raw = b"".join(iter(one.next, b""))
        assert len(raw) == form.length
        assert form.whole
        found = read_form(raw, form.content_type)
        assert found == {"media": {**told, "content": content}}


@given(
    st.lists(
        st.sampled_from([b"\r\n--", b"--", b"\r\n\r\n", b"BOUNDARY", b"Content-Disposition: x"]), min_size=2
    )
)
def test_no_content_ends_its_part(pieces: list[bytes]) -> None:
    source = Source(b"".join(pieces) + b"......")
    form = Form("media", source, {"filename": "a", "content_type": "a/b"}, None, b"")
    raw = b"".join(iter(Pass(form).next, b""))
    assert (
        read_form(raw, form.content_type)["media"]["content"]
        == source.read(10**6) + b"".join(pieces) + b"......"
    )
