"""Each gate sees the defect that it is there for, and passes the client that has none."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from pipeline import gates, golden
from pipeline.config import Envelope
from pipeline.errors import PipelineError
from pipeline.facts import ClientFacts, client_facts
from pipeline.generate import generate
from pipeline.projection import project

ENVELOPE = Envelope(code="ret", message="why", ok=1)


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def json_of(name: str) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": ref(name)}}}


def tagged(tag: str) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["kind", tag],
        "properties": {"kind": {"type": "string", "const": tag}, tag: ref("Size")},
    }


CONTRACT: dict[str, Any] = {
    "openapi": "3.1.1",
    "info": {"title": "T", "version": "1"},
    "security": [{"key": []}],
    "paths": {
        "/make": {
            "post": {
                "operationId": "make",
                "tags": ["things"],
                "x-effect": "write",
                "requestBody": {"required": True, **json_of("Order")},
                "responses": {"200": {"description": "d", **json_of("Reply")}},
            }
        },
        "/find": {
            "get": {
                "operationId": "find",
                "tags": ["things"],
                "x-effect": "read",
                "parameters": [{"name": "q", "in": "query", "required": True, "schema": {"type": "string"}}],
                "responses": {"200": {"description": "d", **json_of("Reply")}},
            }
        },
    },
    "components": {
        "securitySchemes": {"key": {"type": "apiKey", "in": "query", "name": "ticket"}},
        "schemas": {
            "Order": {
                "type": "object",
                "properties": {
                    "name": {"type": "string"},
                    "partCount": {"type": "integer"},
                    "parts": {"type": "array", "items": ref("Part")},
                },
            },
            "Part": {"oneOf": [ref("Cube"), ref("Ball")], "discriminator": {"propertyName": "kind"}},
            "Cube": tagged("cube"),
            "Ball": tagged("ball"),
            "Size": {"type": "object", "properties": {"mm": {"type": "integer"}}},
            "Reply": {"type": "object", "required": ["ret"], "properties": {"ret": {"type": "integer"}}},
        },
    },
}
CALLS = {
    "make": {
        "name": "新",
        "partCount": 2,
        "parts": [{"kind": "cube", "cube": {"mm": 3}}, {"kind": "ball", "ball": {"mm": 4}}],
    },
    "find": {"q": "a b&c"},
}
MAKE_HTTP = (
    "POST /make?ticket=TOKEN\ncontent-type: application/json\n\n"
    '{"name":"新","partCount":2,"parts":[{"kind":"cube","cube":{"mm":3}},{"kind":"ball","ball":{"mm":4}}]}'
)
FIND_HTTP = "GET /find?q=a+b%26c&ticket=TOKEN\n\n"


@dataclass
class Case:
    """One generated client with all that the gates compare it with; each test may spoil its own copy."""

    output: Path
    golden: Path
    contract: dict[str, Any]
    projection: dict[str, Any]
    facts: ClientFacts

    def spoil(self, file: str, old: str, new: str, count: int = -1) -> None:
        path = self.output / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, count), encoding="utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("gates")
    contract = deepcopy(CONTRACT)
    facts = client_facts(contract, ENVELOPE, package="things_client")
    generate(project(contract, ENVELOPE), facts, root / "things_client")
    return root


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Case:
    shutil.copytree(made / "things_client", tmp_path / "things_client")
    folder = tmp_path / "golden"
    folder.mkdir()
    (folder / "calls.json").write_text(json.dumps(CALLS), encoding="utf-8")
    (folder / "make.http").write_text(MAKE_HTTP, encoding="utf-8")
    (folder / "find.http").write_text(FIND_HTTP, encoding="utf-8")
    contract = deepcopy(CONTRACT)
    facts = client_facts(contract, ENVELOPE, package="things_client")
    return Case(tmp_path / "things_client", folder, contract, project(contract, ENVELOPE), facts)


def refused(gate: Callable[[], None], message: str) -> None:
    with pytest.raises(PipelineError, match=message) as caught:
        gate()
    assert "\n" not in str(caught.value)


def test_a_sound_client_passes_every_gate(case: Case) -> None:
    before = sorted(case.output.rglob("*"))
    gates.check_all(case.output, case.projection, case.contract, case.facts, case.golden)
    assert sorted(case.output.rglob("*")) == before


@pytest.mark.parametrize("thorough", [False, True])
def test_all_gates_means_all(case: Case, thorough: bool) -> None:
    """An edit that only a second generation shows is seen by the thorough run alone."""
    case.spoil("errors.py", "unexpected HTTP status", "odd HTTP status")

    def check() -> None:
        gates.check_all(
            case.output, case.projection, case.contract, case.facts, case.golden, thorough=thorough
        )

    if thorough:
        refused(check, r"errors\.py: differs from what the contract gives; run make regenerate$")
    else:
        check()


# -- the projection


def drop_operation(projection: dict[str, Any]) -> None:
    del projection["paths"]["/find"]


def drop_parameter(projection: dict[str, Any]) -> None:
    projection["paths"]["/find"]["get"]["parameters"] = []


def drop_body(projection: dict[str, Any]) -> None:
    del projection["paths"]["/make"]["post"]["requestBody"]


def drop_schema(projection: dict[str, Any]) -> None:
    del projection["components"]["schemas"]["Size"]


def drop_property(projection: dict[str, Any]) -> None:
    del projection["components"]["schemas"]["Size"]["properties"]["mm"]


@pytest.mark.parametrize(
    ("lose", "message"),
    [
        (drop_operation, r"^GET /find: is lost in the projection$"),
        (drop_parameter, r"^GET /find: parameter q is lost in the projection$"),
        (drop_body, r"^POST /make: the body is lost in the projection$"),
        (drop_schema, r"^components\.schemas\.Size: is lost in the projection$"),
        (drop_property, r"^components\.schemas\.Size\.mm: is lost in the projection$"),
    ],
)
def test_a_projection_that_loses_something_is_seen(
    case: Case, lose: Callable[[dict[str, Any]], None], message: str
) -> None:
    lose(case.projection)
    refused(lambda: gates.check_projection(case.contract, case.projection), message)


def test_properties_inside_lists_and_objects_are_looked_for_too(case: Case) -> None:
    inner = {"type": "array", "items": {"type": "object", "properties": {"deep": {"type": "string"}}}}
    case.contract["components"]["schemas"]["Size"]["properties"]["list"] = inner
    case.projection = project(case.contract, ENVELOPE)
    gates.check_projection(case.contract, case.projection)
    del case.projection["components"]["schemas"]["Size"]["properties"]["list"]["items"]["properties"]["deep"]
    refused(
        lambda: gates.check_projection(case.contract, case.projection),
        r"^components\.schemas\.Size\.list\[\]\.deep: is lost in the projection$",
    )


# -- files


def test_a_missing_marker_of_types_is_seen(case: Case) -> None:
    gates.check_syntax(case.output)
    (case.output / "py.typed").unlink()
    refused(lambda: gates.check_syntax(case.output), r"py\.typed: is missing")


def test_a_file_that_is_no_python_is_seen(case: Case) -> None:
    case.spoil("models/size.py", "class Size:", "class Size")
    refused(lambda: gates.check_syntax(case.output), r"models/size\.py: is no Python")


# -- Any


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "api/things/make.py",
            "body: Order",
            "body: Any",
            r"^api\.things\.make\.\w+: has a body or an answer of type Any$",
        ),
        ("api/things/make.py", "body: Order", "body: Order | Any", r"has a body or an answer of type Any$"),
        (
            "api/things/find.py",
            "-> Reply:",
            "-> Any:",
            r"^api\.things\.find\.\w+: has a body or an answer of type Any$",
        ),
        ("api/things/find.py", "Response[Reply]:", "Response[Any]:", r"has a body or an answer of type Any$"),
        ("models/size.py", "mm: int | Unset", "mm: Any", r"^models\.size\.Size\.mm: is of type Any$"),
        (
            "models/order.py",
            "name: str | Unset",
            "name: list[Any]",
            r"^models\.order\.Order\.name: is of type Any$",
        ),
    ],
)
def test_any_is_seen(case: Case, file: str, old: str, new: str, message: str) -> None:
    gates.check_no_any(case.output)
    case.spoil(file, old, new)
    refused(lambda: gates.check_no_any(case.output), message)


# -- imports


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("models/size.py", "class Size:", "class Sise:", r"^things_client[\w.]*: does not import: .*Size"),
        (
            "models/cube.py",
            "from ..models.size import",
            "from ..models.sise import",
            r"does not import: ModuleNotFoundError",
        ),
        (
            "api/things/find.py",
            "def sync(",
            "undefined\n\n\ndef sync(",
            r"^things_client\.api\.things\.find: does not import: NameError",
        ),
        (
            "models/__init__.py",
            '    "Size",\n',
            '    "Size",\n    "Ghost",\n',
            r"^things_client\.models: does not import: .*Ghost",
        ),
        ("__init__.py", '"client"', '"clint"', r"^things_client: does not import: ModuleNotFoundError"),
        (
            "errors.py",
            "from typing import Any",
            "import sys\nfrom typing import Any\nsys.exit(3)",
            r"does not import: SystemExit: 3$",
        ),
    ],
)
def test_a_module_that_does_not_import_is_seen(
    case: Case, file: str, old: str, new: str, message: str
) -> None:
    case.spoil(file, old, new, 1)
    refused(lambda: gates.check_imports(case.output), message)


def test_imports_are_looked_at_in_a_process_of_their_own(case: Case) -> None:
    import sys

    gates.check_imports(case.output)
    assert not [name for name in sys.modules if name.startswith("things_client")]


# -- completeness


def no_functions(case: Case) -> None:
    (case.output / "api" / "things" / "find.py").unlink()


def no_line(case: Case) -> None:
    case.spoil("operations.py", "    FIND.id: FIND,\n", "")


def no_method(case: Case) -> None:
    case.spoil("operations.py", "async def find(", "async def seek(")


def other_path(case: Case) -> None:
    case.spoil("operations.py", 'path="/find"', 'path="/fined"')


def other_method(case: Case) -> None:
    case.spoil("operations.py", 'method="GET"', 'method="POST"')


def other_answer(case: Case) -> None:
    case.spoil("operations.py", 'response="Reply"', 'response="Size"', 1)


def no_body(case: Case) -> None:
    case.spoil("operations.py", "has_body=True", "has_body=False")


def no_model(case: Case) -> None:
    case.projection["components"]["schemas"]["Ghost"] = {"type": "object"}


def no_field(case: Case) -> None:
    case.projection["components"]["schemas"]["Size"]["properties"]["inches"] = {"type": "number"}


def closed_model(case: Case) -> None:
    case.spoil("models/size.py", "additional_properties: dict", "extra: dict")


def no_unknown(case: Case) -> None:
    case.spoil("models/__init__.py", '    "UnknownVariant",\n', "")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (no_functions, r"^GET /find: has no functions in the client$"),
        (no_line, r"^GET /find: is not in the client's table"),
        (no_method, r"^GET /find: has no method in the client$"),
        (other_path, r"^GET /find: stands in the client's table as .*/fined"),
        (other_method, r"^GET /find: stands in the client's table as .*POST"),
        (other_answer, r"stands in the client's table as .*Size"),
        (no_body, r"^POST /make: stands in the client's table as"),
        (no_model, r"^components\.schemas\.Ghost: has no model in the client$"),
        (no_field, r"^components\.schemas\.Size\.inches: is not in the model$"),
        (closed_model, r"^components\.schemas\.Size: its model drops unknown fields$"),
        (no_unknown, r"^components\.schemas\.UnknownVariant: has no model in the client$"),
    ],
)
def test_what_is_missing_in_the_client_is_seen(
    case: Case, spoil: Callable[[Case], None], message: str
) -> None:
    spoil(case)
    refused(lambda: gates.check_complete(case.output, case.projection), message)


def test_an_operation_that_can_have_no_method_is_seen(case: Case, tmp_path: Path) -> None:
    body = case.contract["paths"]["/make"]["post"]["requestBody"]
    body["content"]["multipart/form-data"] = body["content"].pop("application/json")
    projection = project(case.contract, ENVELOPE)
    generate(projection, case.facts, tmp_path / "again" / "things_client")
    refused(
        lambda: gates.check_complete(tmp_path / "again" / "things_client", projection),
        r"^POST /make: is not in the client's table: only a JSON body, a file or query parameters will do$",
    )


# -- golden requests


def check_golden(case: Case) -> None:
    gates.check_golden(case.output, case.projection, case.golden)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "api/things/make.py",
            '"url": "/make"',
            '"url": "/maek"',
            r"make\.http: the client sends something else: .*/make",
        ),
        (
            "api/things/make.py",
            '"method": "post"',
            '"method": "put"',
            r"make\.http: the client sends something else",
        ),
        (
            "api/things/make.py",
            'auth="ticket"',
            'auth="token"',
            r"make\.http: the client sends something else",
        ),
        (
            "api/things/make.py",
            "application/json",
            "text/json",
            r"make\.http: the client sends something else",
        ),
        (
            "api/things/find.py",
            'params["q"]',
            'params["query"]',
            r"find\.http: the client sends something else",
        ),
        (
            "wire.py",
            "ensure_ascii=False",
            "ensure_ascii=True",
            r"make\.http: the client sends something else",
        ),
        (
            "wire.py",
            'separators=(",", ":")',
            'separators=(", ", ":")',
            r"make\.http: the client sends something else",
        ),
        (
            "models/order.py",
            'field_dict["name"]',
            'field_dict["nam"]',
            r"make\.http: the client sends something else",
        ),
        ("models/cube.py", '"cube": cube', '"cubes": cube', r"make\.http: the client sends something else"),
        (
            "operations.py",
            '"parts": wire',
            '"part": wire',
            r"^make: the method makes another body of the fields",
        ),
        ("operations.py", '"q": q', '"query": q', r"^find: the method makes another body of the fields"),
        (
            "client.py",
            "await http.send(_request(http, client, kwargs, auth)",
            "await http.send(_request(http, client, kwargs, None)",
            r"^\w+: blocking and async send different bytes",
        ),
        (
            "wire.py",
            "if code != OK:",
            "if False:",
            r"an envelope that says failure passed for a success|is missing",
        ),
    ],
)
def test_other_bytes_on_the_wire_are_seen(case: Case, file: str, old: str, new: str, message: str) -> None:
    case.spoil(file, old, new)
    refused(lambda: check_golden(case), message)


def without_golden(case: Case) -> None:
    (case.golden / "find.http").unlink()


def with_another_golden(case: Case) -> None:
    (case.golden / "gone.http").write_text("GET /gone\n\n")


def without_call(case: Case) -> None:
    (case.golden / "calls.json").write_text(json.dumps({"make": CALLS["make"]}))


def with_another_call(case: Case) -> None:
    (case.golden / "calls.json").write_text(json.dumps({**CALLS, "gone": {}}))


def without_calls(case: Case) -> None:
    (case.golden / "calls.json").unlink()


def with_broken_calls(case: Case) -> None:
    (case.golden / "calls.json").write_text("{")


def with_a_list_of_calls(case: Case) -> None:
    (case.golden / "calls.json").write_text("[]")


def with_other_line_ends(case: Case) -> None:
    (case.golden / "make.http").write_bytes(MAKE_HTTP.replace("\n", "\r\n").encode())


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (without_golden, r"find\.http: is missing: operation find has no golden request$"),
        (with_another_golden, r"gone\.http: belongs to no operation$"),
        (without_call, r"calls\.json: has no call of operation find$"),
        (with_another_call, r"calls\.json: gone is no operation$"),
        (without_calls, r"calls\.json: No such file or directory$"),
        (with_broken_calls, r"calls\.json: no JSON: "),
        (with_a_list_of_calls, r"calls\.json: must be an object of operation names"),
        (with_other_line_ends, r"make\.http: the client sends something else"),
    ],
)
def test_golden_files_and_operations_belong_together(
    case: Case, spoil: Callable[[Case], None], message: str
) -> None:
    spoil(case)
    refused(lambda: check_golden(case), message)


def test_golden_files_are_written_only_by_who_means_it(case: Case) -> None:
    (case.golden / "find.http").write_text("GET /elsewhere\n\n")
    with pytest.raises(PipelineError):
        check_golden(case)
    assert (case.golden / "find.http").read_text() == "GET /elsewhere\n\n"
    (case.golden / "make.http").unlink()
    golden.write_golden(case.output, case.projection, case.golden)
    assert (case.golden / "find.http").read_text(encoding="utf-8") == FIND_HTTP
    assert (case.golden / "make.http").read_text(encoding="utf-8") == MAKE_HTTP


# -- bytes and types


@pytest.mark.parametrize(
    "edit",
    [
        lambda case: case.spoil("models/size.py", "class Size", "class  Size"),
        lambda case: (case.output / "models" / "extra.py").write_text("x = 1\n"),
        lambda case: (case.output / "api" / "things" / "find.py").unlink(),
        lambda case: (case.output / "py.typed").write_text("partial\n"),
    ],
    ids=["a space", "one file more", "one file less", "no code"],
)
def test_an_edit_by_hand_is_seen(case: Case, edit: Callable[[Case], Any]) -> None:
    edit(case)
    refused(
        lambda: gates.check_same_bytes(case.output, case.projection, case.facts),
        r": differs from what the contract gives; run make regenerate$",
    )


def test_a_client_of_other_facts_is_seen(case: Case) -> None:
    gates.check_same_bytes(case.output, case.projection, case.facts)
    other = replace(case.facts, envelope=Envelope("ret", "why", 0))
    refused(lambda: gates.check_same_bytes(case.output, case.projection, other), r"wire\.py: differs")


def test_a_client_that_can_not_be_made_again_is_refused(case: Case) -> None:
    with pytest.raises(PipelineError) as caught:
        gates.check_same_bytes(case.output, {**case.projection, "openapi": "2.0"}, case.facts)
    (line,) = str(caught.value).splitlines()
    assert line.startswith("things_client: can't be generated twice: generator: ")


def test_it_is_made_again_by_the_pipeline_that_asks(
    case: Case, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """And by no other that is installed: here a changed copy asks, whose templates give another client."""
    openapi = Path(gates.__file__).parents[1]
    shutil.copytree(openapi / "pipeline", tmp_path / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(openapi / "templates", tmp_path / "templates")
    errors = tmp_path / "templates" / "errors.py.jinja"
    errors.write_text(
        errors.read_text(encoding="utf-8").replace("unexpected HTTP", "odd HTTP"), encoding="utf-8"
    )
    monkeypatch.setattr(gates, "__file__", str(tmp_path / "pipeline" / "gates.py"))
    refused(
        lambda: gates.check_same_bytes(case.output, case.projection, case.facts),
        r"errors\.py: differs from what the contract gives",
    )


def test_a_type_error_is_seen(case: Case) -> None:
    case.spoil("models/size.py", "mm = self.mm", "mm: str = self.mm")
    refused(
        lambda: gates.check_types(case.output),
        r"models/size\.py:\d+: mypy --strict: Incompatible types in assignment .* \(of \d+\)$",
    )


def test_settings_around_do_not_soften_the_types(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    (case.output.parent / "mypy.ini").write_text("[mypy]\nignore_errors = True\n")
    monkeypatch.chdir(case.output.parent)
    case.spoil("models/size.py", "mm = self.mm", "mm: str = self.mm")
    refused(lambda: gates.check_types(case.output), r"mypy --strict: Incompatible types")
