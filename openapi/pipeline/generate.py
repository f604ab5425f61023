"""Writes the client: the generator's parser, our templates, a formatter, and one move into place."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from importlib.metadata import version
from pathlib import Path
from typing import Any

from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError, ParseError

from pipeline.errors import PipelineError
from pipeline.facade import Facade
from pipeline.facts import ClientFacts
from pipeline.mangled import FIELD_PREFIX, refuse_mangled

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"

GENERATOR = "0.29.1"
"""The templates replace files of this release. Older ones let a document put code into the client
(CVE-2026-105801)."""

RUFF = "0.14.0"
"""It decides the bytes too: other releases rewrite the same code in another way."""

OWN_MODULES = ("wire", "values", "operations", "raw_operations")
"""Modules beside those that the generator writes, each from the template of its name."""


def generate(projection: Mapping[str, Any], facts: ClientFacts, output: Path) -> None:
    """Write the client for ``projection`` to the folder ``output``.

    The folder is replaced as a whole, and only when everything has worked.

    Args:
        projection: see ``pipeline.projection.project``.
        facts: what the templates need to know beside it.
        output: folder of the package; its name should be that of the package.

    Raises:
        PipelineError: the projection holds what the generator would mangle, the generator warned, the
            formatter failed, or a pinned tool has another version.
    """
    _check_pins()
    refuse_mangled(projection)
    output = output.resolve()
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output.parent, prefix=f".{output.name}-") as scratch:
        fresh = Path(scratch) / "new"
        _write(projection, facts, fresh)
        _format(fresh)
        _replace(output, fresh, Path(scratch) / "old")


def _write(projection: Mapping[str, Any], facts: ClientFacts, folder: Path) -> None:
    config = Config.from_sources(
        ConfigFile(
            package_name_override=facts.package, field_prefix=FIELD_PREFIX, literal_enums=True, post_hooks=[]
        ),
        MetaType.NONE,
        document_source=folder,
        file_encoding="utf-8",
        overwrite=False,
        output_path=folder,
    )
    # The parser changes what it is given.
    data = GeneratorData.from_dict(deepcopy(dict(projection)), config=config)
    if isinstance(data, GeneratorError):
        raise PipelineError("generator", _one_line(data))
    _refuse_warnings(_parse_warnings(data))
    project = Project(openapi=data, config=config, custom_template_path=TEMPLATES)
    project.env.globals.update(facade=Facade(data, facts), facts=facts)
    with contextlib.redirect_stdout(io.StringIO()):
        _refuse_warnings(project.build())
    for name in OWN_MODULES:
        text = project.env.get_template(f"{name}.py.jinja").render()
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    (folder / "py.typed").write_text("", encoding="utf-8")


def _parse_warnings(data: GeneratorData) -> Iterator[GeneratorError]:
    yield from data.errors
    for collection in data.endpoint_collections_by_tag.values():
        yield from collection.parse_errors
        for endpoint in collection.endpoints:
            yield from endpoint.errors


def _refuse_warnings(warnings: Iterator[GeneratorError] | Sequence[GeneratorError]) -> None:
    """A warning means that a schema or an operation was dropped; the generator's own exit code is still 0."""
    lines = list(dict.fromkeys(_one_line(warning) for warning in warnings))
    if lines:
        more = f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""
        raise PipelineError("generator", lines[0] + more)


def _one_line(error: GeneratorError) -> str:
    parts = [error.header, error.detail or ""]
    if isinstance(error, ParseError) and error.data is not None:
        # The generator's messages name no schema, only the address of its string: show the node.
        node = error.data.model_dump_json(exclude_unset=True, by_alias=True)
        parts.append(f"in {node if len(node) <= 200 else node[:200] + '…'}")
    text = " ".join(" ".join(part.split()) for part in parts if part)
    return re.sub(r"<[\w.]*UntrustedString object at 0x[0-9a-f]+>", "a name", text)


def _format(folder: Path) -> None:
    for arguments in (
        # What the generator's own hooks do, without the settings of whatever project lies around the folder.
        ["check", "--fix-only", "--exit-zero", "--extend-select=I"],
        ["format"],
    ):
        command = [
            _ruff(),
            *arguments,
            "--isolated",
            "--no-cache",
            "--line-length=110",
            "--target-version=py311",
            ".",
        ]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise PipelineError(
                "ruff " + arguments[0], " ".join(done.stderr.split()) or f"exit code {done.returncode}"
            )


def _ruff() -> str:
    beside = Path(sys.executable).with_name("ruff")
    if beside.is_file():
        return str(beside)
    raise PipelineError("ruff", f"not found beside {sys.executable}")


def _check_pins() -> None:
    for package, pinned in (("openapi-python-client", GENERATOR), ("ruff", RUFF)):
        found = version(package)
        if found != pinned:
            raise PipelineError(
                package, f"version {found} is installed, but {pinned} decides the bytes of the client"
            )


def _replace(output: Path, fresh: Path, old: Path) -> None:
    """Move ``fresh`` to ``output``; whatever goes wrong, one of the two whole folders stands there."""
    if output.exists():
        output.rename(old)
    try:
        fresh.rename(output)
    except BaseException as error:
        # Also when interrupted: with the scratch folder the old package would be gone.
        if old.exists():
            old.rename(output)
        if isinstance(error, OSError):
            raise PipelineError(str(output), error.strerror or "can't be replaced") from None
        raise
    shutil.rmtree(old, ignore_errors=True)
