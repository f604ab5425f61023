"""Broken rules as lines for people and as data for programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import asdict

from wecom_cli.language import Language
from wecom_contract import Violation
from wecom_openapi.validation import line


def lines(violations: Iterable[Violation], language: Language) -> list[str]:
    """A line each: what is wrong, how to mend it, and the id of the rule."""
    return [line(each) if language is Language.EN else _chinese(each) for each in violations]


def data(violations: Iterable[Violation]) -> list[dict[str, Any]]:
    """An object each, in both languages."""
    return [asdict(each) for each in violations]


def _chinese(violation: Violation) -> str:
    given = f"（当前：{violation.given}）" if violation.keyword in ("minimum", "maximum") else ""
    fix = f"；{violation.fix_zh}" if violation.fix_zh else ""
    return f"{violation.message_zh}{given}{fix} [{violation.rule}]"
