"""Questions about models that the generator has parsed."""

from __future__ import annotations

import keyword
from collections.abc import Iterator, Sequence
from typing import Any

from openapi_python_client.parser.properties import LiteralEnumProperty, ModelProperty
from openapi_python_client.parser.properties.const import ConstProperty
from openapi_python_client.parser.properties.string import StringProperty
from openapi_python_client.strings import PythonIdentifier

from pipeline.mangled import FIELD_PREFIX
from pipeline.views import Payload


def keyword_name(wire_name: str) -> str:
    """The keyword of a method for a field of the request. A name that only hides a builtin stays as it is."""
    name = str(PythonIdentifier(wire_name, FIELD_PREFIX))
    return wire_name if name == f"{wire_name}_" and not keyword.iskeyword(wire_name) else name


def properties(model: ModelProperty) -> list[Any]:
    """All properties of a model, the required ones first."""
    return [*(model.required_properties or []), *(model.optional_properties or [])]


def consts(model: ModelProperty) -> dict[str, str]:
    """Property → value of every string that can only be one."""
    return {
        prop.name.get_untrusted_value(): prop.value.raw_value
        for prop in properties(model)
        if isinstance(prop, ConstProperty) and isinstance(prop.value.raw_value, str)
    }


def only_string(model: ModelProperty) -> str | None:
    """The property's name, where a model has one property and that is a string."""
    found = properties(model)
    if len(found) == 1 and isinstance(found[0], StringProperty):
        return str(found[0].name.get_untrusted_value())
    return None


def payloads(members: Sequence[ModelProperty], tag: str) -> Iterator[Payload]:
    """The models that stand for exactly one member: its only property beside the tag."""
    candidates: list[Payload] = []
    for member in members:
        rest = [prop for prop in properties(member) if prop.name.get_untrusted_value() != tag]
        if len(rest) == 1 and isinstance(rest[0], ModelProperty) and rest[0].required:
            candidates.append(
                Payload(
                    class_name=str(rest[0].class_info.name),
                    tag=consts(member)[tag],
                    field=rest[0].name.get_untrusted_value(),
                )
            )
    names = [candidate.class_name for candidate in candidates]
    yield from (candidate for candidate in candidates if names.count(candidate.class_name) == 1)


def literal(prop: LiteralEnumProperty, parent: ModelProperty | None) -> str:
    """The values in the contract's order, as far as it is known; the generator keeps them as a set."""
    values: list[Any] = sorted(prop.values)
    if parent is not None and parent.data.properties:
        stated = getattr(parent.data.properties.get(prop.name), "enum", None) or []
        values = [value for value in stated if value in prop.values] or values
    return f"Literal[{', '.join(repr(value) for value in values)}]"
