"""Reads and writes the documents of a build: YAML or JSON in, canonical YAML out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import PipelineError
from pipeline.strict import Unreadable, load_json, load_yaml

MAX_BYTES = 8 * 1024 * 1024
"""No document of an API is larger; a file that is was not meant."""


def read_yaml(path: Path, *, number_keys: bool = False) -> Any:
    """The content of a YAML file, or a JSON file (``.json``).

    Args:
        path: the file.
        number_keys: let a key be a whole number, as in a table of codes.

    Raises:
        PipelineError: missing, too large, not UTF-8, not YAML, a key twice, aliases without end; with the line where it
            is known.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise PipelineError(str(path), f"is larger than {MAX_BYTES} bytes")
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise PipelineError(str(path), error.strerror or "unreadable") from None
    except UnicodeDecodeError as error:
        raise PipelineError(str(path), f"not UTF-8 at byte {error.start}") from None
    try:
        return load_json(text) if path.suffix == ".json" else load_yaml(text, number_keys=number_keys)
    except Unreadable as error:
        raise PipelineError(f"{path}:{error.line}" if error.line else str(path), error.problem) from None


class _Flow(dict[str, Any]):
    """A mapping that is written on one line."""


class _Dumper(yaml.CSafeDumper):
    """Never an alias: what is the same twice is written twice, so that a diff shows it where it is."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_representer(
    _Flow,
    lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=True),
)


def to_yaml(document: Any, header: str, flow: frozenset[str] = frozenset()) -> str:
    """``document`` as YAML text under a comment; Chinese stays readable, order is kept.

    Args:
        document: plain data.
        header: lines of the comment at the head.
        flow: keys whose mappings are written on one line each, since there are many of them.
    """
    body = yaml.dump(_flowing(document, flow), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)
    return "".join(f"# {line}\n" for line in header.splitlines()) + body


def _flowing(node: Any, flow: frozenset[str], *, inside: bool = False) -> Any:
    if isinstance(node, dict):
        made = {key: _flowing(child, flow, inside=inside or key in flow) for key, child in node.items()}
        leaf = inside and not all(isinstance(child, dict) for child in node.values())
        return _Flow(made) if leaf and not any(key in flow for key in node) else made
    return [_flowing(child, flow, inside=inside) for child in node] if isinstance(node, list) else node
