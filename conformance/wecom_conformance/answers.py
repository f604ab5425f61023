"""Answers that the contract allows, and such that it doesn't.

Schemathesis draws requests. Here the answers of an operation are the request body of another one, in a
document that is made for this and thrown away.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

import schemathesis
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.schemas import BaseSchema

from wecom_contract import ENVELOPE

from .engine import Contract
from .strict_json import write_json
from .suite_schema import CONFIG

Kind = Literal["success", "any"]


def answers(contract: Contract, operation: str, kind: Kind) -> st.SearchStrategy[dict[str, Any]]:
    """Answers that the contract allows.

    Args:
        contract: as it was read.
        operation: whose answers.
        kind: only those with the code of success, or any.
    """
    return _strategy(contract, operation, kind, GenerationMode.POSITIVE)


def bad_answers(contract: Contract, operation: str) -> st.SearchStrategy[bytes]:
    """Answers that are meant to break the contract, as bytes: wrong ones, and what is no JSON at all."""
    drawn = _strategy(contract, operation, "success", GenerationMode.NEGATIVE)
    return drawn.map(lambda body: body if isinstance(body, bytes) else write_json(body))


def _strategy(contract: Contract, operation: str, kind: Kind, mode: GenerationMode) -> st.SearchStrategy[Any]:
    strategy = _inverse(contract, operation, kind)["/answer"]["POST"].as_strategy(generation_mode=mode)
    return strategy.map(lambda case: _plain(case.body))


def _plain(body: Any) -> Any:
    """What schemathesis made of raw bytes, as bytes; and an errcode as it is written.

    To JSON Schema 1.0 is an integer like 1. Nobody has seen an errcode with a fraction, and clients refuse one.
    """
    if isinstance(body, dict) and isinstance(code := body.get(ENVELOPE.code), float) and code.is_integer():
        return {**body, ENVELOPE.code: int(code)}
    return getattr(body, "data", body)


@lru_cache(maxsize=32)
def _inverse(contract: Contract, operation: str, kind: Kind) -> BaseSchema:
    schema: Mapping[str, Any] = contract.responses[operation]
    if kind == "success":
        code = {"properties": {ENVELOPE.code: {"const": ENVELOPE.ok}}, "required": [ENVELOPE.code]}
        schema = {"allOf": [schema, code]}
    document = {
        "openapi": contract.document["openapi"],
        "info": {"title": f"answers of {operation}", "version": "1"},
        "paths": {
            "/answer": {
                "post": {
                    "operationId": "answer",
                    "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
                    "responses": {"200": {"description": "none"}},
                }
            }
        },
        "components": {"schemas": contract.document["components"]["schemas"]},
    }
    config = SchemathesisConfig.from_dict(dict(CONFIG))
    loaded: BaseSchema = schemathesis.openapi.from_dict(document, config=config)
    return loaded
