"""What the tests of the build share: the profile, the contracts that it gives, and copies to break."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.config import Api, load_api
from pipeline.contract import Built, build_contract

REPOSITORY = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(Path(__file__).parent))  # the tables and means beside this file
LEFT_OUT = shutil.ignore_patterns("__pycache__", ".*", "tests", "node_modules")


@pytest.fixture(scope="session")
def api() -> Api:
    return load_api(REPOSITORY / "openapi" / "wecom" / "api.toml")


@pytest.fixture(scope="session")
def built(api: Api) -> Mapping[str, Built]:
    """The contract as each page of the vendor gives it. Not to be changed."""
    return {date: build_contract(api, date) for date in api.vendor}


@pytest.fixture(scope="session")
def contract() -> Mapping[str, Any]:
    """The contract that is committed, read without any code of the pipeline. Not to be changed."""
    text = (REPOSITORY / "openapi" / "wecom" / "contract.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.load(text, Loader=yaml.CBaseLoader)  # every scalar is text
    assert loaded["openapi"].startswith("3.1.")
    typed: Mapping[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return typed


@pytest.fixture(scope="session")
def schemas(contract: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = contract["components"]["schemas"]
    return found


class Copy:
    """A copy of the project that a test may change, and the build as a program in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for folder in ("openapi", "generated", "overrides", "docs"):
            shutil.copytree(REPOSITORY / folder, root / folder, ignore=LEFT_OUT)
        for folder in ("golden", "wecom_mock", "wecom_conformance"):
            shutil.copytree(
                REPOSITORY / "conformance" / folder, root / "conformance" / folder, ignore=LEFT_OUT
            )
        shutil.copy2(REPOSITORY / "contract.lock", root / "contract.lock")

    @property
    def environment(self) -> dict[str, str]:
        """One in which the copy's packages come before the project's own."""
        folders = [str(self.root / name) for name in ("openapi", "generated", "overrides", "conformance")]
        path = os.pathsep.join([*folders, os.environ.get("PYTHONPATH", "")])
        return {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}

    def pipeline(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """``python -m pipeline`` in the copy."""
        return self.python("-m", "pipeline", *arguments)

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.root,
            env=self.environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    def replace(self, file: str, old: str, new: str) -> None:
        """Change the one place of ``file`` that reads ``old``."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{file} has {old!r} {text.count(old)} times"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def state(self) -> dict[str, tuple[int, bytes]]:
        """When every file was last written, and its content; folders too, so that none is left over."""
        return {
            path.relative_to(self.root).as_posix(): (
                (path.stat().st_mtime_ns, path.read_bytes()) if path.is_file() else (0, b"")
            )
            for path in sorted(self.root.rglob("*"))
            if "__pycache__" not in path.parts
        }


@pytest.fixture
def make_copy(tmp_path: Path) -> Callable[[], Copy]:
    return lambda: Copy(tmp_path / "project")


@pytest.fixture
def copy(make_copy: Callable[[], Copy]) -> Copy:
    return make_copy()
