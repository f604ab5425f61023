"""Builds the contract: a vendor document, corrected, in canonical order, with an id at every rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openapi_spec_validator import OpenAPIV31SpecValidator

from pipeline import overlay
from pipeline.config import Api, Vendor
from pipeline.documents import read_yaml
from pipeline.errors import PipelineError
from pipeline.evidence import check_sources
from pipeline.rule_table import rule_table
from pipeline.rules import fill_rules, operations

HEADER = "Built by `make regenerate` from the vendor's document and the corrections beside it. Don't edit it."

ORDER = (
    "openapi info servers tags security paths components id errcode operationId title name in url source "
    "confidence date note field confirm summary x-summary-zh version x-subject type format const enum "
    "default minimum maximum minLength maxLength x-max-bytes pattern minItems maxItems uniqueItems "
    "required additionalProperties properties items oneOf anyOf allOf if then else not discriminator "
    "propertyName mapping en zh fix fix-zh when evidence description x-description-zh externalDocs "
    "license x-effect parameters requestBody responses schema content examples links operationRef value "
    "x-rules x-warnings x-evidence x-sources securitySchemes schemas "
).split()
"""The order of keywords, so that two vendor documents which say the same give the same text. Others follow by name."""

NAMED = frozenset(
    "properties schemas paths mapping examples content responses links x-sources securitySchemes $defs".split()
)
"""Keywords whose keys are names and not keywords: these keep the order in which they were written."""

FLOW = frozenset({"x-rules", "x-evidence", "mapping"})
"""Keys whose mappings stand on one line in the file."""


@dataclass(frozen=True, slots=True)
class Built:
    """A contract and how it came about."""

    document: dict[str, Any]
    applied: Sequence[overlay.Applied]


def build_contract(api: Api, date: str) -> Built:
    """Build the contract from the vendor document of ``date``.

    Raises:
        PipelineError: whatever is wrong with the document, a correction or the contract that comes out.
    """
    document = read_vendor(api.vendor_document(date))
    actions = [action for file in api.corrections for action in overlay.read_overlay(file)]
    corrected, applied = overlay.apply(document, actions, date)
    fill_rules(corrected, api.default_errcode)
    contract = canonical(corrected)
    check_contract(contract)
    return Built(contract, applied)


def read_vendor(vendor: Vendor) -> dict[str, Any]:
    """A vendor document without our own annotations of it."""
    document = read_yaml(vendor.document)
    if not isinstance(document, dict) or not isinstance(document.get("paths"), dict):
        raise PipelineError(str(vendor.document), "not an OpenAPI document: it has no paths")
    _validate(document, str(vendor.document))
    stripped: dict[str, Any] = _without(document, frozenset(vendor.annotations))
    return stripped


def _without(node: Any, keys: frozenset[str]) -> Any:
    if isinstance(node, dict):
        return {key: _without(child, keys) for key, child in node.items() if key not in keys}
    return [_without(child, keys) for child in node] if isinstance(node, list) else node


def canonical(node: Any, *, named: bool = False) -> Any:
    """``node`` with its keywords in `ORDER`, at every depth; data inside examples stays as it is."""
    if isinstance(node, list):
        return [canonical(child) for child in node]
    if not isinstance(node, dict):
        return node
    keys = list(node) if named else sorted(node, key=_rank)
    return {
        key: node[key]
        if key in ("value", "default")
        else canonical(node[key], named=not named and key in NAMED)
        for key in keys
    }


def _rank(key: str) -> tuple[int, str]:
    return (ORDER.index(key), key) if key in ORDER else (len(ORDER), key)


def check_contract(contract: Mapping[str, Any]) -> None:
    """Raise PipelineError unless the contract is OpenAPI 3.1 and keeps this project's own conventions."""
    _validate(contract, "contract")
    check_sources(contract)
    seen: set[str] = set()
    for path, method, operation in operations(contract):
        where = f"{method} {path}"
        name = operation.get("operationId")
        if not isinstance(name, str) or not name.isascii() or not name.isidentifier():
            raise PipelineError(where, "operationId must be an ASCII identifier")
        if name in seen:
            raise PipelineError(where, f"operationId {name} stands twice")
        seen.add(name)
        if operation.get("x-effect") not in ("read", "write"):
            raise PipelineError(where, "x-effect must be read or write")
        if not all(str(tag).isascii() for tag in operation.get("tags", [])) or not operation.get("tags"):
            raise PipelineError(where, "needs a tag in ASCII: generated modules are named after it")
    for rule in rule_table(contract).values():
        if not rule.evidence:
            raise PipelineError(f"rule {rule.id}", f"has no evidence; describe {rule.place} in a correction")


def _validate(document: Mapping[str, Any], where: str) -> None:
    for error in OpenAPIV31SpecValidator(document).iter_errors():
        place = "/".join(str(step) for step in error.absolute_path) if hasattr(error, "absolute_path") else ""
        raise PipelineError(
            where, f"not valid OpenAPI 3.1{' at ' + place if place else ''}: {str(error.message)[:200]}"
        )
