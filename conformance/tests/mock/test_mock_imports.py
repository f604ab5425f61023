"""The mock shares the contract with the client, and nothing else."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

import wecom_mock
from wecom_contract import OPERATIONS, check_response
from wecom_mock.routes import BEHAVIOURS, BY_PATH, from_example

FILES = sorted(Path(wecom_mock.__file__).parent.rglob("*.py"))
LIBRARIES = {"attrs", "httpx", "jinja2", "jsonschema_rs", "wecom_contract", "wecom_mock", "yaml"}
ALLOWED = {*LIBRARIES, *sys.stdlib_module_names}
ALSO = {"plugin.py": {"pytest"}, "plugin_client.py": {"wecom_openapi"}}
"""What a module of the pytest plugin may import beside that."""


def imported(tree: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module or "")
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in {
            "__import__",
            "importlib.import_module",
        }:
            found.add("dynamic import")
    return {name.partition(".")[0] for name in found}


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_the_mock_imports_the_contract_and_never_the_client(file: Path) -> None:
    allowed = ALLOWED | ALSO.get(file.name, set())
    assert imported(ast.parse(file.read_text(encoding="utf-8"))) <= allowed


def test_the_check_itself_sees_forbidden_imports() -> None:
    code = "def f():\n import wecom_client.models\n from wecom_openapi import WeCom\n __import__('x')\n"
    code += "from . import core\n"
    assert imported(ast.parse(code)) == {"wecom_client", "wecom_openapi", "dynamic import"}


def test_every_operation_of_the_contract_has_a_behaviour() -> None:
    assert set(BEHAVIOURS) == set(OPERATIONS)
    assert {operation.id for operation in BY_PATH.values()} == set(OPERATIONS)
    assert len(BY_PATH) == len(OPERATIONS)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_without_a_behaviour_would_answer_the_example_of_the_contract(operation: str) -> None:
    fields = from_example(operation)
    assert not {"errcode", "errmsg"} & set(fields)
    assert check_response(operation, {"errcode": 0, "errmsg": "ok", **fields}) == []
    fields["changed"] = True
    assert "changed" not in from_example(operation)


def test_the_public_names_are_there() -> None:
    assert all(hasattr(wecom_mock, name) for name in wecom_mock.__all__)
    assert wecom_mock.__all__ == sorted(wecom_mock.__all__)
