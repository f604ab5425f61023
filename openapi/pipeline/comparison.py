"""What became of an API between two documents: what was added, changed and removed, and whom it breaks.

A request may safely become wider and an answer narrower. The other way round somebody breaks: a sender, whose request
was legal before, or a reader, who meets what couldn't come before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pipeline.constraints import Change, Kind, Schema, Side, broken, limits, required
from pipeline.openapi_document import operations, schema_name
from pipeline.phrases import meaning


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
        yield from self.faults()
        was = {(method, path): operation for path, method, operation in operations(self.old)}
        now = {(method, path): operation for path, method, operation in operations(self.new)}
        for key, operation in was.items():
            if key not in now:
                yield Change("removed", " ".join(key), "", ("senders", "readers"))
            else:
                yield from self.operation(_name(key[1], operation, now[key]), operation, now[key])
        for key in now:
            if key not in was:
                yield Change("added", " ".join(key), "", ())

    def operation(self, name: str, old: Schema, new: Schema) -> Iterator[Change]:
        for key in ("operationId", "x-effect", "x-retry"):
            if key in old and key in new and _word(old[key]) != _word(new[key]):
                yield Change("changed", name, f"{key} {_word(old[key])} → {_word(new[key])}", ("senders",))
        yield from self.security(name, old, new)
        yield from self.parameters(name, old, new)
        was, now = (
            _resolve(document, operation.get("requestBody", {}))
            for document, operation in ((self.old, old), (self.new, new))
        )
        yield from required(f"{name} body", bool(was.get("required")), bool(now.get("required")), "senders")
        yield from self.content(name, was, now, "senders")
        for status, answer in old.get("responses", {}).items():
            there = new.get("responses", {}).get(status)
            if there is None:
                yield Change("removed", f"{name} answer {status}", "", ("readers",))
            else:
                answers = (_resolve(self.old, answer), _resolve(self.new, there))
                yield from self.content(f"{name} answer", *answers, "readers")
        for status in new.get("responses", {}):
            if status not in old.get("responses", {}):
                yield Change("added", f"{name} answer {status}", "", ("readers",))

    def faults(self) -> Iterator[Change]:
        """Who sends decides by them whether to send again."""
        was, now = self.old.get("x-faults", {}), self.new.get("x-faults", {})
        for name in [*was, *(name for name in now if name not in was)]:
            old, new = (meaning(faults[name]) if name in faults else None for faults in (was, now))
            if old != new:
                what = f"{old} → {new}" if old and new else new or ""
                yield Change(_kind(bool(old), bool(new)), f"fault {name}", what, ("senders",) if old else ())

    def security(self, name: str, old: Schema, new: Schema) -> Iterator[Change]:
        """Of any of the requirements one has to be met; none at all is the widest."""
        was = [sorted(one) for one in old.get("security", self.old.get("security", []))] or [[]]
        now = [sorted(one) for one in new.get("security", self.new.get("security", []))] or [[]]
        if sorted(was) != sorted(now):
            kept = all(any(set(need) <= set(had) for need in now) for had in was)
            what = " → ".join(" or ".join(" and ".join(one) or "none" for one in side) for side in (was, now))
            yield Change("changed", name, f"credential {what}", () if kept else ("senders",))

    def content(self, place: str, old: Schema, new: Schema, side: Side) -> Iterator[Change]:
        """The schema of a body; another media type is a change of its own."""
        was, now = list(old.get("content", {})), list(new.get("content", {}))
        if was and now and set(was) != set(now):
            what = f"{' or '.join(was)} → {' or '.join(now)}"
            wider = set(was) <= set(now)
            unsure = not wider and not set(now) <= set(was)
            yield Change("changed", place, what, broken(side, wider=wider, unsure=unsure))
        yield from self.schema(place, _body(old), _body(new), side)

    def parameters(self, name: str, old: Schema, new: Schema) -> Iterator[Change]:
        was = {(p["in"], p["name"]): p for p in _parameters(self.old, old)}
        now = {(p["in"], p["name"]): p for p in _parameters(self.new, new)}
        for (kind, key), parameter in was.items():
            place = f"{name} {kind} {key}"
            there = now.get((kind, key))
            if there is None:
                yield Change("removed", place, "", ("senders",))
                continue
            yield from required(
                place, bool(parameter.get("required")), bool(there.get("required")), "senders"
            )
            yield from self.schema(place, parameter.get("schema", {}), there.get("schema", {}), "senders")
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
        yield from limits(place, old, new, side)
        if side == "senders" and old.get("default") != new.get("default"):
            what = f"default {old.get('default', 'none')} → {new.get('default', 'none')}"
            # Who leaves the field out gets something else; a default that is only now written down changes nothing.
            yield Change("changed", place, what, ("senders",) if "default" in old else ())
        yield from self.properties(place, old, new, side)
        if "items" in old or "items" in new:
            yield from self.schema(f"{place}[]", old.get("items", {}), new.get("items", {}), side)
        yield from self.variants(place, old, new, side)
        for keyword in ("allOf", "anyOf", "if", "then", "else", "not"):
            if _bare(old.get(keyword)) != _bare(new.get(keyword)):
                kind = _kind(keyword in old, keyword in new)
                wider = kind == "removed" and keyword != "not"
                yield Change(
                    kind,
                    place,
                    f"the condition {keyword}",
                    broken(side, wider=wider, unsure=kind == "changed"),
                )
        self.open.discard(references)

    def type(self, place: str, old: Schema, new: Schema, side: Side) -> Iterator[Change]:
        was, now = _types(old), _types(new)
        if was != now:
            wider, narrower = _takes(now, was), _takes(was, now)
            yield Change(
                "changed",
                place,
                f"{_or(was)} → {_or(now)}",
                broken(side, wider=wider, unsure=not wider and not narrower),
            )

    def properties(self, place: str, old: Schema, new: Schema, side: Side) -> Iterator[Change]:
        was, now = old.get("properties", {}), new.get("properties", {})
        must, must_now = set(old.get("required", [])), set(new.get("required", []))
        for key, child in was.items():
            here = f"{place}.{key}"
            if key not in now:
                yield Change("removed", here, "", (side,))
                continue
            yield from required(here, key in must, key in must_now, side)
            yield from self.schema(here, child, now[key], side)
        for key, child in now.items():
            if key not in was:
                needed = key in must_now
                what = f"{_or(_types(_resolve(self.new, child)))}{', required' if needed else ''}"
                yield Change("added", f"{place}.{key}", what, (side,) if needed and side == "senders" else ())
        if old.get("additionalProperties", True) != new.get("additionalProperties", True):
            closed = new.get("additionalProperties", True) is False
            what = "unknown fields are refused" if closed else "unknown fields are allowed"
            yield Change("changed", place, what, broken(side, wider=not closed))

    def variants(self, place: str, old: Schema, new: Schema, side: Side) -> Iterator[Change]:
        was, now = _variants(old), _variants(new)
        for tag, variant in was.items():
            if tag not in now:
                yield Change("removed", f"{place} {tag}", "", (side,))
            else:
                yield from self.schema(f"{place} {tag}", variant, now[tag], side)
        for tag in now:
            if tag not in was:
                yield Change("added", f"{place} {tag}", "", broken(side, wider=True))


def _kind(was: bool, now: bool) -> Kind:
    return "changed" if was and now else "added" if now else "removed"


def _resolve(document: Mapping[str, Any], schema: Schema) -> Schema:
    for _ in range(100):
        if "$ref" not in schema:
            return schema
        node: Any = document
        for step in str(schema["$ref"]).removeprefix("#/").split("/"):
            node = node[step.replace("~1", "/").replace("~0", "~")]
        schema = node
    return schema


def _word(value: Any) -> str:
    """What is stated, without the reason for it."""
    return str(value["repeat"] if isinstance(value, Mapping) else value)


def _parameters(document: Mapping[str, Any], operation: Schema) -> Iterator[Schema]:
    return (_resolve(document, parameter) for parameter in operation.get("parameters", []))


def _body(holder: Schema) -> Schema:
    content = holder.get("content", {})
    return next((media.get("schema", {}) for media in content.values()), {})


def _types(schema: Schema) -> frozenset[str]:
    kind = schema.get("type")
    if kind is None:
        return frozenset({"object"}) if "oneOf" in schema or "properties" in schema else frozenset()
    return frozenset(kind if isinstance(kind, list) else [kind])


def _takes(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether what has a type of ``others`` has one of ``some``. No type at all takes everything."""
    return not some or (bool(others) and others <= some | ({"integer"} if "number" in some else set()))


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


def _name(path: str, old: Schema, new: Schema) -> str:
    """The operationId that both sides have, or the only one that has one; two paths may end in the same word."""
    names = {operation["operationId"] for operation in (old, new) if "operationId" in operation}
    return str(names.pop()) if len(names) == 1 else path.rsplit("/", 1)[-1]
