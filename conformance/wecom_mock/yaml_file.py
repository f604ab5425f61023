"""YAML files that say where they are wrong: file, line and field, in one line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

MAX_BYTES = 2 * 1024 * 1024
_STR, _BOOL, _INT, _FLOAT, _NULL = (
    f"tag:yaml.org,2002:{kind}" for kind in ("str", "bool", "int", "float", "null")
)


class YamlFileError(ValueError):
    """A file that can not be used; the text is one line ``file:line: field: what is wrong``."""


class Item:
    """A YAML node with the path that leads to it, so that every complaint can say where it stands."""

    def __init__(self, file: str, node: Node, path: str, complaint: type[YamlFileError]) -> None:
        self.file, self.node, self.path, self._complaint = file, node, path, complaint

    def error(self, what: str) -> YamlFileError:
        """A complaint about this place."""
        where = f"{self.file}:{self.node.start_mark.line + 1}"
        return self._complaint(f"{where}: {self.path or 'the file'}: {what}")

    def text(self) -> str:
        """Text that is not empty."""
        if not isinstance(self.node, ScalarNode) or self.node.tag != _STR:
            raise self.error("must be text (put a number or a word like yes in quotes)")
        if not self.node.value:
            raise self.error("must not be empty")
        return str(self.node.value)

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.node, ScalarNode) or self.node.tag != _BOOL:
            raise self.error("must be true or false")
        return self.node.value.lower() in {"true", "yes", "on"}

    def number(self, most: int) -> int:
        """A whole number from 0 to ``most``."""
        plain = isinstance(self.node, ScalarNode) and self.node.tag == _INT and self.node.value.isdecimal()
        if not plain or int(self.node.value) > most:
            raise self.error(f"must be a number from 0 to {most}")
        return int(self.node.value)

    def scalar(self) -> str | int | float | bool | None:
        """Text, a number, true, false or null."""
        node = self.node
        if not isinstance(node, ScalarNode):
            raise self.error("must be one value")
        text = str(node.value)
        try:
            match node.tag:
                case tag if tag == _BOOL:
                    return self.flag()
                case tag if tag == _NULL:
                    return None
                case tag if tag == _INT:
                    return int(text)
                case tag if tag == _FLOAT:
                    return float(text)
        except ValueError:
            raise self.error("must be a plain number") from None
        return text

    def list(self) -> list[Item]:
        """The entries of a list."""
        if not isinstance(self.node, SequenceNode):
            raise self.error("must be a list")
        return [
            Item(self.file, node, f"{self.path}[{i}]", self._complaint)
            for i, node in enumerate(self.node.value)
        ]

    def map(self, required: Iterable[str], optional: Iterable[str]) -> dict[str, Item]:
        """The fields of a mapping; an unknown one, one that is there twice and a missing one are errors."""
        if not isinstance(self.node, MappingNode):
            raise self.error("must be a mapping")
        required, known = tuple(required), {*required, *optional}
        found: dict[str, Item] = {}
        for key, value in self.node.value:
            name = str(key.value) if isinstance(key, ScalarNode) else "?"
            # The complaint about a key stands at the key, not at its value.
            item = Item(self.file, key, f"{self.path}.{name}".lstrip("."), self._complaint)
            if name not in known:
                raise item.error(f"unknown field; known here: {', '.join(sorted(known))}")
            if name in found:
                raise item.error("given twice")
            found[name] = Item(self.file, value, item.path, self._complaint)
        for name in required:
            if name not in found:
                raise self.error(f"lacks the field {name}")
        return found


def parse_yaml(text: str, file: str, complaint: type[YamlFileError], kind: str) -> Item:
    """Read YAML text.

    Args:
        text: the text.
        file: the name that errors show.
        complaint: the class of the errors.
        kind: what the file ought to hold.

    Raises:
        YamlFileError: no YAML, or nothing.
    """
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise complaint(f"{file}:{line}: no YAML: {error.problem or error.context}") from None
    except yaml.YAMLError as error:
        raise complaint(f"{file}:1: no YAML: {' '.join(str(error).split())}") from None
    except RecursionError:
        raise complaint(f"{file}:1: no {kind}: nested too deeply") from None
    if root is None:
        raise complaint(f"{file}:1: the file is empty")
    return Item(file, root, "", complaint)


def read_text(path: str | Path, complaint: type[YamlFileError]) -> str:
    """The text of a file of at most 2 MiB.

    Raises:
        YamlFileError: it can not be read, is larger, or no UTF-8.
    """
    try:
        with Path(path).open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise complaint(f"{path}: {error.strerror or error}") from None
    if len(raw) > MAX_BYTES:
        raise complaint(f"{path}: larger than {MAX_BYTES} bytes")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise complaint(f"{path}:{line}: not UTF-8") from None
