"""Uploads: what is kept for how long, what is refused with which code, and which ids attachments may name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

import pytest

from wecom_contract import OPERATIONS
from wecom_mock import InProcessTransport, Settings, State
from wecom_mock.caller import Caller, form_of

UPLOAD, UPLOADIMG = OPERATIONS["media_upload"].path, OPERATIONS["media_uploadimg"].path
DAY = 24 * 3600
CUSTOMER = "woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA"
NAMES = {"image": "a.jpg", "voice": "a.amr", "video": "a.mp4", "file": "a.txt"}


def upload(mock: Any, kind: str = "file", **told: Any) -> Any:
    return mock.call(
        "media_upload", {"type": kind, "media": {"filename": NAMES[kind], "filelength": 6, **told}}
    )


def image(mock: Any, **told: Any) -> Any:
    return mock.call("media_uploadimg", {"media": {"filename": "a.jpg", "filelength": 6, **told}})


def send(mock: Any, body: bytes, content_type: str, path: str = UPLOAD, query: str = "&type=file") -> Any:
    return mock.send("POST", path, f"access_token={mock.token()}{query}", body, content_type)


# -- what comes back


@pytest.mark.parametrize("kind", NAMES)
def test_an_id_and_the_time_as_text(mock: Any, state: State, clock: Any, kind: str) -> None:
    content = bytes(range(256))
    answer = upload(mock, kind, content=content, content_type="application/octet-stream")
    assert answer.body == {
        "errcode": 0,
        "errmsg": "",
        "type": kind,
        "media_id": answer.body["media_id"],
        "created_at": str(int(clock.now)),
    }
    assert len(answer.body["media_id"]) == 44
    kept = state.media.files[answer.body["media_id"]]
    assert (kept.kind, kept.filename, kept.size) == (kind, NAMES[kind], 256)
    assert kept.sha256 == hashlib.sha256(content).hexdigest()


def test_the_same_file_gets_another_id(mock: Any) -> None:
    assert upload(mock).body["media_id"] != upload(mock).body["media_id"]


def test_a_permanent_address(mock: Any, state: State, clock: Any) -> None:
    answer = image(mock, filename="标志.PNG")
    url = answer.body["url"]
    assert answer.body == {"errcode": 0, "errmsg": "", "url": url}
    assert re.fullmatch(r"http://p\.qpic\.cn/pic_wework/3474110808/[0-9a-f]{64}/0", url)
    clock.forward(1000 * DAY)
    assert state.media.images[url].filename == "标志.PNG"
    assert image(mock).body["url"] != url


def test_an_app_without_customer_contact_may_upload(mock: Any) -> None:
    """The pages call both open to every app."""
    token = mock.token("demo-hr")
    body = {"type": "file", "media": {"filename": "a.txt", "filelength": 6}}
    assert mock.call("media_upload", body, token=token).errcode == 0
    assert (
        mock.call("media_uploadimg", {"media": {"filename": "a.jpg", "filelength": 6}}, token=token).errcode
        == 0
    )


def test_reset_forgets_uploads(mock: Any, state: State) -> None:
    first = upload(mock).body["media_id"]
    image(mock)
    state.reset()
    assert (state.media.files, state.media.images, state.media.counts) == ({}, {}, {})
    assert upload(mock).body["media_id"] == first


# -- what is refused


@pytest.mark.parametrize(
    ("kind", "limit"), [("image", 10 << 20), ("voice", 2 << 20), ("video", 10 << 20), ("file", 20 << 20)]
)
def test_a_file_over_its_limit_is_45001(mock: Any, kind: str, limit: int) -> None:
    assert upload(mock, kind, filelength=limit).errcode == 0
    answer = upload(mock, kind, filelength=limit + 1)
    assert (answer.errcode, answer.errmsg) == (45001, "media size out of limit")
    assert (answer.rule, answer.path) == (f"media_upload.{kind}.max-bytes", "media.filelength")


def test_an_image_over_its_limit_is_45001(mock: Any) -> None:
    assert image(mock, filelength=2 << 20).errcode == 0
    assert (image(mock, filelength=(2 << 20) + 1).errcode, image(mock, filelength=4).errcode) == (
        45001,
        40006,
    )


@pytest.mark.parametrize("size", [1, 5])
def test_a_tiny_file_is_40006(mock: Any, size: int) -> None:
    assert (upload(mock, filelength=size).errcode, upload(mock, filelength=6).errcode) == (40006, 0)


def test_an_empty_part_is_44001(mock: Any) -> None:
    answer = upload(mock, filelength=0)
    assert (answer.errcode, answer.errmsg, answer.reason) == (44001, "empty media data", "media.empty")
    assert image(mock, filelength=0).errcode == 44001


def test_another_kind_is_40004(mock: Any) -> None:
    answer = upload(mock, "image", filename="a.gif")
    assert (answer.errcode, answer.rule) == (40004, "media_upload.image.kind")


@pytest.mark.parametrize("kind", ["Image", "thumb", ""])
def test_an_unknown_type_is_40005(mock: Any, kind: str) -> None:
    raw, content_type = form_of({"media": {"filename": "a.jpg", "filelength": 6}})
    assert send(mock, raw, content_type, query=f"&type={kind}").errcode == 40005
    assert send(mock, raw, content_type, query="").errcode == 40005
    assert send(mock, raw, content_type, query="&type=image&type=file").reason == "request.query"
    assert (
        send(mock, raw, content_type, query="&type=image&TYPE=file").rule == "media_upload.body.unknown-field"
    )


def encoded(name: str) -> bytes:
    return f"--XX\r\nContent-Disposition: form-data; name=media; {name}\r\n\r\nmytext\r\n--XX--\r\n".encode()


@pytest.mark.parametrize(
    ("body", "content_type", "why"),
    [
        (encoded("filename*=utf-8''%E6%8A%A5.txt"), "multipart/form-data; boundary=XX", "media.name-encoded"),
        (
            encoded("filename=a.txt; filename*=utf-8''%E6%8A%A5.txt"),
            "multipart/form-data; boundary=XX",
            "media.name-encoded",
        ),
        (encoded("filelength=6"), "multipart/form-data; boundary=XX", "media.filename.required"),
        (encoded('filename=""'), "multipart/form-data; boundary=XX", "media.filename.empty"),
        (form_of({"file": {"filename": "a.txt", "filelength": 6}})[0], "", "media_upload.media.required"),
        (form_of({})[0], form_of({})[1], "media_upload.media.required"),
        (b'{"media": "a"}', "application/json", "media_upload.media.required"),
        (b"", "", "media_upload.media.required"),
        (b"--XX\r\n", "multipart/form-data; boundary=XX", "form.malformed"),
    ],
)
def test_no_file_with_a_plain_name_is_41005(mock: Any, body: bytes, content_type: str, why: str) -> None:
    answer = send(mock, body, content_type)
    assert (answer.errcode, answer.errmsg) == (41005, "media data missing")
    assert why in (answer.reason, answer.rule)


def test_a_part_beside_the_file_is_refused(mock: Any) -> None:
    raw, content_type = form_of({"media": {"filename": "a.txt", "filelength": 6}, "note": {"content": b"x"}})
    assert send(mock, raw, content_type).rule == "media_upload.body.unknown-field"


def test_get_is_refused(mock: Any) -> None:
    assert mock.send("GET", UPLOAD, f"access_token={mock.token()}&type=file").reason == "request.method"


def test_no_token_no_upload(mock: Any) -> None:
    body = {"type": "file", "media": {"filename": "a.txt", "filelength": 6}}
    assert mock.call("media_upload", body, token="wrong").errcode == 40014


# -- the size of a request


def test_uploads_have_a_cap_of_their_own(clock: Any) -> None:
    state = State(settings=Settings(max_body_bytes=300, max_upload_bytes=3000))
    mock = Caller(state, clock)
    assert upload(mock, filelength=2000).errcode == 0
    assert upload(mock, filelength=3000).status == 413
    text = {"external_userid": [CUSTOMER], "text": {"content": "x" * 300}}
    assert mock.call("add_msg_template", text).status == 413


@pytest.mark.parametrize(
    "fields", [{"max_upload_bytes": 0}, {"images_per_day": -1}, {"images_per_month": -1}]
)
def test_settings_that_make_no_sense_are_refused(fields: Any) -> None:
    with pytest.raises(ValueError, match=next(iter(fields))):
        Settings(**fields)


# -- the quota of permanent images


def test_the_quota_is_by_day_and_by_month(clock: Any) -> None:
    mock = Caller(State(settings=Settings(images_per_day=2, images_per_month=3)), clock)
    assert [image(mock).errcode for _ in range(3)] == [0, 0, 45009]
    clock.forward(DAY)
    answers = [image(mock) for _ in range(2)]
    assert [one.errcode for one in answers] == [0, 45009]
    assert answers[1].reason == "media.quota-used-up"
    clock.forward(10 * DAY)  # another month
    assert image(mock).errcode == 0


def test_the_day_is_chinas(clock: Any) -> None:
    mock = Caller(State(settings=Settings(images_per_day=1)), clock)  # it is noon there
    assert image(mock).errcode == 0
    clock.forward(12 * 3600 - 1)
    assert image(mock).errcode == 45009
    clock.forward(1)
    assert image(mock).errcode == 0


def test_what_was_refused_doesnt_count(clock: Any) -> None:
    mock = Caller(State(settings=Settings(images_per_day=1)), clock)
    assert image(mock, filename="a.gif").errcode == 40004
    assert image(mock).errcode == 0


def test_the_documented_quota_is_the_default() -> None:
    assert (Settings().images_per_day, Settings().images_per_month) == (1000, 3000)


# -- the ids in attachments


def attachment(msgtype: str, media_id: str) -> dict[str, Any]:
    content: Mapping[str, Mapping[str, str]] = {
        "image": {"media_id": media_id},
        "video": {"media_id": media_id},
        "file": {"media_id": media_id},
        "miniprogram": {"title": "t", "pic_media_id": media_id, "appid": "wx", "page": "p"},
        "link": {"title": "t", "url": "https://example.com"},
    }
    return {"msgtype": msgtype, msgtype: dict(content[msgtype])}


def create(mock: Any, *attachments: dict[str, Any], token: str | None = None) -> Any:
    body = {"sender": "zhangsan", "external_userid": [CUSTOMER], "attachments": list(attachments)}
    return mock.call("add_msg_template", body, token=token)


@pytest.fixture
def strict(clock: Any) -> Caller:
    return Caller(State(settings=Settings(check_media=True)), clock)


NAMED = {"image": "image", "video": "video", "file": "file", "miniprogram": "image"}


@pytest.mark.parametrize("msgtype", NAMED)
@pytest.mark.parametrize("kind", NAMES)
def test_an_id_belongs_to_a_kind(strict: Caller, msgtype: str, kind: str) -> None:
    answer = create(strict, attachment(msgtype, upload(strict, kind).body["media_id"]))
    assert answer.errcode == (0 if NAMED[msgtype] == kind else 40007)


def test_an_id_lives_three_days(strict: Caller, clock: Any) -> None:
    named = attachment("file", upload(strict).body["media_id"])
    clock.forward(259_200 - 1)
    assert create(strict, named).errcode == 0
    clock.forward(1)
    answer = create(strict, named)
    assert (answer.errcode, answer.errmsg, answer.reason) == (40007, "invalid media_id", "media.unknown")


def test_all_apps_of_the_company_share_it(strict: Caller) -> None:
    media_id = upload(strict).body["media_id"]
    body = {"sender": "lisi", "external_userid": ["wmCB22A6F6B4086E3513984E26BD8D4A"]}
    body["attachments"] = [attachment("file", media_id)]  # type: ignore[assignment, list-item]
    assert strict.call("add_msg_template", body, token=strict.token("demo-sales")).errcode == 0


def test_what_the_company_lists_is_good_for_anything(strict: Caller) -> None:
    assert create(strict, *(attachment(msgtype, "MEDIA_ID") for msgtype in NAMED)).errcode == 0
    assert create(strict, attachment("link", "")).errcode == 0
    assert create(strict, attachment("file", "nobody's")).errcode == 40007
    assert create(strict, attachment("file", "MEDIA_ID"), attachment("image", "nobody's")).errcode == 40007


def test_ids_are_not_looked_at_unless_asked(mock: Any) -> None:
    assert create(mock, attachment("file", "nobody's")).errcode == 0


def test_the_transport_for_httpx_passes_the_form_on(state: State, clock: Any) -> None:
    import httpx

    token = Caller(state, clock).token()
    with httpx.Client(transport=InProcessTransport(state, clock), base_url="https://mock.invalid") as client:
        answer = client.post(
            UPLOADIMG, params={"access_token": token}, files={"media": ("标志.png", b"x" * 9, "image/png")}
        )
    assert answer.json()["errcode"] == 0
    (kept,) = state.media.images.values()
    assert (kept.filename, kept.size) == ("标志.png", 9)
