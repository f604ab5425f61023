"""The entry points of this distribution, for a pytest that a test starts: those of the sources, installed or not."""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_PACKAGES = ("wecom_mock", "wecom_openapi", "wecom_contract", "wecom_client")


def plugin_path(folder: Path) -> str:
    """A value for PYTHONPATH: the packages of the sources, and the metadata that an installation would write.

    Args:
        folder: an empty one for the metadata.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    points = "".join(f"{name} = {where}\n" for name, where in project["entry-points"]["pytest11"].items())
    info = folder / "the_plugin_under_test-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: the-plugin-under-test\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[pytest11]\n{points}")
    inherited = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
    packages = [path for path in sys.path if path and any((Path(path) / name).is_dir() for name in _PACKAGES)]
    return os.pathsep.join([str(folder), *inherited, *packages])
