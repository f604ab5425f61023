"""The console's pages: what they show, in both languages, what buttons do, and that nothing shown can become code."""

from __future__ import annotations

import hashlib
import html.parser
import json
import re
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from admin_doors import DOORS, door
from attrs import define, field

from wecom_contract import OPERATIONS
from wecom_mock import Customer, State, Tag, TagGroup, make_company
from wecom_mock.caller import Caller
from wecom_mock.clock import Clock
from wecom_mock.company import App
from wecom_mock.console import pages, words
from wecom_mock.console.actions import ACTIONS
from wecom_mock.console.messages import message, safe_href, size_of
from wecom_mock.console.words import FAULTS_ZH, WORDS, language_of
from wecom_mock.faults import KINDS, Fault

START = 1795320000.0
PAGES = ("", "company", "calls", "faults", "settings")
SHARED = "wmDemoSharedChattedWithLisiAAAAA"
HTMX_2_0_11 = "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"
VOID = {"meta", "link", "input", "img", "br", "option", "path", "circle", "rect"}


@define
class Element:
    name: str
    attributes: dict[str, str]
    inside: list[Element] = field(factory=list)
    text: str = ""
    """All text in it, that of its elements included."""


class Parsed(html.parser.HTMLParser):
    """A page as a browser's parser sees it, near enough: its elements and their text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(source)
        self.close()
        assert self._open == [], [one.name for one in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), (tag, attrs)
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        for one in self._open:
            one.inside.append(element)
        if tag not in VOID or (tag == "option" and self._open and self._open[-1].name == "select"):
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1].name == tag:
            self._open.pop()
        else:
            assert tag in VOID, f"</{tag}> in {[one.name for one in self._open]}"

    def handle_data(self, data: str) -> None:
        for one in self._open:
            one.text += data

    def all(self, name: str, **attributes: str) -> list[Element]:
        wanted = {key.rstrip("_"): value for key, value in attributes.items()}
        return [
            one
            for one in self.elements
            if one.name == name and all(one.attributes.get(key) == value for key, value in wanted.items())
        ]

    def one(self, name: str, **attributes: str) -> Element:
        (found,) = self.all(name, **attributes)
        return found

    @property
    def text(self) -> str:
        return self.one("html").text


class Browser:
    """As much of a browser as a page without a script needs."""

    def __init__(self, send: Any) -> None:
        self._send = send

    def get(self, path: str, language: str = "en", **query: str) -> httpx.Response:
        headers = {"Accept-Language": language}
        found: httpx.Response = self._send("GET", f"/_mock/{path}", params=query, headers=headers)
        return found

    def page(self, path: str, language: str = "en", **query: str) -> Parsed:
        answer = self.get(path, language, **query)
        assert answer.status_code == 200, answer.text
        return Parsed(answer.text)

    def press(self, action: str, form: Mapping[str, str]) -> httpx.Response:
        own = str(self.get("static/icon.svg").request.url).partition("/_mock")[0]
        found: httpx.Response = self._send("POST", f"/_mock/do/{action}", data=form, headers={"Origin": own})
        return found


@pytest.fixture
def clock() -> Clock:
    return Clock(START)


@pytest.fixture
def state() -> State:
    return State()


@pytest.fixture
def browser(state: State, clock: Clock) -> Iterator[Browser]:
    with door("in process", state, clock) as send:
        yield Browser(send)


@pytest.fixture
def caller(state: State, clock: Clock) -> Caller:
    return Caller(state, clock)


def create(caller: Caller, **more: Any) -> str:
    body = {"sender": "lisi", "external_userid": [SHARED], "text": {"content": "hello"}, **more}
    answer = caller.call("add_msg_template", body)
    assert answer.errcode == 0, answer.body
    return str(answer.body["msgid"])


ALL_KINDS: list[dict[str, Any]] = [
    {"msgtype": "image", "image": {"media_id": "MEDIA_ID"}},
    {"msgtype": "image", "image": {"pic_url": "https://example.com/picture.png"}},
    {
        "msgtype": "link",
        "link": {"title": "A title", "desc": "A description", "url": "https://example.com/a?b=1&c=2"},
    },
    {
        "msgtype": "miniprogram",
        "miniprogram": {"title": "Mini", "pic_media_id": "PICTURE", "appid": "wx1", "page": "/pages/x"},
    },
    {"msgtype": "video", "video": {"media_id": "VIDEO_ID"}},
    {"msgtype": "file", "file": {"media_id": "FILE_ID"}},
]


def lively(caller: Caller, state: State) -> str:
    """Something on every page; the msgid of a task that waits for ``lisi``."""
    upload = {"filename": "报价.pdf", "filelength": 2048, "content_type": "application/pdf"}
    media = caller.call("media_upload", {"type": "file", "media": upload}).body["media_id"]
    msgid = create(caller, attachments=[*ALL_KINDS, {"msgtype": "file", "file": {"media_id": media}}])
    cancelled = create(caller)
    caller.call("cancel_groupmsg_send", {"msgid": cancelled})
    state.refuse(create(caller), "lisi")
    state.ignore(create(caller), "lisi")
    state.confirm(create(caller), "lisi", START)
    caller.call("add_moment_task", {"text": {"content": "a moment"}})
    state.send_personally("lisi", "by myself", START)
    code = state.welcome_code("lisi", SHARED, START)
    caller.call("send_welcome_msg", {"welcome_code": code, "text": {"content": "welcome text"}})
    caller.call("add_msg_template", {"sender": "lisi", "text": {"content": ""}})
    caller.call("get_groupmsg_task", {"msgid": "nope"})
    caller.send("GET", "/nowhere")
    state.faults.add(Fault("errcode", "gettoken", times=2, errcode=-1))
    state.fill_quota(SHARED, START)
    return msgid


class TestEveryPage:
    @pytest.mark.parametrize("path", PAGES)
    @pytest.mark.parametrize(("language", "tag"), [("en-GB,en", "en"), ("zh-CN,zh;q=0.9", "zh-CN")])
    def test_it_is_well_made(
        self, browser: Browser, caller: Caller, state: State, path: str, language: str, tag: str
    ) -> None:
        lively(caller, state)
        answer = browser.get(path, language, member="lisi")
        page = Parsed(answer.text)
        assert page.one("html").attributes["lang"] == tag
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["content-security-policy"] == pages.POLICY
        ids = [one.attributes["id"] for one in page.elements if "id" in one.attributes]
        assert len(ids) == len(set(ids)), [one for one in ids if ids.count(one) > 1]
        assert len(page.all("h1")) == 1
        assert len(page.all("a", **{"aria-current": "page"})) == 1
        named = {one.attributes["for"] for one in page.all("label") if "for" in one.attributes}
        within = [id(inner) for label in page.all("label") for inner in label.inside]
        for one in page.all("input") + page.all("select"):
            hidden = one.attributes.get("type") == "hidden"
            assert hidden or id(one) in within or one.attributes.get("id") in named, one
        for button in page.all("button") + page.all("a") + page.all("summary"):
            assert button.text.strip(), button
        for one in page.elements:
            for name in ("aria-labelledby", "aria-describedby"):
                assert set(one.attributes.get(name, "").split()) <= set(ids), one

    @pytest.mark.parametrize("path", PAGES)
    def test_no_code_is_in_it_and_nothing_comes_from_outside(
        self, browser: Browser, caller: Caller, state: State, path: str
    ) -> None:
        lively(caller, state)
        page = browser.page(path, member="lisi")
        (script,) = page.all("script")
        assert script.attributes["src"] == "/_mock/static/htmx.min.js"
        assert script.text == ""
        assert page.all("style") == []
        for one in page.elements:
            assert not [name for name in one.attributes if name == "style" or name.startswith("on")], one
            for name in ("src", "action", "hx-get"):
                assert one.attributes.get(name, "/_mock/").startswith("/_mock/"), one
            if one.name == "link":
                assert one.attributes["href"].startswith("/_mock/static/")

    def test_chinese_words_have_chinese_marks_between_them(self) -> None:
        chinese = [zh for _, zh in WORDS.values()] + list(FAULTS_ZH.values())
        assert [
            text for text in chinese if re.search(r"[\u4e00-\u9fff][,:;!?]|[,:;!?][\u4e00-\u9fff]", text)
        ] == []

    def test_the_policy_lets_only_own_files_run(self) -> None:
        told = dict(part.split(" ", 1) for part in pages.POLICY.split("; "))
        assert told["default-src"] == "'none'"
        assert told["script-src"] == told["style-src"] == told["connect-src"] == "'self'"
        assert told["frame-ancestors"] == told["base-uri"] == "'none'"
        assert not re.search(r"unsafe|\*|http|data:", pages.POLICY)

    def test_a_page_that_is_not_there(self, browser: Browser) -> None:
        answer = browser.get("nope<script>")
        assert answer.status_code == 404
        assert Parsed(answer.text).one("p", role="alert").text == "There is no such page."
        assert "nope" not in answer.text

    def test_the_address_without_its_slash(self, browser: Browser) -> None:
        answer = browser._send("GET", "/_mock")
        assert (answer.status_code, answer.headers["location"]) == (308, "/_mock/")

    def test_a_method_that_is_none(self, browser: Browser) -> None:
        own = {"X-Mock-Admin": "1"}
        for path in ("/_mock/", "/_mock/calls", "/_mock/static/console.css"):
            assert browser._send("POST", path, headers=own).status_code in (404, 405)
        assert browser._send("GET", "/_mock/do/reset").status_code == 405

    @pytest.mark.parametrize("name", DOORS)
    def test_through_every_door(self, name: str, state: State, clock: Clock, caller: Caller) -> None:
        msgid = lively(caller, state)
        with door(name, state, clock) as send:
            browser = Browser(send)
            for path in PAGES:
                browser.page(path)
            done = browser.press("confirm", {"msgid": msgid, "userid": "lisi"})
            assert done.status_code == 303
        assert state.tasks[msgid].assignments["lisi"].status == 2


class TestLanguages:
    def test_every_word_is_there_twice(self) -> None:
        for key, both in WORDS.items():
            assert all(text.strip() == text and text for text in both), key
            assert re.search("[\u4e00-\u9fff]", both[0]) is None or key == "other-language"
        assert set(FAULTS_ZH) == set(KINDS)

    def test_every_word_that_is_used_is_known_and_every_known_one_is_used(self) -> None:
        folder = resources.files("wecom_mock.console")
        files = [one for one in folder.joinpath("templates").iterdir() if one.name.endswith(".html")]
        source = "".join(one.read_text(encoding="utf-8") for one in files)
        source += "".join(
            one.read_text(encoding="utf-8")
            for one in folder.iterdir()
            if one.name.endswith(".py") and one.name != "words.py"
        )
        prefixes = ("kind-", "state-", "delivery-")
        unused = {
            key
            for key in WORDS
            if not re.search(rf"['\"]{re.escape(key)}['\"]", source) and not key.startswith(prefixes)
        }
        assert unused == set()
        used = set(re.findall(r"\bw\('([a-z0-9-]+)'\)", source))
        assert used - set(WORDS) == set()

    @pytest.mark.parametrize(
        ("asked", "accepted", "language"),
        [
            (None, [], "en"),
            (None, ["zh"], "zh"),
            (None, ["zh-CN,zh;q=0.9,en;q=0.8"], "zh"),
            (None, ["en-US,en;q=0.9,zh-CN;q=0.8"], "en"),
            (None, ["fr, zh;q=0.1"], "zh"),
            (None, ["fr"], "en"),
            (None, ["zh;q=0"], "en"),
            (None, ["en;q=0.5", "zh-Hant;q=0.6"], "zh"),
            (None, ["zh" * 5000 + ";q=x,,,;;"], "en"),
            ("zh", ["en"], "zh"),
            ("en", ["zh"], "en"),
            ("fr", ["zh"], "zh"),
        ],
    )
    def test_which_one(self, asked: str | None, accepted: list[str], language: str) -> None:
        assert language_of(asked, accepted) == language

    def test_the_choice_stays_in_links_and_buttons(self, browser: Browser, caller: Caller) -> None:
        msgid = create(caller)
        page = browser.page("", "en", lang="zh", member="lisi")
        switch = page.one("a", id="language")
        assert (switch.text, switch.attributes["lang"]) == ("English", "en")
        assert "lang=en" in switch.attributes["href"]
        assert "member=lisi" in switch.attributes["href"]
        assert all("lang=zh" in page.one("a", id=f"nav-{name}").attributes["href"] for name in pages.PAGES)
        form = {"msgid": msgid, "userid": "lisi", "page": "desk", "lang": "zh", "member": "lisi"}
        done = browser.press("confirm", form)
        assert done.headers["location"] == "/_mock/?lang=zh&member=lisi&said=said-confirm"
        said = browser.page("", "en", lang="zh", member="lisi", said="said-confirm")
        assert said.one("p", role="status").text == "已确认，消息已发送。"


class TestThePhone:
    def test_a_template_has_its_objects_beside_the_text(self, state: State) -> None:
        """A welcome template has no list: each kind stands for itself."""
        told = {
            kind: {"media_id": kind, "title": kind}
            for kind in ("file", "video", "miniprogram", "link", "image")
        }
        shown = message({"text": {"content": "hi"}, **told}, state.media)
        assert [card.kind for card in shown.cards] == ["image", "link", "miniprogram", "video", "file"]

    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_a_message_as_the_customer_will_see_it(
        self, browser: Browser, caller: Caller, state: State, language: str
    ) -> None:
        lively(caller, state)
        page = browser.page("", language, member="lisi")
        cards = [one for one in page.all("div") if one.attributes.get("class", "").startswith("card ")]
        kinds = [one.attributes["class"].split()[1] for one in cards]
        assert kinds == ["image", "image", "link", "miniprogram", "video", "file", "file"]
        told = [" ".join(one.text.split()) for one in cards]
        for number, parts in enumerate(
            (
                ["MEDIA_ID"],
                ["https://example.com/picture.png"],
                ["A title", "A description", "https://example.com/a?b=1&c=2"],
                ["Mini", "wx1 /pages/x", "PICTURE"],
                ["VIDEO_ID"],
                ["FILE_ID"],
                ["报价.pdf", "2.0 KiB"],
            )
        ):
            assert all(part in told[number] for part in parts), told[number]
        (link,) = [one for one in cards[2].inside if one.name == "a"]
        assert link.attributes["href"] == "https://example.com/a?b=1&c=2"
        assert link.attributes["rel"] == "noopener noreferrer nofollow"
        assert [one.name for one in page.elements if one.name == "img"] == ["img"]

    def test_every_phase_and_what_can_be_done_in_it(
        self, browser: Browser, caller: Caller, state: State
    ) -> None:
        msgid = lively(caller, state)
        page = browser.page("", member="lisi")
        found: dict[str, set[str]] = {}
        for item in page.all("article"):
            phase = item.attributes["class"].split()[1]
            buttons = {one.attributes["id"].partition("-")[0] for one in item.inside if one.name == "button"}
            found.setdefault(phase, set()).update(buttons)
        assert found == {
            "waiting": {"confirm", "ignore", "refuse", "publish"},
            "ignored": {"confirm", "refuse"},
            "refused": set(),
            "cancelled": set(),
            "sent": set(),
        }
        assert page.one("button", id=f"confirm-{msgid}").text == "Confirm and send"
        # Two that wait, the moment among them.
        chosen = page.one("a", **{"aria-current": "true"})
        (badge,) = [one for one in chosen.inside if one.attributes.get("class") == "badge"]
        assert badge.text == "2 waiting"

    def test_recipients_and_their_quota(self, browser: Browser, caller: Caller, state: State) -> None:
        msgid = create(caller)
        state.fill_quota(SHARED, START)
        details = browser.page("", member="lisi").one("details", id=f"to-{msgid}")
        assert " ".join(details.text.split()) == "Recipients (1) 客户四 not sent over quota"
        state.confirm(msgid, "lisi", START)
        details = browser.page("", member="lisi").one("details", id=f"to-{msgid}")
        assert " ".join(details.text.split()) == "Recipients (1) 客户四 over quota"

    def test_whose_phone_is_shown(self, browser: Browser, caller: Caller) -> None:
        def shown(**query: str) -> str:
            return browser.page("", **query).one("h2", id="phone-title").text.split()[2]

        assert shown() == "zhangsan"
        create(caller)
        assert shown() == "lisi"
        assert shown(member="wangwu") == "wangwu"
        assert shown(member="nobody") == "lisi"

    def test_a_company_of_nobody(self, clock: Clock) -> None:
        company = make_company(corpid="ww", apps=[App(name="a", secret="s")])
        with door("in process", State(company), clock) as send:
            for path in PAGES:
                Browser(send).page(path)
            assert "no members yet" in Browser(send).page("").text

    def test_a_thousand_customers_are_found_and_cut(self, clock: Clock) -> None:
        customers = [
            Customer(
                external_userid=f"wm{number:04}", followed_by=("m",), last_chat="m", name=f"name {number}"
            )
            for number in range(1000)
        ]
        company = make_company(
            corpid="ww", apps=[App(name="a", secret="s")], members=["m"], customers=customers
        )
        state = State(company)
        Caller(state, clock).call(
            "add_msg_template",
            {
                "sender": "m",
                "external_userid": [one.external_userid for one in customers],
                "text": {"content": "x"},
            },
        )
        with door("in process", state, clock) as send:
            page = Browser(send).page("company")
            assert len(page.one("div", role="region", **{"aria-labelledby": "customers-title"}).inside) > 200
            assert "200 shown of 1000" in " ".join(page.text.split())
            found = Browser(send).page("company", find="NAME 999")
            assert found.one("h2", id="customers-title").text.split() == ["Customers", "1"]
            assert "… 900 more" in Browser(send).page("").text


class TestButtons:
    @pytest.mark.parametrize("action", ["confirm", "ignore", "refuse"])
    def test_what_a_member_does(self, browser: Browser, caller: Caller, state: State, action: str) -> None:
        msgid = create(caller)
        page = browser.page("", member="lisi")
        (form,) = [
            one
            for one in page.all("form", action=f"/_mock/do/{action}")
            if any(inner.attributes.get("value") == msgid for inner in one.inside)
        ]
        assert form.attributes["method"] == "post"
        sent = {one.attributes["name"]: one.attributes["value"] for one in form.inside if one.name == "input"}
        done = browser.press(action, sent)
        assert done.status_code == 303
        assert done.headers["location"] == f"/_mock/?member=lisi&said=said-{action}"
        after = state.tasks[msgid].assignments["lisi"]
        assert (after.status, after.declined) == {
            "confirm": (2, None),
            "ignore": (0, "ignored"),
            "refuse": (0, "refused"),
        }[action]
        page = browser.page("", member="lisi", said=f"said-{action}")
        assert page.one("p", role="status").text == WORDS[f"said-{action}"][0]

    def test_every_button_of_every_page_is_known(
        self, browser: Browser, caller: Caller, state: State
    ) -> None:
        lively(caller, state)
        found = {
            form.attributes["action"].rpartition("/")[2]
            for path in PAGES
            for form in browser.page(path, member="lisi").all("form", method="post")
        }
        assert found == set(ACTIONS)

    @pytest.mark.parametrize(
        ("action", "form", "page"),
        [
            ("clock", {"move": "7200"}, "settings"),
            ("leave", {"userid": "lisi", "external_userid": SHARED}, "company"),
            ("fill", {"target": SHARED}, "company"),
            ("clear", {"target": SHARED}, "company"),
            ("ticket", {"suite_id": "wwdemosuite"}, "company"),
            ("fault", {"kind": "errcode", "operation": "", "times": "", "errcode": "45009"}, "faults"),
            ("faults-off", {}, "faults"),
            ("add-member", {"userid": "chen"}, "company"),
            ("add-customer", {"external_userid": "wmNew", "followed_by": "lisi、zhangsan"}, "company"),
            ("add-group", {"chat_id": "wrNew", "owner": "lisi"}, "company"),
            ("add-tag", {"tag_id": "etNew", "group_id": "gNew", "name": "x"}, "company"),
            ("reset", {}, "settings"),
        ],
    )
    def test_the_others(self, browser: Browser, action: str, form: dict[str, str], page: str) -> None:
        done = browser.press(action, {**form, "page": page})
        assert (done.status_code, done.text) == (303, "")
        assert done.headers["location"] == f"/_mock/{page}?said={ACTIONS[action].said}"

    def test_what_they_have_done(self, browser: Browser, state: State, clock: Clock) -> None:
        browser.press("clock", {"move": "7200"})
        assert clock() == START + 7200
        browser.press(
            "add-customer", {"external_userid": "wmNew", "followed_by": "lisi, zhangsan", "tags": "a b"}
        )
        new = state.company.customers["wmNew"]
        assert (new.followed_by, new.tags) == (("lisi", "zhangsan"), frozenset("ab"))
        browser.press("fault", {"kind": "errcode", "times": "", "errcode": "45009", "probability": "0.5"})
        (fault,) = state.faults.list()
        assert (fault.kind, fault.operation, fault.times, fault.errcode) == ("errcode", None, None, 45009)
        assert fault.probability == 0.5
        browser.press("fault-off", {"number": str(fault.number)})
        assert state.faults.list() == ()

    def test_settings_are_saved_as_they_were_and_with_one_change(
        self, browser: Browser, state: State
    ) -> None:
        before = state.settings
        page = browser.page("settings")
        form = page.one("form", action="/_mock/do/settings")
        sent = {}
        for one in form.inside:
            if one.name == "select":
                (chosen,) = [inner for inner in one.inside if "selected" in inner.attributes]
                sent[one.attributes["name"]] = chosen.text
            elif one.attributes.get("type") == "checkbox":
                if "checked" in one.attributes:
                    sent[one.attributes["name"]] = one.attributes["value"]
            elif one.name == "input":
                sent[one.attributes["name"]] = one.attributes["value"]
        assert browser.press("settings", sent).status_code == 303
        assert state.settings == before
        changed = {**sent, "dispatch_seconds": "2.5", "check_media": "on", "moments_per_minute": ""}
        del changed["escapes_refused"]
        assert browser.press("settings", changed).status_code == 303
        assert (state.settings.dispatch_seconds, state.settings.check_media) == (2.5, True)
        assert (state.settings.moments_per_minute, state.settings.escapes_refused) == (None, False)

    def test_what_is_told_once_stands_in_no_address(self, browser: Browser, state: State) -> None:
        done = browser.press("welcome-code", {"userid": "lisi", "external_userid": SHARED, "page": "company"})
        (code,) = state.welcome.codes
        assert done.status_code == 200
        assert code in Parsed(done.text).one("p", role="status").text

    @pytest.mark.parametrize(
        ("action", "form", "why"),
        [
            ("confirm", {}, "required"),
            ("confirm", {"msgid": "nope", "userid": "lisi"}, "lisi has no task nope"),
            ("clock", {"move": "soon"}, "'soon' is no number"),
            ("clock", {"move": "9" * 400}, "is no number"),
            ("fault", {"kind": "nope"}, "not one of"),
            ("add-member", {"userid": " "}, "shorter"),
            ("add-customer", {"external_userid": "x", "followed_by": "nobody"}, "no member nobody"),
            ("settings", {"quota_policy": "never"}, "not one of"),
        ],
    )
    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_what_makes_no_sense_is_said_on_the_page(
        self, browser: Browser, state: State, action: str, form: dict[str, str], why: str, language: str
    ) -> None:
        before = (state.company, state.settings, state.faults.list())
        answer = browser.press(action, {**form, "page": "company", "lang": language})
        assert answer.status_code == 400
        page = Parsed(answer.text)
        told = page.one("p", role="alert").text
        assert told.startswith(WORDS["wrong"][0 if language == "en" else 1])
        assert why in told
        assert page.one("a", **{"aria-current": "page"}).attributes["id"] == "nav-company"
        assert (state.company, state.settings, state.faults.list()) == before

    @pytest.mark.parametrize(
        ("action", "form", "told"),
        [
            ("confirm", {"msgid": "nope", "userid": "lisi"}, "That did not work: lisi has no task nope"),
            ("clock", {"move": "soon"}, "That did not work: 'soon' is no number (move)"),
        ],
    )
    def test_where_is_said_only_of_what_has_a_place(
        self, browser: Browser, action: str, form: dict[str, str], told: str
    ) -> None:
        page = Parsed(browser.press(action, form).text)
        assert page.one("p", role="alert").text == told

    def test_another_site_presses_no_button(self, browser: Browser, caller: Caller, state: State) -> None:
        msgid = create(caller)
        form = {"msgid": msgid, "userid": "lisi"}
        for headers in ({}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
            assert browser._send("POST", "/_mock/do/confirm", data=form, headers=headers).status_code == 403
        assert state.tasks[msgid].assignments["lisi"].status == 0

    def test_more_fields_than_a_form_has(self, browser: Browser) -> None:
        assert browser.press("reset", {f"f{number}": "" for number in range(65)}).status_code == 400


class TestWhatIsAlive:
    @pytest.mark.parametrize("path", PAGES)
    def test_the_living_part_comes_only_when_it_has_changed(
        self, browser: Browser, caller: Caller, state: State, path: str
    ) -> None:
        again = browser.page(path, member="lisi").one("div", id="poll").attributes["hx-get"]
        same = browser._send("GET", again)
        assert (same.status_code, same.content) == (204, b"")
        lively(caller, state)
        state.company = state.company.without_relation("lisi", SHARED)
        changed = browser._send("GET", again)
        if path == "settings":
            assert changed.status_code == 204
            return
        assert changed.status_code == 200
        part = Parsed(changed.text)
        assert [one.attributes["id"] for one in part.elements[:2]] == ["poll", "live"]
        assert part.all("html") == []
        assert part.elements[0].attributes["hx-get"] != again

    def test_a_broken_rule_stands_out_in_the_log(self, browser: Browser, caller: Caller) -> None:
        create(caller)
        caller.call("add_msg_template", {"sender": "lisi", "text": {"content": "x" * 4001}})
        caller.call("get_groupmsg_task", {"msgid": "nope"})
        caller.send("GET", "/nowhere")
        page = browser.page("calls")
        rows = page.all("li", **{"hx-preserve": "true"})
        assert [one.attributes["class"] for one in rows] == [
            "page",
            "refused",
            "ok",
            "broken",
            "ok",
            "ok",
            "ok",
        ]
        broken = rows[3]
        (mark,) = [one for one in broken.inside if one.name == "mark"]
        assert mark.text == "text.content.max-bytes"
        assert "Broken rule text.content.max-bytes at text.content" in " ".join(broken.text.split())
        assert "unknown" not in rows[0].text
        assert "/nowhere" in rows[0].text
        assert "msgid.unknown" in rows[1].text

    def test_the_clock_goes_on(self, browser: Browser, clock: Clock) -> None:
        assert browser.page("").one("time", id="clock").text == "2026-11-22 12:00:00"
        clock.move(86400)
        assert browser.page("").one("time", id="clock").text == "2026-11-23 12:00:00"


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "</textarea></li></details></div><iframe src=//evil.example>",
    "{{ 7*7 }}{% raw %}",
    "javascript:alert(1)",
    "&lt;b&gt;",
    "\u202etxt.exe",
    "<!-- -->]]>",
    '" hx-get="/_mock/do/reset" hx-trigger="load',
)


class TestHostileTexts:
    @pytest.mark.parametrize("text", HOSTILE)
    def test_every_text_stays_text(self, clock: Clock, text: str) -> None:
        company = make_company(
            corpid=text,
            apps=[App(name=text, secret="s")],
            members=["good", text],
            customers=[
                Customer(
                    external_userid=text,
                    followed_by=(text, "good"),
                    last_chat=text,
                    name=text,
                    tags=frozenset({text}),
                )
            ],
            tag_groups=[TagGroup(group_id=text, name=text, tags=(Tag(tag_id=text, name=text),))],
        )
        state = State(company)
        caller = Caller(state, clock)
        body = {
            "sender": text,
            "external_userid": [text, "lost" + text],
            "text": {"content": text},
            "attachments": [
                {"msgtype": "image", "image": {"media_id": text}},
                {"msgtype": "image", "image": {"pic_url": text}},
                {
                    "msgtype": "link",
                    "link": {"title": text, "desc": text, "url": "https://x/" + text, "picurl": text},
                },
                {
                    "msgtype": "miniprogram",
                    "miniprogram": {"title": text, "pic_media_id": text, "appid": text, "page": text},
                },
                {"msgtype": "file", "file": {"media_id": text}},
            ],
        }
        assert caller.call("add_msg_template", body).errcode == 0
        caller.call("add_msg_template", {**body, text: 1})
        caller.send("GET", "/" + text, query="q=" + text)
        caller.call("add_moment_task", {"text": {"content": text}})
        plain = State(make_company(corpid="ww", apps=[App(name="a", secret="s")]))
        with door("in process", plain, clock) as send:
            shape = [
                one.name for one in Browser(send).page("").elements if one.name in ("script", "iframe", "img")
            ]
        with door("in process", state, clock) as send:
            browser = Browser(send)
            for path in PAGES:
                for query in (
                    {"member": text, "find": text, "lang": text, "said": text, "seen": ""},
                    {"member": text, "find": text},
                ):
                    page = Parsed(browser.get(path, **query).text)
                    self.harmless(page, [] if "seen" in query else shape)
            shown = browser.page("", member=text)
            bubble = next(one for one in shown.all("p", class_="bubble") if one.text == text)
            assert bubble.inside == []
            assert f"Phone of {text}" in " ".join(shown.one("h2", id="phone-title").text.split(" ")).replace(
                "\n", ""
            )
            wrong = browser.press("confirm", {"msgid": text, "userid": text, "page": text, "member": text})
            page = Parsed(wrong.text)
            self.harmless(page, shape)
            assert text in page.one("p", role="alert").text

    def harmless(self, page: Parsed, shape: list[str]) -> None:
        dangerous = ("script", "iframe", "img", "object", "embed", "base")
        assert [one.name for one in page.elements if one.name in dangerous] == shape
        for one in page.elements:
            for name, value in one.attributes.items():
                assert not name.startswith("on"), one
                if name in ("href", "src", "action", "formaction", "hx-get", "hx-post"):
                    assert re.match(r"/_mock/|https?://|#main$", value), one
            if "hx-trigger" in one.attributes:
                assert one.attributes["id"] == "poll"

    @pytest.mark.parametrize(
        "address", ["http://a", "https://a.example/b?c=d#e", "HTTPS://A", "http://[::1]:80/"]
    )
    def test_addresses_of_the_web_are_links(self, address: str) -> None:
        assert safe_href(address) == address

    @pytest.mark.parametrize(
        "address",
        [
            *(
                "",
                "javascript:alert(1)",
                "JaVaScRiPt:alert(1)",
                " javascript:alert(1)",
                "java\nscript:alert(1)",
            ),
            *(
                "data:text/html,x",
                "vbscript:x",
                "file:///etc/passwd",
                "//evil.example",
                "/path",
                "example.com",
            ),
            *(
                "http:",
                "http://",
                "http:///x",
                "https://a b",
                "https://a\t",
                "http:\\\\evil",
                "http://[x",
                "\x00http://a",
            ),
        ],
    )
    def test_others_are_not(self, address: str) -> None:
        assert safe_href(address) == ""

    def test_a_link_with_another_scheme_is_shown_as_text(
        self, browser: Browser, state: State, caller: Caller
    ) -> None:
        msgid = create(caller, attachments=[ALL_KINDS[2]])
        state.tasks[msgid].body["attachments"][0]["link"]["url"] = "javascript:alert(1)"
        page = browser.page("", member="lisi")
        assert not [one for one in page.all("a") if "javascript" in one.attributes["href"]]
        assert "javascript:alert(1)" in page.text
        assert "(no web address)" in page.text

    def test_a_body_of_another_shape_does_not_break_the_page(
        self, browser: Browser, state: State, caller: Caller
    ) -> None:
        shapes: list[dict[str, Any]] = [
            {"text": "x", "attachments": [1, {"msgtype": 5}, {"msgtype": "card", "card": {}}]},
            {"text": {"content": 5}, "attachments": [{"msgtype": "link", "link": {"url": 7}}]},
            {},
        ]
        for shape in shapes:
            state.tasks[create(caller)].body = shape
        page = browser.page("", member="lisi")
        assert "(no content)" in page.text
        assert "Unknown attachment" in page.text


class TestFiles:
    def test_htmx_is_the_published_one_and_its_licence_is_there(self, browser: Browser) -> None:
        answer = browser.get("static/htmx.min.js")
        assert hashlib.sha256(answer.content).hexdigest() == HTMX_2_0_11
        assert answer.headers["content-type"].startswith("text/javascript")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "Zero-Clause BSD" in browser.get("static/htmx.LICENSE.txt").text

    def test_the_style_asks_for_nothing_from_outside(self, browser: Browser) -> None:
        style = browser.get("static/console.css").text
        assert "url(" not in style
        assert "@import" not in style
        assert "prefers-color-scheme: dark" in style
        assert ":focus-visible" in style

    @pytest.mark.parametrize(
        "path",
        [
            *(
                "static/",
                "static/nope.js",
                "static/../pages.py",
                "static/..%2fpages.py",
                "static/%2e%2e/words.py",
            ),
            *("static//etc/passwd", "templates/base.html", "static/console.css/x"),
        ],
    )
    def test_no_other_file_is_served(self, browser: Browser, path: str) -> None:
        answer = browser.get(path)
        assert answer.status_code == 404
        assert "def answer" not in answer.text


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0 B"), (1023, "1023 B"), (1024, "1.0 KiB"), (1048575, "1024.0 KiB"), (1048576, "1.0 MiB")],
)
def test_sizes(number: int, text: str) -> None:
    assert size_of(number) == text


def test_the_operations_are_offered_on_the_faults_page(browser: Browser) -> None:
    page = browser.page("faults")
    options = [one.text for one in page.all("option")]
    assert options == ["every operation", *sorted(OPERATIONS)]
    pressed = {
        one.attributes["value"]: one.attributes["aria-pressed"] for one in page.all("button", name_="kind")
    }
    assert pressed == dict.fromkeys(KINDS, "false")


def test_what_must_be_known_before_a_fault_is_on_is_said_beside_it(browser: Browser) -> None:
    assert browser.page("faults").one("p", id="times-about").text == (
        "Times empty: until it is switched off. While refuse is on, this page can't be reached either: give it seconds."
    )


def test_the_description_of_a_call_is_masked(browser: Browser, caller: Caller) -> None:
    token = caller.token()
    caller.send(
        "GET",
        "/cgi-bin/nowhere",
        query=urlencode({"access_token": token}),
        body=json.dumps({"a": 1}).encode(),
    )
    text = browser.get("calls").text
    assert token not in text
    assert "access_token=***" in text


def test_the_words_module_knows_no_language_besides() -> None:
    with pytest.raises(KeyError):
        words.word("nope", "en")
