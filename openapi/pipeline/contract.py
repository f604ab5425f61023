"""Builds the contract: a vendor document, corrected, in canonical order, with an id at every rule."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openapi_spec_validator import OpenAPIV31SpecValidator

from pipeline import overlay
from pipeline.config import Api, Vendor
from pipeline.conventions import check_conventions
from pipeline.documents import read_yaml
from pipeline.errors import PipelineError
from pipeline.evidence import check_sources
from pipeline.leftovers import check_leftovers
from pipeline.openapi_document import operations
from pipeline.projection import schemas_behind
from pipeline.rules import fill_rules
from pipeline.shape import check_keywords, check_references

HEADER = "Built by `make regenerate` from the vendor's document and the corrections beside it. Don't edit it."

ORDER = (
    "openapi info servers tags security paths components id errcode operationId title name in url source "
    "confidence date note field confirm summary x-summary-zh version x-subject type format x-part const enum "
    "default minimum maximum minLength maxLength x-max-bytes x-span pattern minItems maxItems uniqueItems "
    "required additionalProperties properties items oneOf anyOf allOf if then else not discriminator "
    "propertyName mapping repeat outcome retry pause en zh fix fix-zh when evidence description x-description-zh "
    "externalDocs license x-effect x-retry x-bare-success x-frequency calls parameters requestBody responses schema "
    "content examples links operationRef value "
    "x-rules x-warnings x-evidence x-faults x-sources securitySchemes schemas "
).split()
"""The order of keywords, so that two vendor documents which say the same give the same text. Others follow by name."""

NAMED = frozenset(
    "properties schemas paths mapping examples content responses links x-faults x-sources securitySchemes $defs".split()
)
"""Keywords whose keys are names and not keywords: these keep the order in which they were written."""

FLOW = frozenset({"x-rules", "x-evidence", "mapping"})
"""Keys whose mappings stand on one line in the file."""


@dataclass(frozen=True, slots=True)
class Built:
    """A contract and how it came about."""

    document: dict[str, Any]
    applied: Sequence[overlay.Applied]


def _silent(_: str) -> None:
    """Whom nobody listens to."""


def build_contract(api: Api, date: str) -> Built:
    """Build the contract from the vendor document of ``date``.

    Raises:
        PipelineError: whatever is wrong with the document, a correction or the contract that comes out.
    """
    return build_contracts(api, [date])[date]


def build_contracts(api: Api, dates: Iterable[str], say: Callable[[str], None] = _silent) -> dict[str, Built]:
    """Build the contract from the vendor document of each date.

    Args:
        api: the profile of the API.
        dates: of the documents.
        say: told which document is being read.

    Raises:
        PipelineError: as for `build_contract`.
    """
    actions = [action for file in api.corrections for action in overlay.read_overlay(file)]
    finished: dict[str, dict[str, Any]] = {}
    built = {}
    for date in dates:
        say(f"contract from the page of {date}")
        corrected, applied = overlay.apply(read_vendor(api.vendor_document(date)), actions, date)
        # Pages that say the same once they are corrected give the same contract, which is most of the work.
        text = json.dumps(canonical(corrected))
        if text not in finished:
            finished[text] = finish(corrected, api)
        built[date] = Built(finished[text], applied)
    return built


def finish(corrected: dict[str, Any], api: Api) -> dict[str, Any]:
    """The contract that a corrected document gives: every rule has its id, every keyword its place.

    Args:
        corrected: the document; it is changed.
        api: the profile of the API.

    Raises:
        PipelineError: it isn't OpenAPI 3.1, or not by this project's own conventions.
    """
    check_references(corrected)
    _validate(corrected, "contract")
    check_keywords(corrected)
    fill_rules(corrected, api.default_errcode)
    open_unions(corrected)
    contract: dict[str, Any] = canonical(corrected)
    check_sources(contract)
    check_conventions(contract)
    check_leftovers(contract)
    return contract


def open_unions(document: dict[str, Any]) -> None:
    """Let every tagged union of an answer have one more member, in place: whatever kind is not known yet.

    The vendor will add kinds, and a page of results must not be lost over one.
    """
    answers = [operation["responses"] for _, _, operation in operations(document)]
    schemas = document["components"]["schemas"]
    for name in schemas_behind(document, answers):
        union = schemas[name]
        if "discriminator" in union:
            tag, kinds = union["discriminator"]["propertyName"], list(union["discriminator"]["mapping"])
            known = {"required": [tag], "properties": {tag: {"enum": kinds}}}
            union["oneOf"].append({"type": "object", "not": known})


def named_document(api: Api, name: str) -> dict[str, Any]:
    """The vendor document of a date, or the OpenAPI document in a file.

    Raises:
        PipelineError: neither a date of a capture nor a readable OpenAPI 3.1 file.
    """
    if name in api.vendor or not Path(name).exists():
        return read_vendor(api.vendor_document(name))
    return read_vendor(Vendor(name, Path(name), ()))


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
        if key in ("value", "default") and not named
        else canonical(node[key], named=not named and key in NAMED)
        for key in keys
    }


def _rank(key: str) -> tuple[int, str]:
    return (ORDER.index(key), key) if key in ORDER else (len(ORDER), key)


def _validate(document: Mapping[str, Any], where: str) -> None:
    try:
        error = next(iter(OpenAPIV31SpecValidator(document).iter_errors()), None)
    except Exception as failure:  # noqa: BLE001 - what the validator raises on a document that it can't walk is its own
        raise PipelineError(
            where, f"not valid OpenAPI 3.1: {type(failure).__name__} {failure}"[:200]
        ) from None
    if error is not None:
        place = "/".join(str(step) for step in getattr(error, "absolute_path", ()))
        at = f" at {place}" if place else ""
        raise PipelineError(where, f"not valid OpenAPI 3.1{at}: {str(error.message)[:200]}")
