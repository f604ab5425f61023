"""What is made again, how often and when; and what never is."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from fault_server import CREATE_PATH, CREATED, Connection, FaultServer, Seen, issued, refused

from wecom_client.operations import OPERATIONS as TABLE
from wecom_client.wire import CallOptions
from wecom_contract import OPERATIONS
from wecom_openapi import (
    AsyncWeCom,
    Busy,
    FrequencyLimited,
    NoAnswer,
    NotSent,
    OutcomeUnknown,
    RefusedError,
    Retries,
    WeCom,
    WeComError,
)
from wecom_openapi.assembly import of_app
from wecom_openapi.call import Call, plan
from wecom_openapi.deadline import Exchange
from wecom_openapi.outcome import failed
from wecom_openapi.retrying import Repetition
from wecom_openapi.settings import Settings
from wecom_openapi.transport import Driver

Serve = Callable[..., FaultServer]
Client = Callable[..., Any]

CREATE = {"sender": "zhangsan", "external_userid": ["wmA"], "text": {"content": "新品上市"}}
BODIES: dict[str, Any] = {
    "add_msg_template": CREATE,
    "remind_groupmsg_send": {"msgid": "m"},
    "cancel_groupmsg_send": {"msgid": "m"},
    "get_groupmsg_task": {"msgid": "m"},
}
SOON = Retries(2, first=0.001)
OK = {"errcode": 0, "errmsg": "ok", "msgid": "m1", "task_list": []}


class Clock:
    """Seconds that stand still until a test moves them."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Script:
    """Answers one request after the other as it says, and from then on well."""

    def __init__(self, *answers: Any) -> None:
        self.left = list(answers)

    def __call__(self, connection: Connection, request: Seen) -> None:
        if not self.left:
            connection.answer(OK)
            return
        answer = self.left.pop(0)
        if callable(answer):
            answer(connection, request)
        else:
            connection.answer(answer)


def reset(connection: Connection, _: Seen) -> None:
    connection.reset()


def status(line: str) -> Any:
    return lambda connection, _: connection.answer(b"", line)


PASSING = [reset, status("502 x"), status("429 x"), b"<html>", b"", refused(-1)]
"""After these a call may have had its effect, and another one may do better."""


@pytest.mark.parametrize("answer", PASSING, ids=["reset", "502", "429", "html", "empty", "-1"])
@pytest.mark.parametrize("method", BODIES)
def test_only_what_is_safe_is_made_again(
    method: str, answer: Any, client: Client, serve: Serve, warm: Any
) -> None:
    server = serve(Script(answer, answer))
    call = client(server.base_url, retries=SOON, token_store=warm)
    if OPERATIONS[method].repeat.safe:
        call(method, BODIES[method])
        assert len(server.calls) == 3
        assert len({request.body for request in server.calls}) == 1
    else:
        with pytest.raises(OutcomeUnknown) as caught:
            call(method, BODIES[method])
        assert (caught.value.attempts, caught.value.retry) == (1, "never")
        assert len(server.calls) == 1


@pytest.mark.parametrize("times", [0, 1, 2, 3])
def test_how_often(times: int, client: Client, serve: Serve, warm: Any) -> None:
    server = serve(Script(*[reset] * 10))
    call = client(server.base_url, retries=Retries(times, first=0.001), token_store=warm)
    with pytest.raises(NoAnswer) as caught:
        call("get_groupmsg_task", msgid="m")
    assert len(server.calls) == times + 1 == caught.value.attempts
    assert len(getattr(caught.value, "__notes__", ())) == times


def test_a_number_of_times_is_enough(serve: Serve, warm: Any) -> None:
    server = serve(Script(reset))
    with WeCom("ww", "s", base_url=server.base_url, retries=1, token_store=warm) as wecom:
        wecom.get_groupmsg_task(msgid="m")
        assert wecom._driver._settings.retries == Retries(1)
    assert len(server.calls) == 2


def test_the_default() -> None:
    for kind in (WeCom, AsyncWeCom):
        assert kind("ww", "s", base_url="http://127.0.0.1")._driver._settings.retries == Retries(2, 0.5, 8.0)


def test_a_create_that_had_not_left_is_made_again(client: Client, serve: Serve) -> None:
    answers = iter([reset, lambda connection, _: connection.answer(issued("tok-2"))])
    server = serve(Script(CREATED), tokens=lambda connection, request: next(answers)(connection, request))
    assert client(server.base_url, retries=SOON)("add_msg_template", CREATE).msgid == CREATED["msgid"]
    assert [request.path == CREATE_PATH for request in server.seen] == [False, False, True]


def test_a_busy_token_server_is_asked_again(client: Client, serve: Serve) -> None:
    answers = iter([refused(-1), issued("tok-2")])
    server = serve(Script(CREATED), tokens=lambda connection, _: connection.answer(next(answers)))
    client(server.base_url, retries=SOON)("add_msg_template", CREATE)
    assert len(server.calls) == 1


def test_a_wrong_secret_is_not_tried_again(client: Client, serve: Serve) -> None:
    server = serve(Script(), tokens=lambda connection, _: connection.answer(refused(40091)))
    with pytest.raises(RefusedError):
        client(server.base_url, retries=SOON)("add_msg_template", CREATE)
    assert len(server.seen) == 1


@pytest.mark.parametrize("code", [45033, 6000, -1])
def test_a_code_that_passes_is_waited_out_by_a_read(
    code: int, client: Client, serve: Serve, warm: Any
) -> None:
    server = serve(Script(refused(code), refused(code)))
    client(server.base_url, retries=SOON, token_store=warm)("get_groupmsg_task", msgid="m")
    assert len(server.calls) == 3


@pytest.mark.parametrize("code", [45033, 6000, 45009])
def test_a_create_that_was_refused_is_its_callers_to_repeat(
    code: int, client: Client, serve: Serve, warm: Any
) -> None:
    server = serve(Script(refused(code)))
    with pytest.raises(RefusedError) as caught:
        client(server.base_url, retries=SOON, token_store=warm)("add_msg_template", CREATE)
    assert caught.value.retry == "later"
    assert len(server.calls) == 1


@pytest.mark.parametrize("code", [40058, 41093, 45009, 41063, 41047, 99999])
def test_a_code_that_does_not_pass_soon_is_raised_at_once(
    code: int, client: Client, serve: Serve, warm: Any
) -> None:
    server = serve(Script(refused(code)))
    with pytest.raises(RefusedError):
        client(server.base_url, retries=SOON, token_store=warm)("get_groupmsg_task", msgid="m")
    assert len(server.calls) == 1


@pytest.mark.parametrize("answer", [status("307 x"), b"[]", {"errcode": 0, "task_list": "none"}])
def test_an_answer_that_would_come_again_is_not_asked_for_again(
    answer: Any, client: Client, serve: Serve, warm: Any
) -> None:
    server = serve(Script(answer))
    with pytest.raises(WeComError):
        client(server.base_url, retries=SOON, token_store=warm)("get_groupmsg_task", msgid="m")
    assert len(server.calls) == 1


def test_what_an_earlier_attempt_may_have_done_is_not_forgotten(
    client: Client, serve: Serve, warm: Any
) -> None:
    server = serve(Script(reset, refused(41093)))
    with pytest.raises(OutcomeUnknown) as caught:
        client(server.base_url, retries=SOON, token_store=warm)("cancel_groupmsg_send", msgid="m")
    assert caught.value.fault == "connection-lost"
    assert caught.value.attempts == len(server.calls) == 2
    assert caught.value.__notes__ == ["attempt 2 of 2: TaskCancelled (errcode 41093)"]
    assert "safe to repeat" in str(caught.value)


def test_one_deadline_for_all_attempts(client: Client, serve: Serve, warm: Any) -> None:
    server = serve(lambda connection, _: connection.hold())
    call = client(
        server.base_url, retries=Retries(100, first=0.001), token_store=warm, timeout=0.2, deadline=0.5
    )
    with pytest.raises(NoAnswer) as caught:
        call("get_groupmsg_task", msgid="m")
    assert caught.value.fault == "deadline"
    assert 2 <= caught.value.attempts <= 3


@pytest.mark.parametrize("broken", [1, 40_000])
def test_an_upload_starts_over(broken: int, client: Client, serve: Serve, warm: Any) -> None:
    connections: Iterator[int] = iter(range(10))
    seen: list[tuple[int, int]] = []

    def greet(connection: Connection) -> bool:
        if next(connections):
            return False
        connection.sock.recv(broken)
        connection.reset()
        return True

    media = bytes(range(256)) * 4000
    answer = {"errcode": 0, "errmsg": "", "type": "file", "media_id": "M", "created_at": "1"}
    server = serve(lambda connection, _: connection.answer(answer), greet=greet)
    call = client(server.base_url, retries=SOON, token_store=warm)
    uploaded = call(
        "media_upload",
        type="file",
        media=media,
        filename="a.bin",
        progress=lambda sent, size: seen.append((sent, size)),
    )
    assert uploaded.media_id == "M"
    (request,) = server.calls
    assert media in request.body
    assert seen[-1] == (len(media), len(media))
    assert seen.count((65536, len(media))) in (
        1,
        2,
    )  # again from the first block, where the first time came to one


def test_what_is_logged_has_no_token(client: Client, serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    server = serve(Script(reset, status("502 x")))
    with caplog.at_level(logging.DEBUG):
        client(server.base_url, retries=SOON)("get_groupmsg_task", msgid="m")
    told = [record.getMessage() for record in caplog.records if record.name == "wecom_openapi"]
    assert "get_groupmsg_task: attempt 1: NoAnswer (connection-lost); the next one in 0.00 s" in told
    assert "get_groupmsg_task: attempt 2: MalformedAnswer (http-5xx); the next one in 0.00 s" in told
    assert "tok-1" not in caplog.text
    assert "demo" not in caplog.text.replace("wwdemo", "")


def planned(method: str) -> Call[Any]:
    return plan(TABLE[method], BODIES[method], frozenset(), CallOptions())


def repetition(method: str, retries: Retries, seconds: float = 30) -> tuple[Repetition, Clock]:
    clock = Clock()
    return Repetition(planned(method), Exchange(seconds, True, clock), retries), clock


def refusal(code: int, pause: float = 0.0) -> FrequencyLimited:
    return FrequencyLimited(operation="get_groupmsg_task", errcode=code, retry="later", pause=pause)


def test_pauses_are_drawn_from_twice_as_long_a_time_again_and_again() -> None:
    drawn: list[list[float]] = [[] for _ in range(6)]
    for _ in range(200):
        attempts, _ = repetition("get_groupmsg_task", Retries(6, first=1, longest=8), 1000)
        for pauses in drawn:
            pause = attempts.after(refusal(45033))
            assert pause is not None
            pauses.append(pause)
    for pauses, longest in zip(drawn, [1, 2, 4, 8, 8, 8], strict=True):
        assert 0 <= min(pauses) < longest * 0.1
        assert longest * 0.9 < max(pauses) <= longest


@pytest.mark.parametrize(("seconds", "waits"), [(30, False), (60, False), (61, True), (600, True)])
def test_a_limit_is_waited_for_where_the_deadline_allows(seconds: float, waits: bool) -> None:
    attempts, _ = repetition("get_groupmsg_task", Retries(2, first=0), seconds)
    assert attempts.after(refusal(45009, 60)) == (60 if waits else None)


def test_no_pause_beyond_the_deadline() -> None:
    attempts, clock = repetition("get_groupmsg_task", Retries(5, first=0), 10)
    clock.now = 9.9
    assert attempts.after(refusal(45033)) == 0
    clock.now = 10
    assert attempts.after(refusal(45033)) is None


def test_the_driver_pauses_as_it_is_told_and_no_longer(serve: Serve, warm: Any) -> None:
    pauses: list[float] = []
    server = serve(Script(reset, reset))
    settings = Settings(
        base_url=server.base_url, timeout=10, deadline=30, max_response_bytes=10_000, retries=2
    )
    driver = Driver(settings, of_app("ww", "s")(settings, warm), pause=pauses.append)
    call = planned("get_groupmsg_task")
    driver.call(call.operation, BODIES["get_groupmsg_task"], frozenset(), call.options)
    driver.close()
    assert len(pauses) == 2
    assert 0 <= pauses[0] <= 0.5
    assert 0 <= pauses[1] <= 1


def test_what_is_not_sent_is_repeated_whatever_it_does() -> None:
    for method in BODIES:
        attempts, _ = repetition(method, Retries(1, first=0))
        exchange = Exchange(30, True)
        exchange.begin("call")
        failure = failed(planned(method), exchange, httpx.ConnectError("refused"))
        assert isinstance(failure, NotSent)
        assert attempts.after(failure) == 0


def test_a_busy_answer_to_a_safe_write_says_that_it_may_be_repeated(
    client: Client, serve: Serve, warm: Any
) -> None:
    server = serve(Script(refused(-1)))
    with pytest.raises(Busy) as caught:
        client(server.base_url, retries=0, token_store=warm)("cancel_groupmsg_send", msgid="m")
    assert isinstance(caught.value, OutcomeUnknown)
    assert caught.value.retry == "later"
    assert "may be repeated: what is stopped stays stopped" in str(caught.value)


@pytest.mark.parametrize(
    ("given", "error", "about"),
    [
        (-1, ValueError, "retries: 0 for none, or a number above, not -1"),
        (1.0, TypeError, "retries: a number or a Retries is needed, not float"),
        (True, TypeError, "retries: a number or a Retries is needed, not bool"),
        (None, TypeError, "retries: a number or a Retries is needed, not NoneType"),
        ("2", TypeError, "retries: a number or a Retries is needed, not str"),
    ],
)
def test_numbers_that_make_no_sense(given: Any, error: type[Exception], about: str) -> None:
    for kind in (WeCom, AsyncWeCom):
        with pytest.raises(error, match=f"^{about}$"):
            kind("ww", "s", base_url="http://127.0.0.1", retries=given)


@pytest.mark.parametrize(
    ("value", "error", "says"),
    [
        (-1, ValueError, "a finite number of seconds is needed, not -1"),
        (float("nan"), ValueError, "a finite number of seconds is needed, not nan"),
        (float("inf"), ValueError, "a finite number of seconds is needed, not inf"),
        ("1", TypeError, "a number of seconds is needed, not str"),
        (None, TypeError, "a number of seconds is needed, not NoneType"),
        (True, TypeError, "a number of seconds is needed, not bool"),
    ],
)
@pytest.mark.parametrize("name", ["first", "longest"])
def test_pauses_that_make_no_sense(name: str, value: Any, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=f"^{name}: {says}$"):
        Retries(2, **{name: value})
    assert Retries(2, **{name: 0}) == Retries(2, **{name: 0.0})
