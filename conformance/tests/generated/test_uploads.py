"""Multipart bodies: a file can't break out of its part."""

from __future__ import annotations

import io
import re
from copy import deepcopy
from email import message_from_bytes, policy
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

EVIL = b'abc\r\n--+++\r\nContent-Disposition: form-data; name="evil"\r\n\r\nINJECTED'


def upload_contract(contract: dict[str, Any]) -> dict[str, Any]:
    contract = deepcopy(contract)
    schemas = contract["components"]["schemas"]
    schemas["Upload"] = {
        "type": "object",
        "required": ["media"],
        "properties": {"media": {"type": "string", "format": "binary"}, "note": {"type": "string"}},
    }
    added = {"schema": {"$ref": "#/components/schemas/Added"}}
    contract["paths"]["/upload"] = {
        "post": {
            "operationId": "upload",
            "tags": ["files"],
            "x-effect": "write",
            "requestBody": {
                "required": True,
                "content": {"multipart/form-data": {"schema": {"$ref": "#/components/schemas/Upload"}}},
            },
            "responses": {"200": {"description": "ok", "content": {"application/json": added}}},
        }
    }
    del schemas["Cage"]["properties"]["locked"]
    return contract


def parts(request: tuple[str, str, dict[str, str], bytes]) -> dict[str, bytes]:
    """The form fields that a server reads from a request."""
    _, _, headers, body = request
    head = f"Content-Type: {headers['content-type']}\r\n\r\n".encode()
    message = message_from_bytes(head + body, policy=policy.HTTP)
    found: dict[str, bytes] = {}
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        found[str(name)] = content
    return found


def send(package: str, server: Any, keep: Any, content: bytes) -> None:
    def module(name: str) -> ModuleType:
        return import_module(f"{package}.{name}")

    server.answers({"ret": 1, "id": "1", "refused": []})
    client = keep(module("client").AuthenticatedClient(server.url, token="TOKEN"))
    file = module("types").File(
        payload=io.BytesIO(content), file_name="报告.pdf", mime_type="application/pdf"
    )
    module("api.files.upload").sync(client=client, body=module("models").Upload(media=file, note="hi"))


def test_stock_lets_a_file_add_a_field(
    package_root: Path, generate_stock: Any, zoo_contract: dict[str, Any], server: Any, keep: Any
) -> None:
    generate_stock(upload_contract(zoo_contract), package_root / "upload_stock")
    send("upload_stock", server, keep, EVIL)
    assert parts(server.requests[0]) == {"media": b"abc", "evil": b"INJECTED", "note": b"hi"}


def test_ours_sends_the_file_whole(
    package_root: Path, generate_ours: Any, zoo_contract: dict[str, Any], server: Any, keep: Any
) -> None:
    generate_ours(upload_contract(zoo_contract), package_root / "upload_ours")
    for _ in range(2):
        send("upload_ours", server, keep, EVIL)
    assert [parts(request) for request in server.requests] == [{"media": EVIL, "note": b"hi"}] * 2
    boundaries = {request[2]["content-type"] for request in server.requests}
    assert len(boundaries) == 2
    assert all(re.fullmatch(r"multipart/form-data; boundary=[0-9a-f]{32}", each) for each in boundaries)
    assert all(request[1] == "/upload?ticket=TOKEN" for request in server.requests)


def test_an_upload_has_functions_and_no_method(
    package_root: Path, generate_ours: Any, zoo_contract: dict[str, Any]
) -> None:
    """The methods send JSON. The gate on completeness refuses such a contract, so nobody misses it unawares."""
    generate_ours(upload_contract(zoo_contract), package_root / "upload_table")
    assert "upload" not in import_module("upload_table.operations").OPERATIONS


def test_a_schema_may_be_called_file_where_nothing_is_uploaded(
    package_root: Path, generate_ours: Any, zoo_contract: dict[str, Any]
) -> None:
    zoo_contract["components"]["schemas"]["File"] = {
        "type": "object",
        "properties": {"id": {"type": "string"}},
    }
    generate_ours(zoo_contract, package_root / "named_file")
    models, types = import_module("named_file.models"), import_module("named_file.types")
    assert models.File(id="1").to_dict() == {"id": "1"}
    assert types.File(payload=io.BytesIO(b"x")).to_tuple()[0] is None
    assert models.File is not types.File
