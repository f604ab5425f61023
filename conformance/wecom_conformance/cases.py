"""The cases of each phase for one operation: the contract's examples, every boundary, and drawn ones.

Examples and boundaries are lists, made once; drawn cases come from a strategy. The generator of boundaries
is no public part of schemathesis, which is one more reason why its release is pinned.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.generation.drivers import CoverageGenerator
from schemathesis.generation.feedback import NO_FEEDBACK
from schemathesis.generation.hypothesis.examples import generate_one
from schemathesis.generation.overrides import Override
from schemathesis.schemas import APIOperation, BaseSchema

from wecom_contract import OPERATIONS


def operation_of(schema: BaseSchema, name: str) -> APIOperation[Any, Any, Any, Any]:
    """The operation that the contract calls ``name``."""
    known = OPERATIONS[name]
    found: APIOperation[Any, Any, Any, Any] = schema[known.path][known.method]
    return found


def examples(schema: BaseSchema, name: str) -> Iterator[Case[Any]]:
    """The examples that the contract gives for an operation; none where it gives none."""
    operation = operation_of(schema, name)
    for strategy in operation.get_strategies_from_examples():
        yield generate_one(strategy)


def boundaries(schema: BaseSchema, name: str) -> Iterator[Case[Any]]:
    """Every boundary of every constraint that schemathesis finds, on both sides."""
    operation = operation_of(schema, name)
    generation = schema.config.generation_for(operation=operation, phase="coverage")
    yield from CoverageGenerator(
        operation=operation,
        generation_modes=list(GenerationMode),
        generation_config=generation,
        auth_storage=None,
        override=Override(),
        feedback=NO_FEEDBACK,
    )


def drawn(schema: BaseSchema, name: str) -> st.SearchStrategy[Case[Any]]:
    """Good and bad requests, in equal parts."""
    operation = operation_of(schema, name)
    return st.one_of([operation.as_strategy(generation_mode=mode) for mode in GenerationMode])
