"""Every rule of the contract by its id: the limit, the vendor's code and the evidence."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from attrs import frozen

from wecom_contract.data import load


@frozen
class Evidence:
    """Where a rule comes from and how sure it is."""

    source: str
    """Keys of the contract's ``x-sources``, with spaces between."""
    date: str
    confidence: str
    """V: the vendor's own page; M2, M1: copies or SDKs; L: recorded against a real tenant; I: inferred."""
    note: str = ""


@frozen
class Rule:
    """One constraint of a request, or one warning."""

    id: str
    operation: str
    """The first operation that it belongs to; rules of a shared object belong to several."""
    place: str
    """Schema and property: ``Link.title``."""
    keyword: str
    limit: Any
    """The value of the constraint; None where the words of the rule say it all."""
    errcode: int | None
    """The vendor's code for a request that breaks it, as far as it is known; None for a warning."""
    en: str
    zh: str
    evidence: tuple[Evidence, ...]
    confirm: str | None
    condition: str | None
    """For a rule between fields and for a warning: the schema that says it, as JSON."""


@cache
def rules() -> Mapping[str, Rule]:
    """All rules and warnings by id, in the order of the contract."""
    return MappingProxyType(
        {
            name: Rule(id=name, **{**entry, "evidence": tuple(Evidence(**one) for one in entry["evidence"])})
            for name, entry in load("rules").items()
        }
    )
