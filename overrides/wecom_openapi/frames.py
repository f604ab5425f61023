"""Methods whose arguments are secrets, without the frames that would show them."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


def frameless(method: Callable[_P, _T]) -> Callable[_P, _T]:
    """The method; what it raises has no frame below its caller's, whose variables would be the arguments."""

    @functools.wraps(method)
    def call(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        try:
            return method(*args, **kwargs)
        except BaseException as exc:
            del args, kwargs
            raise exc.with_traceback(None)  # noqa: B904 - it is the same one

    return call


def aframeless(method: Callable[_P, Awaitable[_T]]) -> Callable[_P, Awaitable[_T]]:
    """`frameless` for a coroutine function."""

    @functools.wraps(method)
    async def call(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        try:
            return await method(*args, **kwargs)
        except BaseException as exc:
            del args, kwargs
            raise exc.with_traceback(None)  # noqa: B904 - it is the same one

    return call
