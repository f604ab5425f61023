"""Methods of requests that are more than a JSON body: a file, or query parameters beside a body."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from pipeline import gates
from pipeline.config import Envelope
from pipeline.golden import check_golden, write_golden
from pipeline.projection import project

ENVELOPE = Envelope(code="ret", message="why", ok=1)


def beside_contract(contract: dict[str, Any]) -> dict[str, Any]:
    """The zoo with a page beside the animals, and a picture of one."""
    del contract["components"]["schemas"]["Cage"]["properties"]["locked"]
    contract["components"]["schemas"]["Picture"] = {
        "type": "object",
        "required": ["picture"],
        "properties": {"picture": {"type": "string", "format": "binary"}},
    }
    contract["paths"]["/animals"]["post"]["parameters"] = [
        {"name": "gate", "in": "query", "required": True, "schema": {"type": "string"}},
        {"name": "type", "in": "query", "schema": {"type": "integer"}},
    ]
    contract["paths"]["/picture"] = {
        "post": {
            "operationId": "add_picture",
            "tags": ["animals"],
            "x-effect": "write",
            "parameters": [{"name": "id", "in": "query", "required": True, "schema": {"type": "string"}}],
            "requestBody": {
                "required": True,
                "content": {"multipart/form-data": {"schema": {"$ref": "#/components/schemas/Picture"}}},
            },
            "responses": deepcopy_of(contract["paths"]["/animals"]["post"]["responses"]),
        }
    }
    return contract


def deepcopy_of(node: Any) -> Any:
    return json.loads(json.dumps(node))


@pytest.fixture
def operations(package_root: Path, generate_ours: Any, zoo_contract: dict[str, Any]) -> Any:
    folder = package_root / "zoo_beside"
    if not folder.exists():
        generate_ours(beside_contract(zoo_contract), folder)
    return import_module("zoo_beside.operations")


def caught(operations: Any, kind: str, method: str, *args: Any, **fields: Any) -> tuple[Any, Any]:
    """The operation and the body that reach ``_call``."""
    seen: list[Any] = []

    class Sync(operations.SyncOperations):  # type: ignore[misc]
        def _call(self, *parts: Any) -> None:
            seen.extend(parts)

    class Async(operations.AsyncOperations):  # type: ignore[misc]
        async def _call(self, *parts: Any) -> None:
            seen.extend(parts)

    if kind == "sync":
        getattr(Sync(), method)(*args, **fields)
    else:
        asyncio.run(getattr(Async(), method)(*args, **fields))
    return seen[0], seen[1]


both = pytest.mark.parametrize("kind", ["sync", "async"])


@both
def test_query_and_fields_become_one_body(operations: Any, kind: str) -> None:
    operation, body = caught(operations, kind, "add_animals", gate="north", type=1, keeper="ann")
    assert body == {"gate": "north", "type": 1, "keeper": "ann"}
    assert (operation.has_body, operation.query, operation.parts) == (True, ("gate", "type"), ())


@both
@pytest.mark.parametrize("wrap", [dict, MappingProxyType], ids=["dict", "mapping"])
def test_the_query_stands_beside_a_body_too(operations: Any, kind: str, wrap: Any) -> None:
    given: Mapping[str, Any] = wrap({"keeper": "ann"})
    assert caught(operations, kind, "add_animals", given, gate="north")[1] == {
        "gate": "north",
        "keeper": "ann",
    }
    with pytest.raises(TypeError, match="takes a body or fields, not both"):
        caught(operations, kind, "add_animals", given, gate="north", mood="awake")


@both
def test_a_file_stands_in_the_body_as_what_to_upload(operations: Any, kind: str) -> None:
    wire = import_module("zoo_beside.wire")

    def progress(sent: int, total: int) -> None: ...

    operation, body = caught(operations, kind, "add_picture", id="7", picture=b"x")
    assert body == {"id": "7", "picture": wire.Upload(b"x")}
    assert (operation.has_body, operation.query, operation.parts) == (False, ("id",), ("picture",))
    assert operation.request_model is None
    fields: dict[str, Any] = {"filename": "a.png", "content_type": "image/png", "progress": progress}
    _, body = caught(operations, kind, "add_picture", id="7", picture="/a.png", **fields)
    assert body["picture"] == wire.Upload("/a.png", "a.png", "image/png", progress)


def test_what_is_to_be_uploaded_shows_no_content(operations: Any) -> None:
    assert "secret" not in repr(import_module("zoo_beside.wire").Upload(b"secret", "a.png"))


def test_both_have_golden_requests(
    operations: Any, package_root: Path, zoo_contract: dict[str, Any], tmp_path: Path
) -> None:
    output, projection = package_root / "zoo_beside", project(beside_contract(zoo_contract), ENVELOPE)
    calls = {
        "add_animals": {"gate": "north", "type": 1, "keeper": "安"},
        "login": {"user": "ann", "secret": "s"},
        "add_picture": {
            "id": "7",
            "picture": {"filename": "图.png", "content_type": "image/png", "content": "x"},
        },
    }
    (tmp_path / "calls.json").write_text(json.dumps(calls), encoding="utf-8")
    write_golden(output, projection, tmp_path)
    check_golden(output, projection, tmp_path)
    animals = (tmp_path / "add_animals.http").read_text("utf-8")
    assert animals.startswith("POST /animals?gate=north&type=1&ticket=TOKEN\n")
    assert animals.endswith('\n\n{"keeper":"安"}')
    picture = (tmp_path / "add_picture.http").read_text("utf-8")
    assert picture.startswith("POST /picture?id=7&ticket=TOKEN\n")
    assert 'name="picture"; filename="图.png"\n' in picture.replace("\r", "")


def test_the_gates_let_it_pass(operations: Any, package_root: Path, zoo_contract: dict[str, Any]) -> None:
    projection = project(beside_contract(zoo_contract), ENVELOPE)
    gates.check_complete(package_root / "zoo_beside", projection)
    gates.check_types(package_root / "zoo_beside")
