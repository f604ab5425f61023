"""A small contract of no vendor, generated twice: with our templates and with the generator's own."""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import sys
import threading
from collections.abc import Callable, Iterator
from copy import deepcopy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError

from pipeline.config import Envelope
from pipeline.facts import client_facts
from pipeline.generate import generate
from pipeline.projection import project

ENVELOPE = Envelope(code="ret", message="why", ok=1)


def ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def answer(name: str) -> dict[str, Any]:
    return {"200": {"description": "ok", "content": {"application/json": {"schema": ref(name)}}}}


def variant(tag: str, payload: str) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["kind", tag],
        "properties": {"kind": {"type": "string", "const": tag}, tag: ref(payload)},
    }


ZOO: dict[str, Any] = {
    "openapi": "3.1.1",
    "info": {"title": "Zoo", "version": "1.0.0"},
    "security": [{"key": []}],
    "paths": {
        "/animals": {
            "post": {
                "operationId": "add_animals",
                "tags": ["animals"],
                "summary": "Add animals",
                "x-effect": "write",
                "externalDocs": {"url": "https://zoo.example/animals"},
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": ref("Animals")}},
                },
                "responses": answer("Added"),
            }
        },
        "/login": {
            "get": {
                "operationId": "login",
                "tags": ["doors"],
                "security": [],
                "x-effect": "read",
                "parameters": [
                    {"name": "user", "in": "query", "required": True, "schema": {"type": "string"}},
                    {
                        "name": "secret",
                        "in": "query",
                        "required": True,
                        "schema": {"type": "string", "format": "password"},
                    },
                    {"name": "page", "in": "query", "schema": {"type": "integer"}},
                ],
                "responses": answer("Session"),
            }
        },
    },
    "components": {
        "securitySchemes": {"key": {"type": "apiKey", "in": "query", "name": "ticket"}},
        "schemas": {
            "Animals": {
                "type": "object",
                "additionalProperties": False,
                "required": ["keeper"],
                "properties": {
                    "keeper": {"type": "string"},
                    "mood": {"type": "string", "enum": ["sleepy", "awake"], "default": "sleepy"},
                    "note": ref("Note"),
                    "cage": ref("Cage"),
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "cages": {"type": "array", "items": ref("Cage")},
                    "animals": {"type": "array", "items": ref("Animal")},
                    "star": ref("Animal"),
                    "code": {"type": ["integer", "string", "null"]},
                    "pet": {"anyOf": [ref("Cat"), ref("Dog")]},
                },
                "x-warnings": [{"id": "everyone", "when": {}, "confirm": "all_cages"}],
            },
            "Animal": {
                "oneOf": [ref("CatAnimal"), ref("DogAnimal"), ref("EelAnimal")],
                "discriminator": {"propertyName": "kind"},
            },
            "CatAnimal": variant("cat", "Cat"),
            "DogAnimal": variant("dog", "Dog"),
            "EelAnimal": variant("eel", "Eel"),
            "Cat": {"type": "object", "required": ["lives"], "properties": {"lives": {"type": "integer"}}},
            "Dog": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}},
            "Eel": {"type": "object", "required": ["volts"], "properties": {"volts": {"type": "integer"}}},
            "Note": {"type": "object", "properties": {"text": {"type": "string"}}},
            "Cage": {
                "type": "object",
                "properties": {
                    "size": {"type": "integer"},
                    "locked": {"const": True},
                    "inner": ref("Cage"),
                    "warden": ref("Warden"),
                    "bars": {"type": "object", "additionalProperties": ref("Note")},
                },
            },
            "Warden": {"type": "object", "properties": {"cages": {"type": "array", "items": ref("Cage")}}},
            "Added": {
                "type": "object",
                "required": ["ret"],
                "properties": {
                    "ret": {"type": "integer"},
                    "why": {"type": "string"},
                    "refused": {"type": ["array", "null"], "items": {"type": "string"}},
                    "animals": {"type": "array", "items": ref("Animal")},
                    "mood": {"type": "string", "enum": ["sleepy", "awake"]},
                    "id": {"type": "string"},
                },
                "if": {"required": ["ret"], "properties": {"ret": {"const": 1}}},
                "then": {"required": ["id"]},
            },
            "Session": {
                "type": "object",
                "required": ["ret"],
                "properties": {
                    "ret": {"type": "integer"},
                    "why": {"type": "string"},
                    "ticket": {"type": "string"},
                },
            },
        },
    },
}
"""Tagged unions, consts, an enum, models in circles, a secret, a confirm flag, an envelope of its own words."""


class Zoo:
    """One generated package; ``zoo("models")`` is a module of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, name: str = "") -> ModuleType:
        return importlib.import_module(".".join(part for part in (self.folder.name, name) if part))


def write_ours(contract: dict[str, Any], folder: Path, envelope: Envelope = ENVELOPE) -> None:
    generate(project(contract, envelope), client_facts(contract, envelope, package=folder.name), folder)


def write_stock(
    document: dict[str, Any], folder: Path, *, literal_enums: bool = False
) -> list[GeneratorError]:
    """What the generator makes with its own templates. Returns what it complained of."""
    config = Config.from_sources(
        ConfigFile(package_name_override=folder.name, post_hooks=[], literal_enums=literal_enums),
        MetaType.NONE,
        document_source=folder,
        file_encoding="utf-8",
        overwrite=False,
        output_path=folder,
    )
    data = GeneratorData.from_dict(deepcopy(document), config=config)
    assert isinstance(data, GeneratorData), data
    with contextlib.redirect_stdout(io.StringIO()):
        return list(Project(openapi=data, config=config).build())


@pytest.fixture(scope="session")
def package_root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder from which generated packages can be imported; give each a name of its own."""
    root = tmp_path_factory.mktemp("packages")
    sys.path.insert(0, str(root))
    yield root
    sys.path.remove(str(root))


@pytest.fixture(scope="session")
def generate_ours() -> Callable[..., None]:
    return write_ours


@pytest.fixture(scope="session")
def generate_stock() -> Callable[..., list[GeneratorError]]:
    return write_stock


@pytest.fixture
def zoo_contract() -> dict[str, Any]:
    """A copy of the contract, to be changed at will."""
    return deepcopy(ZOO)


@pytest.fixture(scope="session")
def zoo_with() -> Callable[[dict[str, Any], dict[str, Any]], dict[str, Any]]:
    """A copy of the contract that has more paths and schemas."""

    def build(paths: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
        contract = deepcopy(ZOO)
        contract["paths"].update(paths)
        contract["components"]["schemas"].update(schemas)
        return contract

    return build


@pytest.fixture(scope="session")
def zoo(package_root: Path) -> Zoo:
    """The zoo's client with our templates."""
    write_ours(ZOO, package_root / "zoo_ours")
    return Zoo(package_root / "zoo_ours")


@pytest.fixture(scope="session")
def stock_zoo(package_root: Path) -> Zoo:
    """The zoo's client with the generator's own templates.

    It is made of the contract as it stands, but for the optional const: with that no stock model imports.
    """
    contract = deepcopy(ZOO)
    contract["components"]["schemas"]["Cage"]["properties"]["locked"] = {"type": "boolean"}
    write_stock(contract, package_root / "zoo_stock")
    return Zoo(package_root / "zoo_stock")


class Server:
    """A real HTTP server on loopback: gives prepared answers and keeps what it was sent."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, str, dict[str, str], bytes]] = []
        self.status = 200
        self.headers: dict[str, str] = {}
        self.body = b""
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one(self) -> None:
                content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                sent = {name.lower(): value for name, value in self.headers.items()}
                outer.requests.append((self.command, self.path, sent, content))
                self.send_response(outer.status)
                for name, value in {"Content-Type": "application/json", **outer.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(outer.body)))
                self.end_headers()
                self.wfile.write(outer.body)

            do_GET = do_POST = handle_one  # noqa: N815 - the names that http.server looks for

            def log_message(self, *_: object) -> None: ...

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"
        self.thread = threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def answers(self, body: object, status: int = 200, **headers: str) -> None:
        """Answer with ``body`` from now on: bytes as they are, anything else as JSON."""
        self.body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.status = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def close(self) -> None:
        self.http.shutdown()
        self.thread.join()
        self.http.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    started = Server()
    yield started
    started.close()


@pytest.fixture
def keep() -> Iterator[Callable[[Any], Any]]:
    """Gives back the generated client that it is given, and closes its connections when the test is over."""
    with contextlib.ExitStack() as stack:

        def kept(client: Any) -> Any:
            stack.callback(lambda: client.get_httpx_client().close())
            return client

        yield kept
