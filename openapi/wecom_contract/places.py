"""Ways to write down a place in a body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Path = Sequence[str | int]


def dotted(path: Path) -> str:
    """``("attachments", 3, "link", "title")`` as ``attachments[3].link.title``."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{step}" if text else step
    return text


def pointer(path: Path) -> str:
    """The same place as a JSON pointer (RFC 6901)."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in path)


def walk(value: object, limit: int = 200) -> Iterator[tuple[tuple[str | int, ...], object]]:
    """Every place in ``value`` with what stands there, keys of objects included, to a depth of ``limit``."""
    stack: list[tuple[tuple[str | int, ...], object]] = [((), value)]
    while stack:
        path, here = stack.pop()
        yield path, here
        if len(path) >= limit:
            continue
        if isinstance(here, dict):
            stack.extend(((*path, str(key)), child) for key, child in reversed(here.items()))
        elif isinstance(here, (list, tuple)):
            stack.extend(((*path, index), child) for index, child in reversed(list(enumerate(here))))
