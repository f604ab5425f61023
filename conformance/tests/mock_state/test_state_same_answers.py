"""The same calls, drawn at random, on a state in memory and on one in a file that is restarted in between."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from wecom_conformance.budget import SEED, examples
from wecom_contract import OPERATIONS
from wecom_mock import State, demo_company
from wecom_mock.caller import Caller
from wecom_mock.persistence import StoredState, open_state
from wecom_mock.settings import Settings

Act = Callable[[State, float], object]

NOW = 1795320000.0
STEPS = 250
MEMBERS = ("zhangsan", "lisi", "wangwu", "lisi2", "nobody")
CUSTOMERS = (*demo_company().customers, "wmUnknownToEverybody")
GROUPS = (*demo_company().groups, "wrUnknown")
TAGS = (*sorted(demo_company().tags), "etUnknown")
SECRETS = ("demo",) * 9 + ("demo-sales", "demo-hr", "wrong")
TASKS = "msgid"
SETTINGS = (
    Settings(),
    Settings(quota_policy="per-day-1", check_media=True, group_result_rows="all", moments_per_minute=None),
    Settings.preset("observed-2026"),
    Settings(dispatch_seconds=5, moment_dispatch_seconds=20, images_per_day=2, quota_policy="per-month-4"),
)


class Drawn:
    """Steps drawn from a seed; the ids in answers are taken up, so that later steps can name them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.known: dict[str, list[Any]] = {}
        self.steps: tuple[Callable[[], Act], ...] = (
            *(
                self.token,
                self.token,
                self.add,
                self.add,
                self.add,
                self.list,
                self.list,
                self.of_task,
                self.of_task,
                self.confirm,
            ),
            *(
                self.token,
                self.suite,
                self.contacts,
                self.welcome,
                self.template,
                self.moment,
                self.of_moment,
            ),
            *(self.upload, self.refused, self.people, self.people, self.tokens_gone),
        )

    def learn(self, answer: object) -> None:
        if isinstance(answer, Mapping):
            for name, value in answer.items():
                if isinstance(value, str) and value and name not in ("errmsg", "type"):
                    self.known.setdefault(name, []).append(value)
                elif isinstance(value, dict | list):
                    self.learn(value)
        elif isinstance(answer, list):
            for one in answer:
                self.learn(one)

    def old(self, name: str) -> str:
        """An id of an answer, rather a new one; sometimes one that nobody has seen."""
        found = self.known.get(name)
        if not found or self.random.random() < 0.05:
            return f"unknown-{name}"
        return str(self.random.choice(found[-5:] if self.random.random() < 0.7 else found))

    def newest(self, kind: str) -> str:
        """The token that was handed out last, mostly."""
        return self.known[kind][-1] if kind in self.known and not self.chance(0.03) else self.old(kind)

    def some(self, choices: tuple[str, ...], most: int = 3) -> list[str]:
        return self.random.choices(choices, k=self.random.randint(1, most))

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def call(self, operation: str, body: dict[str, Any] | bytes) -> Act:
        token = self.newest(OPERATIONS[operation].auth or "")
        content_type = self.random.randbytes(3)

        def act(state: State, now: float) -> object:
            caller = Caller(state, lambda: now)
            sent = body
            if isinstance(body, dict) and "media" in body:
                sent = {**body, "media": {**body["media"], "content": content_type * 100}}
            answer = caller.call(operation, sent, token=token)
            return answer.status, dict(answer.headers), answer.content, dict(answer.body)

        return act

    def step(self) -> Act:
        return self.random.choice(self.steps)()

    def text(self) -> dict[str, str]:
        return {"content": self.random.choice(("你好", "hello", "🎉 新品", "a\u0301\u2028"))}

    def attachments(self) -> list[dict[str, Any]]:
        ids = ("MEDIA_ID", self.old("media_id"))
        kinds = self.random.choices(("image", "file", "video"), k=self.random.randint(0, 2))
        return [{"msgtype": kind, kind: {"media_id": self.random.choice(ids)}} for kind in kinds]

    def add(self) -> Act:
        body: dict[str, Any] = {"text": self.text(), "attachments": self.attachments()}
        if self.chance(0.3):
            body |= {"chat_type": "group"}
            body |= {"chat_id_list": self.some(GROUPS)} if self.chance(0.5) else {}
            body |= {"sender": self.random.choice(MEMBERS)} if self.chance(0.8) else {}
            return self.call("add_msg_template", body)
        if self.chance(0.6):
            body["sender"] = self.random.choice(MEMBERS)
        if self.chance(0.6):
            body["external_userid"] = self.some(CUSTOMERS, 5)
        elif self.chance(0.5):
            body["tag_filter"] = {"group_list": [{"tag_list": self.some(TAGS)}]}
        return self.call("add_msg_template", body)

    def list(self) -> Act:
        body: dict[str, Any] = {
            "chat_type": self.random.choice(("single", "single", "group")),
            "start_time": int(NOW) - self.random.choice((0, 100)),
            "end_time": int(NOW) + self.random.choice((500, 20 * 86400)),
            "limit": self.random.choice((1, 2, 5, 50, 500)),
        }
        body |= {"creator": self.random.choice(MEMBERS)} if self.chance(0.2) else {}
        body |= {"filter_type": self.random.choice((0, 1, 2))} if self.chance(0.3) else {}
        operation = self.random.choice(("get_groupmsg_list_v2", "get_groupmsg_list_v2", "get_moment_list"))
        if operation == "get_moment_list":
            del body["chat_type"]
            body["limit"] = min(body["limit"], 20)

        token = self.newest("access_token")

        def act(state: State, now: float) -> object:
            # To the end: the cursor of each page is that of this very list.
            pages: list[object] = []
            cursor = ""
            while True:
                asked = {**body, "cursor": cursor}
                answer = Caller(state, lambda: now).call(operation, asked, token=token)
                pages.append((answer.status, dict(answer.headers), answer.content, dict(answer.body)))
                cursor = answer.body.get("next_cursor", "")
                if not cursor or len(pages) > 100:
                    return pages

        return act

    def of_task(self) -> Act:
        body: dict[str, Any] = {"msgid": self.old(TASKS)}
        operation = self.random.choice(
            ("get_groupmsg_task", "get_groupmsg_send_result", "remind_groupmsg_send", "cancel_groupmsg_send")
        )
        if operation == "get_groupmsg_send_result":
            body |= {"userid": self.random.choice(MEMBERS), "limit": self.random.choice((1, 500))}
        return self.call(operation, body)

    def confirm(self) -> Act:
        msgid, userid = self.old(TASKS), self.random.choice(MEMBERS)
        return lambda state, now: state.confirm(msgid, userid, now)

    def token(self) -> Act:
        return self.call("gettoken", {"corpid": "wwdemo", "corpsecret": self.random.choice(SECRETS)})

    def suite(self) -> Act:
        if self.chance(0.5):
            body = {"auth_corpid": "wwdemo", "permanent_code": "demo-permanent"}
            return self.call("get_corp_token", body)
        ticket = self.old("ticket") if self.chance(0.5) else "demo-ticket"
        body = {"suite_id": "wwdemosuite", "suite_secret": "demo-suite", "suite_ticket": ticket}
        return self.call("get_suite_token", body)

    def contacts(self) -> Act:
        match self.random.randrange(4):
            case 0:
                return self.call("externalcontact_list", {"userid": self.random.choice(MEMBERS)})
            case 1:
                return self.call("batch_get_by_user", {"userid_list": self.some(MEMBERS), "limit": 2})
            case 2:
                return self.call("groupchat_list", {"limit": 2})
            case _:
                return self.call("get_corp_tag_list", {"tag_id": self.some(TAGS)})

    def welcome(self) -> Act:
        return self.call("send_welcome_msg", {"welcome_code": self.old("welcome_code"), "text": self.text()})

    def template(self) -> Act:
        known = {"template_id": self.old("template_id")}
        match self.random.randrange(4):
            case 0:
                return self.call("group_welcome_template_add", {"text": self.text()})
            case 1:
                return self.call("group_welcome_template_edit", {**known, "text": self.text()})
            case 2:
                return self.call("group_welcome_template_get", known)
            case _:
                return self.call("group_welcome_template_del", known)

    def moment(self) -> Act:
        ranges: dict[str, Any] = {}
        if self.chance(0.5):
            ranges["sender_list"] = {"user_list": self.some(MEMBERS), "department_list": [2, 9]}
        if self.chance(0.3):
            ranges["external_contact_list"] = {"tag_list": self.some(TAGS)}
        return self.call("add_moment_task", {"text": self.text(), "visible_range": ranges})

    def of_moment(self) -> Act:
        moment = {"moment_id": self.old("moment_id")}
        match self.random.randrange(4):
            case 0:
                return self.call("get_moment_task_result", {"jobid": self.old("jobid")})
            case 1:
                return self.call("get_moment_task", moment)
            case 2:
                return self.call("get_moment_send_result", {**moment, "userid": self.random.choice(MEMBERS)})
            case _:
                return self.call("cancel_moment_task", moment)

    def upload(self) -> Act:
        if self.chance(0.5):
            return self.call("media_uploadimg", {"media": {"filename": "图.png"}})
        kind = self.random.choice(("image", "file", "video"))
        return self.call("media_upload", {"type": kind, "media": {"filename": "图.png"}})

    def refused(self) -> Act:
        return self.call("add_msg_template", self.random.choice((b"", b"{", b'{"text":{}}', b"[]")))

    def people(self) -> Act:
        userid, customer = self.random.choice(MEMBERS), self.random.choice(CUSTOMERS)
        moment = self.old("moment_id")
        acts: tuple[Act, ...] = (
            lambda state, now: state.send_personally(userid, "各位好", now),
            lambda state, now: state.publish_moment(moment, userid, now),
            lambda state, now: state.post_moment(userid, "晒图", now),
            lambda state, now: {"welcome_code": state.welcome_code(userid, customer, now)},
            lambda state, now: {"welcome_code": state.welcome_code(userid, customer, now)},
            lambda state, _: state.start_chat(userid, customer),
            lambda state, now: {"ticket": state.push_ticket("wwdemosuite", now)},
            lambda state, _: state.unfriend(userid, customer) if customer.startswith("wmDemo") else None,
        )
        return self.random.choice(acts)

    def tokens_gone(self) -> Act:
        acts: tuple[tuple[float, Act], ...] = (
            (4, lambda state, _: state.revoke_tokens("sales")),
            (0.5, lambda state, _: state.revoke_tokens()),
            (1, lambda state, _: state.revoke_suite_tokens()),
            (0.3, lambda state, _: state.reset()),
        )
        return self.random.choices([act for _, act in acts], [weight for weight, _ in acts])[0]


def outcome(act: Act, state: State, now: float) -> object:
    try:
        return act(state, now)
    except (LookupError, ValueError) as error:
        return type(error).__name__, str(error)


def content(state: State) -> dict[str, object]:
    """All that a state holds, in its order."""
    return {
        "company": state.company,
        "tokens": list(state.tokens.items()),
        "tasks": list(state.tasks.items()),
        "moments": list(state.moments.by_id.items()),
        "jobs": list(state.moments.jobs.items()),
        "recent": state.moments.recent,
        "ledger": list(state.ledger.counts.items()),
        "codes": list(state.welcome.codes.items()),
        "sent": list(state.welcome.sent),
        "templates": list(state.welcome.templates.items()),
        "tickets": list(state.suites.tickets.items()),
        "suite tokens": list(state.suites.tokens.items()),
        "files": list(state.media.files.items()),
        "images": list(state.media.images.items()),
        "counts": list(state.media.counts.items()),
        "minted": list(state._minted.items()),
    }


def restarted(state: StoredState, place: Path, settings: Settings, *, kill: bool) -> tuple[StoredState, Path]:
    """The state as a new process finds it: after a clean end, or with the files as they lie there in the middle."""
    if kill:
        after = place.with_name(f"{place.stem}x.sqlite")
        for suffix in ("", "-wal"):
            shutil.copy(f"{place}{suffix}", f"{after}{suffix}")
        state.close()
        return open_state(after, settings=settings), after
    state.close()
    return open_state(place, settings=settings), place


@pytest.mark.parametrize("number", range(min(examples(6), 60)))
def test_the_answers_are_the_same(number: int, tmp_path: Path) -> None:
    drawn = Drawn(SEED * 1000 + number)
    settings = SETTINGS[number % len(SETTINGS)]
    place = tmp_path / "s.sqlite"
    memory = State(settings=settings)
    stored = open_state(place, settings=settings)
    now = NOW
    done: dict[str, int] = {}
    for step in range(STEPS):
        act = drawn.step()
        expected = outcome(act, memory, now)
        assert outcome(act, stored, now) == expected, f"step {step}"
        if isinstance(expected, Mapping):
            drawn.learn(expected)
        if isinstance(expected, tuple) and len(expected) == 4:
            drawn.learn(expected[3])
            done[str(expected[3].get("errcode"))] = done.get(str(expected[3].get("errcode")), 0) + 1
        now += drawn.random.choice((0, 0.5, 1, 30, 600, 40000 if drawn.chance(0.03) else 3))
        if drawn.chance(0.1):
            stored, place = restarted(stored, place, settings, kill=drawn.chance(0.5))
    stored, place = restarted(stored, place, settings, kill=True)
    assert content(stored) == content(memory)
    stored.close()
    # The draw reached the behaviours, and not the door of them alone.
    assert done["0"] > 40, done
    assert len(done) > 5, done
