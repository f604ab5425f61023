"""Whatever stands in a contract, it becomes text in the client and never code."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import Envelope
from pipeline.errors import PipelineError

HOSTILE = [
    '"""\nopen({path!r}, "w")\n"""',
    '"; open({path!r}, "w"); "',
    "'; open({path!r}, 'w'); '",
    '" + str(open({path!r}, "w")) + "',
    "{{open({path!r}, 'w')}}",
    "{open({path!r}, 'w')}",
    '\\"; open({path!r}, "w") #',
    "\\",
    '"',
    '\\"""\nopen({path!r}, "w")',
    "x\n    open({path!r}, 'w')\n",
    "{{ facts }} {% raw %} {# x #}",
    "\\N{BULLET} \\u0041 \\x",
    "line\r\n\x0c\x1b[31m\u2028\u202e\x00end",
]


def poisoned(contract: dict[str, Any], text: str) -> dict[str, Any]:
    """The contract with ``text`` in every place that holds text for people, or a name on the wire."""
    contract["info"].update(title=text, version=text)
    for item in contract["paths"].values():
        for operation in item.values():
            operation.update(summary=text, description=text, externalDocs={"url": text})
            operation["x-summary-zh"] = operation["x-description-zh"] = text
            for parameter in operation.get("parameters", []):
                parameter["description"] = text
    schemas = contract["components"]["schemas"]
    for schema in schemas.values():
        schema.update({"description": text, "title": text, "example": text, "x-description-zh": text})
        for child in schema.get("properties", {}).values():
            if "$ref" not in child:
                child.update(description=text, example=text)
    schemas["Animals"]["properties"]["mood"].update(enum=["sleepy", text], default=text)
    schemas["Animals"]["x-warnings"][0]["id"] = text
    contract["components"]["securitySchemes"]["key"]["name"] = text
    return contract


def visible(text: str) -> bool:
    return all(character.isprintable() for character in text)


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_text_of_the_contract_stays_text(
    number: int, package_root: Path, tmp_path: Path, generate_ours: Any, zoo_contract: dict[str, Any]
) -> None:
    trap = tmp_path / "trap"
    text = HOSTILE[number].replace("{path!r}", repr(str(trap)))
    folder = package_root / f"hostile_{number}"
    generate_ours(poisoned(zoo_contract, text), folder, Envelope(code=text, message=text, ok=1))
    for file in folder.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        assert not [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "open"], file
        name = ".".join(file.relative_to(package_root).with_suffix("").parts)
        importlib.import_module(name.removesuffix(".__init__"))
    models = importlib.import_module(f"{folder.name}.models")
    parsed = models.Animals.from_dict({"keeper": "ann", "mood": text})
    assert parsed.to_dict() == {"keeper": "ann", "mood": text}
    operation = importlib.import_module(f"{folder.name}.operations").ADD_ANIMALS
    if visible(text):
        assert operation.auth == operation.page == text
        assert operation.summary == " ".join(text.split())
        wire = importlib.import_module(f"{folder.name}.wire")
        assert wire.CODE == wire.MESSAGE == text
    assert not trap.exists()


@pytest.mark.parametrize(
    "text", ['a" + open("/x") + "b', "a\nb", "a\u200bb", 'quo"te', "back\\slash", "{brace}"]
)
def test_a_name_on_the_wire_is_kept_or_refused(
    text: str, package_root: Path, generate_ours: Any, zoo_contract: dict[str, Any]
) -> None:
    """A property's name goes into code as a key. It comes out as it was, or the contract is refused."""
    properties = zoo_contract["components"]["schemas"]["Note"]["properties"]
    properties[text] = {"type": "string"}
    folder = package_root / f"named_{abs(hash(text))}"
    if not visible(text):
        with pytest.raises(PipelineError, match="holds a character that would be dropped"):
            generate_ours(zoo_contract, folder)
        assert not folder.exists()
        return
    generate_ours(zoo_contract, folder)
    note = importlib.import_module(f"{folder.name}.models").Note
    parsed = note.from_dict({text: "value"})
    assert parsed.additional_properties == {}
    assert parsed.to_dict() == {text: "value"}
