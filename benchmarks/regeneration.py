"""``make regenerate`` against a bare run of openapi-python-client on the same projection."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from benchmarks.measure import Ratio, compare
from pipeline.config import load_api
from pipeline.documents import read_yaml
from pipeline.projection import project

ROOT = Path(__file__).resolve().parent.parent


def regenerate() -> Ratio:
    """Whole programs, by the clock."""
    api = load_api(ROOT / "openapi/wecom/api.toml")
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "projection.yaml"
        source.write_text(yaml.safe_dump(project(read_yaml(api.contract), api.envelope)), encoding="utf-8")
        beside = Path(sys.executable).parent
        # The generator looks for ruff, its formatter, in PATH.
        environment = {**os.environ, "PATH": f"{beside}{os.pathsep}{os.environ['PATH']}"}

        def ours() -> None:
            subprocess.run(
                [sys.executable, "-m", "pipeline", "--quiet", "regenerate"],
                check=True,
                stdout=subprocess.DEVNULL,
                cwd=ROOT,
            )

        def bare() -> None:
            subprocess.run(
                [beside / "openapi-python-client", "generate", "--path", source, "--meta", "none", "--overwrite",
                 "--output-path", Path(scratch) / "client"],
                check=True, stdout=subprocess.DEVNULL, env=environment, cwd=scratch,
            )  # fmt: skip

        return compare("make regenerate", ours, "a bare openapi-python-client", bare, aim=2.0, rounds=5)
