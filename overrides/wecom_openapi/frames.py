"""Exceptions without the frames that show secrets: error trackers keep the variables of each frame."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any, Final, TypeVar, cast

_MethodT = TypeVar("_MethodT", bound=Callable[..., Any])

# Their frames hold URLs, tokens and bytes that were about to be sent, and ours hold secrets on their way there.
_KEEPERS: Final = frozenset(
    {
        "httpx",
        "httpcore",
        "h11",
        "anyio",
        "asyncio",
        "ssl",
        "socket",
        "redis",
        "wecom_openapi",
        "wecom_client",
    }
)


def frameless(method: _MethodT) -> _MethodT:
    """The method, or coroutine function. What it raises has no frame below its caller's: the variables there would be
    its arguments, and those are secrets.
    """
    return _mended(method, lambda exc: exc.with_traceback(None))


def tidy(method: _MethodT) -> _MethodT:
    """The method, or coroutine function. What it raises has only the frames that `without_frames` leaves."""
    return _mended(method, without_frames)


def _mended(method: _MethodT, mend: Callable[[BaseException], BaseException]) -> _MethodT:
    @functools.wraps(method)
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return method(*args, **kwargs)
        except BaseException as exc:  # noqa: BLE001 - it goes on
            del args, kwargs
            raise mend(exc)  # noqa: B904 - it is the same one

    @functools.wraps(method)
    async def acall(*args: Any, **kwargs: Any) -> Any:
        try:
            return await method(*args, **kwargs)
        except BaseException as exc:  # noqa: BLE001 - it goes on
            del args, kwargs
            raise mend(exc)  # noqa: B904 - it is the same one

    return cast(_MethodT, acall if inspect.iscoroutinefunction(method) else call)


def without_frames(exc: BaseException) -> BaseException:
    """The exception, its causes and contexts, without the frames of those who hold secrets: what a token store or a
    transport of the caller has raised keeps its own. Error trackers keep the variables of each frame.
    """
    for link in chain(exc):
        kept = [entry for entry in _entries(link.__traceback__) if not _keeps_secrets(entry)]
        following: TracebackType | None = None
        for entry in reversed(kept):
            following = TracebackType(following, entry.tb_frame, entry.tb_lasti, entry.tb_lineno)
        link.__traceback__ = following
    return exc


def _entries(traceback: TracebackType | None) -> Iterator[TracebackType]:
    while traceback is not None:
        yield traceback
        traceback = traceback.tb_next


def _keeps_secrets(entry: TracebackType) -> bool:
    return str(entry.tb_frame.f_globals.get("__name__", "")).partition(".")[0] in _KEEPERS


def chain(exc: BaseException) -> list[BaseException]:
    """The exception with its causes and contexts, each once."""
    found: dict[int, BaseException] = {}
    todo: list[BaseException | None] = [exc]
    while todo:
        link = todo.pop()
        if link is not None and id(link) not in found:
            found[id(link)] = link
            todo += [link.__cause__, link.__context__]
    return list(found.values())
