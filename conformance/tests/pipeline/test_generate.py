"""Generation: whole or not at all, the same bytes everywhere, and no mangled model."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import openapi_python_client
import pytest
from small_contract import ENVELOPE, contract, facts_of, make, ref, tree

from pipeline import generate as generate_module
from pipeline.errors import PipelineError
from pipeline.generate import GENERATOR, OWN_MODULES, RUFF, TEMPLATES, generate
from pipeline.mangled import CLASHING_CLASSES, CLASHING_FIELDS
from pipeline.projection import project


def test_a_package_is_written_and_nothing_beside_it(tmp_path: Path) -> None:
    make(contract(), tmp_path / "made")
    assert [path.name for path in tmp_path.iterdir()] == ["made"]
    files = tree(tmp_path / "made")
    assert files["py.typed"] == b""
    assert {"__init__.py", "client.py", "errors.py", "operations.py", "types.py", "wire.py"} <= files.keys()
    assert all(name.endswith((".py", "py.typed")) for name in files)
    for name, content in files.items():
        if name.endswith(".py"):
            assert content.startswith(b"# Written by `make regenerate`:"), name


def test_the_projection_is_not_changed(tmp_path: Path) -> None:
    document = contract()
    projection = project(document, ENVELOPE)
    generate(projection, facts_of(document), tmp_path / "made")
    assert projection == project(document, ENVELOPE)


def test_what_stood_there_before_is_gone(tmp_path: Path) -> None:
    make(contract(), tmp_path / "made")
    first = tree(tmp_path / "made")
    (tmp_path / "made" / "models" / "stale.py").write_text("x = 1\n")
    (tmp_path / "made" / "client.py").write_text("edited by hand\n")
    make(contract(), tmp_path / "made")
    assert tree(tmp_path / "made") == first


def test_after_a_failure_everything_stands_as_before(tmp_path: Path) -> None:
    make(contract(), tmp_path / "made")
    first = tree(tmp_path / "made")
    with pytest.raises(PipelineError):
        make(contract(Value={"type": "object", "properties": {"cls": {"type": "string"}}}), tmp_path / "made")
    with pytest.raises(PipelineError):
        make(
            contract(Value={"type": "object", "properties": {"x": {"type": "array", "items": ref("No")}}}),
            tmp_path / "made",
        )
    assert tree(tmp_path / "made") == first
    assert [path.name for path in tmp_path.iterdir()] == ["made"]


def test_a_broken_template_is_one_line_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A formatter that finds no Python stands for every template that writes none."""
    templates = tmp_path / "templates"
    templates.mkdir()
    for source in generate_module.TEMPLATES.rglob("*.jinja"):
        target = templates / source.relative_to(generate_module.TEMPLATES)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(source.read_bytes())
    (templates / "errors.py.jinja").write_text("class (:\n")
    monkeypatch.setattr(generate_module, "TEMPLATES", templates)
    with pytest.raises(PipelineError, match=r"^ruff format: .*errors\.py") as caught:
        make(contract(), tmp_path / "out" / "made")
    assert "\n" not in str(caught.value)
    assert list((tmp_path / "out").iterdir()) == []


def test_the_same_bytes_whatever_the_hash_seed_and_the_settings_around(tmp_path: Path) -> None:
    """Sets have another order with another seed, and a pyproject of the user has rules of its own."""
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path; import small_contract as t;"
        "t.make(t.contract(), Path(sys.argv[2]))"
    )
    trees = []
    for seed, settings in (
        ("0", ""),
        ("1", "[tool.ruff]\nline-length = 60\n[tool.ruff.format]\nquote-style='single'\n"),
    ):
        root = tmp_path / seed
        root.mkdir()
        (root / "pyproject.toml").write_text(settings)
        subprocess.run(
            [sys.executable, "-c", script, str(Path(__file__).parent), str(root / "made")],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            cwd=root,
            check=True,
        )
        trees.append(tree(root / "made"))
    assert trees[0] == trees[1]
    assert trees[0]


def test_generating_says_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    make(contract(), tmp_path / "made")
    assert capfd.readouterr() == ("", "")


def test_the_pins_are_those_that_are_installed() -> None:
    installed = version("openapi-python-client"), version("ruff")
    assert installed == (GENERATOR, RUFF)


@pytest.mark.parametrize("pin", ["GENERATOR", "RUFF"])
def test_another_version_of_a_tool_is_refused(
    pin: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generate_module, pin, "0.0.1")
    with pytest.raises(PipelineError, match=r"version [\d.]+ is installed, but 0\.0\.1 decides the bytes"):
        make(contract(), tmp_path / "made")
    assert list(tmp_path.iterdir()) == []


def fields(**properties: Any) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        document["components"]["schemas"]["Value"] = {"type": "object", "properties": properties}

    return change


def schema(name: str, node: Any) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        document["components"]["schemas"][name] = node

    return change


def second_operation(**more: Any) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        document["paths"]["/q"] = {"post": {**document["paths"]["/p"]["post"], **more}}

    return change


def of_operation(**more: Any) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        document["paths"]["/p"]["post"].update(more)

    return change


def both(*changes: Callable[[dict[str, Any]], None]) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        for each in changes:
            each(document)

    return change


def member(name: str, **properties: Any) -> Callable[[dict[str, Any]], None]:
    return schema(name, {"type": "object", "required": ["k"], "properties": properties})


TEXT = {"type": "string"}
MANGLED: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "a field d": (fields(d=TEXT), r"^Value\.d: the code of every model uses the name d itself$"),
    "a field cls": (fields(cls=TEXT), r"^Value\.cls: the code of every model uses the name cls itself$"),
    "two fields of one name": (
        fields(userId=TEXT, user_id=TEXT),
        r"^Value\.user_id: becomes user_id, and so does userId$",
    ),
    "a field like a loop variable": (
        fields(row={"type": "array", "items": ref("One")}, row_item=TEXT),
        r"^Value\.row_item: the code of row uses the name row_item$",
    ),
    "no type": (
        fields(x={"description": "?"}),
        r"^Value\.x: has no type, so the generator would make it Any$",
    ),
    "no type in a list": (
        fields(x={"type": "array", "items": {}}),
        r"^Value\.x\[\]: has no type, so the generator would make it Any$",
    ),
    "no type in extras": (
        schema("Value", {"type": "object", "additionalProperties": {"description": "?"}}),
        r"^Value\.\*: has no type, so the generator would make it Any$",
    ),
    "no items": (fields(x={"type": "array"}), r"^Value\.x: is an array without items$"),
    "a mixed enum": (
        fields(x={"enum": ["a", 1]}),
        r"^Value\.x: enum of int, str: the generator takes strings or integers, and no mixture$",
    ),
    "an enum of numbers": (
        fields(x={"enum": [1.5]}),
        r"^Value\.x: enum of float: the generator takes strings or integers, and no mixture$",
    ),
    "a const of a list": (
        fields(x={"const": [1]}),
        r"^Value\.x: const \[1\]: there is no Literal of a list$",
    ),
    "a const of a float": (
        fields(x={"const": 1.5}),
        r"^Value\.x: const 1\.5: there is no Literal of a float$",
    ),
    "a const with a quote": (
        fields(x={"const": 'a"b'}),
        r"^Value\.x: const 'a\"b': the generator doubles its quotes and backslashes$",
    ),
    "a reference to nothing": (
        fields(x=ref("No")),
        r"^Value\.x: refers to #/components/schemas/No, which is not there$",
    ),
    "a class of the client": (
        schema("Client", {"type": "object"}),
        r"^components\.schemas\.Client: class Client would hide one of the client's own; choose another name$",
    ),
    "a class of the runtime": (
        schema("unset", {"type": "object"}),
        r"^components\.schemas\.unset: class Unset would hide one of the client's own; choose another name$",
    ),
    "File beside uploads": (
        both(
            schema("File", {"type": "object"}),
            fields(x={"type": "string", "format": "binary"}, y=ref("File")),
        ),
        r"^components\.schemas\.Value: class File would hide one of the client's own; choose another name$",
    ),
    "two classes of one name": (
        schema("value", {"type": "object"}),
        r"^components\.schemas\.value: becomes class Value, and so does Value$",
    ),
    "an untagged member": (member("Two", k=TEXT), r"^Part: member Two has no const for the tag k$"),
    "a member without the field": (member("Two"), r"^Part: member Two has no const for the tag k$"),
    "one tag twice": (
        member("Two", k={"const": "one"}),
        r"^Part: members One and Two have the same k, 'one'$",
    ),
    "an inline member": (
        schema("Part", {"oneOf": [ref("One"), {"type": "object"}], "discriminator": {"propertyName": "k"}}),
        r"^Part: member \(not a \$ref\) has no const for the tag k$",
    ),
    "one operation id twice": (
        second_operation(),
        r"^POST /q: operationId becomes op, and so does that of POST /p$",
    ),
    "one function name twice": (
        second_operation(operationId="Op"),
        r"^POST /q: operationId becomes op, and so does that of POST /p$",
    ),
    "an operation of the client's name": (
        of_operation(operationId="operations"),
        r"^POST /p: operationId becomes operations, a name of the client's own$",
    ),
    "no effect": (
        of_operation(**{"x-effect": "maybe"}),
        r"^POST /p: x-effect is 'maybe'; it must be read or write$",
    ),
    "an unknown scheme": (of_operation(security=[{"no": []}]), r"^POST /p: security scheme no is not among"),
    "two schemes": (
        of_operation(security=[{"key": []}, {"no": []}]),
        r"^POST /p: asks for several security schemes",
    ),
    "a field with the name of an argument": (
        lambda document: document["components"]["schemas"]["Request"]["properties"].update(timeout=TEXT),
        r"^POST /p: field timeout has the name of an argument of every method$",
    ),
    "a flag that is no name": (
        lambda document: document["components"]["schemas"]["Request"].update(
            {"x-warnings": [{"id": "w", "when": {}, "confirm": "to-all"}]}
        ),
        r"^POST /p: the confirm flag 'to-all' can't be the name of an argument$",
    ),
    "a field with the name of a flag": (
        lambda document: document["components"]["schemas"]["Request"].update(
            {"x-warnings": [{"id": "w", "when": {}, "confirm": "name"}]}
        ),
        r"^POST /p: field name has the name of an argument of every method$",
    ),
}


@pytest.mark.parametrize(("change", "message"), MANGLED.values(), ids=MANGLED.keys())
def test_what_would_be_mangled_is_one_line_with_its_place(
    change: Callable[[dict[str, Any]], None], message: str, tmp_path: Path
) -> None:
    document = contract()
    change(document)
    with pytest.raises(PipelineError, match=message) as caught:
        make(document, tmp_path / "made")
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


UNMANGLED: dict[str, Callable[[dict[str, Any]], None]] = {
    "the names beside the clashing ones": fields(
        data=TEXT, klass=TEXT, id=TEXT, list=TEXT, type=TEXT, self=TEXT
    ),
    "consts of all kinds": fields(a={"const": "x"}, b={"const": 1}, c={"const": True}),
    "enums of both kinds": fields(a={"enum": ["A", "a"]}, b={"enum": [1, 2, None]}),
    "the name of an upload without one": schema("File", {"type": "object"}),
    "an upload beside its name": both(
        schema("File", {"type": "object"}), fields(x={"type": "string", "format": "binary"})
    ),
    "an upload without its name": fields(x={"type": "string", "format": "binary"}),
    "a field like its own model": schema("Value", {"type": "object", "properties": {"value": TEXT}}),
    "two operations": second_operation(operationId="other"),
    "no security": of_operation(security=[]),
}


@pytest.mark.parametrize("change", UNMANGLED.values(), ids=UNMANGLED.keys())
def test_what_is_near_to_it_passes(change: Callable[[dict[str, Any]], None], tmp_path: Path) -> None:
    document = contract()
    change(document)
    make(document, tmp_path / "made")
    for file in (tmp_path / "made").rglob("*.py"):
        ast.parse(file.read_text(encoding="utf-8"))


def test_a_warning_of_the_generator_is_an_error(tmp_path: Path) -> None:
    """The generator leaves out what it can't read, warns, and exits with 0."""
    document = contract()
    document["paths"]["/p"]["post"]["responses"]["200"]["content"] = {"image/png": {"schema": ref("Reply")}}
    with pytest.raises(PipelineError, match=r"^generator: .*Unsupported content_type image/png") as caught:
        make(document, tmp_path / "made")
    assert "\n" not in str(caught.value)
    assert " at 0x" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_document_that_is_none_is_an_error(tmp_path: Path) -> None:
    document = contract()
    document["info"]["version"] = 1
    with pytest.raises(
        PipelineError, match=r"^generator: Failed to parse OpenAPI document .*version"
    ) as caught:
        make(document, tmp_path / "made")
    assert "\n" not in str(caught.value)


def names_of_own(file: Path) -> set[str]:
    """Names that a module's code uses for itself: imported, defined, assigned in functions, or as arguments."""
    module = ast.parse(file.read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in ast.walk(module):
        match node:
            case ast.ImportFrom():
                found.update(
                    each.asname or each.name for each in node.names if "models" not in (node.module or "")
                )
            case ast.FunctionDef():
                found.add(node.name)
                found.update(each.arg for each in [*node.args.args, *node.args.kwonlyargs])
            case ast.Name(ctx=ast.Store()) | ast.ExceptHandler():
                found.add((node.id if isinstance(node, ast.Name) else node.name) or "")
    return {name for name in found if not name.startswith("_") and name != "annotations"}


def test_every_name_that_the_code_uses_itself_is_known_to_clash(tmp_path: Path) -> None:
    """A template that brings in a new name must add it to the lists, or a contract can hide it."""
    zebra = {
        "type": "object",
        "required": ["zebra"],
        "properties": {"zebra": TEXT, "zebras": {"type": "array", "items": ref("Two")}},
        "additionalProperties": ref("Two"),
    }
    make(contract(Value=zebra), tmp_path / "made")
    of_the_model = {
        name for name in names_of_own(tmp_path / "made" / "models" / "value.py") if name[0].islower()
    }
    of_the_contract = {"zebra", "zebras", "zebras_item", "zebras_item_data"}
    dunder_arguments = {"self", "key", "value", "src_dict", "additional_property"}
    assert of_the_model - of_the_contract - dunder_arguments <= CLASHING_FIELDS
    classes: set[str] = set()
    for file in (tmp_path / "made").rglob("*.py"):
        if file.parent.name in ("models", "t") or file.name == "operations.py":
            classes |= {name for name in names_of_own(file) if name[0].isupper()}
    models = {"Request", "Reply", "Value", "One", "Two", "UnknownVariant", "RequestMood"}
    assert classes - models - {"OP", "OPERATIONS", "REQUEST_MOOD_VALUES"} <= CLASHING_CLASSES


SHARED = {"header.jinja", "operation_method.jinja"}
"""Templates that others include."""


def test_every_template_replaces_a_stock_one_or_is_known_and_is_explained() -> None:
    """The generator passes over a template whose name it doesn't know."""
    stock = Path(openapi_python_client.__file__).parent / "templates"
    explained = (TEMPLATES / "README.md").read_text(encoding="utf-8")
    found = [path.relative_to(TEMPLATES) for path in TEMPLATES.rglob("*.jinja")]
    for path in found:
        own = path.name.removesuffix(".py.jinja") in OWN_MODULES or path.name in SHARED
        assert (stock / path).is_file() != own, path
        assert f"`{path.as_posix().removesuffix('.jinja')}`" in explained or f"`{path}`" in explained, path
    assert len(found) > 10
