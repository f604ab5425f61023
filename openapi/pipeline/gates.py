"""What must hold of a generated client before anybody may use it.

The generator exits with 0 after dropping schemas, answers and operations, and has written modules that do not
import. So its word counts for nothing here: the client is looked at from outside, by each gate from another
side. Every gate raises ``PipelineError``, one line with the place.
"""

from __future__ import annotations

import ast
import filecmp
import json
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.completeness import check_complete, check_projection
from pipeline.errors import PipelineError
from pipeline.facts import ClientFacts
from pipeline.golden import check_golden
from pipeline.probe import TIMEOUT, last_line, run_python

__all__ = [
    "check_all",
    "check_complete",
    "check_golden",
    "check_imports",
    "check_no_any",
    "check_projection",
    "check_same_bytes",
    "check_syntax",
    "check_types",
]


def check_all(
    output: Path,
    projection: Mapping[str, Any],
    contract: Mapping[str, Any],
    facts: ClientFacts,
    golden: Path,
    *,
    thorough: bool = True,
) -> None:
    """Every gate, the cheap ones first.

    Args:
        output: folder of the generated package.
        projection: what it was generated from.
        contract: what that was projected from.
        facts: what it was generated with.
        golden: folder of the golden requests, see ``pipeline.golden``.
        thorough: with the two gates that take longer than all others: a second generation, and mypy.

    Raises:
        PipelineError: at the first gate that is not passed.
    """
    check_projection(contract, projection)
    check_syntax(output)
    check_no_any(output)
    check_imports(output)
    check_complete(output, projection)
    check_golden(output, projection, golden)
    if thorough:
        check_same_bytes(output, projection, facts)
        check_types(output)


def check_syntax(output: Path) -> None:
    """Every file is Python, and the package says that it is typed."""
    if not (output / "py.typed").is_file():
        raise PipelineError(str(output / "py.typed"), "is missing, so type checkers pass over the package")
    for file, _ in _modules(output):
        _tree(file)


def check_no_any(output: Path) -> None:
    """No body and no answer of an operation is ``Any``, nor a union with it, nor any field of a model."""
    for file, name in _modules(output):
        is_model = name.startswith("models.")
        if not is_model and not name.startswith("api."):
            continue
        for node in ast.walk(_tree(file)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not is_model:
                bodies = [each.annotation for each in node.args.kwonlyargs if each.arg == "body"]
                answers = [node.returns] if not node.name.startswith("_get_kwargs") else []
                for annotation in (*bodies, *answers):
                    if annotation is None or "Any" in _words(annotation):
                        raise PipelineError(f"{name}.{node.name}", "has a body or an answer of type Any")
            if isinstance(node, ast.ClassDef) and is_model:
                for field in node.body:
                    if isinstance(field, ast.AnnAssign) and "Any" in _words(field.annotation):
                        field_name = ast.unparse(field.target)
                        if field_name != "additional_properties":
                            raise PipelineError(f"{name}.{node.name}.{field_name}", "is of type Any")


def check_imports(output: Path) -> None:
    """Every module imports, each name that a lazy package offers is there, in a process of its own."""
    names = [".".join((output.name, *([name] if name else []))) for _, name in _modules(output)]
    script = (
        "import importlib, json, sys\n"
        "for name in json.loads(sys.argv[1]):\n"
        "    try:\n"
        "        module = importlib.import_module(name)\n"
        "        [getattr(module, each) for each in getattr(module, '__all__', ())]\n"
        "    except BaseException as error:\n"
        "        sys.exit(f'{name}: {type(error).__name__}: {error}')\n"
    )
    done = run_python(output, script, json.dumps(names))
    if done.returncode != 0:
        where, _, what = (last_line(done.stderr) or f"exit code {done.returncode}").partition(": ")
        raise PipelineError(where, f"does not import: {what}")


def check_same_bytes(output: Path, projection: Mapping[str, Any], facts: ClientFacts) -> None:
    """Generating once more, with another hash seed, gives the same bytes: nobody has edited ``output``."""
    script = (
        "import pickle, sys\n"
        "from pipeline.errors import PipelineError\n"
        "from pipeline.generate import generate\n"
        "try:\n"
        "    generate(*pickle.load(sys.stdin.buffer))\n"
        "except PipelineError as error:\n"
        "    sys.exit(str(error))\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        again = Path(folder) / output.name
        seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
        done = subprocess.run(
            [sys.executable, "-c", script],
            input=pickle.dumps((projection, facts, again)),
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), "PYTHONHASHSEED": seed},
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
        )
        if done.returncode != 0:
            raise PipelineError(output.name, f"can't be generated twice: {last_line(done.stderr.decode())}")
        difference = _difference(output, again)
    if difference:
        raise PipelineError(
            str(output / difference), f"differs from what the contract gives; run {facts.command}"
        )


def check_types(output: Path) -> None:
    """``mypy --strict`` finds nothing, whatever settings lie around the package."""
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--config-file=",
        "--no-error-summary",
        "--hide-error-context",
    ]
    with tempfile.TemporaryDirectory() as cache:
        done = subprocess.run(
            [*command, f"--cache-dir={cache}", str(output)],
            capture_output=True,
            text=True,
            timeout=TIMEOUT,
            check=False,
        )
    if done.returncode != 0:
        lines = [line for line in done.stdout.splitlines() if ": error:" in line]
        where, _, what = (lines or [last_line(done.stderr)])[0].partition(": error: ")
        raise PipelineError(where, f"mypy --strict: {what} (of {len(lines)})")


def _modules(output: Path) -> Iterator[tuple[Path, str]]:
    """Every module as (file, dotted name inside the package)."""
    for file in sorted(output.rglob("*.py")):
        parts = list(file.relative_to(output).with_suffix("").parts)
        yield file, ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _tree(file: Path) -> ast.Module:
    try:
        return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))
    except (OSError, SyntaxError, ValueError) as error:
        raise PipelineError(str(file), f"is no Python: {error}") from None


def _words(node: ast.expr) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def _difference(one: Path, other: Path) -> str | None:
    """The first file, by name, that is not the same in both folders."""
    files = {
        str(file.relative_to(root))
        for root in (one, other)
        for file in root.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    for name in sorted(files):
        pair = (one / name, other / name)
        if not all(file.is_file() for file in pair) or not filecmp.cmp(*pair, shallow=False):
            return name
    return None
