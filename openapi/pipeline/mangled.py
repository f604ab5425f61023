"""Refuses what the generator would mangle without a word.

The generator makes ``Any`` of a schema that it doesn't understand, drops what it can't read, and writes
modules that do not import where a name clashes with one of its own. Each case is looked for before it runs,
so that the error can say where in the contract the cause is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from json import loads
from typing import Any

from openapi_python_client.strings import ClassName, PythonIdentifier, in_double_quote_literal

from pipeline.errors import PipelineError
from pipeline.openapi_document import operations, schema_name
from pipeline.projection import TIME, UNKNOWN_VARIANT, VALUE_CLASS

FIELD_PREFIX = "field_"

CLASHING_FIELDS = frozenset(
    "d cls cast missing new_model field_dict prop_name prop prop_dict additional_properties additional_keys to_dict "
    "from_dict to_multipart as_list as_object beside empty_if_missing files json types datetime as_utc as_value "
    "as_number".split()
)
"""Python names that the code of every model uses itself. Built-in ones are not among them: the generator gives a field
of such a name another one."""

LOOP_SUFFIXES = ("_item", "_item_data")
"""The code of a list ``x`` uses ``x_item`` and ``x_item_data`` for its members."""

CLASHING_CLASSES = frozenset(
    "Any Answer AsyncOperations AuthenticatedClient BytesIO CallOptions Client Final Generator InvalidData "
    "AsyncIterator AsyncRawOperations Iterator Literal Mapping NamedValue Operation Pagination Response ResponseT "
    "Sequence SyncOperations SyncRawOperations T TypeVar UNSET UUID Unset UnexpectedStatus Window TYPE_CHECKING".split()
)
"""Class names that the generated modules import or define themselves."""

CLASHING_OPERATIONS = frozenset({"OPERATIONS", "UNSET"})
"""Constants of the module of operations."""

VALUE_MODULE = frozenset({"IntEnum", "Self", "ValueT"})
"""What the module of named numbers has besides."""

UPLOAD_CLASSES = frozenset({"File", "FileTypes"})
"""Class names of uploads: they clash in a module that holds a ``format: binary`` too."""


def refuse_mangled(projection: Mapping[str, Any]) -> None:
    """Raise PipelineError at the first thing that the generator would mangle, saying where it stands."""
    schemas = projection.get("components", {}).get("schemas", {})
    _check_classes(schemas)
    _check_value_classes(schemas)
    for name, schema in schemas.items():
        _check_schema(schema, name, schemas)
    _check_operations(projection, schemas)


def _check_classes(schemas: Mapping[str, Any]) -> None:
    taken: dict[str, str] = {}
    for name in schemas:
        class_name = str(ClassName(name, FIELD_PREFIX))
        where = f"components.schemas.{name}"
        if class_name in CLASHING_CLASSES:
            raise PipelineError(
                where, f"class {class_name} would hide one of the client's own; choose another name"
            )
        if class_name in taken:
            raise PipelineError(where, f"becomes class {class_name}, and so does {taken[class_name]}")
        taken[class_name] = name
        _check_upload(schemas[name], where, {class_name})


def _check_upload(node: Any, where: str, own: Set[str]) -> None:
    """The module of ``node`` imports the class of uploads where it has a file, and those of all it refers to."""
    if not any(child.get("format") == "binary" for child in _nodes(node)):
        return
    references = {schema_name(child["$ref"]) for child in _nodes(node) if isinstance(child.get("$ref"), str)}
    for class_name in own | {str(ClassName(name, FIELD_PREFIX)) for name in references}:
        if class_name in UPLOAD_CLASSES:
            raise PipelineError(
                where, f"class {class_name} would hide one of the client's own; choose another name"
            )


def _check_value_classes(schemas: Mapping[str, Any]) -> None:
    models = {str(ClassName(name, FIELD_PREFIX)) for name in schemas} | CLASHING_CLASSES | VALUE_MODULE
    for node in _nodes(schemas):
        name = node.get(VALUE_CLASS)
        if isinstance(name, str) and name in models:
            raise PipelineError(f"x-values class {name}", "is the name of another class; choose another")


def _check_schema(schema: Mapping[str, Any], where: str, schemas: Mapping[str, Any]) -> None:
    if "$ref" in schema:
        if schema_name(schema["$ref"]) not in schemas:
            raise PipelineError(where, f"refers to {schema['$ref']}, which is not there")
        return
    if not {"type", "const", "enum", "properties", "allOf", "anyOf", "oneOf"} & schema.keys():
        raise PipelineError(where, "has no type, so the generator would make it Any")
    if schema.get("type") == "array" and not {"items", "prefixItems"} & schema.keys():
        raise PipelineError(where, "is an array without items")
    if "const" in schema:
        _check_const(schema["const"], where)
    if "enum" in schema:
        _check_enum(schema["enum"], where)
    if "discriminator" in schema:
        _check_union(schema, where, schemas)
    taken: dict[str, str] = {}
    for name, child in schema.get("properties", {}).items():
        _check_wire_name(name, f"{where}.{name}")
        python_name = str(PythonIdentifier(name, FIELD_PREFIX))
        if python_name in CLASHING_FIELDS:
            raise PipelineError(
                f"{where}.{name}", f"the code of every model uses the name {python_name} itself"
            )
        if python_name in taken:
            raise PipelineError(f"{where}.{name}", f"becomes {python_name}, and so does {taken[python_name]}")
        taken[python_name] = name
        _check_schema(child, f"{where}.{name}", schemas)
    for python_name, name in taken.items():
        if schema["properties"][name].get("format") == TIME and f"{python_name}_utc" in taken:
            raise PipelineError(f"{where}.{name}", f"its property {python_name}_utc would hide a field")
    for python_name, name in taken.items():
        for suffix in LOOP_SUFFIXES:
            if python_name + suffix in taken:
                other = taken[python_name + suffix]
                raise PipelineError(
                    f"{where}.{other}", f"the code of {name} uses the name {python_name}{suffix}"
                )
    for keyword in ("allOf", "anyOf", "oneOf"):
        for index, member in enumerate(schema.get(keyword, [])):
            _check_schema(member, f"{where}.{keyword}[{index}]", schemas)
    for keyword, mark in (("items", "[]"), ("additionalProperties", ".*")):
        if isinstance(schema.get(keyword), Mapping):
            _check_schema(schema[keyword], where + mark, schemas)


def _check_const(value: Any, where: str) -> None:
    if not isinstance(value, str | int):
        raise PipelineError(where, f"const {value!r}: there is no Literal of a {type(value).__name__}")
    if isinstance(value, str) and set(value) & set('"\\'):
        raise PipelineError(where, f"const {value!r}: the generator doubles its quotes and backslashes")


def _check_enum(values: Any, where: str) -> None:
    kinds = {type(value) for value in values if value is not None}
    if len(kinds) > 1 or not kinds <= {str, int}:
        shown = ", ".join(sorted(kind.__name__ for kind in kinds))
        raise PipelineError(
            where, f"enum of {shown}: the generator takes strings or integers, and no mixture"
        )


def _check_union(schema: Mapping[str, Any], where: str, schemas: Mapping[str, Any]) -> None:
    """Every member needs a const tag of its own: no discriminator is read, the const is what is looked at."""
    tag = schema["discriminator"]["propertyName"]
    taken: dict[str, str] = {}
    for member in schema.get("oneOf", []):
        name = schema_name(member.get("$ref", ""))
        if name == UNKNOWN_VARIANT:
            continue
        value = schemas.get(name, {}).get("properties", {}).get(tag, {}).get("const")
        if not isinstance(value, str):
            raise PipelineError(where, f"member {name or '(not a $ref)'} has no const for the tag {tag}")
        _check_wire_name(value, f"{name}.{tag}")
        if value in taken:
            raise PipelineError(where, f"members {taken[value]} and {name} have the same {tag}, {value!r}")
        taken[value] = name


def _check_operations(projection: Mapping[str, Any], schemas: Mapping[str, Any]) -> None:
    taken: dict[str, str] = {}
    for path, method, operation in operations(projection):
        where = f"{method} {path}"
        _check_wire_name(path, where)
        name = str(PythonIdentifier(operation["operationId"], FIELD_PREFIX))
        if name in taken:
            raise PipelineError(where, f"operationId becomes {name}, and so does that of {taken[name]}")
        if name.upper() in CLASHING_OPERATIONS:
            raise PipelineError(where, f"operationId becomes {name}, a name of the client's own")
        taken[name] = where
        _check_upload(operation, where, set())
        for parameter in operation.get("parameters", []):
            _check_wire_name(parameter["name"], f"{where} parameter {parameter['name']}")
            _check_schema(parameter["schema"], f"{where} parameter {parameter['name']}", schemas)
        for holder in (operation.get("requestBody", {}), *operation["responses"].values()):
            for media, body in holder.get("content", {}).items():
                _check_schema(body["schema"], f"{where} {media}", schemas)


def _check_wire_name(name: str, where: str) -> None:
    """The generator drops invisible characters from strings that it writes into code."""
    if loads(f'"{in_double_quote_literal(name)}"') != name:
        raise PipelineError(where, f"{name!r} holds a character that would be dropped from the code")


def _nodes(node: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(node, Mapping):
        yield node
        for child in node.values():
            yield from _nodes(child)
    elif isinstance(node, list):
        for child in node:
            yield from _nodes(child)
