"""Methods whose arguments are secrets, without the frames that would show them."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, TypeVar, cast

_MethodT = TypeVar("_MethodT", bound=Callable[..., Any])


def frameless(method: _MethodT) -> _MethodT:
    """The method, or coroutine function. What it raises has no frame below its caller's: the variables there would be
    its arguments, and error trackers keep them.
    """

    @functools.wraps(method)
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return method(*args, **kwargs)
        except BaseException as exc:  # noqa: BLE001 - it goes on
            del args, kwargs
            raise exc.with_traceback(None)  # noqa: B904 - it is the same one

    @functools.wraps(method)
    async def acall(*args: Any, **kwargs: Any) -> Any:
        try:
            return await method(*args, **kwargs)
        except BaseException as exc:  # noqa: BLE001 - it goes on
            del args, kwargs
            raise exc.with_traceback(None)  # noqa: B904 - it is the same one

    return cast(_MethodT, acall if inspect.iscoroutinefunction(method) else call)
