"""What became of a mass message whose answer was lost: found out by reading, against the mock on a socket."""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable
from typing import Any

import pytest

from wecom_mock import Settings, State
from wecom_mock.clock import Clock
from wecom_mock.faults import Fault
from wecom_mock.server import MockServer
from wecom_mock.tasks import Assignment, Delivery, Task
from wecom_openapi import Attempt, OutcomeUnknown, Reconciliation

Client = Callable[..., Any]

ONE, TWO, THREE = (
    "woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA",
    "wmqfasd1e1927831123109rBAAAA",
    "wo540F98E0E27BAF203E2AEB5468C93A",
)
GROUP, SECOND_GROUP = "wr2GCAAAXtWyujaWJHDDGasdadAAA", "wrDemoSecondGroupOfZhangsanAA"
LOST = [
    Fault("reset-after"),
    Fault("truncate"),
    Fault("html-502", applied=True),
    Fault("html-200", applied=True),
    Fault("errcode", errcode=-1, applied=True),
    Fault("no-msgid"),
    Fault("invalid-utf-8"),
    Fault("duplicate-keys"),
    Fault("silence", applied=True),
]
NEVER_DONE = [
    Fault("reset-before"),
    Fault("html-502"),
    Fault("errcode", errcode=-1),
    Fault("silence", applied=False),
]
BODY: dict[str, Any] = {
    "sender": "zhangsan",
    "external_userid": [ONE, TWO],
    "text": {"content": "新品上市 🎉"},
}


def loses(
    mock: MockServer, call: Client, body: Any, fault: Fault | None = None, **options: Any
) -> OutcomeUnknown:
    """Sends a message whose answer is lost; by default it is taken all the same."""
    fault = fault or Fault("reset-after")
    mock.state.faults.add(
        Fault(fault.kind, "add_msg_template", times=1, errcode=fault.errcode, applied=fault.applied)
    )
    with pytest.raises(OutcomeUnknown) as caught:
        call("add_msg_template", body, timeout=0.5, **options)
    return caught.value


def named(found: Reconciliation) -> list[str]:
    return [each.msgid for each in found.candidates]


@pytest.mark.parametrize("fault", LOST, ids=lambda fault: fault.kind)
def test_sent(fault: Fault, client: Client, mock: MockServer) -> None:
    call = client(mock.base_url)
    lost = loses(mock, call, BODY, fault)
    (msgid,) = mock.state.tasks
    found = call("reconcile", lost)
    assert (found.verdict, found.msgid, found.candidates) == ("sent", msgid, ())
    assert "all 2 recipients" in found.reason
    assert len(mock.state.tasks) == 1


@pytest.mark.parametrize("fault", NEVER_DONE, ids=lambda fault: fault.kind)
def test_not_sent(fault: Fault, client: Client, mock: MockServer) -> None:
    call = client(mock.base_url)
    call("add_msg_template", {**BODY, "text": {"content": "another"}})
    lost = loses(mock, call, BODY, fault)
    found = call("reconcile", lost, settle=0)
    assert (found.verdict, found.msgid, found.candidates) == ("not sent", None, ())
    early = call("reconcile", lost)
    assert (early.verdict, early.candidates) == ("can't tell", ())
    assert "too early to be sure: ask again in 1" in early.reason


LINK = {"msgtype": "link", "link": {"title": "t", "url": "https://example.com/a", "desc": "d"}}
CARD = {
    "msgtype": "miniprogram",
    "miniprogram": {"title": "t", "pic_media_id": "M", "appid": "wx1", "page": "/a.html"},
}
ATTACHMENTS = [
    {"msgtype": "image", "image": {"media_id": "M1", "pic_url": "https://example.com/p"}},
    {"msgtype": "image", "image": {"pic_url": "https://example.com/q"}},
    LINK,
    CARD,
    {"msgtype": "video", "video": {"media_id": "M2"}},
    {"msgtype": "file", "file": {"media_id": "M3"}},
]
SHAPES: dict[str, Any] = {
    "no sender": {"external_userid": [ONE, TWO], "text": {"content": "a"}},
    "attachments": {**BODY, "attachments": ATTACHMENTS},
    "attachments alone": {"sender": "zhangsan", "external_userid": [ONE], "attachments": [CARD]},
    "everybody of a sender": {"sender": "lisi", "text": {"content": "a"}},
    "groups": {
        "chat_type": "group",
        "sender": "zhangsan",
        "chat_id_list": [GROUP, SECOND_GROUP],
        "text": {"content": "a"},
    },
    "several members": {
        "external_userid": [ONE, "wmDemoSharedChattedWithLisiAAAAA"],
        "text": {"content": "a"},
    },
}


@pytest.mark.filterwarnings("ignore:.*pic_url is ignored beside media_id")
@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_message_is_found(shape: str, client: Client) -> None:
    with MockServer(State(settings=Settings(group_result_rows="all"))) as mock:
        call = client(mock.base_url)
        lost = loses(mock, call, SHAPES[shape], to_all=shape == "everybody of a sender")
        found = call("reconcile", lost)
        assert (found.verdict, found.msgid) == ("sent", next(iter(mock.state.tasks)))


def test_recipients_chosen_by_tags_cannot_be_told(client: Client, mock: MockServer) -> None:
    call = client(mock.base_url)
    tags = {"group_list": [{"tag_list": ["ete19278asuMT123109rBAAAA"]}]}
    for body in (
        {"tag_filter": tags, "text": {"content": "a"}},
        {"sender": "zhangsan", "tag_filter": tags, "text": {"content": "b"}},
    ):
        lost = loses(mock, call, body)
        msgid = list(mock.state.tasks)[-1]
        found = call("reconcile", lost)
        assert (found.verdict, named(found)) == ("can't tell", [msgid])
        assert call("reconcile", lost, known=[]).msgid == msgid


def test_groups_that_are_not_listed_yet_cannot_be_told(client: Client, mock: MockServer) -> None:
    call = client(mock.base_url)
    lost = loses(mock, call, SHAPES["groups"])
    found = call("reconcile", lost)
    assert found.verdict == "can't tell"
    assert "none of its recipients is listed yet" in found.reason


def test_two_equal_tasks_cannot_be_told_apart(client: Client, mock: MockServer) -> None:
    call = client(mock.base_url)
    other = call("add_msg_template", BODY).msgid
    lost = loses(mock, call, BODY)
    found = call("reconcile", lost)
    assert (found.verdict, sorted(named(found))) == ("can't tell", sorted(mock.state.tasks))
    assert "2 tasks" in found.reason
    (own,) = set(mock.state.tasks) - {other}
    assert call("reconcile", lost, known=[other]).msgid == own


def test_a_message_to_a_part_of_the_recipients_is_not_taken_for_it(client: Client, mock: MockServer) -> None:
    """Somebody tries it on one customer, then sends it to all, and that is lost on its way."""
    call = client(mock.base_url)
    trial = call("add_msg_template", {**BODY, "external_userid": [ONE]}).msgid
    lost = loses(mock, call, BODY, Fault("reset-before"))
    found = call("reconcile", lost, settle=0)
    assert (found.verdict, named(found)) == ("can't tell", [trial])
    assert "1 of 2 recipients" in found.reason
    assert call("reconcile", lost, settle=0, known=[trial]).verdict == "not sent"


def test_a_trial_of_what_goes_to_everybody_is_not_taken_for_it(client: Client, mock: MockServer) -> None:
    call = client(mock.base_url)
    text = {"content": "a"}
    call("add_msg_template", sender="zhangsan", external_userid=[ONE], text=text)
    lost = loses(mock, call, {"sender": "zhangsan", "text": text}, Fault("reset-before"), to_all=True)
    assert call("reconcile", lost, settle=0).verdict == "can't tell"


@pytest.mark.parametrize("others", [[TWO, THREE], [THREE], [ONE, TWO, THREE]])
def test_the_same_message_to_others_is_another_one(
    others: list[str], client: Client, mock: MockServer
) -> None:
    call = client(mock.base_url)
    call("add_msg_template", {**BODY, "external_userid": others})
    lost = loses(mock, call, BODY, Fault("reset-before"))
    assert call("reconcile", lost, settle=0).verdict == "not sent"
    lost = loses(mock, call, BODY)
    assert call("reconcile", lost).msgid == list(mock.state.tasks)[-1]


def test_another_sender_is_another_message(client: Client, mock: MockServer) -> None:
    call = client(mock.base_url)
    both = ["wmDemoSharedChattedWithLisiAAAAA"]
    call("add_msg_template", {**BODY, "sender": "lisi", "external_userid": both})
    lost = loses(mock, call, {**BODY, "external_userid": both}, Fault("reset-before"))
    assert call("reconcile", lost, settle=0).verdict == "not sent"


def test_recipients_in_the_fail_list(client: Client, mock: MockServer) -> None:
    call = client(mock.base_url)
    lost = loses(mock, call, {**BODY, "external_userid": [ONE, "wmGoneAAAAAAAAAAAAAAAAAAAAAA"]})
    (msgid,) = mock.state.tasks
    assert named(call("reconcile", lost)) == [msgid]
    assert call("reconcile", lost, known=["msgOfAnotherCall"]).msgid == msgid


@pytest.mark.parametrize("code", [41063, 41047])
def test_a_task_that_is_being_dispatched_cannot_be_told_yet(code: Any, client: Client) -> None:
    clock = Clock(running=True)
    settings = Settings(dispatch_seconds=30, dispatch_code=code)
    with MockServer(State(settings=settings), clock=clock) as mock:
        call = client(mock.base_url)
        lost = loses(mock, call, BODY)
        found = call("reconcile", lost, settle=0)
        assert (found.verdict, named(found)) == ("can't tell", list(mock.state.tasks))
        assert str(code) in found.reason
        clock.move(31)  # no more than the clocks may differ
        assert call("reconcile", lost, settle=0).msgid in mock.state.tasks


def test_a_cancelled_task_cannot_be_told(client: Client, mock: MockServer) -> None:
    call = client(mock.base_url)
    lost = loses(mock, call, BODY)
    (msgid,) = mock.state.tasks
    call("cancel_groupmsg_send", msgid=msgid)
    found = call("reconcile", lost, settle=0)
    assert (found.verdict, named(found)) == ("can't tell", [msgid])
    assert "41093" in found.reason


@pytest.mark.parametrize("kind", ["reset-before", "html-200", "errcode-text", "truncate"])
def test_a_list_that_cannot_be_read_tells_nothing(kind: str, client: Client, mock: MockServer) -> None:
    call = client(mock.base_url, retries=0)
    lost = loses(mock, call, BODY, Fault("reset-before"))
    mock.state.faults.add(Fault(kind, "get_groupmsg_list_v2"))
    found = call("reconcile", lost, settle=0)
    assert found.verdict == "can't tell"
    assert "get_groupmsg_list_v2 can't be read" in found.reason
    mock.state.faults.clear()
    assert call("reconcile", lost, settle=0).verdict == "not sent"


def test_recipients_that_cannot_be_read_tell_nothing(client: Client, mock: MockServer) -> None:
    call = client(mock.base_url, retries=0)
    lost = loses(mock, call, BODY)
    mock.state.faults.add(Fault("reset-before", "get_groupmsg_send_result"))
    found = call("reconcile", lost, settle=0)
    assert (found.verdict, named(found)) == ("can't tell", list(mock.state.tasks))


def test_a_page_that_fails_once_is_read_again(client: Client, mock: MockServer) -> None:
    call = client(mock.base_url)
    lost = loses(mock, call, BODY)
    mock.state.faults.add(Fault("reset-before", "get_groupmsg_list_v2", times=1))
    assert call("reconcile", lost).verdict == "sent"


def crowd(mock: MockServer, count: int) -> None:
    """Many tasks of the same time."""
    for number in range(count):
        body = {"text": {"content": f"task {number}"}, "external_userid": [ONE]}
        msgid = mock.state.new_msgid()
        assigned = {"zhangsan": Assignment("zhangsan", [Delivery(ONE)])}
        mock.state.tasks[msgid] = Task(msgid, "single", body, time.time() - 1, assigned, [])


def test_a_list_of_many_pages_is_read_to_its_end(client: Client, mock: MockServer) -> None:
    crowd(mock, 250)
    call = client(mock.base_url)
    lost = loses(mock, call, BODY)
    assert call("reconcile", lost).msgid == list(mock.state.tasks)[-1]
    lost = loses(mock, call, {**BODY, "text": {"content": "b"}}, Fault("reset-before"))
    found = call("reconcile", lost, settle=0)
    assert (found.verdict, found.reason) == (
        "not sent",
        "of the tasks of that time (251) none is like it",
    )


@pytest.mark.parametrize(("create_type", "creator"), [(1, "zhangsan"), (0, "zhangsan")])
def test_what_a_person_made_is_another_message(
    create_type: Any, creator: str, client: Client, mock: MockServer
) -> None:
    assigned = {"zhangsan": Assignment("zhangsan", [Delivery(ONE), Delivery(TWO)])}
    mock.state.tasks["msgOfAPerson"] = Task(
        "msgOfAPerson", "single", BODY, time.time(), assigned, [], create_type=create_type, creator=creator
    )
    call = client(mock.base_url)
    lost = loses(mock, call, BODY, Fault("reset-before"))
    assert call("reconcile", lost, settle=0).verdict == "not sent"


@pytest.mark.parametrize(
    ("hours", "verdict"), [(0, "sent"), (1, "can't tell"), (8, "can't tell"), (13, "not sent")]
)
def test_a_clock_that_was_wrong(hours: int, verdict: str, client: Client, mock: MockServer) -> None:
    """The attempt was written down with a time that is hours from the task's; by now the clock is right."""
    call = client(mock.base_url)
    attempt = loses(mock, call, BODY).attempt
    assert attempt is not None
    times = attempt.started - hours * 3600, attempt.ended - hours * 3600
    found = call("reconcile", Attempt(attempt.operation, attempt.body, *times), settle=0)
    assert found.verdict == verdict
    ahead = attempt.started + hours * 3600, attempt.ended + hours * 3600
    found = call("reconcile", Attempt(attempt.operation, attempt.body, *ahead), settle=0)
    assert found.verdict == ("sent" if hours == 0 else "can't tell")


def test_an_attempt_outlives_its_process(client: Client, mock: MockServer) -> None:
    kept = pickle.dumps(loses(mock, client(mock.base_url), BODY))
    again = client(mock.base_url)
    assert again("reconcile", pickle.loads(kept)).verdict == "sent"
    assert again("reconcile", pickle.loads(kept).attempt).verdict == "sent"


@pytest.mark.parametrize(
    ("operation", "body"),
    [
        ("send_welcome_msg", {"welcome_code": "c", "text": {"content": "a"}}),
        ("remind_groupmsg_send", {"msgid": "m"}),
        ("group_welcome_template_add", {"text": {"content": "a"}}),
        ("cancel_groupmsg_send", {"msgid": "m"}),
    ],
)
def test_what_no_list_shows(operation: str, body: Any, client: Client, mock: MockServer) -> None:
    call = client(mock.base_url)
    found = call("reconcile", Attempt(operation, body, 1.0, 2.0))
    assert (found.verdict, found.candidates) == ("can't tell", ())
    assert f"no call shows what {operation} did" in found.reason
    assert ("safe to repeat" in found.reason) == (operation == "cancel_groupmsg_send")
    assert not mock.state.calls


def test_a_moment_has_candidates_at_most(client: Client, mock: MockServer) -> None:
    call = client(mock.base_url)
    body = {"text": {"content": "新品上市"}, "visible_range": {"sender_list": {"user_list": ["zhangsan"]}}}
    mock.state.faults.add(Fault("reset-after", "add_moment_task", times=1))
    with pytest.raises(OutcomeUnknown) as caught:
        call("add_moment_task", body)
    found = call("reconcile", caught.value, settle=0)
    assert (found.verdict, named(found)) == ("can't tell", list(mock.state.moments.by_id))
    call("add_moment_task", {**body, "text": {"content": "b"}})
    assert len(call("reconcile", caught.value, settle=0).candidates) == 1


@pytest.mark.parametrize("what", [None, "msgid", OutcomeUnknown("x"), ValueError()])
def test_what_is_no_attempt(what: Any, client: Client, mock: MockServer) -> None:
    with pytest.raises(TypeError, match="what: an OutcomeUnknown with its attempt"):
        client(mock.base_url)("reconcile", what)


@pytest.mark.parametrize("name", ["settle", "clock_margin"])
@pytest.mark.parametrize("value", [-1, float("nan"), float("inf")])
def test_times_that_make_no_sense(name: str, value: float, client: Client, mock: MockServer) -> None:
    with pytest.raises(ValueError, match=f"^{name}: "):
        client(mock.base_url)("reconcile", Attempt("add_msg_template", BODY, 1.0, 2.0), **{name: value})
