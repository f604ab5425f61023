"""Broken rules as lines for people and as data for programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import asdict, evolve

from wecom_cli.language import Language
from wecom_contract import Violation
from wecom_openapi.validation import line


def lines(violations: Iterable[Violation], language: Language) -> list[str]:
    """A line each: what is wrong, how to mend it, and the id of the rule."""
    return [_line(each, language) for each in violations]


def data(violations: Iterable[Violation]) -> list[dict[str, Any]]:
    """An object each, in both languages."""
    return [asdict(each) for each in violations]


def _line(violation: Violation, language: Language) -> str:
    if violation.confirm is not None:  # its own advice is for those who write Python
        option = f"--{violation.confirm.replace('_', '-')}"
        fix, fix_zh = f"use {option} if that is what you want", f"如确有此意，请使用 {option}"
        violation = evolve(violation, fix=fix, fix_zh=fix_zh)
    return line(violation) if language is Language.EN else _chinese(violation)


def _chinese(violation: Violation) -> str:
    fix = f"；{violation.fix_zh}" if violation.fix_zh else ""
    return f"{violation.message_zh}{fix} [{violation.rule}]"
