"""``contract.lock``: a hash of everything that went into a build and of everything that came out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import PipelineError


def lock_text(root: Path, inputs: Iterable[Path], outputs: Mapping[Path, bytes]) -> str:
    """The content of the lock file.

    Args:
        root: folder that the paths in it are relative to.
        inputs: files that were read.
        outputs: files that are written, with their content.
    """
    lock: dict[str, Any] = {
        "about": "Written by `make regenerate`; `make check` fails where a file has another hash.",
        "inputs": {_name(root, path): _hash(path.read_bytes()) for path in sorted(inputs)},
        "outputs": {_name(root, path): _hash(content) for path, content in sorted(outputs.items())},
    }
    return json.dumps(lock, indent=1) + "\n"


def _name(root: Path, path: Path) -> str:
    if not path.resolve().is_relative_to(root.resolve()):
        raise PipelineError(str(path), f"is outside of {root}, the folder of the lock")
    return path.resolve().relative_to(root.resolve()).as_posix()


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
