"""A contract of one operation and no vendor, and a client made of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.config import Envelope
from pipeline.facts import ClientFacts, client_facts
from pipeline.generate import generate
from pipeline.projection import project

ENVELOPE = Envelope(code="ret", message="why", ok=1)


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def contract(**schemas: Any) -> dict[str, Any]:
    """A contract of one operation ``op``, with a tagged union in its request."""

    def member(tag: str) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["k", "v"],
            "properties": {"k": {"type": "string", "const": tag}, "v": ref("Value")},
        }

    return {
        "openapi": "3.1.1",
        "info": {"title": "T", "version": "1"},
        "security": [{"key": []}],
        "paths": {
            "/p": {
                "post": {
                    "operationId": "op",
                    "tags": ["t"],
                    "x-effect": "write",
                    "requestBody": {
                        "required": True,
                        "content": {"application/json": {"schema": ref("Request")}},
                    },
                    "responses": {
                        "200": {
                            "description": "d",
                            "content": {"application/json": {"schema": ref("Reply")}},
                        }
                    },
                }
            }
        },
        "components": {
            "securitySchemes": {"key": {"type": "apiKey", "in": "query", "name": "ticket"}},
            "schemas": {
                "Request": {
                    "type": "object",
                    "required": ["name"],
                    "properties": {
                        "name": {"type": "string"},
                        "mood": {"type": "string", "enum": ["a", "b"]},
                        "parts": {"type": "array", "items": ref("Part")},
                        "values": {"type": "array", "items": ref("Value")},
                    },
                },
                "Part": {"oneOf": [ref("One"), ref("Two")], "discriminator": {"propertyName": "k"}},
                "One": member("one"),
                "Two": member("two"),
                "Value": {"type": "object", "properties": {"text": {"type": "string"}}},
                "Reply": {
                    "type": "object",
                    "required": ["ret"],
                    "properties": {
                        "ret": {"type": "integer"},
                        "list": {"type": ["array", "null"], "items": {"type": "string"}},
                    },
                },
                **schemas,
            },
        },
    }


def facts_of(document: dict[str, Any], package: str = "made") -> ClientFacts:
    return client_facts(document, ENVELOPE, package=package)


def make(document: dict[str, Any], output: Path) -> None:
    generate(project(document, ENVELOPE), facts_of(document, output.name), output)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
