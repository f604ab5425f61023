"""What a fresh capture of a page says that the contract does not, table by table. It tells, and never edits."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline.config import Api
from pipeline.documents import read_yaml
from pipeline.errors import PipelineError
from pipeline.openapi_document import operations, schema_name
from pipeline.page_tables import Field, Page, Table, read_page
from pipeline.page_words import Words, load_words

SHOWN = 80
"""Characters of a page's text in a line of ours."""

PHRASES = {
    "x-max-bytes": "at most {} bytes",
    "maxLength": "at most {} characters",
    "maxItems": "at most {} items",
    "maximum": "at most {}",
    "default": "default {}",
}


@dataclass(slots=True)
class Known:
    """What the contract says of one field, whichever kind of a union it stands in."""

    types: set[str] = field(default_factory=set)
    values: set[str] = field(default_factory=set)
    required: bool = False
    limits: dict[str, set[str]] = field(default_factory=dict)
    credential: bool = False
    """Whether it is the token of the call, which many a page tells elsewhere."""


Shape = dict[str, Known]
"""Every field of a request or an answer by its path, without marks for lists."""


def watch(api: Api, capture: Path) -> list[str]:
    """Hold a capture against the contract that is built.

    Args:
        api: the profile.
        capture: the page, HTML or text in UTF-8.

    Returns:
        A heading for each table and a line for each thing that the contract doesn't say; empty where there is none.

    Raises:
        PipelineError: the capture can't be read, or names no call that the contract has.
    """
    words = load_words(api.root)
    contract = read_yaml(api.contract)
    paths = {path: operation for path, _, operation in operations(contract)}
    prefixes = frozenset(f"/{path.split('/')[1]}/" for path in paths)
    page = read_page(capture, words, prefixes)
    if not any(path in paths for path in page.paths):
        raise PipelineError(str(capture), "names no call of the contract: is it the whole page?")
    found: list[str] = []
    seen: dict[tuple[str, bool], set[str]] = {}
    for number, table in enumerate(page.tables, start=1):
        found += _table(
            number, table, contract, paths, words, seen.setdefault((table.path, table.answer), set())
        )
    for (path, answer), names in seen.items():
        if path in paths:
            found += _untold(contract, paths[path], answer, names)
    return [*found, *_prose(page, contract, paths, words)]


def _table(
    number: int,
    table: Table,
    contract: Mapping[str, Any],
    paths: Mapping[str, Any],
    words: Words,
    seen: set[str],
) -> list[str]:
    operation = paths.get(table.path)
    side = "answer" if table.answer else "request"
    if operation is None:
        if not table.path:
            return [f"table {number}: no call is named above it, so it is held against nothing"]
        return [f"table {number}: {_shown(table.path)}: the contract has no such call"]
    shape = _shape_of(contract, operation, answer=table.answer)
    lines: list[str] = []
    for each in table.fields:
        name = _match(each.name, shape)
        if name is None:
            lines.append(f"  {_shown(each.name)}: the contract has no such field")
            continue
        seen.add(name)
        lines += [f"  {name}: {what}" for what in _differences(each, shape[name], words)]
    heading = f"table {number}: {side} of {operation['operationId']}"
    return [heading, *lines] if lines else []


def _untold(
    contract: Mapping[str, Any], operation: Mapping[str, Any], answer: bool, seen: set[str]
) -> list[str]:
    """The fields that no table of the call has, though there is one: the page may have taken them away."""
    missing = list(_missing(_shape_of(contract, operation, answer=answer), seen))
    side = "answer" if answer else "request"
    heading = f"{side} of {operation['operationId']}: in the contract, and in no table of the page"
    return [heading, *(f"  {name}" for name in missing)] if missing else []


def _missing(shape: Shape, seen: set[str]) -> Iterator[str]:
    """The outermost fields that the table doesn't have; what is in them is missing with them."""
    for name in shape:
        parent = name.rpartition(".")[0]
        covered = any(other == name or other.startswith(f"{name}.") for other in seen)
        beneath = not parent or any(other == parent or other.startswith(f"{parent}.") for other in seen)
        if not covered and beneath and not shape[name].credential:
            yield name


def _differences(said: Field, known: Known, words: Words) -> Iterator[str]:
    if said.required is not None and said.required is not known.required:
        yield f"the page says {_must(said.required)}, the contract {_must(known.required)}"
    if said.type is not None and known.types and said.type not in known.types:
        yield f"the page says {said.type}, the contract {' or '.join(sorted(known.types))}"
    for keyword, value in _limits(said.text, words):
        has = known.limits.get(keyword, set())
        if value not in has:
            phrase = PHRASES.get(keyword, keyword + " {}")
            ours = " or ".join(phrase.format(one) for one in sorted(has)) or "no such limit"
            yield f"the page says {phrase.format(value)}, the contract {ours}"
    if known.values:
        new = [value for value in _values(said.text, words) if value not in known.values]
        if new:
            ours = ", ".join(sorted(known.values))
            yield f"the page has the values {', '.join(map(_shown, new))}, the contract {ours}"


def _must(required: bool) -> str:
    return "required" if required else "optional"


def _limits(text: str, words: Words) -> Iterator[tuple[str, str]]:
    """Each limit that a text speaks of, as keyword and value, once."""
    found: dict[tuple[str, str], None] = {}
    for keyword, patterns in words.patterns.items():
        for pattern in patterns:
            for match in pattern.finditer(text):
                value = str(words.number(match["n"])) if "n" in pattern.groupindex else match[1]
                found[keyword, value] = None
    yield from found


def _values(text: str, words: Words) -> list[str]:
    listed = [
        one for pattern in words.lists for match in pattern.finditer(text) for one in _parts(match[1], words)
    ]
    each = [match[1] for pattern in words.each for match in pattern.finditer(text)]
    return list(dict.fromkeys([*listed, *each]))


def _parts(text: str, words: Words) -> list[str]:
    return [part for part in words.separator.split(text) if part]


def _prose(page: Page, contract: Mapping[str, Any], paths: Mapping[str, Any], words: Words) -> list[str]:
    """Numbers outside of the tables that no limit of the page's calls has."""
    shapes = [
        _shape_of(contract, paths[path], answer=False) for path in dict.fromkeys(page.paths) if path in paths
    ]
    lines: list[str] = []
    for line in dict.fromkeys(page.prose):
        for keyword, value in _limits(line, words):
            has = {
                one for shape in shapes for known in shape.values() for one in known.limits.get(keyword, ())
            }
            if keyword != "default" and value not in has:
                phrase = PHRASES.get(keyword, keyword + " {}").format(value)
                lines.append(f"  {phrase}, which no limit of the contract is: {_shown(line)}")
    return ["outside of the tables", *lines] if lines else []


def _match(name: str, shape: Shape) -> str | None:
    """The field of the contract that a name of the page means: the same path, or the only one that ends with it."""
    name = name.replace("[]", "").strip(".")
    if name in shape:
        return name
    ends = [known for known in shape if known.endswith(f".{name}")]
    return ends[0] if len(ends) == 1 else None


def _shape_of(contract: Mapping[str, Any], operation: Mapping[str, Any], *, answer: bool) -> Shape:
    shape: Shape = {}
    reader = _Shape(contract.get("components", {}).get("schemas", {}), shape)
    if answer:
        holder = operation["responses"]["200"]
    else:
        holder = operation.get("requestBody", {})
        schemes = contract.get("components", {}).get("securitySchemes", {})
        for requirement in operation.get("security", contract.get("security", [])):
            for scheme in requirement:
                shape[schemes[scheme]["name"]] = Known({"string"}, required=True, credential=True)
        for parameter in operation.get("parameters", []):
            reader.node(parameter["schema"], parameter["name"], must=bool(parameter.get("required")))
    for media in holder.get("content", {}).values():
        reader.node(media["schema"], "", must=True)
    return shape


class _Shape:
    def __init__(self, schemas: Mapping[str, Any], shape: Shape) -> None:
        self.schemas = schemas
        self.shape = shape
        self.open: list[str] = []

    def node(self, schema: Mapping[str, Any], path: str, *, must: bool) -> None:
        if "$ref" in schema:
            name = schema_name(schema["$ref"])
            if name not in self.open:
                self.open.append(name)
                self.node(self.schemas[name], path, must=must)
                self.open.pop()
            return
        if path:
            self.note(schema, self.shape.setdefault(path, Known(required=must)))
        kinds = schema.get("oneOf", []) if "discriminator" in schema else []
        if kinds:
            self.union(kinds, path)
        needed = [*schema.get("required", []), *schema.get("then", {}).get("required", [])]
        for name, child in schema.get("properties", {}).items():
            self.node(child, f"{path}.{name}" if path else name, must=name in needed)
        if "items" in schema:
            kept = deepcopy(self.shape.get(path, Known()))
            self.node(schema["items"], path, must=kept.required)
            if path:  # the list's own type and limits count for its field
                self.shape[path] = replace(kept, values=self.shape[path].values)

    def union(self, kinds: list[Mapping[str, Any]], path: str) -> None:
        """A field of several kinds is required where every kind has it and wants it."""
        members = [self.schemas[schema_name(kind["$ref"])] for kind in kinds if "$ref" in kind]
        for member in members:
            for name, child in member.get("properties", {}).items():
                everywhere = all(name in other.get("required", []) for other in members)
                self.node(child, f"{path}.{name}" if path else name, must=everywhere)

    def note(self, schema: Mapping[str, Any], known: Known) -> None:
        kind = schema.get("type", [])
        known.types |= set(kind if isinstance(kind, list) else [kind]) - {"null"}
        known.values |= {str(value) for value in schema.get("enum", [])}
        if "const" in schema:
            known.values.add(str(schema["const"]))
        for keyword in PHRASES:
            if keyword in schema:
                value = schema[keyword]
                text = value if isinstance(value, str) else json.dumps(value)
                known.limits.setdefault(keyword, set()).add(text)


def _shown(text: str) -> str:
    """Text of the page as part of a line: it is anybody's."""
    text = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
    return text if text.isprintable() else "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
