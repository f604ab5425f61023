"""What became of an API between two documents: what was added, changed and removed, and whom it breaks.

A request may safely become wider and an answer narrower. The other way round somebody breaks: a sender, whose request
was legal before, or a reader, who meets what couldn't come before.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.openapi_document import operations, schema_name

Schema = Mapping[str, Any]
Side = Literal["senders", "readers"]
Kind = Literal["added", "changed", "removed"]

UPPER = {
    "maxItems": "items",
    "maxLength": "characters",
    "x-max-bytes": "bytes",
    "x-span": "seconds apart",
    "maximum": "",
    "maxProperties": "fields",
}
"""Limits that are stricter when lower."""
LOWER = {"minItems": "items", "minLength": "characters", "minimum": "", "minProperties": "fields"}
"""Limits that are stricter when higher."""
EXACT = ("const", "pattern", "format", "uniqueItems")
"""Constraints that can only be compared as they stand."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference."""

    kind: Kind
    place: str
    what: str
    breaks: tuple[Side, ...]
    """Whom it breaks; empty where nobody."""


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """Every difference of two OpenAPI documents that a program can meet; texts and examples are no such difference."""
    return list(_Comparison(old, new).documents())


def bump(changes: list[Change]) -> Literal["major", "minor", "patch"]:
    """The part of the version that these changes raise."""
    if any(change.breaks for change in changes):
        return "major"
    return "minor" if changes else "patch"


def lines(changes: list[Change]) -> Iterator[str]:
    """The changes for a person, those that break somebody first."""
    breaking = [change for change in changes if change.breaks]
    harmless = [change for change in changes if not change.breaks]
    for title, part in (("breaking", breaking), ("not breaking", harmless)):
        yield f"{title}: {len(part) or 'nothing'}"
        for change in part:
            whom = f"  [{', '.join(change.breaks)}]" if change.breaks else ""
            yield f"  {change.kind:8} {change.place}{': ' + change.what if change.what else ''}{whom}"
    yield f"version bump: {bump(changes)}"


class _Comparison:
    def __init__(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        self.old = old
        self.new = new
        self.open: set[tuple[str, str, Side]] = set()

    def documents(self) -> Iterator[Change]:
        before = [server["url"] for server in self.old.get("servers", [])]
        after = [server["url"] for server in self.new.get("servers", [])]
        if before != after:
            yield Change("changed", "server", f"{', '.join(before)} → {', '.join(after)}", ("senders",))
        was = {(method, path): operation for path, method, operation in operations(self.old)}
        now = {(method, path): operation for path, method, operation in operations(self.new)}
        for key, operation in was.items():
            if key not in now:
                yield Change("removed", " ".join(key), "", ("senders", "readers"))
            else:
                yield from self.operation(_name(key[1]), operation, now[key])
        for key in now:
            if key not in was:
                yield Change("added", " ".join(key), "", ())

    def operation(self, name: str, old: Schema, new: Schema) -> Iterator[Change]:
        yield from self.parameters(name, old, new)
        yield from self.schema(name, _body(old.get("requestBody")), _body(new.get("requestBody")), "senders")
        for status, answer in old.get("responses", {}).items():
            there = new.get("responses", {}).get(status)
            if there is None:
                yield Change("removed", f"{name} answer {status}", "", ("readers",))
            else:
                yield from self.schema(f"{name} answer", _body(answer), _body(there), "readers")
        for status in new.get("responses", {}):
            if status not in old.get("responses", {}):
                yield Change("added", f"{name} answer {status}", "", ("readers",))

    def parameters(self, name: str, old: Schema, new: Schema) -> Iterator[Change]:
        was = {(p["in"], p["name"]): p for p in old.get("parameters", [])}
        now = {(p["in"], p["name"]): p for p in new.get("parameters", [])}
        for (kind, key), parameter in was.items():
            place = f"{name} {kind} {key}"
            there = now.get((kind, key))
            if there is None:
                yield Change("removed", place, "", ("senders",))
                continue
            yield from _required(
                place, bool(parameter.get("required")), bool(there.get("required")), "senders"
            )
            yield from self.schema(place, parameter["schema"], there["schema"], "senders")
        for (kind, key), parameter in now.items():
            if (kind, key) not in was:
                needed = bool(parameter.get("required"))
                yield Change(
                    "added",
                    f"{name} {kind} {key}",
                    "required" if needed else "",
                    ("senders",) if needed else (),
                )

    def schema(self, place: str, old: Schema, new: Schema, side: Side) -> Iterator[Change]:
        if "x-part" in old and "x-part" in new:
            old, new = old["x-part"], new["x-part"]  # a file is judged by what describes it
        references = (str(old.get("$ref", "")), str(new.get("$ref", "")), side)
        if any(references[:2]):
            if references in self.open:  # a schema within itself
                return
            self.open.add(references)
        old, new = _resolve(self.old, old), _resolve(self.new, new)
        yield from self.type(place, old, new, side)
        yield from _limits(place, old, new, side)
        yield from self.properties(place, old, new, side)
        if "items" in old and "items" in new:
            yield from self.schema(f"{place}[]", old["items"], new["items"], side)
        yield from self.variants(place, old, new, side)
        for keyword in ("allOf", "anyOf", "if", "then", "else", "not"):
            if _bare(old.get(keyword)) != _bare(new.get(keyword)):
                kind = _kind(keyword in old, keyword in new)
                wider = kind == "removed" and keyword != "not"
                yield Change(
                    kind,
                    place,
                    f"the condition {keyword}",
                    _broken(side, wider=wider, unsure=kind == "changed"),
                )
        self.open.discard(references)

    def type(self, place: str, old: Schema, new: Schema, side: Side) -> Iterator[Change]:
        was, now = _types(old), _types(new)
        if was != now:
            yield Change(
                "changed",
                place,
                f"{_or(was)} → {_or(now)}",
                _broken(side, wider=was <= now, unsure=not (was <= now or now <= was)),
            )

    def properties(self, place: str, old: Schema, new: Schema, side: Side) -> Iterator[Change]:
        was, now = old.get("properties", {}), new.get("properties", {})
        must, must_now = set(old.get("required", [])), set(new.get("required", []))
        for key, child in was.items():
            here = f"{place}.{key}"
            if key not in now:
                yield Change("removed", here, "", (side,))
                continue
            yield from _required(here, key in must, key in must_now, side)
            yield from self.schema(here, child, now[key], side)
        for key, child in now.items():
            if key not in was:
                needed = key in must_now
                what = f"{_or(_types(_resolve(self.new, child)))}{', required' if needed else ''}"
                yield Change("added", f"{place}.{key}", what, (side,) if needed and side == "senders" else ())
        if old.get("additionalProperties", True) != new.get("additionalProperties", True):
            closed = new.get("additionalProperties", True) is False
            what = "unknown fields are refused" if closed else "unknown fields are allowed"
            yield Change("changed", place, what, _broken(side, wider=not closed))

    def variants(self, place: str, old: Schema, new: Schema, side: Side) -> Iterator[Change]:
        was, now = _variants(old), _variants(new)
        for tag, variant in was.items():
            if tag not in now:
                yield Change("removed", f"{place} {tag}", "", (side,))
            else:
                yield from self.schema(f"{place} {tag}", variant, now[tag], side)
        for tag in now:
            if tag not in was:
                yield Change("added", f"{place} {tag}", "", _broken(side, wider=True))


def _limits(place: str, old: Schema, new: Schema, side: Side) -> Iterator[Change]:
    for keyword, unit in (*UPPER.items(), *LOWER.items()):
        was, now = _limit(old, keyword), _limit(new, keyword)
        if was != now:
            upper = keyword in UPPER
            wider = now is None or (was is not None and (now > was if upper else now < was))
            word = "at most" if upper else "at least"
            what = " → ".join(
                f"{word} {limit} {unit}".strip() if limit is not None else "no limit" for limit in (was, now)
            )
            yield Change("changed", place, what, _broken(side, wider=wider))
    was, now = old.get("enum"), new.get("enum")
    if was != now:
        wider = now is None or (was is not None and set(map(json.dumps, was)) <= set(map(json.dumps, now)))
        narrower = was is None or (now is not None and set(map(json.dumps, now)) <= set(map(json.dumps, was)))
        what = " → ".join(
            "any value" if values is None else "|".join(map(str, values)) for values in (was, now)
        )
        yield Change("changed", place, what, _broken(side, wider=wider, unsure=not wider and not narrower))
    for keyword in EXACT:
        if old.get(keyword) != new.get(keyword):
            what = f"{keyword} {old.get(keyword, 'none')} → {new.get(keyword, 'none')}"
            yield Change(
                "changed",
                place,
                what,
                _broken(side, wider=keyword not in new, unsure=keyword in old and keyword in new),
            )


def _limit(schema: Schema, keyword: str) -> Any:
    value = schema.get(keyword)
    return value["seconds"] if isinstance(value, Mapping) else value


def _required(place: str, was: bool, now: bool, side: Side) -> Iterator[Change]:
    if was != now:
        yield Change(
            "changed",
            place,
            "required → optional" if was else "optional → required",
            _broken(side, wider=was),
        )


def _kind(was: bool, now: bool) -> Kind:
    return "changed" if was and now else "added" if now else "removed"


def _broken(side: Side, *, wider: bool, unsure: bool = False) -> tuple[Side, ...]:
    """Whom a constraint that became wider or stricter breaks; whoever may be broken counts as broken."""
    return (side,) if unsure or wider is (side == "readers") else ()


def _resolve(document: Mapping[str, Any], schema: Schema) -> Schema:
    for _ in range(100):
        if "$ref" not in schema:
            return schema
        node: Any = document
        for step in str(schema["$ref"]).removeprefix("#/").split("/"):
            node = node[step.replace("~1", "/").replace("~0", "~")]
        schema = node
    return schema


def _body(holder: Schema | None) -> Schema:
    content = (holder or {}).get("content", {})
    return next((media.get("schema", {}) for media in content.values()), {})


def _types(schema: Schema) -> frozenset[str]:
    kind = schema.get("type")
    if kind is None:
        return frozenset({"object"}) if "oneOf" in schema or "properties" in schema else frozenset()
    return frozenset(kind if isinstance(kind, list) else [kind])


def _variants(schema: Schema) -> dict[str, Schema]:
    if "discriminator" in schema:
        return {tag: {"$ref": ref} for tag, ref in schema["discriminator"].get("mapping", {}).items()}
    return {
        schema_name(str(part.get("$ref", index))): part for index, part in enumerate(schema.get("oneOf", []))
    }


def _bare(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {
            key: _bare(child)
            for key, child in node.items()
            if not str(key).startswith("x-") or key in ("x-max-bytes", "x-span")
        }
    return [_bare(child) for child in node] if isinstance(node, list) else node


def _or(kinds: frozenset[str]) -> str:
    return " or ".join(sorted(kinds)) or "anything"


def _name(path: str) -> str:
    return path.rsplit("/", 1)[-1]
