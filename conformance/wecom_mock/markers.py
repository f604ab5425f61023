"""What ``@pytest.mark.wecom(…)`` may say, read strictly."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from .arrange import empty_company
from .clock import Clock
from .company import Company
from .demo import demo_company
from .settings import Settings
from .state import State

_OWN = ("company", "now", "seed")


class MarkerError(ValueError):
    """A marker that can't be meant; the text is one line."""


def read(arguments: Iterable[tuple[tuple[Any, ...], Mapping[str, Any]]], folder: Path) -> tuple[State, Clock]:
    """What the markers of a test ask for.

    Args:
        arguments: positional and named arguments of each marker, the nearest to the test first; it wins.
        folder: where the names of files begin, the test's own.

    Raises:
        MarkerError: a name or a value that is none.
    """
    merged: dict[str, Any] = {}
    for positional, named in arguments:
        if positional:
            raise MarkerError(f"takes names only, like company='demo'; not {positional[0]!r}")
        merged = {**named, **merged}
    types = get_type_hints(Settings)
    for name in merged:
        if name not in types and name not in _OWN:
            known = sorted((*types, *_OWN))
            near = difflib.get_close_matches(name, known, 1)
            hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(known)}"
            raise MarkerError(f"{name} is no setting; {hint}")
    seed = merged.pop("seed", 0)
    if not _fits(seed, int):
        raise MarkerError(f"seed={seed!r}: a whole number is needed")
    company, clock = _company(merged.pop("company", None), folder), _clock(merged.pop("now", None))
    for name, value in merged.items():
        if not _fits(value, types[name]):
            raise MarkerError(f"{name}={value!r}: {_wanted(types[name])} is needed")
    try:
        settings = Settings(**merged)
    except ValueError as error:
        raise MarkerError(str(error.args[0])) from None
    return State(company, settings, seed), clock


def _company(asked: object, folder: Path) -> Company:
    if asked is None:
        return empty_company()
    if isinstance(asked, Company):
        return asked
    if asked == "demo":
        return demo_company()
    if not isinstance(asked, str | Path) or not str(asked):
        raise MarkerError(f"company={asked!r}: 'demo', the name of a YAML file or a Company is needed")
    from .company_file import CompanyFileError, load_company

    try:
        return load_company(folder / asked)
    except CompanyFileError as error:
        raise MarkerError(f"company: {error}") from None


def _clock(asked: object) -> Clock:
    if isinstance(asked, str):
        try:
            asked = datetime.fromisoformat(asked)
        except ValueError:
            raise MarkerError(f"now={asked!r}: no time; '2026-11-22T12:00:00+08:00' is one") from None
    if asked is not None and not isinstance(asked, datetime) and not _fits(asked, float):
        raise MarkerError(f"now={asked!r}: Unix seconds, an aware datetime or its text is needed")
    try:
        return Clock(asked)  # type: ignore[arg-type]
    except ValueError as error:
        raise MarkerError(f"now: {error}") from None


def _fits(value: object, kind: Any) -> bool:
    if get_origin(kind) is Literal:
        # 1 is no True, and the other way round.
        return any(value == one and type(value) is type(one) for one in get_args(kind))
    if get_args(kind):
        return any(_fits(value, one) for one in get_args(kind))
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return type(value) is kind


def _wanted(kind: Any) -> str:
    if get_origin(kind) is Literal:
        listed = [repr(one) for one in get_args(kind)]
        return f"{', '.join(listed[:-1])} or {listed[-1]}"
    if get_args(kind) and get_origin(kind) is not Union:
        return " or ".join(_wanted(one) for one in get_args(kind))
    names = {bool: "True or False", int: "a whole number", float: "a number", type(None): "None"}
    return names.get(kind, getattr(kind, "__name__", str(kind)))
