"""What people can't do in the app, each with what is said about it; whoever tries it changes nothing."""

from __future__ import annotations

import attrs
import pytest

from wecom_mock import App, Clock, Customer, Group, Settings, State, make_company
from wecom_mock.caller import Caller

NOW = 1795320000.0
TASK = {"sender": "lisi", "external_userid": ["wmA"], "text": {"content": "x"}}


@pytest.fixture
def state() -> State:
    return State(
        make_company(
            corpid="ww",
            apps=[App(name="a", secret="s")],
            members=["lisi", "chen", "wu"],
            customers=[
                Customer(external_userid="wmA", followed_by=("lisi", "chen"), last_chat="lisi"),
                Customer(external_userid="wmB", followed_by=("lisi",), last_chat="lisi"),
            ],
            groups=[Group(chat_id="wrA", owner="lisi")],
        )
    )


@pytest.fixture
def caller(state: State) -> Caller:
    return Caller(state, Clock(NOW))


def create(caller: Caller) -> str:
    return str(caller.call("add_msg_template", TASK).body["msgid"])


def post(caller: Caller) -> str:
    visible = {"sender_list": {"user_list": ["lisi", "chen"]}}
    job = caller.call("add_moment_task", {"text": {"content": "m"}, "visible_range": visible}).body["jobid"]
    return str(caller.call("get_moment_task_result", {"jobid": job}).body["result"]["moment_id"])


@pytest.mark.parametrize("deed", ["confirm", "ignore", "refuse"])
@pytest.mark.parametrize("before", ["", "ignored", "refused", "confirmed", "cancelled"])
def test_what_was_decided_already(state: State, caller: Caller, deed: str, before: str) -> None:
    msgid = create(caller)
    match before:
        case "ignored":
            state.ignore(msgid, "lisi")
        case "refused":
            state.refuse(msgid, "lisi")
        case "confirmed":
            state.confirm(msgid, "lisi", NOW)
        case "cancelled":
            caller.call("cancel_groupmsg_send", {"msgid": msgid})
    words = {
        "refused": f"lisi refused {msgid}",
        "confirmed": f"lisi already confirmed {msgid}",
        "cancelled": f"task {msgid} was cancelled",
    }
    assignment = attrs.evolve(state.tasks[msgid].assignments["lisi"])
    arguments = (msgid, "lisi", NOW) if deed == "confirm" else (msgid, "lisi")
    if before in words:
        with pytest.raises(ValueError, match=f"^{words[before]}$"):
            getattr(state, deed)(*arguments)
        assert state.tasks[msgid].assignments["lisi"] == assignment
    else:
        assert getattr(state, deed)(*arguments) is state.tasks[msgid]
        after = {"confirm": (2, None), "ignore": (0, "ignored"), "refuse": (0, "refused")}[deed]
        found = state.tasks[msgid].assignments["lisi"]
        assert (found.status, found.declined) == after


@pytest.mark.parametrize("deed", ["confirm", "ignore", "refuse"])
def test_a_task_of_another_member_or_none(state: State, caller: Caller, deed: str) -> None:
    msgid = create(caller)
    more = (NOW,) if deed == "confirm" else ()
    for one, userid in ((msgid, "chen"), ("nope", "lisi")):
        with pytest.raises(LookupError, match=f"^'?{userid} has no task {one}'?$"):
            getattr(state, deed)(one, userid, *more)


def test_moments(state: State, caller: Caller) -> None:
    moment = post(caller)
    for one, userid, now in ((moment, "wu", NOW), ("nope", "lisi", NOW), (moment, "lisi", NOW - 1)):
        with pytest.raises(LookupError, match=f"^{userid} has no moment {one}$"):
            state.publish_moment(one, userid, now)
    assert state.publish_moment(moment, "lisi", NOW).published == {"lisi": ("wmA", "wmB")}
    with pytest.raises(ValueError, match=f"^lisi already published {moment}$"):
        state.publish_moment(moment, "lisi", NOW)
    caller.call("cancel_moment_task", {"moment_id": moment})
    with pytest.raises(ValueError, match=f"^moment {moment} was cancelled$"):
        state.publish_moment(moment, "chen", NOW)
    with pytest.raises(ValueError, match=f"^lisi already published {moment}$"):
        state.publish_moment(moment, "lisi", NOW)
    assert list(state.moments.by_id[moment].published) == ["lisi"]


def test_what_members_do_of_themselves(state: State) -> None:
    task = state.send_personally("lisi", "hello", NOW)
    assert (task.chat_type, task.body, task.created) == ("single", {"text": {"content": "hello"}}, NOW)
    assert (task.creator, task.create_type, task.fail_list) == ("lisi", 1, [])
    found = [(one.target, one.status, one.send_time) for one in task.assignments["lisi"].deliveries]
    assert found == [("wmA", 1, int(NOW)), ("wmB", 1, int(NOW))]
    moment = state.post_moment("lisi", "mine", NOW)
    assert (moment.creator, moment.members, moment.created) == ("lisi", ("lisi",), NOW)
    assert (moment.body, moment.published) == ({"text": {"content": "mine"}}, {"lisi": ("wmA", "wmB")})
    for deed in (state.send_personally, state.post_moment):
        with pytest.raises(LookupError, match=r"^no member nobody$"):
            deed("nobody", "x", NOW)
    assert (len(state.tasks), len(state.moments.by_id)) == (1, 1)


@pytest.mark.parametrize("target", ["wmA", "wrA"])
def test_quota(state: State, target: str) -> None:
    assert state.fill_quota(target, NOW) == 30
    assert state.ledger.used(target, "days-of-month", NOW) == 30
    assert state.ledger.used("wmB", "days-of-month", NOW) == 0
    state.clear_quota(target, NOW)
    assert state.ledger.used(target, "days-of-month", NOW) == 0
    for deed in (state.fill_quota, state.clear_quota):
        with pytest.raises(LookupError, match=r"^no customer or group wmX$"):
            deed("wmX", NOW)
    state.settings = Settings(quota_policy="unlimited")
    with pytest.raises(
        ValueError, match=r"^the setting quota_policy is unlimited: there is nothing to fill$"
    ):
        state.fill_quota(target, NOW)


def test_welcome_codes(state: State) -> None:
    code = state.welcome_code("chen", "wmA", NOW)
    assert (len(code), list(state.welcome.codes)) == (43, [code])
    found = state.welcome.codes[code]
    assert (found.value, found.userid, found.external_userid, found.expires) == (
        code,
        "chen",
        "wmA",
        NOW + 20,
    )
    with pytest.raises(LookupError, match=r"^wmB is no customer of chen$"):
        state.welcome_code("chen", "wmB", NOW)
    with pytest.raises(LookupError, match=r"^no welcome code of lisi for wmA$"):
        state.start_chat("lisi", "wmA")
    state.start_chat("chen", "wmA")
    with pytest.raises(LookupError, match=r"^chen is no follower of wmB$|wmB"):
        state.unfriend("chen", "wmB")
