"""``wecom errcode``: what a code means and what to do about it. Asks nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from attrs import asdict

from wecom_cli.exits import Exit
from wecom_cli.output import Output
from wecom_contract import ErrorCode, errcode

_RETRY: Final[Mapping[str, tuple[str, str]]] = {
    "never": ("no: the same call gives the same", "否：相同的调用结果相同"),
    "later": ("yes, after a pause: nothing happened", "可以稍后重试：没有产生任何影响"),
    "now": ("with a new token; the client does that by itself, once", "换新凭证后可以；客户端会自动重试一次"),
}
_UNKNOWN: Final[Mapping[str, tuple[str, str]]] = {
    "never": ("look first whether a write went through", "先确认写入是否已经生效"),
    "later": (
        "a reading call after a pause; before a write look first whether it went through",
        "读取类可以稍后重试；写入类先确认是否已经生效",
    ),
}
_READING: Final = "get_groupmsg_task"  # stands for every call that only reads
_EFFECT: Final[Mapping[str, tuple[str, str]]] = {
    "none": ("none: the refused call changed nothing", "无：被拒绝的调用没有产生任何影响"),
    "unknown": (
        "unknown: a refused write may have gone through all the same",
        "未知：被拒绝的写入可能已经生效",
    ),
}


def show(codes: Sequence[int], output: Output) -> Exit:
    """Print each code."""
    entries = [errcode(code) for code in codes]
    if output.json:
        output.document({"errcodes": [_data(entry) for entry in entries]})
        return Exit.DONE
    for index, entry in enumerate(entries):
        if index:
            output.text()
        _print(entry, output)
    return Exit.DONE


def _data(entry: ErrorCode) -> dict[str, Any]:
    fields = asdict(entry, filter=lambda attribute, _: attribute.name != "evidence")
    return {
        **fields,
        "known": bool(entry.zh or entry.en),
        "retry_reading": errcode(entry.code, _READING).retry,
    }


def _retry(entry: ErrorCode) -> tuple[str, str]:
    if entry.category == "ok":
        return "not needed", "不需要"
    if entry.effect == "unknown":
        return _UNKNOWN[errcode(entry.code, _READING).retry]
    return _RETRY[entry.retry]


def _effect(entry: ErrorCode) -> tuple[str, str]:
    return ("the call went through", "调用已成功") if entry.category == "ok" else _EFFECT[entry.effect]


def _print(entry: ErrorCode, output: Output) -> None:
    if not (entry.zh or entry.en):
        unknown = output.say("not in the vendor's table", "不在官方错误码表中")
        output.text(f"{entry.code}: {unknown}")
    else:
        # Both languages: whoever looks a code up may have the message in either.
        output.text(f"{entry.code}: {' / '.join(filter(None, [entry.en, entry.zh]))}")
    output.text(output.say("  category: ", "  类别：") + entry.category)
    output.text(output.say("  effect:   ", "  影响：") + output.say(*_effect(entry)))
    output.text(output.say("  retry:    ", "  重试：") + output.say(*_retry(entry)))
    if entry.action:
        output.text(output.say("  do:       ", "  处理：") + output.say(entry.action, entry.action_zh))
