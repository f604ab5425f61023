"""The mock with one fault planted: proof that the suite would see it."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from attrs import evolve

from wecom_contract import OPERATIONS, check
from wecom_mock import Reply, Request, Settings, State, handle

Message = MutableMapping[str, Any]
Fault = Callable[[State, Request, float], Reply]
NOW = 1795320000.0
JSON = ("Content-Type", "application/json; charset=UTF-8")
_BY_PATH = {operation.path: operation.id for operation in OPERATIONS.values()}
_CUSTOMER = "woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA"


def app_of(fault: Fault) -> Callable[..., Awaitable[None]]:
    """An ASGI application that answers as the fault does."""
    # The suite makes more moments in a minute than a company may.
    state = State(settings=Settings(moments_per_minute=None))

    async def app(scope: Message, receive: Callable[..., Any], send: Callable[..., Any]) -> None:
        if scope["type"] != "http":
            return
        body = (await receive()).get("body", b"")
        reply = fault(state, Request(scope["method"], scope["path"], scope["query_string"], body), NOW)
        headers = [(name.lower().encode(), value.encode()) for name, value in reply.headers]
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        await send({"type": "http.response.body", "body": reply.body})

    return app


# What a fault is made of.


def rule_of(reply: Reply) -> str:
    """The rule of the contract for which the mock refused; empty where it was none."""
    return dict(reply.headers).get("X-Mock-Rule", "").partition(";")[0]


def answer_of(reply: Reply) -> Any:
    """The answer as JSON data."""
    return json.loads(reply.body)


def with_answer(reply: Reply, answer: object) -> Reply:
    """The same reply with another envelope."""
    return with_body(reply, json.dumps(answer, ensure_ascii=False).encode())


def with_body(reply: Reply, body: bytes, content_type: tuple[str, str] = JSON) -> Reply:
    """The same reply with other bytes."""
    return Reply(reply.status, (content_type,), body)


def served(state: State, request: Request) -> Reply:
    """What a good request to the same operation gets."""
    operation = OPERATIONS[_BY_PATH[request.path]]
    task = {"external_userid": [_CUSTOMER], "text": {"content": "x"}}
    token, _ = state.token_for(state.company.apps[0], NOW)
    query = b"access_token=" + token.encode()
    create = OPERATIONS["add_msg_template"]
    made = handle(state, Request("POST", create.path, query, json.dumps(task).encode()), NOW)
    if operation.id == "add_msg_template":
        return made
    if not operation.has_body:
        return handle(state, Request("GET", operation.path, b"corpid=wwdemo&corpsecret=demo", b""), NOW)
    body = {"msgid": answer_of(made)["msgid"]}
    if operation.id == "get_groupmsg_send_result":
        body["userid"] = "zhangsan"
    return handle(state, Request("POST", operation.path, query, json.dumps(body).encode()), NOW)


def forgives(pattern: str) -> Fault:
    """A server that knows no rule whose id the pattern matches."""

    def fault(state: State, request: Request, now: float) -> Reply:
        reply = handle(state, request, now)
        return served(state, request) if re.fullmatch(pattern, rule_of(reply)) else reply

    return fault


def answers(change: Callable[[Any], Any]) -> Fault:
    """A server that writes something else into the envelope of every answer."""

    def fault(state: State, request: Request, now: float) -> Reply:
        reply = handle(state, request, now)
        return with_answer(reply, change(answer_of(reply)))

    return fault


def refuses(condition: Callable[[Any], bool], code: int) -> Fault:
    """A server that refuses good messages of some kind."""

    def fault(state: State, request: Request, now: float) -> Reply:
        reply = handle(state, request, now)
        is_task = _BY_PATH[request.path] == "add_msg_template" and answer_of(reply)["errcode"] == 0
        if is_task and condition(json.loads(request.body)):
            return with_answer(reply, {"errcode": code, "errmsg": "no"})
        return reply

    return fault


def characters_not_bytes(state: State, request: Request, now: float) -> Reply:
    """Takes a byte limit for a number of characters."""
    reply = handle(state, request, now)
    if rule_of(reply).endswith(".max-bytes"):
        broken = check(_BY_PATH[request.path], json.loads(request.body))
        characters = [re.search(r"in (\d+) character", one.given) for one in broken]
        if all(
            found and int(found[1]) <= int(str(one.limit))
            for found, one in zip(characters, broken, strict=True)
        ):
            return served(state, request)
    return reply


def any_token(state: State, request: Request, now: float) -> Reply:
    """Looks at no token."""
    token, _ = state.token_for(state.company.apps[0], now)
    operation = OPERATIONS[_BY_PATH[request.path]]
    if operation.auth is not None:
        request = evolve(request, query=b"access_token=" + token.encode())
    return handle(state, request, now)


def two_tokens(state: State, request: Request, now: float) -> Reply:
    """Takes the first token of several."""
    return handle(state, evolve(request, query=request.query.partition(b"&access_token=")[0]), now)


def any_method(state: State, request: Request, now: float) -> Reply:
    """Looks at no method."""
    return handle(state, evolve(request, method=OPERATIONS[_BY_PATH[request.path]].method), now)


def html_refusals(state: State, request: Request, now: float) -> Reply:
    """Refuses with a page."""
    reply = handle(state, request, now)
    return (
        reply
        if answer_of(reply)["errcode"] == 0
        else with_body(reply, b"<html>no</html>", ("Content-Type", "text/html"))
    )


def status_refusals(state: State, request: Request, now: float) -> Reply:
    """Refuses with an HTTP status."""
    reply = handle(state, request, now)
    return reply if answer_of(reply)["errcode"] == 0 else evolve(reply, status=400)


def falls_over(state: State, request: Request, now: float) -> Reply:
    """Falls over at bytes that are no JSON."""
    reply = handle(state, request, now)
    return evolve(reply, status=500) if dict(reply.headers).get("X-Mock-Reason") == "body.json" else reply


def raises(state: State, request: Request, now: float) -> Reply:
    """Raises at bytes that are no JSON, and so gives no answer."""
    reply = handle(state, request, now)
    if dict(reply.headers).get("X-Mock-Reason") == "body.json":
        raise ValueError("planted")
    return reply


def plain_text(state: State, request: Request, now: float) -> Reply:
    """Sends its JSON as text."""
    reply = handle(state, request, now)
    return with_body(reply, reply.body, ("Content-Type", "text/plain"))


def code_twice(state: State, request: Request, now: float) -> Reply:
    """Says refused and served in one answer."""
    reply = handle(state, request, now)
    return with_body(reply, reply.body.replace(b"{", b'{"errcode":0,', 1))


def loses_calls(state: State, request: Request, now: float) -> Reply:
    """Raises where it is asked about a task that nobody made."""
    reply = handle(state, request, now)
    if dict(reply.headers).get("X-Mock-Reason") == "msgid.unknown":
        raise LookupError("planted")
    return reply


def forgets_tasks(state: State, request: Request, now: float) -> Reply:
    """Forgets a task as soon as the next one is made."""
    for msgid in list(state.tasks)[:-1]:
        del state.tasks[msgid]
    return handle(state, request, now)


def never_cancels(state: State, request: Request, now: float) -> Reply:
    """Says that a task is cancelled, and goes on with it."""
    reply = handle(state, request, now)
    for task in state.tasks.values():
        task.cancelled = False
    return reply


def other_member(state: State, request: Request, now: float) -> Reply:
    """Gives the task to somebody else than its sender."""
    reply = handle(state, request, now)
    for task in state.tasks.values():
        for assignment in task.assignments.values():
            assignment.userid = "lisi"
    return reply


def same_msgid(state: State, request: Request, now: float) -> Reply:
    """Gives every task the same id."""
    reply = handle(state, request, now)
    answer = answer_of(reply)
    return with_answer(reply, {**answer, "msgid": next(iter(state.tasks))}) if "msgid" in answer else reply
