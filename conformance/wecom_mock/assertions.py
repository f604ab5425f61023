"""What a test says about the messages that were sent, and what it is told when that is not so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from os.path import commonprefix
from typing import TYPE_CHECKING, Any

from attrs import frozen

from wecom_contract import check

if TYPE_CHECKING:
    from .calls import Exchange
    from .state import State
    from .tasks import Task

CREATE = "add_msg_template"
#: The operations that bring something to customers.
SENDING = (CREATE, "add_moment_task", "send_welcome_msg")
#: Refusals of requests that never were what the contract describes.
_NO_REQUEST = ("body.", "form.", "request.")
_SHOWN = 3
_ABSENT = object()


@frozen(kw_only=True)
class Wanted:
    """What a message shall be; ``None`` leaves a part open."""

    to: frozenset[str] | None = None
    text: str | re.Pattern[str] | None = None
    sender: str | None = None
    attachments: tuple[Any, ...] | None = None
    chat_type: str | None = None

    def rows(self) -> Iterator[tuple[str, str]]:
        """Name and value of each part that is not open."""
        if self.to is not None:
            yield "to", _ids(self.to)
        if isinstance(self.text, re.Pattern):
            yield "text", f"with /{self.text.pattern}/ in it"
        elif self.text is not None:
            yield "text", repr(self.text)
        if self.sender is not None:
            yield "sender", self.sender
        if self.chat_type is not None:
            yield "chat_type", self.chat_type
        if self.attachments is not None:
            yield "attachments", _short(list(self.attachments))


@frozen
class Sent:
    """A call of add_msg_template: what was asked for and whom it reaches."""

    exchange: Exchange
    task: Task | None

    @property
    def body(self) -> Mapping[str, Any]:
        """The request body."""
        return self.exchange.body if isinstance(self.exchange.body, dict) else {}

    @property
    def to(self) -> frozenset[str]:
        """Whom it reaches; of a refused call whom it names."""
        if self.task is None:
            named = [*_list(self.body.get("external_userid")), *_list(self.body.get("chat_id_list"))]
            return frozenset(str(one) for one in named)
        parts = self.task.assignments.values()
        return frozenset(delivery.target for part in parts for delivery in part.deliveries)

    def differences(self, wanted: Wanted) -> list[tuple[str, str]]:
        """Name of each part that is not as wanted, and how it differs."""
        found: list[tuple[str, str]] = []
        body = self.body
        if wanted.to is not None and self.to != wanted.to:
            found.append(("to", self._other_recipients(wanted.to)))
        text = body.get("text")
        content = text.get("content") if isinstance(text, dict) else None
        if isinstance(wanted.text, re.Pattern):
            if not isinstance(content, str) or not wanted.text.search(content):
                found.append(("text", f"{content!r} has no /{wanted.text.pattern}/ in it"))
        elif wanted.text is not None and content != wanted.text:
            found.append(("text", _other_text(content, wanted.text)))
        if wanted.sender is not None and body.get("sender") != wanted.sender:
            found.append(("sender", f"{body.get('sender', 'none')} instead of {wanted.sender}"))
        chat_type = body.get("chat_type", "single")
        if wanted.chat_type is not None and chat_type != wanted.chat_type:
            found.append(("chat_type", f"{chat_type} instead of {wanted.chat_type}"))
        if wanted.attachments is not None:
            listed = list(wanted.attachments)
            for path, how in _differences(body.get("attachments") or [], listed, "attachments"):
                found.append((path, how))
        return found

    def _other_recipients(self, wanted: frozenset[str]) -> str:
        said = []
        if lacking := wanted - self.to:
            failed = lacking & set(self.task.fail_list if self.task else ())
            told = f" ({_ids(failed)} in its fail_list)" if failed else ""
            said.append(f"lacks {_ids(lacking)}{told}")
        if besides := self.to - wanted:
            said.append(f"has {_ids(besides)} besides")
        return "; ".join(said)

    def outcome(self) -> str:
        """How it ended, in a few words."""
        exchange = self.exchange
        if exchange.accepted:
            return "accepted"
        if exchange.errcode is None:
            return f"answered with HTTP {exchange.status}"
        why = f"{exchange.rule} at {exchange.path_broken or 'the body'}" if exchange.rule else exchange.reason
        return f"refused with {exchange.errcode}{f', {why}' if why else ''}"


def sent(state: State) -> list[Sent]:
    """The calls of add_msg_template, with the tasks that came of them."""
    found = []
    for exchange in state.calls.of(CREATE):
        task = None
        if exchange.accepted and isinstance(exchange.answer, dict):
            task = state.tasks.get(str(exchange.answer.get("msgid")))
        found.append(Sent(exchange, task))
    return found


def not_sent_like_this(state: State, wanted: Wanted, times: int | None) -> tuple[list[Task], str]:
    """Look for messages.

    Returns:
        The tasks of those that are as wanted, and what is to be said if they aren't as many as wanted: nothing
        where they are.
    """
    calls = sent(state)
    found = [one for one in calls if one.exchange.accepted and not one.differences(wanted)]
    tasks = [one.task for one in found if one.task is not None]
    if len(found) == times or (times is None and found):
        return tasks, ""
    lines = _description(wanted)
    if found:
        numbers = ", ".join(str(one.exchange.number) for one in found)
        times_wanted = "none" if times == 0 else str(times)
        told = f"{len(found)} messages like this were sent (calls {numbers}), {times_wanted} expected:"
        if len(found) == 1:
            told = f"1 message like this was sent (call {numbers}), {times_wanted} expected:"
        lines.insert(0, told)
    else:
        lines.insert(0, "no message like this was sent:" if lines else "no message was sent")
    others = [one for one in calls if one not in found]
    lines += _nearest(others, wanted) if others else []
    if not calls:
        lines.append(_what_there_was(state))
    return tasks, "\n".join(lines + _forgotten(state))


def _nearest(others: list[Sent], wanted: Wanted) -> list[str]:
    ranked = sorted(
        others,
        key=lambda one: (len(one.differences(wanted)), not one.exchange.accepted, -one.exchange.number),
    )
    lines = [f"nearest {'call' if len(others) == 1 else f'of {len(others)} calls'} of {CREATE}:"]
    for one in ranked[:_SHOWN]:
        lines.append(f"  call {one.exchange.number}, {one.outcome()}:")
        differences = one.differences(wanted) or [("", "the same, but it was not accepted")]
        lines += [f"    {name + '  ' if name else ''}{how}" for name, how in differences]
    return lines


def _description(wanted: Wanted) -> list[str]:
    rows = list(wanted.rows())
    width = max((len(name) for name, _ in rows), default=0)
    return [f"  {name:<{width}}  {value}" for name, value in rows]


def _what_there_was(state: State) -> str:
    names = dict.fromkeys(exchange.operation or exchange.path for exchange in state.calls)
    if not names:
        return "no call reached the mock at all: does the code under test use its base_url?"
    return f"there was no call of {CREATE}, only of: {', '.join(names)}"


def _forgotten(state: State) -> list[str]:
    if not state.calls.forgotten:
        return []
    return [f"(the log is full: the first {state.calls.forgotten} calls are not in it any more)"]


def something_sent(state: State) -> str:
    """What is to be said where anything was sent to customers; nothing where nothing was."""
    lines = [
        f"  call {exchange.number}, {exchange.operation}: {_short(exchange.body)}"
        for exchange in state.calls
        if exchange.operation in SENDING and exchange.accepted
    ]
    if lines:
        return "\n".join(["something was sent:", *lines, *_forgotten(state)])
    if state.calls.forgotten:
        return "\n".join(["whether nothing was sent can't be told:", *_forgotten(state)])
    return ""


def broken_rules(state: State) -> str:
    """What is to be said where a request was not what the contract asks for; nothing where all were."""
    lines = []
    for exchange in state.calls:
        name = exchange.operation or f"{exchange.method} {exchange.path}"
        if exchange.rule:
            lines.append(f"  call {exchange.number}, {name}: {exchange.rule}")
            lines += [f"    {line}" for line in _explained(exchange)]
        elif exchange.operation is None and exchange.status == 404:
            lines.append(f"  call {exchange.number}, {name}: no operation of the contract")
        elif exchange.reason and exchange.reason.startswith(_NO_REQUEST):
            lines.append(f"  call {exchange.number}, {name}: {exchange.reason}")
    return "\n".join(["requests broke rules of the contract:", *lines]) if lines else ""


def _explained(exchange: Exchange) -> list[str]:
    if exchange.operation is None:
        return []
    body = exchange.body
    if body is None:
        return []
    for violation in check(exchange.operation, body):
        if violation.rule == exchange.rule:
            return [violation.message, f"→ {violation.fix}"]
    return []


def plain(value: Any) -> Any:
    """An attachment as JSON data: a mapping, or a model that can tell it by ``to_dict``.

    A model of the content alone, a ``Link`` for one, gets the ``msgtype`` around it that its class is called.
    """
    if isinstance(value, Mapping):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    told = getattr(value, "to_dict", None)
    if told is None:
        return value
    content = told()
    kind = type(value).__name__.lower()
    return content if "msgtype" in content else {"msgtype": kind, kind: content}


def _differences(found: Any, wanted: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(found, dict) and isinstance(wanted, dict):
        for name in dict.fromkeys((*wanted, *found)):
            yield from _differences(found.get(name, _ABSENT), wanted.get(name, _ABSENT), f"{path}.{name}")
    elif isinstance(found, list) and isinstance(wanted, list):
        for index, (one, other) in enumerate(zip_longest(found, wanted, fillvalue=_ABSENT)):
            yield from _differences(one, other, f"{path}[{index}]")
    elif found is _ABSENT:
        yield path, f"is not there; expected {_short(wanted)}"
    elif wanted is _ABSENT:
        yield path, f"is there besides: {_short(found)}"
    elif found != wanted or isinstance(found, bool) != isinstance(wanted, bool):
        both = isinstance(found, str) and isinstance(wanted, str)
        yield path, _other_text(found, wanted) if both else f"{found!r} instead of {wanted!r}"


def _other_text(found: object, wanted: str) -> str:
    if not isinstance(found, str):
        return f"{'none' if found is None else repr(found)} instead of {_short(wanted)}"
    same = len(commonprefix((found, wanted)))
    start = max(0, same - 20)
    shown, expected = (f"{'…' if start else ''}{text[start : start + 60]}" for text in (found, wanted))
    return f"{shown!r} instead of {expected!r}, from character {same + 1}"


def _ids(ids: Iterable[str]) -> str:
    listed = sorted(ids)
    shown = ", ".join(listed[:8]) or "nobody"
    return f"{shown} and {len(listed) - 8} more" if len(listed) > 8 else shown


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 300 else f"{text[:300]}…"
