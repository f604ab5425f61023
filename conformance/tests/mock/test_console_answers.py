"""What the console answers besides its pages: headers, files, refusals; and how much of a large company it shows."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from admin_doors import Send, door
from console_stories import START
from page_text import page_text

from wecom_mock import App, Clock, Customer, Group, Request, Settings, State, handle, make_company
from wecom_mock.caller import Caller

OWN = {"Origin": "http://localhost"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
SAFE = {
    "date": "Sun, 22 Nov 2026 04:00:00 GMT",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
}
PAGE = {
    **SAFE,
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": POLICY,
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
}


@pytest.fixture
def send() -> Iterator[Send]:
    with door("in process", State(), Clock(START)) as found:
        yield found


def headers(answer: httpx.Response) -> dict[str, str]:
    told = dict(answer.headers)
    assert told.pop("content-length") == str(len(answer.content))
    return told


def test_headers_of_a_page(send: Send) -> None:
    assert headers(send("GET", "/_mock/")) == {**PAGE, "vary": "Accept-Language"}
    assert headers(send("GET", "/_mock/nope")) == {**PAGE, "vary": "Accept-Language"}


def test_headers_of_what_a_button_leads_to(send: Send) -> None:
    done = send("POST", "/_mock/do/reset", headers=OWN)
    assert headers(done) == {**PAGE, "location": "/_mock/?said=said-reset"}


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_address_without_its_slash(send: Send, method: str) -> None:
    found = send(method, "/_mock")
    told = {**SAFE, "content-type": "text/html; charset=utf-8", "location": "/_mock/"}
    assert (found.status_code, headers(found)) == (308, told)


def test_what_has_not_changed_is_not_sent_again(send: Send) -> None:
    page = send("GET", "/_mock/calls").text
    again = page.partition('hx-get="')[2].partition('"')[0]
    answer = send("GET", again)
    assert (answer.status_code, answer.content, dict(answer.headers)) == (
        204,
        b"",
        {"cache-control": "no-store", "date": SAFE["date"]},
    )
    assert send("GET", "/_mock/nope", params={"seen": again.partition("seen=")[2]}).status_code == 404


@pytest.mark.parametrize(
    ("name", "kind", "begins"),
    [
        ("htmx.min.js", "text/javascript; charset=utf-8", b"var htmx="),
        ("console.css", "text/css; charset=utf-8", b":root {"),
        ("icon.svg", "image/svg+xml", b"<svg "),
        ("htmx.LICENSE.txt", "text/plain; charset=utf-8", b"Zero-Clause BSD"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_files(send: Send, name: str, kind: str, begins: bytes, method: str) -> None:
    found = send(method, f"/_mock/static/{name}")
    told = dict(found.headers)
    assert int(told.pop("content-length")) > len(begins)
    assert told == {**SAFE, "content-type": kind, "content-security-policy": "default-src 'none'"}
    assert method == "HEAD" or found.content.startswith(begins)


@pytest.mark.parametrize(("language", "why"), [("en", "There is no such page."), ("zh", "没有这个页面。")])
def test_a_page_that_is_not_there(send: Send, language: str, why: str) -> None:
    found = send("GET", "/_mock/nope", headers={"Accept-Language": language})
    home = page_text(send("GET", "/_mock/", headers={"Accept-Language": language}).text)
    lines = page_text(found.text).splitlines()
    assert f"<autofocus> {why}" in lines
    lines.remove(f"<autofocus> {why}")
    assert (found.status_code, lines) == (404, home.splitlines())


@pytest.mark.parametrize("path", ["/_mock/", "/_mock/calls"])
def test_pages_are_read_only(send: Send, path: str) -> None:
    found = send("POST", path, headers=OWN)
    assert (found.status_code, found.json()) == (405, {"error": "only GET here", "field": ""})
    assert headers(found) == {**SAFE, "content-type": "application/json; charset=utf-8", "allow": "GET"}


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT"])
def test_buttons_are_only_pressed(send: Send, method: str) -> None:
    found = send(method, "/_mock/do/reset", headers=OWN)
    assert (found.status_code, found.headers["allow"]) == (405, "POST")
    assert method == "HEAD" or found.json() == {"error": "only POST here", "field": ""}


@pytest.mark.parametrize(("fields", "status"), [(64, 200), (65, 400)])
def test_fields_of_an_address(send: Send, fields: int, status: int) -> None:
    found = send("GET", "/_mock/calls?" + "&".join(f"f{one}=" for one in range(fields)))
    assert found.status_code == status
    assert status == 200 or found.json() == {"error": "too many fields", "field": ""}


@pytest.mark.parametrize(("fields", "status"), [(64, 303), (65, 400)])
def test_fields_of_a_form(send: Send, fields: int, status: int) -> None:
    form = {f"f{one}": "" for one in range(fields)}
    assert send("POST", "/_mock/do/reset", data=form, headers=OWN).status_code == status


def test_bytes_that_are_no_text_are_shown_as_such(send: Send) -> None:
    page = page_text(send("GET", "/_mock/company?find=old&find=%ff%61").text)
    assert "<search find=\ufffda> <button> Find" in page


def test_an_address_in_bytes_that_no_address_has(send: Send) -> None:
    request = Request("GET", "/_mock/company", b"find=\xffa", headers=(("Host", "localhost"),))
    page = handle(State(), request, START)
    assert (page.status, "<search find=\ufffda> <button> Find" in page_text(page.body.decode())) == (
        200,
        True,
    )


@pytest.mark.parametrize(("asked", "title"), [("en", "<h1> Calls"), ("zh", "<h1> 调用")])
@pytest.mark.parametrize("accepted", ["en", "zh"])
def test_a_language_that_was_asked_for_stays(send: Send, asked: str, accepted: str, title: str) -> None:
    page = send("GET", "/_mock/calls", params={"lang": asked}, headers={"Accept-Language": accepted})
    told = page_text(page.text)
    assert title in told.splitlines()
    assert f"<to /_mock/settings?lang={asked}>" in told
    again = page.text.partition('hx-get="')[2].partition("&")[0]
    assert again == f"/_mock/calls?lang={asked}"


def test_what_was_looked_for_stays_with_the_buttons(send: Send) -> None:
    page = send(
        "GET", "/_mock/company", params={"find": " wm ", "member": "lisi", "other": "x", "lang": "zh"}
    )
    told = page_text(page.text)
    hidden = "<hidden page=company> <hidden lang=zh> <hidden member=lisi> <hidden find= wm >"
    assert f"<form post /_mock/do/clock> {hidden} <button move=20>" in told
    assert "<to /_mock/company?lang=en&member=lisi&find=+wm+ lang=en> English" in told
    assert "<search find=wm> <button> 查找" in told
    assert "<to /_mock/calls?lang=zh> 调用" in told


def company_of(customers: int, groups: int = 0, members: int = 1, **settings: str) -> State:
    people = [f"m{one}" for one in range(members)]
    return State(
        make_company(
            corpid="ww",
            apps=[App(name="a", secret="s")],
            members=people,
            customers=[
                Customer(external_userid=f"wm{one}", followed_by=("m0",), last_chat="m0")
                for one in range(customers)
            ],
            groups=[Group(chat_id=f"wr{one}", owner="m0") for one in range(groups)],
        ),
        Settings(**settings),
    )


def lines(state: State, path: str, language: str = "en", **query: str) -> list[str]:
    with door("in process", state, Clock(START)) as send:
        page = send("GET", f"/_mock/{path}", params=query, headers={"Accept-Language": language})
        return page_text(page.text).splitlines()


@pytest.mark.parametrize(
    ("count", "language", "told"),
    [(200, "en", []), (201, "en", ["200 shown of 201"]), (201, "zh", ["200 条显示，共 201"])],
)
def test_so_many_customers_groups_and_members_are_shown(count: int, language: str, told: list[str]) -> None:
    found = lines(company_of(count, count, count), "company", language)
    assert len([one for one in found if one in {f"wm{n}" for n in range(count)}]) == 200
    assert len([one for one in found if one in {f"wr{n}" for n in range(count)}]) == 200
    assert len([one for one in found if one.startswith("<to /_mock/?") and "member=m" in one]) == 200
    assert [one for one in found if "shown" in one or "显示" in one] == told


@pytest.mark.parametrize(
    ("count", "language", "told"),
    [(100, "en", []), (101, "en", ["100 newest of 101"]), (101, "zh", ["100 条最新，共 101"])],
)
def test_so_many_calls_are_shown(count: int, language: str, told: list[str]) -> None:
    state = company_of(0)
    for number in range(count):
        Caller(state, Clock(START)).send("GET", f"/nowhere{number}")
    found = lines(state, "calls", language)
    shown = [one for one in found if one.startswith("<summary> #")]
    assert [one.split()[1] for one in shown] == [f"#{number}" for number in range(count, count - 100, -1)]
    assert [one for one in found if " newest of " in one or "最新" in one] == told
    assert len([one for one in lines(state, "", language) if one.startswith("<summary> #")]) == 8


@pytest.mark.parametrize(
    ("count", "language", "told"), [(100, "en", []), (101, "en", ["… 1 more"]), (101, "zh", ["… 1 更多"])]
)
def test_so_many_recipients_are_shown(count: int, language: str, told: list[str]) -> None:
    state = company_of(count)
    body = {"sender": "m0", "external_userid": [f"wm{n}" for n in range(count)], "text": {"content": "x"}}
    Caller(state, Clock(START)).call("add_msg_template", body)
    found = lines(state, "", language)
    begin = next(n for n, one in enumerate(found) if one.startswith("<summary>"))
    assert found[begin].split()[-1] == f"({count})"
    assert found[begin + 100].split()[0] == "wm99"
    assert [one for one in found if one.startswith("…")] == told


def test_a_phone_shows_its_twenty_newest() -> None:
    state, clock = company_of(1), Clock(START)
    body = {"sender": "m0", "external_userid": ["wm0"], "text": {"content": "x"}}
    for number in range(21):
        assert (
            Caller(state, clock).call("add_msg_template", {**body, "text": {"content": f"n{number}"}}).errcode
            == 0
        )
        clock.move(1)
    found = lines(state, "")
    assert [one for one in found if one in {f"n{n}" for n in range(21)}] == [
        f"n{n}" for n in range(20, 0, -1)
    ]
    assert [one for one in found if one.startswith("msg")] == [
        one for one in found if one.startswith("msg") and one.endswith("m0 Waits for the member")
    ]
    assert len([one for one in found if one.startswith("msg")]) == 20
    assert "<h2> Tasks 21" in found


@pytest.mark.parametrize(("count", "told"), [(20, ""), (21, "… 1 more")])
def test_twenty_people_of_a_task(count: int, told: str) -> None:
    people = [f"m{one}" for one in range(count)]
    state = State(
        make_company(
            corpid="ww",
            apps=[App(name="a", secret="s")],
            members=people,
            customers=[
                Customer(external_userid=f"wm-{one}", followed_by=(one,), last_chat=one) for one in people
            ],
        )
    )
    Caller(state, Clock(START)).call(
        "add_msg_template", {"external_userid": [f"wm-{one}" for one in people], "text": {"content": "x"}}
    )
    (task,) = [one for one in lines(state, "") if one.startswith("msg")]
    assert task.count("Waits for the member") == 20
    assert task.endswith(told or "Waits for the member")


def test_a_long_request_is_cut(send: Send) -> None:
    state = company_of(1)
    for size in (19_000, 21_000):
        Caller(state, Clock(START)).call("get_groupmsg_task", {"msgid": "x" * size})
    told = [one for one in lines(state, "calls") if "xxxx" in one and "msgid" in one]
    head = '  "msgid": "'
    assert told == [head + "x" * (20_000 - len("{\n" + head)) + " …", head + "x" * 19_000 + '"']


@pytest.mark.parametrize(
    ("find", "found"),
    [
        ("wm1", ["wm1", "wm10", "wm11"]),
        (" WM11 ", ["wm11"]),
        ("m0", [f"wm{n}" for n in range(12)]),
        ("none", []),
    ],
)
def test_customers_are_found_by_id_name_and_member(find: str, found: list[str]) -> None:
    shown = lines(company_of(12), "company", find=find)
    assert [one for one in shown if one in {f"wm{n}" for n in range(12)}] == found
    assert f"<h2> Customers {len(found)}" in shown
    assert ("No customer." in shown) == (not found)
