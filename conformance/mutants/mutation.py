"""Every mutant of a file, by the operators of mutmut.

mutmut itself can't run here, as measured with 3.8.1: it takes the module's name from the path below the working folder,
so code with several roots (``overrides/wecom_openapi``) never meets its mutants; it leaves out what has a decorator
and what stands outside of functions, such as tables and limits; and the tests that start programs are not counted as
touching anything. Its operators are what is worth having, and they are used as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import libcst
from attrs import frozen
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

from mutants.mutant import Mutant

NEVER = ("len", "isinstance")
"""Calls that mutmut leaves alone: nearly every change of one is an exception at once."""


@frozen
class _Place:
    node: Any
    changed: Any
    first: int
    last: int
    line: int
    inside: bool


def count(path: Path) -> int:
    """How many mutants a file has."""
    return len(_Source(path.read_text(encoding="utf-8")).places)


def mutants(root: Path, file: str, numbers: Iterable[int]) -> Iterator[Mutant]:
    """Some of the mutants of a file; a change that changes nothing is left out."""
    source = _Source((root / file).read_text(encoding="utf-8"))
    for number in numbers:
        place = source.places[number]
        text = source.changed(place)
        if text != source.text:
            old, new = _difference(source.text, text)
            yield Mutant(file, number, place.line, place.first, place.last, place.inside, old, new, text)


class _Source:
    """A file with all of its places."""

    def __init__(self, text: str) -> None:
        wrapper = MetadataWrapper(libcst.parse_module(text), unsafe_skip_copy=True)
        self.text, self.module = text, wrapper.module
        self.spans = wrapper.resolve(PositionProvider)
        self.places = list(_below(wrapper.module, self.spans, (1, 1), False))
        self._begins = [0]
        for line in text.splitlines(keepends=True):
            self._begins.append(self._begins[-1] + len(line))

    def changed(self, place: _Place) -> str:
        """The whole text with one change. Put in by hand where that is safe: the library takes a second for it."""
        if place.node in self.spans:
            span = self.spans[place.node]
            start = self._begins[span.start.line - 1] + span.start.column
            end = self._begins[span.end.line - 1] + span.end.column
            if self.module.code_for_node(place.node) == self.text[start:end]:
                put_in: str = self.module.code_for_node(place.changed)
                return self.text[:start] + put_in + self.text[end:]
        found: str = self.module.deep_replace(place.node, place.changed).code
        return found


def _below(node: Any, spans: Any, around: tuple[int, int], inside: bool) -> Iterator[_Place]:
    """Every change of a node and of what is below it, in the order of the text."""
    if _left_alone(node):
        return
    if isinstance(node, libcst.SimpleStatementLine | libcst.BaseCompoundStatement) and node in spans:
        span = spans[node]
        whole = isinstance(node, libcst.SimpleStatementLine)
        around = (span.start.line, span.end.line if whole else _header(node, spans))
    for kind, operator in mutation_operators:
        if isinstance(node, kind):
            line = spans[node].start.line if node in spans else around[0]
            for changed in operator(node):
                yield _Place(node, changed, *around, line, inside)
    inside = inside or isinstance(node, libcst.FunctionDef | libcst.Lambda)
    for child in node.children:
        yield from _below(child, spans, around, inside)


def _header(node: Any, spans: Any) -> int:
    """The last line of the head of an ``if``, a ``def`` and so on."""
    first: int = spans[node].start.line
    body = getattr(node, "body", None)
    return max(first, spans[body].start.line - 1) if body in spans else first


def _left_alone(node: Any) -> bool:
    if isinstance(node, libcst.Annotation | libcst.Decorator | libcst.ImportFrom | libcst.Import):
        return True
    if isinstance(node, libcst.Call) and isinstance(node.func, libcst.Name):
        return str(node.func.value) in (*NEVER, "TypeVar", "cast")
    # Names of types, and what only a type checker runs.
    if isinstance(node, libcst.Subscript) and isinstance(node.value, libcst.Name):
        return str(node.value.value) == "Literal"
    if isinstance(node, libcst.If) and isinstance(node.test, libcst.Name):
        return str(node.test.value) == "TYPE_CHECKING"
    if isinstance(node, libcst.Assign):
        return any(getattr(target.target, "value", "") == "__all__" for target in node.targets)
    return isinstance(node, libcst.Expr) and isinstance(node.value, libcst.SimpleString)


def _difference(old: str, new: str) -> tuple[str, str]:
    """The lines that differ, without those that are the same before and after them."""
    before, after = old.splitlines(), new.splitlines()
    while before and after and before[0] == after[0]:
        before, after = before[1:], after[1:]
    while before and after and before[-1] == after[-1]:
        before, after = before[:-1], after[:-1]
    return "\n".join(before), "\n".join(after)
