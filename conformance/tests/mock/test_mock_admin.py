"""The admin API: through every door, held against its own description, and deaf to nonsense and to other sites."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import attrs
import httpx
import jsonschema_rs
import openapi_spec_validator
import pytest
from admin_doors import DOORS, door

from wecom_contract import OPERATIONS
from wecom_mock import Settings, State, guard, handle
from wecom_mock.admin_api import BASE, HANDLERS, description, raw_description
from wecom_mock.caller import Caller
from wecom_mock.clock import Clock
from wecom_mock.faults import KINDS
from wecom_mock.wire import Request

START = 1795320000.0
OWN = {"X-Mock-Admin": "1"}
LIMIT_OF_BODY = 70_000
SHARED = "wmDemoSharedChattedWithLisiAAAAA"
ONLY_LISI = "wmCB22A6F6B4086E3513984E26BD8D4A"
GROUP = "wrDemoGroupOfWangwuAAAAAAAAAA"


class Admin:
    """The API behind one door; every answer is held against the description."""

    def __init__(self, send: Any) -> None:
        self._send = send

    def send(self, method: str, path: str, **more: Any) -> httpx.Response:
        found: httpx.Response = self._send(method, path, **more)
        return found

    def get(self, path: str, **query: Any) -> dict[str, Any]:
        return self._checked("get", path, self.send("GET", BASE + path, params=query))

    def post(self, path: str, body: object = None) -> dict[str, Any]:
        return self._checked("post", path, self.send("POST", BASE + path, json=body or {}, headers=OWN))

    def refused(self, path: str, body: object, status: int = 400) -> str:
        answer = self.send("POST", BASE + path, json=body, headers=OWN)
        assert answer.status_code == status, answer.text
        return str(self._checked("post", path, answer, status)["error"])

    def _checked(self, method: str, path: str, answer: httpx.Response, status: int = 200) -> dict[str, Any]:
        assert answer.status_code == status, answer.text
        assert answer.headers["cache-control"] == "no-store"
        document = description()
        told = document["paths"][path][method]["responses"][str(status)]
        schema = told["content"]["application/json"]["schema"]
        validator = jsonschema_rs.Draft202012Validator({**schema, "components": document["components"]})
        found: dict[str, Any] = answer.json()
        assert [error.message for error in validator.iter_errors(found)] == []
        return found


@pytest.fixture
def clock() -> Clock:
    return Clock(START)


@pytest.fixture
def state() -> State:
    return State(settings=Settings(max_body_bytes=LIMIT_OF_BODY))


@pytest.fixture(params=DOORS)
def admin(request: pytest.FixtureRequest, state: State, clock: Clock) -> Iterator[Admin]:
    with door(request.param, state, clock) as send:
        yield Admin(send)


@pytest.fixture
def inside(state: State, clock: Clock) -> Iterator[Admin]:
    """Through the quickest door."""
    with door("in process", state, clock) as send:
        yield Admin(send)


@pytest.fixture
def caller(state: State, clock: Clock) -> Caller:
    return Caller(state, clock)


def create(caller: Caller, *recipients: str, sender: str = "lisi", text: str = "hello") -> str:
    body = {"sender": sender, "external_userid": list(recipients) or [SHARED], "text": {"content": text}}
    return str(caller.call("add_msg_template", body).body["msgid"])


class TestTheDescription:
    def test_it_is_valid(self) -> None:
        openapi_spec_validator.validate(json.loads(raw_description()))

    def test_it_names_the_operations_that_there_are(self) -> None:
        listed = [
            operation["operationId"]
            for methods in description()["paths"].values()
            for operation in methods.values()
        ]
        assert sorted(listed) == sorted(HANDLERS)
        assert len(set(HANDLERS.values())) == len(HANDLERS)

    def test_it_has_every_setting_with_values_that_the_settings_take(self) -> None:
        names = {one.name for one in attrs.fields(Settings)}
        schemas = description()["components"]["schemas"]
        assert set(schemas["Settings"]["properties"]) == names
        assert set(schemas["SettingsChange"]["properties"]) == names
        for name, schema in schemas["SettingsChange"]["properties"].items():
            for value in schema.get("enum", []):
                assert getattr(Settings(**{name: value}), name) == value

    def test_it_has_every_kind_of_fault(self) -> None:
        schemas = description()["components"]["schemas"]
        assert schemas["FaultChange"]["properties"]["kind"]["enum"] == list(KINDS)

    def test_it_is_served_as_it_is(self, admin: Admin) -> None:
        answer = admin.send("GET", f"{BASE}/openapi.json")
        assert answer.content == raw_description()
        assert answer.headers["content-type"].startswith("application/json")

    def test_every_parameter_is_typed_and_bounded(self) -> None:
        """Text has a length, a list a size, a number two ends, an object no unknown members."""

        def unbounded(schema: dict[str, Any], path: str) -> Iterator[str]:
            if "$ref" in schema:
                name = schema["$ref"].rpartition("/")[2]
                yield from unbounded(description()["components"]["schemas"][name], name)
            for number, part in enumerate(schema.get("allOf", [])):
                yield from unbounded(part, f"{path}.{number}")
            kind = schema.get("type")
            kinds = set(kind if isinstance(kind, list) else [kind]) - {"null"}
            needed = {
                "string": {"maxLength"},
                "array": {"items", "maxItems"},
                "integer": {"minimum", "maximum"},
                "number": {"minimum", "maximum"},
                "object": {"properties", "additionalProperties"},
            }
            for one in kinds & set(needed):
                if "enum" not in schema and needed[one] - set(schema):
                    yield path
            if not (kinds - {None}) and not {"$ref", "allOf", "enum"} & set(schema):
                yield path
            for name, part in schema.get("properties", {}).items():
                yield from unbounded(part, f"{path}.{name}")
            if "items" in schema:
                yield from unbounded(schema["items"], f"{path}[]")

        for path, methods in description()["paths"].items():
            for operation in methods.values():
                for parameter in operation.get("parameters", []):
                    assert list(unbounded(parameter["schema"], path)) == []
                if "requestBody" in operation:
                    schema = operation["requestBody"]["content"]["application/json"]["schema"]
                    assert list(unbounded(schema, path)) == []


class TestPeople:
    def test_a_member_confirms(self, admin: Admin, caller: Caller, state: State) -> None:
        msgid = create(caller)
        task = admin.post("/tasks/confirm", {"msgid": msgid, "userid": "lisi"})
        (member,) = task["members"]
        assert (member["status"], member["send_time"]) == (2, int(START))
        assert member["deliveries"] == [{"target": SHARED, "status": 1, "send_time": int(START)}]
        answer = caller.call("get_groupmsg_send_result", {"msgid": msgid, "userid": "lisi"})
        assert answer.body["send_list"][0]["status"] == 1

    def test_what_was_ignored_can_be_confirmed_and_what_was_refused_not(
        self, admin: Admin, caller: Caller
    ) -> None:
        first, second = create(caller), create(caller)
        ignored = admin.post("/tasks/ignore", {"msgid": first, "userid": "lisi"})
        assert ignored["members"][0]["declined"] == "ignored"
        refused = admin.post("/tasks/refuse", {"msgid": second, "userid": "lisi"})
        assert refused["members"][0]["declined"] == "refused"
        for msgid in (first, second):
            # The API knows neither.
            rows = caller.call("get_groupmsg_task", {"msgid": msgid}).body["task_list"]
            assert [row["status"] for row in rows] == [0]
        confirmed = admin.post("/tasks/confirm", {"msgid": first, "userid": "lisi"})
        assert confirmed["members"][0]["declined"] is None
        for operation in ("confirm", "ignore", "refuse"):
            why = admin.refused(f"/tasks/{operation}", {"msgid": second, "userid": "lisi"})
            assert why == f"lisi refused {second}"
            why = admin.refused(f"/tasks/{operation}", {"msgid": first, "userid": "lisi"})
            assert why == f"lisi already confirmed {first}"

    def test_tasks_are_listed_newest_first_and_one_is_shown_whole(
        self, inside: Admin, caller: Caller
    ) -> None:
        made = [create(caller, text=f"number {number}") for number in range(3)]
        listed = inside.get("/tasks", limit=2)
        assert [task["msgid"] for task in listed["tasks"]] == [made[2], made[1]]
        assert listed["total"] == 3
        assert "body" not in listed["tasks"][0]
        assert "deliveries" not in listed["tasks"][0]["members"][0]
        assert inside.get("/task", msgid=made[0])["body"]["text"] == {"content": "number 0"}

    def test_a_customer_leaves(self, admin: Admin, caller: Caller) -> None:
        msgid = create(caller)
        admin.post("/customers/leave", {"userid": "lisi", "external_userid": SHARED})
        task = admin.post("/tasks/confirm", {"msgid": msgid, "userid": "lisi"})
        assert task["members"][0]["deliveries"][0]["status"] == 2
        why = admin.refused("/customers/leave", {"userid": "lisi", "external_userid": SHARED})
        assert why == f"{SHARED} is no customer of lisi"

    def test_a_quota_is_used_up_and_given_back(self, admin: Admin, caller: Caller) -> None:
        assert admin.post("/quota/fill", {"target": SHARED})["used"] == 30
        row = next(one for one in admin.get("/quota")["quota"] if one["target"] == SHARED)
        assert (row["used"], row["limit"], row["kind"], row["period"]) == (30, 30, "customer", "2026-11")
        msgid = create(caller, SHARED, ONLY_LISI)
        task = admin.post("/tasks/confirm", {"msgid": msgid, "userid": "lisi"})
        assert [one["status"] for one in task["members"][0]["deliveries"]] == [3, 1]
        assert admin.post("/quota/clear", {"target": SHARED})["used"] == 0
        assert admin.post("/quota/fill", {"target": GROUP})["kind"] == "group"
        admin.post("/settings", {"quota_policy": "unlimited"})
        assert "nothing to fill" in admin.refused("/quota/fill", {"target": SHARED})

    def test_a_welcome_code_is_handed_out_and_dies_after_20_seconds(
        self, admin: Admin, caller: Caller
    ) -> None:
        asked = {"userid": "lisi", "external_userid": SHARED}
        late, good = (admin.post("/welcome-codes", asked) for _ in range(2))
        assert good["expires"] == START + 20
        admin.post("/clock", {"move": 19})
        body = {"text": {"content": "welcome"}}
        answer = caller.call("send_welcome_msg", {"welcome_code": good["welcome_code"], **body})
        assert answer.errcode == 0
        admin.post("/clock", {"move": 1})
        answer = caller.call("send_welcome_msg", {"welcome_code": late["welcome_code"], **body})
        assert answer.errcode == 41050

    def test_a_moment_is_published(self, admin: Admin, caller: Caller, state: State) -> None:
        caller.call("add_moment_task", {"text": {"content": "x"}})
        (moment_id,) = state.moments.by_id
        shown = admin.post("/moments/publish", {"moment_id": moment_id, "userid": "lisi"})
        assert shown["published"] == ["lisi"]
        assert admin.get("/moments")["moments"] == [shown]
        why = admin.refused("/moments/publish", {"moment_id": moment_id, "userid": "lisi"})
        assert "already published" in why


class TestTheMachine:
    def test_tokens_are_revoked(self, admin: Admin, caller: Caller) -> None:
        token = caller.token()
        assert admin.post("/tokens/revoke", {"app": "sales"}) == {"revoked": 0}
        assert admin.post("/tokens/revoke", {"app": "demo"}) == {"revoked": 1}
        answer = caller.call("get_groupmsg_task", {"msgid": "x"}, token=token)
        assert answer.errcode == 40014
        caller.token()
        caller.suite_token()
        assert admin.post("/tokens/revoke") == {"revoked": 1}
        assert admin.post("/suites/tokens/revoke", {"suite_id": "wwdemosuite"}) == {"revoked": 1}

    def test_a_ticket_is_pushed(self, admin: Admin, caller: Caller) -> None:
        pushed = admin.post("/suites/ticket", {"suite_id": "wwdemosuite"})
        assert pushed["expires"] == START + 1800
        body = {
            "suite_id": "wwdemosuite",
            "suite_secret": "demo-suite",
            "suite_ticket": pushed["suite_ticket"],
        }
        assert caller.call("get_suite_token", body).errcode == 0
        asked = {"suite_id": "wwdemosuite", "ticket": "mine"}
        assert admin.post("/suites/ticket", asked)["suite_ticket"] == "mine"

    def test_the_clock_is_moved_and_set(self, admin: Admin, clock: Clock) -> None:
        told = {"now": START, "utc": "2026-11-22T04:00:00Z", "movable": True}
        assert admin.get("/clock") == told
        assert admin.post("/clock", {"move": 7200.5})["now"] == START + 7200.5
        assert clock() == START + 7200.5
        assert admin.post("/clock", {"set": START})["now"] == START
        assert admin.post("/clock", {"move": -60})["now"] == START - 60

    def test_a_clock_of_the_machine_stays(self, state: State) -> None:
        reply = guardless(state, "POST", "/clock", {"move": 1})
        assert reply["error"] == "this mock goes by the clock of the machine, which it can't move"
        assert guardless(state, "GET", "/clock")["movable"] is False

    def test_settings_change_one_by_one(self, admin: Admin, state: State) -> None:
        before = admin.get("/settings")
        after = admin.post("/settings", {"dispatch_seconds": 5, "moments_per_minute": None})
        assert after == {**before, "dispatch_seconds": 5, "moments_per_minute": None}
        assert state.settings.dispatch_seconds == 5

    def test_calls_are_listed_from_a_number_on(self, admin: Admin, caller: Caller) -> None:
        create(caller, text="说")
        caller.call("add_msg_template", {"sender": "lisi", "text": {"content": ""}})
        listed = admin.get("/calls")
        assert listed["last"] == 4
        assert [one["number"] for one in listed["calls"]] == [1, 2, 3, 4]
        created, refused = listed["calls"][1], listed["calls"][3]
        assert created["body"]["text"] == {"content": "说"}
        assert list(created) == [
            *("number", "at", "operation", "method", "path", "query", "body"),
            *("status", "errcode", "answer", "rule", "path_broken", "reason", "warnings", "seconds"),
        ]
        assert (created["method"], created["path"]) == ("POST", OPERATIONS["add_msg_template"].path)
        assert created["query"].startswith("access_token=")
        assert (refused["rule"], refused["path_broken"]) == ("text.content.empty", "text.content")
        assert [one["number"] for one in admin.get("/calls", after=3)["calls"]] == [4]
        assert [one["number"] for one in admin.get("/calls", after=1, limit=2)["calls"]] == [3, 4]
        assert admin.get("/calls", after=4) == {"calls": [], "last": 4}
        # What is asked here is no call of the API.
        assert admin.get("/calls")["last"] == 4

    def test_a_fault_is_switched_on_and_off(self, admin: Admin, caller: Caller) -> None:
        asked = {"kind": "errcode", "operation": "add_msg_template", "errcode": 45009, "times": 2}
        (fault,) = admin.post("/faults", asked)["faults"]
        assert (fault["left"], fault["fired"]) == (2, 0)
        body = {"sender": "lisi", "external_userid": [SHARED], "text": {"content": "x"}}
        assert caller.call("add_msg_template", body).errcode == 45009
        assert admin.get("/faults")["faults"][0]["fired"] == 1
        admin.post("/faults", {"kind": "html-502"})
        (left,) = admin.post("/faults/remove", {"number": fault["number"]})["faults"]
        assert left["kind"] == "html-502"
        admin.post("/faults/clear")
        assert admin.get("/faults") == {"faults": []}
        assert "no fault 99" in admin.refused("/faults/remove", {"number": 99})

    def test_a_reset_forgets_what_calls_have_made(self, admin: Admin, caller: Caller) -> None:
        create(caller)
        admin.post("/company", {"members": ["newcomer"]})
        admin.post("/reset")
        assert admin.get("/tasks")["total"] == 0
        assert admin.get("/calls")["calls"] == []
        assert "newcomer" in admin.get("/company")["members"]


class TestTheCompany:
    def test_people_groups_and_tags_are_added_and_used(self, admin: Admin, caller: Caller) -> None:
        change = {
            "members": ["chen", "lisi"],
            "customers": [
                {
                    "external_userid": "wmNew",
                    "followed_by": ["chen", "lisi"],
                    "last_chat": "lisi",
                    "tags": ["etNew", "etLoose"],
                    "name": "新客户",
                }
            ],
            "groups": [{"chat_id": "wrNew", "owner": "chen"}],
            "tag_groups": [{"group_id": "gNew", "tags": [{"tag_id": "etNew", "name": "新"}]}],
        }
        company = admin.post("/company", change)
        assert company["members"] == ["zhangsan", "lisi", "wangwu", "lisi2", "chen"]
        assert company["customers"][-1]["last_chat"] == "lisi"
        assert company["groups"][-1] == {"chat_id": "wrNew", "owner": "chen", "status": 0}
        loose = {"group_id": "etTagsWithoutAGroup", "name": "未分组"}
        assert [group["group_id"] for group in company["tag_groups"]][-2:] == ["gNew", loose["group_id"]]
        body = {
            "sender": "chen",
            "tag_filter": {"group_list": [{"tag_list": ["etNew"]}, {"tag_list": ["etLoose"]}]},
            "text": {"content": "x"},
        }
        assert caller.call("add_msg_template", body).errcode == 0

    def test_what_is_there_is_changed_in_its_place(self, inside: Admin) -> None:
        before = inside.get("/company")["customers"]
        first = before[0]
        changed = {"external_userid": first["external_userid"], "followed_by": ["lisi"], "name": "other"}
        after = inside.post("/company", {"customers": [changed]})["customers"]
        assert [one["external_userid"] for one in after] == [one["external_userid"] for one in before]
        assert (after[0]["name"], after[0]["followed_by"], after[0]["last_chat"]) == (
            "other",
            ["lisi"],
            "lisi",
        )
        shown = {one["tag_id"]: one for one in inside.get("/company")["tag_groups"][0]["tags"]}
        tag_id = next(iter(shown))
        change = {"group_id": "etDemoGroupOfLevelsAAAAAAAAAA", "tags": [{"tag_id": tag_id, "deleted": True}]}
        after = inside.post("/company", {"tag_groups": [change]})["tag_groups"][0]
        assert [one["tag_id"] for one in after["tags"]] == list(shown)
        assert after["tags"][0]["deleted"] is True

    @pytest.mark.parametrize(
        ("change", "why"),
        [
            ({"customers": [{"external_userid": "x", "followed_by": ["nobody"]}]}, "no member nobody"),
            (
                {"customers": [{"external_userid": "x", "followed_by": ["lisi"], "last_chat": "wangwu"}]},
                "last_chat wangwu is not one of followed_by",
            ),
            ({"members": ["a"], "groups": [{"chat_id": "x", "owner": "nobody"}]}, "no member nobody"),
            (
                {"tag_groups": [{"group_id": "x", "tags": [{"tag_id": "ete19278asuMT123109rBAAAA"}]}]},
                "is in the group etDemoGroupOfLevelsAAAAAAAAAA",
            ),
        ],
    )
    def test_all_of_a_change_or_nothing(self, inside: Admin, change: dict[str, Any], why: str) -> None:
        before = inside.get("/company")
        assert why in inside.refused("/company", {"members": ["also-new"], **change})
        assert inside.get("/company") == before


NONSENSE: list[tuple[str, object, str]] = [
    ("/company", [], "object"),
    ("/company", {}, "property"),
    ("/company", {"member": ["x"]}, "member"),
    ("/company", {"members": ["x" * 257]}, "256"),
    ("/company", {"members": [""]}, "shorter"),
    ("/company", {"members": [1]}, "string"),
    ("/company", {"customers": [{"external_userid": "x", "followed_by": []}]}, "1 item"),
    ("/company", {"groups": [{"chat_id": "x", "owner": "lisi", "status": 4}]}, "maximum"),
    ("/customers/leave", {"userid": "lisi"}, "external_userid"),
    ("/customers/leave", {"userid": "lisi", "external_userid": "nobody"}, "no customer of lisi"),
    ("/quota/fill", {"target": "nobody"}, "no customer or group nobody"),
    ("/quota/clear", {"target": "nobody"}, "no customer or group nobody"),
    ("/tasks/confirm", {"msgid": "nope", "userid": "lisi"}, "lisi has no task nope"),
    ("/tasks/ignore", {"msgid": "nope", "userid": "lisi"}, "lisi has no task nope"),
    ("/tasks/refuse", {"msgid": "nope", "userid": "lisi"}, "lisi has no task nope"),
    ("/tasks/confirm", {"msgid": None, "userid": "lisi"}, "null"),
    ("/moments/publish", {"moment_id": "nope", "userid": "lisi"}, "lisi has no moment nope"),
    ("/welcome-codes", {"userid": "lisi", "external_userid": "nobody"}, "nobody is no customer of lisi"),
    ("/tokens/revoke", {"app": "nope"}, "no app nope"),
    ("/suites/tokens/revoke", {"suite_id": "nope"}, "no suite nope"),
    ("/suites/ticket", {"suite_id": "nope"}, "no suite nope"),
    ("/suites/ticket", {"suite_id": "wwdemosuite", "ticket": ""}, "shorter"),
    ("/clock", {}, "property"),
    ("/clock", {"move": 1, "set": 1}, "property"),
    ("/clock", {"move": "1"}, "number"),
    ("/clock", {"move": 315360001}, "maximum"),
    ("/clock", {"set": -1}, "minimum"),
    ("/clock", {"set": 4102444801}, "maximum"),
    ("/settings", {}, "property"),
    ("/settings", {"quota_policy": "never"}, "not one of"),
    ("/settings", {"quota": 1}, "quota"),
    ("/settings", {"escapes_refused": "yes"}, "boolean"),
    ("/settings", {"dispatch_seconds": -1}, "minimum"),
    ("/settings", {"moments_per_minute": -1}, "minimum"),
    ("/settings", {"max_body_bytes": 65535}, "minimum"),
    ("/settings", {"admin_hosts": ["evil.example"]}, "admin_hosts"),
    ("/faults", {"kind": "nope"}, "not one of"),
    ("/faults", {"kind": "errcode", "operation": "nope"}, "no operation 'nope' in the contract"),
    ("/faults", {"kind": "errcode", "errcode": 0}, "not"),
    ("/faults", {"kind": "errcode", "times": 0}, "minimum"),
    ("/faults", {"kind": "errcode", "probability": 1.1}, "maximum"),
    ("/faults", {"kind": "slow", "errcode": 1}, "errcode means nothing for the fault slow"),
    ("/faults/remove", {"number": 0}, "minimum"),
    ("/faults/clear", {"all": True}, "all"),
    ("/reset", {"everything": True}, "everything"),
]


def everything(admin: Admin) -> list[dict[str, Any]]:
    reads = ("/company", "/tasks", "/moments", "/quota", "/clock", "/settings", "/calls", "/faults")
    return [admin.get(path) for path in reads]


def guardless(state: State, method: str, path: str, body: object = None) -> dict[str, Any]:
    """A request by hand, as a door hands it over."""
    headers = (("Host", "127.0.0.1"), ("X-Mock-Admin", "1"))
    raw = b"" if body is None else json.dumps(body).encode()
    kind = "" if body is None else "application/json"
    reply = handle(state, Request(method, BASE + path, b"", raw, kind, headers), START)
    found: dict[str, Any] = json.loads(reply.body)
    return found


class TestNonsense:
    @pytest.mark.parametrize(("path", "body", "why"), NONSENSE)
    def test_it_is_refused_with_the_reason_and_changes_nothing(
        self, inside: Admin, caller: Caller, path: str, body: object, why: str
    ) -> None:
        create(caller)
        before = everything(inside)
        assert why in inside.refused(path, body)
        assert everything(inside) == before

    def test_every_operation_that_changes_something_is_among_them(self) -> None:
        posts = {path for path, methods in description()["paths"].items() if "post" in methods}
        assert {path for path, _, _ in NONSENSE} == posts

    @pytest.mark.parametrize(
        ("raw", "why"),
        [
            (b"{", "body.json"),
            (b'{"move":1,"move":1}', "body.duplicate-key"),
            (b'{"move":NaN}', "body.number"),
            (b"[" * 100 + b"]" * 100, "body.depth"),
            (b'{"move":"\xff"}', "body.encoding"),
            (b'{"a":"\\ud800"}', "body.encoding"),
        ],
    )
    def test_what_is_no_json(self, inside: Admin, raw: bytes, why: str) -> None:
        headers = {**OWN, "Content-Type": "application/json"}
        answer = inside.send("POST", f"{BASE}/clock", content=raw, headers=headers)
        assert (answer.status_code, answer.json()["error"]) == (400, f"the body is no good JSON: {why}")

    @pytest.mark.parametrize(
        ("path", "query", "status"),
        [
            ("/tasks", "limit=1", 200),
            ("/tasks", "limit=1000", 200),
            ("/tasks", "limit=0", 400),
            ("/tasks", "limit=1001", 400),
            ("/tasks", "limit=x", 400),
            ("/tasks", "limit=1&limit=1", 400),
            ("/tasks", "limit", 400),
            ("/tasks", "other=1", 400),
            ("/tasks", "limit=%E4%B8%80", 400),
            ("/tasks", "limit=" + "9" * 5000, 400),
            ("/tasks", "&".join(f"a{number}=1" for number in range(17)), 400),
            ("/task", "", 400),
            ("/task", "msgid=", 400),
            ("/task", "msgid=nope", 400),
            ("/calls", "after=0", 200),
            ("/calls", "after=-1", 400),
            ("/clock", "x=1", 400),
        ],
    )
    def test_queries(self, inside: Admin, path: str, query: str, status: int) -> None:
        answer = inside.send("GET", f"{BASE}{path}?{query}" if query else BASE + path)
        assert answer.status_code == status, answer.text

    @pytest.mark.parametrize(("size", "status"), [(256, 200), (257, 400)])
    def test_the_length_of_an_id(self, inside: Admin, size: int, status: int) -> None:
        answer = inside.send("POST", f"{BASE}/company", json={"members": ["很" * size]}, headers=OWN)
        assert answer.status_code == status

    def test_methods_paths_and_kinds_of_body(self, admin: Admin) -> None:
        wrong = admin.send("GET", f"{BASE}/reset")
        assert (wrong.status_code, wrong.headers["allow"]) == (405, "POST")
        assert admin.send("PUT", f"{BASE}/clock", headers=OWN).headers["allow"] == "GET, POST"
        assert admin.send("GET", f"{BASE}/nope").status_code == 404
        assert admin.send("GET", BASE).status_code == 404
        form = admin.send("POST", f"{BASE}/clock", data={"move": "1"}, headers=OWN)
        assert form.status_code == 415
        head = admin.send("HEAD", f"{BASE}/clock")
        assert head.status_code == 200
        # Only the very prefix is the mock's own.
        assert admin.send("GET", "/_mocking").headers["x-mock-nearest"]

    def test_a_body_over_the_limit(self, admin: Admin, state: State) -> None:
        headers = {**OWN, "Content-Type": "application/json"}
        fits = b"{}" + b" " * (LIMIT_OF_BODY - 2)
        assert admin.send("POST", f"{BASE}/reset", content=fits, headers=headers).status_code == 200
        assert admin.send("POST", f"{BASE}/reset", content=fits + b" ", headers=headers).status_code == 413


class TestWhoMayComeIn:
    @pytest.mark.parametrize(
        "host",
        ["127.0.0.1", "127.0.0.1:8088", "localhost:1", "LOCALHOST", "127.9.9.9", "[::1]:80", "a.localhost"],
    )
    def test_names_of_this_machine(self, host: str) -> None:
        assert guard.is_own_host(host, ())

    @pytest.mark.parametrize(
        "host",
        [
            *("", "evil.example", "evil.example:8088", "127.0.0.1.evil.example", "localhost.evil.example"),
            *("evil@127.0.0.1", "127.0.0.1/x", "0.0.0.0", "10.0.0.1", "[::2]", "127.0.0.1 ", "notlocalhost"),
            *("127.0.0.1:", "127.0.0.1:123456", "a b.localhost", "127.0.0.1#.evil.example"),
        ],
    )
    def test_other_names(self, host: str, state: State) -> None:
        assert not guard.is_own_host(host, ())
        headers = (("Host", host), ("X-Mock-Admin", "1"))
        for path in ("/_mock/", f"{BASE}/company", "/_mock/static/console.css"):
            reply = handle(state, Request("GET", path, headers=headers), START)
            assert reply.status == 403

    def test_a_name_that_is_allowed_besides(self, state: State, inside: Admin) -> None:
        headers = {"Host": "wecom-mock:8088"}
        assert inside.send("GET", f"{BASE}/company", headers=headers).status_code == 403
        state.admin_hosts = frozenset({"wecom-mock"})
        assert inside.send("GET", f"{BASE}/company", headers=headers).status_code == 200
        assert guard.is_own_host("wecom-mock:8088", ("wecom-mock",))
        assert not guard.is_own_host("wecom-mock.evil.example", ("wecom-mock",))

    def test_another_name_through_every_door(self, admin: Admin) -> None:
        answer = admin.send("GET", f"{BASE}/company", headers={"Host": "evil.example"})
        assert answer.status_code == 403
        assert "Host" in answer.json()["error"]

    @pytest.mark.parametrize(
        ("headers", "status"),
        [
            ({}, 403),
            ({"X-Mock-Admin": ""}, 200),
            ({"Origin": "{own}"}, 200),
            ({"Sec-Fetch-Site": "same-origin"}, 200),
            ({"Origin": "https://evil.example"}, 403),
            ({"Origin": "null"}, 403),
            ({"Origin": "http://127.0.0.1:1"}, 403),
            ({"Origin": "https://evil.example", "X-Mock-Admin": "1"}, 403),
            ({"Origin": "{own}", "Sec-Fetch-Site": "cross-site"}, 403),
            ({"Sec-Fetch-Site": "same-site", "X-Mock-Admin": "1"}, 403),
            ({"Sec-Fetch-Site": "none"}, 403),
        ],
    )
    def test_a_page_of_another_site_changes_nothing(
        self, admin: Admin, headers: dict[str, str], status: int
    ) -> None:
        own = str(admin.send("GET", f"{BASE}/clock").request.url).partition("/_mock")[0]
        told = {name: value.replace("{own}", own) for name, value in headers.items()}
        answer = admin.send("POST", f"{BASE}/clock", json={"move": 60}, headers=told)
        assert answer.status_code == status, answer.text
        assert admin.get("/clock")["now"] == START + (60 if status == 200 else 0)
        # Reading is another matter: the browser keeps the answer from a page of another site.
        assert admin.send("GET", f"{BASE}/clock", headers=told).status_code == 200

    def test_nothing_is_ever_allowed_to_other_sites(self, admin: Admin) -> None:
        asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
        answer = admin.send("OPTIONS", f"{BASE}/clock", headers=asked)
        assert answer.status_code == 403
        assert not [name for name in answer.headers if name.startswith("access-control")]

    def test_without_headers_nobody_comes_in(self, state: State) -> None:
        assert handle(state, Request("GET", f"{BASE}/company"), START).status == 403
        twice = (("Host", "127.0.0.1"), ("Host", "127.0.0.1"))
        assert handle(state, Request("GET", f"{BASE}/company", headers=twice), START).status == 403


def test_no_secret_is_in_any_answer(inside: Admin, caller: Caller, state: State) -> None:
    create(caller)
    tokens = [caller.token(), caller.suite_token()]
    body = {"suite_access_token": tokens[1], "auth_corpid": "wwdemo", "permanent_code": "demo-permanent"}
    corp = {name: value for name, value in body.items() if name != "suite_access_token"}
    corp_token = caller.call("get_corp_token", corp).body["access_token"]
    ticket = state.push_ticket("wwdemosuite", START)
    told = " ".join(json.dumps(answer, ensure_ascii=False) for answer in everything(inside))
    pages = [inside.send("GET", f"/_mock/{page}").text for page in ("", "company", "calls", "settings")]
    for secret in (*tokens, corp_token, ticket, "demo-sales", "demo-hr", "demo-permanent", "demo-ticket"):
        assert secret not in told
        assert all(secret not in page for page in pages)
    assert '"secret": "demo' not in told
    assert told.count('"secret": "***"') == 4
