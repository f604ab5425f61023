"""What a person does with the console, in headless Chromium."""

from __future__ import annotations

import http.server
import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from wecom_mock.caller import Caller
from wecom_mock.clock import Clock
from wecom_mock.server import MockServer
from wecom_openapi import TaskResults, WeCom

Open = Callable[..., Page]
Picture = Callable[[Page, str], None]
SHARED = "wmDemoSharedChattedWithLisiAAAAA"
PAGES = ("", "company", "calls", "faults", "settings")
TASK: dict[str, Any] = {
    "sender": "lisi",
    "external_userid": [SHARED],
    "text": {"content": "您好！新品上市，欢迎到店体验。\n本周六下午有茶话会。"},
    "attachments": [
        {
            "msgtype": "link",
            "link": {
                "title": "春季新品目录",
                "desc": "二十四款新茶",
                "url": "https://example.com/spring?x=1&y=2",
            },
        },
        {"msgtype": "image", "image": {"media_id": "MEDIA_ID"}},
        {
            "msgtype": "miniprogram",
            "miniprogram": {
                "title": "预约到店",
                "pic_media_id": "MEDIA_ID",
                "appid": "wx1",
                "page": "/pages/book",
            },
        },
        {"msgtype": "video", "video": {"media_id": "VIDEO_ID"}},
        {"msgtype": "file", "file": {"media_id": "FILE_ID"}},
    ],
}


@pytest.fixture
def caller(server: MockServer, clock: Clock) -> Caller:
    return Caller(server.state, clock)


def create(caller: Caller, **more: Any) -> str:
    answer = caller.call("add_msg_template", {**TASK, **more})
    assert answer.errcode == 0, answer.body
    return str(answer.body["msgid"])


@pytest.fixture
def waiting(server: MockServer, caller: Caller) -> Iterator[tuple[str, Future[TaskResults]]]:
    """A task, and a client that waits for its results."""
    msgid = create(caller)
    with (
        WeCom("wwdemo", "demo", base_url=server.base_url) as client,
        ThreadPoolExecutor(1) as pool,
    ):
        yield (
            msgid,
            pool.submit(client.wait_for_results, msgid, deadline=60, interval=0.05, longest_interval=0.1),
        )


def settled(results: TaskResults) -> list[int]:
    return [int(one.status) for one in results.recipients]


class TestTheFlow:
    def test_a_task_is_confirmed_and_the_client_that_waits_goes_on(
        self, open_page: Open, waiting: tuple[str, Future[TaskResults]], picture: Picture
    ) -> None:
        msgid, future = waiting
        page = open_page("")
        expect(page.get_by_role("heading", name="Phone of lisi")).to_be_visible()
        expect(page.locator(".bubble")).to_have_text(TASK["text"]["content"])
        expect(page.locator(".card")).to_have_count(5)
        picture(page, "flow-1-before")
        assert not future.done()
        page.get_by_role("button", name="Confirm and send").click()
        expect(page.get_by_role("status")).to_have_text("Confirmed: the message was sent.")
        expect(page.locator("article .chip.sent")).to_have_count(1)
        assert settled(future.result(60)) == [1]
        picture(page, "flow-2-confirmed")
        assert page.locator(f"#confirm-{msgid}").count() == 0

    def test_without_a_script_too(
        self, open_page: Open, waiting: tuple[str, Future[TaskResults]], picture: Picture
    ) -> None:
        _, future = waiting
        page = open_page("", java_script_enabled=False)
        page.get_by_role("button", name="Confirm and send").click()
        expect(page.get_by_role("status")).to_have_text("Confirmed: the message was sent.")
        assert settled(future.result(60)) == [1]
        picture(page, "flow-without-script")

    def test_with_the_keyboard_alone(
        self, open_page: Open, waiting: tuple[str, Future[TaskResults]], picture: Picture
    ) -> None:
        msgid, future = waiting
        page = open_page("")
        page.keyboard.press("Tab")
        # The first thing is the way past everything that is on every page.
        expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
        page.keyboard.press("Enter")
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id") == f"confirm-{msgid}":
                break
        button = page.locator(f"#confirm-{msgid}")
        expect(button).to_be_focused()
        assert button.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
        picture(page, "keyboard-focus")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_be_focused()
        assert settled(future.result(60)) == [1]

    @pytest.mark.parametrize(("button", "shown"), [("Ignore", "Ignored"), ("Refuse", "Refused")])
    def test_a_member_ignores_or_refuses(
        self, open_page: Open, server: MockServer, caller: Caller, button: str, shown: str
    ) -> None:
        msgid = create(caller)
        page = open_page("")
        page.get_by_role("button", name=button).click()
        expect(page.locator("article .phase")).to_have_text(re.compile(shown))
        expect(page.get_by_role("button", name="Confirm and send")).to_have_count(int(button == "Ignore"))
        assert server.state.tasks[msgid].assignments["lisi"].declined == shown.lower()


class TestThePageIsAlive:
    def test_a_new_task_and_its_call_appear_by_themselves(self, open_page: Open, caller: Caller) -> None:
        page = open_page("?member=lisi")
        expect(page.get_by_text("No message yet")).to_be_visible()
        create(caller)
        expect(page.locator("article.waiting")).to_be_visible(timeout=15_000)
        expect(page.locator(".log li.ok").first).to_contain_text("add_msg_template")
        caller.call("add_msg_template", {"sender": "lisi", "text": {"content": "x" * 4001}})
        expect(page.locator(".log li.broken mark")).to_have_text("text.content.max-bytes", timeout=15_000)

    def test_what_is_open_and_focused_stays_so_meanwhile(self, open_page: Open, caller: Caller) -> None:
        msgid = create(caller)
        page = open_page("?member=lisi")
        row = page.locator("#call-2")
        row.locator("summary").click()
        expect(row.locator("pre").first).to_be_visible()
        page.locator(f"#refuse-{msgid}").focus()
        create(caller)
        expect(page.locator("article.waiting")).to_have_count(2, timeout=15_000)
        expect(row.locator("pre").first).to_be_visible()
        expect(page.locator(f"#refuse-{msgid}")).to_be_focused()

    def test_what_is_being_typed_stays(self, open_page: Open, caller: Caller) -> None:
        page = open_page("company")
        field = page.get_by_role("group", name="Add a member").get_by_role("textbox")
        field.fill("half a na")
        caller.state.fill_quota(SHARED, 1795320000)
        expect(page.locator(".quota.full")).to_have_count(1, timeout=15_000)
        expect(field).to_have_value("half a na")

    def test_the_clock_is_moved(self, open_page: Open, clock: Clock) -> None:
        page = open_page("")
        page.get_by_role("button", name="+1 day").click()
        expect(page.locator("#clock")).to_have_text("2026-11-23 12:00:00")
        assert clock() == 1795406400

    def test_a_fault_is_switched_on_and_off(self, open_page: Open, caller: Caller) -> None:
        page = open_page("faults")
        page.get_by_label("Operation").select_option("add_msg_template")
        page.get_by_label("errcode", exact=True).fill("45009")
        page.locator("#on-errcode").click()
        expect(page.locator("#on-errcode")).to_have_attribute("aria-pressed", "true")
        assert caller.call("add_msg_template", TASK).errcode == 45009
        # It was for one call.
        expect(page.get_by_text("No fault is switched on")).to_be_visible(timeout=15_000)
        page.get_by_label("Times").fill("")
        page.locator("#on-html-502").click()
        page.get_by_role("button", name="Switch off: html-502").click()
        expect(page.get_by_role("status")).to_have_text("Switched off.")
        assert caller.call("add_msg_template", TASK).errcode == 0

    def test_nonsense_is_said_and_what_was_there_stays(self, open_page: Open, server: MockServer) -> None:
        page = open_page("company")
        box = page.get_by_role("group", name="Add a customer", exact=True)
        box.get_by_label("Id").fill("wmNew")
        box.get_by_label("Customer of").fill("nobody")
        box.get_by_role("button").click()
        expect(page.get_by_role("alert")).to_contain_text("no member nobody")
        expect(page.get_by_role("alert")).to_be_focused()
        assert "wmNew" not in server.state.company.customers


class TestLanguages:
    def test_the_browsers_language_and_the_switch(
        self, open_page: Open, caller: Caller, picture: Picture
    ) -> None:
        create(caller)
        page = open_page("", locale="zh-CN")
        expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
        expect(page.get_by_role("button", name="确认发送")).to_be_visible()
        picture(page, "desk-zh")
        page.get_by_role("link", name="English").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page).to_have_title("Phones · WeCom mock")
        page.get_by_role("button", name="Confirm and send").click()
        # The choice outlives a press and a walk to another page.
        expect(page.get_by_role("status")).to_have_text("Confirmed: the message was sent.")
        page.get_by_role("link", name="Company").click()
        expect(page.get_by_role("heading", name="Company", level=1)).to_be_visible()
        page.get_by_role("link", name="中文").click()
        expect(page.get_by_role("heading", name="企业", level=1)).to_be_visible()


def lively(caller: Caller) -> None:
    state = caller.state
    create(caller)
    state.confirm(
        create(caller, sender="zhangsan", text={"content": "明天门店休息一天。"}), "zhangsan", caller.clock()
    )
    create(caller, sender="zhangsan")
    caller.call("add_msg_template", {**TASK, "text": {"content": "字" * 1400}})
    caller.call("add_msg_template", {**TASK, "sender": "nobody"})
    caller.call("add_moment_task", {"text": {"content": "今天的茶席"}})
    state.fill_quota(SHARED, caller.clock())
    state.fail_next("gettoken", -1, times=3)


CONTRAST = """() => {
  const numbers = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = element => {
    for (let one = element; one; one = one.parentElement) {
      const found = numbers(getComputedStyle(one).backgroundColor);
      if (found.length < 4 || found[3] === 1) return found;
    }
    return [255, 255, 255];
  };
  const bad = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility() || element.closest('.picture, .thumb')) continue;
    const [a, b] = [light(numbers(getComputedStyle(element).color)), light(behind(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) bad.push([walker.currentNode.data.trim().slice(0, 30), element.className, ratio]);
  }
  return bad;
}"""


class TestItCanBeRead:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize(("kind", "width"), [("wide", 1360), ("phone", 360)])
    def test_on_every_screen_by_day_and_night(
        self, open_page: Open, caller: Caller, picture: Picture, scheme: str, kind: str, width: int
    ) -> None:
        lively(caller)
        for name in PAGES:
            page = open_page(
                f"{name}?member=zhangsan" if name == "" else name,
                viewport={"width": width, "height": 800},
                color_scheme=scheme,
                locale="zh-CN" if scheme == "dark" else "en-GB",
            )
            picture(page, f"{name or 'desk'}-{kind}-{scheme}")
            # Nothing has to be pushed sideways, and every text stands out from what is behind it.
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            assert page.evaluate(CONTRAST) == [], name
            small = page.locator("button:visible, nav a:visible").evaluate_all(
                "all => all.filter(one => one.getBoundingClientRect().height < 38).map(one => one.textContent)"
            )
            assert small == [], name


class TestOtherSites:
    HOSTILE = (
        "<script>alert(1)</script>",
        '"><img src=https://evil.invalid/x onerror=alert(1)>',
        "<iframe src=javascript:alert(1)>",
        '<b hx-get="/_mock/do/reset" hx-trigger="load">',
        "<style>*{display:none}</style>",
    )

    def test_hostile_texts_run_nothing_and_ask_for_nothing(self, open_page: Open, caller: Caller) -> None:
        link = {"title": "".join(self.HOSTILE)[:100], "url": "https://evil.invalid/" + self.HOSTILE[1]}
        for text in self.HOSTILE:
            create(caller, text={"content": text}, attachments=[{"msgtype": "link", "link": link}])
            caller.send("GET", "/" + text)
        page = open_page("?member=lisi")
        for text in self.HOSTILE:
            expect(page.locator(".bubble").get_by_text(text, exact=True)).to_be_visible()
        page.goto(page.url.replace("?member=lisi", "calls"))
        expect(page.locator(".log li.page")).to_have_count(len(self.HOSTILE))

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
    def test_a_page_of_another_site_confirms_nothing(
        self, open_page: Open, server: MockServer, caller: Caller, host: str
    ) -> None:
        msgid = create(caller)
        source = (
            f"<form method=post action='{server.base_url}/_mock/do/confirm'>"
            f"<input name=msgid value='{msgid}'><input name=userid value=lisi><button>win</button></form>"
        ).encode()

        class Site(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(source)))
                self.end_headers()
                self.wfile.write(source)

            def log_message(self, *_: object) -> None:
                pass

        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site) as site:
            threading.Thread(target=site.serve_forever, daemon=True).start()
            own = open_page("")
            context = own.context
            page = context.new_page()
            page.goto(f"http://{host}:{site.server_port}/")
            with page.expect_response(re.compile("/do/confirm")) as found:
                page.get_by_role("button").click()
            assert found.value.status == 403
            site.shutdown()
        assert server.state.tasks[msgid].assignments["lisi"].status == 0
