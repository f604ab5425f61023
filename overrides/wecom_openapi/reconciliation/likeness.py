"""Whether a task of the list has the content of a message that was sent.

The list shows what the server keeps, which isn't always what was sent: a mini program comes without its cover, an
image by its media_id where it has one. So only what the server has no reason to write anew tells two messages apart;
another id or address leaves it open.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from attrs import frozen

_TELLING: Final = frozenset({"title", "appid"})
"""Fields of an attachment that a person wrote or chose, and that come back as they are."""


@frozen
class Likeness:
    """How like two messages are.

    Attributes:
        verdict: ``same`` content, ``other`` content, or ``open``.
        why: in a few words.
    """

    verdict: Literal["same", "other", "open"]
    why: str


def likeness(sent: Mapping[str, Any], listed: Mapping[str, Any]) -> Likeness:
    """How like a listed task is to a message.

    Args:
        sent: the body of add_msg_template.
        listed: a row of get_groupmsg_list_v2, as plain JSON data.
    """
    if _text(sent) != _text(listed):
        return Likeness("other", "another text")
    ours, theirs = _attachments(sent), _attachments(listed)
    if sorted(kind for kind, _ in ours) != sorted(kind for kind, _ in theirs):
        return Likeness("other", "other attachments")
    doubts: list[str] = []
    for kind, content in ours:
        found = [_compared(kind, content, theirs[at][1], at) for at in _of_kind(theirs, kind)]
        best = min(found, key=lambda one: _BEST_FIRST.index(one[0].verdict))
        if best[0].verdict == "other":
            return best[0]
        if best[0].verdict == "open":
            doubts.append(best[0].why)
        theirs.pop(best[1])
    return Likeness("open", doubts[0]) if doubts else Likeness("same", "the same content")


_BEST_FIRST: Final = ("same", "open", "other")


def _compared(kind: str, sent: Mapping[str, Any], listed: Mapping[str, Any], at: int) -> tuple[Likeness, int]:
    common = [name for name in sent if name in listed]
    differing = [name for name in common if _plain(sent[name]) != _plain(listed[name])]
    if _TELLING & set(differing):
        return Likeness("other", f"another {kind}"), at
    if differing:
        return Likeness("open", f"the {differing[0]} of its {kind} is another one"), at
    if sent and not common:
        return Likeness("open", f"its {kind} is listed by another field"), at
    return Likeness("same", ""), at


def _of_kind(attachments: Sequence[tuple[str, Any]], kind: str) -> list[int]:
    return [at for at, each in enumerate(attachments) if each[0] == kind]


def _text(message: Mapping[str, Any]) -> str:
    text = message.get("text")
    return _plain(text.get("content") or "") if isinstance(text, Mapping) else ""


def _attachments(message: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    found: list[tuple[str, Mapping[str, Any]]] = []
    for each in message.get("attachments") or ():
        kind = str(each.get("msgtype"))
        content = each.get(kind)
        found.append((kind, content if isinstance(content, Mapping) else {}))
    return found


def _plain(value: Any) -> Any:
    """A text without white space and in one form of Unicode: what a server may change in keeping it."""
    if not isinstance(value, str):
        return value
    return "".join(unicodedata.normalize("NFKC", value).split())
