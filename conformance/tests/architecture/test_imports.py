"""The arrows between the folders point one way, and the project speaks of itself alone."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]

OWN = {
    "pipeline": "openapi/pipeline",
    "wecom_contract": "openapi/wecom_contract",
    "wecom_client": "generated/wecom_client",
    "wecom_openapi": "overrides/wecom_openapi",
    "wecom_cli": "overrides/wecom_cli",
    "wecom_mock": "conformance/wecom_mock",
    "wecom_conformance": "conformance/wecom_conformance",
}
"""Our own packages, and where they stand."""

MAY_IMPORT = {
    "pipeline": {"jsonpath_rfc9535", "openapi_python_client", "openapi_spec_validator", "yaml"},
    "wecom_contract": {"attrs", "jsonschema_rs"},
    "wecom_client": {"attrs", "httpx"},
    "wecom_openapi": {
        *("wecom_client", "wecom_contract", "attrs", "httpx", "anyio", "httpcore"),
        *("jiter", "orjson", "pyarrow", "sqlalchemy", "tenacity"),
    },
    "wecom_cli": {"wecom_openapi", "wecom_contract", "attrs", "rich", "typer"},
    "wecom_mock": {"wecom_contract", "attrs", "httpx", "jinja2", "jsonschema_rs", "yaml"},
    "wecom_conformance": {
        *("wecom_contract", "attrs", "httpx", "hypothesis", "jinja2", "jsonschema", "jsonschema_rs"),
        *("pytest", "requests", "rich", "schemathesis", "typer", "yaml"),
    },
}
"""What each may import beside itself and the standard library; the table of folders in docs/architecture.md."""

ONLY_HERE = {
    "overrides/wecom_openapi/fast/__init__.py": {"httptools"},
    "overrides/wecom_openapi/fast/answer.py": {"httptools"},
    "conformance/wecom_mock/plugin.py": {"pytest"},
    "conformance/wecom_mock/plugin_client.py": {"wecom_openapi"},
}
"""What one module of a package may import and the others may not. Of the mock's: pytest loads the first, and has the
client by the second in the fixtures that are one."""

OF_EXTRAS = {
    "overrides/wecom_openapi/tokens/redis_link.py": {"redis"},
}
"""The modules of the client that need an extra, by the library, which has the extra's name. Nothing imports them
before it is asked for what needs them."""

IMPORTERS = ("__import__", "import_module")

NEEDED_BY = {"anyio": "httpx", "httpcore": "httpx", "requests": "schemathesis"}
"""Packages that come with another one, by the name of that one."""

NAMES = {"yaml": "pyyaml", "jsonschema_rs": "jsonschema-rs"}
"""Packages whose name for pip is another."""


def imports(tree: ast.AST, package: str) -> Iterator[str]:
    """Every module that some code imports, by its full name; what can't be told from the code is called dynamic."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")
            base = parts[: len(parts) - node.level + 1] if node.level else []
            if node.level > len(parts):
                yield "outside"
            elif node.level and node.module is None:
                yield from (".".join([*base, alias.name]) for alias in node.names)
            else:
                yield ".".join([*base, node.module or ""]).rstrip(".")
        elif isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in IMPORTERS:
            name = node.args[0] if node.args else None
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                yield f"{package}{name.value}" if name.value.startswith(".") else name.value
            else:
                yield "dynamic"


def files(name: str) -> list[Path]:
    return sorted(path for path in (REPOSITORY / OWN[name]).rglob("*.py") if "__pycache__" not in path.parts)


def package_of(file: Path, name: str) -> str:
    """The dotted name of the package that a file is in."""
    return ".".join([name, *file.parent.relative_to(REPOSITORY / OWN[name]).parts])


def lazy(file: Path, name: str) -> Iterator[str]:
    """What a package imports when one of its names is first asked for, by its own table."""
    package = importlib.import_module(package_of(file, name))
    for module in set(vars(package).get("_MODULES", {}).values()):
        beside = module.startswith(".") or (file.parent / f"{module}.py").is_file()
        yield package.__name__ if beside else module


def foreign(name: str) -> dict[str, set[str]]:
    """Imports of a package that are neither its own nor the standard library's, by file."""
    found: dict[str, set[str]] = {}
    for file in files(name):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        modules = set(imports(tree, package_of(file, name)))
        if "dynamic" in modules and "_MODULES[" in ast.unparse(tree):
            modules = modules - {"dynamic"} | set(lazy(file, name))
        roots = {module.partition(".")[0] for module in modules}
        if others := roots - {name} - sys.stdlib_module_names:
            found[file.relative_to(REPOSITORY).as_posix()] = others
    return found


@pytest.mark.parametrize("name", OWN)
def test_what_each_folder_imports(name: str) -> None:
    assert len(files(name)) >= 10
    too_many = {
        file: others - MAY_IMPORT[name] - ONLY_HERE.get(file, set()) - OF_EXTRAS.get(file, set())
        for file, others in foreign(name).items()
    }
    assert {file: others for file, others in too_many.items() if others} == {}


def test_the_exceptions_are_needed_and_nothing_else_of_the_package_leads_to_the_client() -> None:
    found = foreign("wecom_mock")
    found.update(foreign("wecom_openapi"))
    assert {file: found[file] & only for file, only in ONLY_HERE.items()} == ONLY_HERE
    client = REPOSITORY / "conformance/wecom_mock/plugin_client.py"
    importers = {
        file.name
        for file in files("wecom_mock")
        if "wecom_mock.plugin_client"
        in set(imports(ast.parse(file.read_text(encoding="utf-8")), package_of(file, "wecom_mock")))
    }
    assert client.is_file()
    assert importers == {"plugin.py"}
    code = (
        "import sys, pytest; before = set(sys.modules)\n"
        "import wecom_mock.plugin\n"
        "print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=REPOSITORY
    )
    assert done.stdout.split() == ["wecom_mock", "wecom_mock.plugin"], done.stderr


def test_nothing_is_allowed_that_nobody_needs() -> None:
    for name, allowed in MAY_IMPORT.items():
        used = set().union(*foreign(name).values())
        assert allowed - used <= {"attrs", "pytest"}, name


def test_the_client_and_the_mock_share_the_contract_and_nothing_else() -> None:
    def reached(name: str) -> set[str]:
        return {name}.union(*(reached(other) for other in MAY_IMPORT[name] & set(OWN)))

    assert reached("wecom_openapi") & reached("wecom_mock") == {"wecom_contract"}
    assert reached("wecom_conformance") == {"wecom_conformance", "wecom_contract"}
    assert reached("pipeline") == {"pipeline"}


def test_the_library_of_the_journal_is_imported_in_the_journal_alone() -> None:
    """Who has no journal need not have it; what keeps tables beside the journal's may use it too."""
    using = {file for file, others in foreign("wecom_openapi").items() if "sqlalchemy" in others}
    assert using
    folders = ("overrides/wecom_openapi/journal/", "overrides/wecom_openapi/broadcast/")
    assert {file for file in using if not file.startswith(folders)} == set()


def test_folders_of_data_hold_no_code() -> None:
    data = ("vectors", "golden", "faults")
    for folder in ("openapi/wecom", "openapi/templates", *(f"conformance/{name}" for name in data)):
        assert list((REPOSITORY / folder).rglob("*.py")) == [], folder


def test_the_build_knows_no_vendor() -> None:
    """The profile's place is the one thing that its command line takes for granted."""
    words = re.compile(
        r"wecom|weixin|企业微信|qyapi|add_msg|gettoken|msgid|access_token|external_userid|msgtype", re.I
    )
    found = {
        path.name: words.findall(path.read_text(encoding="utf-8"))
        for path in [*files("pipeline"), *(REPOSITORY / "openapi/templates").rglob("*.jinja")]
    }
    assert {name: hits for name, hits in found.items() if hits} == {"__main__.py": ["wecom", "wecom"]}


def test_what_is_installed_is_what_is_imported() -> None:
    """A team that only calls the API gets the seven libraries of the core, and the mock's are in its extra."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    def named(requirements: list[str]) -> set[str]:
        return {re.split(r"[<>=!~\[; ]", text)[0] for text in requirements}

    core = named(project["dependencies"])
    extras = {name: named(listed) for name, listed in project["optional-dependencies"].items()}
    for name, more in {
        "wecom_contract": set[str](),
        "wecom_client": set[str](),
        "wecom_openapi": extras["journal"] | extras["parquet"] | extras["fast"],
        "wecom_cli": extras["cli"],
        "wecom_mock": extras["mock"],
        "wecom_conformance": extras["conformance"],
    }.items():
        libraries = set[str]()
        for file, others in foreign(name).items():
            libraries |= others - ONLY_HERE.get(file, set()) - OF_EXTRAS.get(file, set()) - set(OWN)
        needed = {NAMES.get(one, one) for one in (NEEDED_BY.get(library, library) for library in libraries)}
        assert needed - core - more == set(), name
    for file, of_extras in OF_EXTRAS.items():
        assert foreign("wecom_openapi")[file] & of_extras == of_extras
        assert of_extras <= set().union(*(extras[name] for name in of_extras))
    assert core == {"attrs", "httpx", "jiter", "jsonschema-rs", "orjson", "sniffio", "tenacity"}


@pytest.mark.parametrize(
    ("package", "absent"),
    [
        ("wecom_contract", {"httpx", "wecom_client", "wecom_openapi", "wecom_mock", "pipeline", "yaml"}),
        ("wecom_client", {"httpx", "wecom_contract", "wecom_openapi", "wecom_mock", "pipeline", "yaml"}),
        (
            "wecom_openapi",
            {
                "wecom_cli",
                "typer",
                "redis",
                "celery",
                "wecom_mock",
                "wecom_conformance",
                "pipeline",
                "yaml",
                "pytest",
                "jsonschema",
            },
        ),
        ("wecom_cli", {"typer", "rich", "wecom_client", "wecom_mock", "wecom_conformance", "pipeline"}),
        ("wecom_mock", {"wecom_client", "wecom_openapi", "wecom_conformance", "pipeline", "pytest"}),
        (
            "wecom_conformance.pytest_plugin",
            {"schemathesis", "hypothesis", "httpx", "jinja2", "typer", "requests", "wecom_mock"},
        ),
        ("pipeline", {"wecom_contract", "wecom_client", "wecom_openapi", "wecom_mock", "httpx"}),
    ],
)
def test_what_is_loaded_when_a_package_is(package: str, absent: set[str]) -> None:
    """The same, seen from outside: the modules that an interpreter has after the import."""
    code = (
        "import sys; before = set(sys.modules)\n"  # the tests' own guard is loaded by then
        f"import {package}\n"
        "print(*sorted({name.partition('.')[0] for name in set(sys.modules) - before}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=REPOSITORY
    )
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert package.partition(".")[0] in loaded
    assert loaded & absent == set()


class TestTheCheckItself:
    @pytest.mark.parametrize(
        ("code", "found"),
        [
            ("import wecom_client.models as m", {"wecom_client.models"}),
            ("def f():\n from wecom_openapi import WeCom", {"wecom_openapi"}),
            ("if TYPE_CHECKING:\n import httpx", {"httpx"}),
            ("from . import core", {"wecom_mock.core"}),
            ("from .core import handle", {"wecom_mock.core"}),
            ("from ..other import x", {"outside"}),
            ("from .. import x", {"outside"}),
            ("__import__('wecom_client')", {"wecom_client"}),
            ("importlib.import_module('wecom_client')", {"wecom_client"}),
            ("import_module(name)", {"dynamic"}),
        ],
    )
    def test_it_sees_every_way_to_import(self, code: str, found: set[str]) -> None:
        assert set(imports(ast.parse(code), "wecom_mock")) - {"importlib"} == found

    def test_it_counts_dots_from_the_package_of_the_file(self) -> None:
        assert set(imports(ast.parse("from ...types import Unset"), "wecom_client.api.token")) == {
            "wecom_client.types"
        }


class TestItStandsAlone:
    PLACES = re.compile(r"(?<![\w.~])/(?:home|root|Users|work)/\w+")

    def test_no_file_names_a_place_of_one_machine(self) -> None:
        names = [
            path
            for folder in (
                "openapi",
                "generated",
                "overrides",
                "conformance",
                "docs",
                "examples",
                "benchmarks",
            )
            for path in (REPOSITORY / folder).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        ]
        assert len(names) > 200
        texts = {path: path.read_bytes().decode(errors="replace") for path in names}
        assert {path for path, text in texts.items() if self.PLACES.search(text)} == set()
