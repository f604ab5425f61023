"""Golden requests: the exact bytes that the client sends for one fixed call of every operation.

A folder holds ``calls.json``, written by hand (operation → body, or query parameters), and
``<operation>.http``, what the client made of it. A change of the wire shows as a diff of these files, so they
are never rewritten by the way: only ``write_golden`` does it, and only who means it calls that.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openapi_python_client.strings import ClassName, PythonIdentifier

from pipeline.errors import PipelineError
from pipeline.mangled import FIELD_PREFIX
from pipeline.openapi_document import operations, schema_name
from pipeline.parsed_models import keyword_name
from pipeline.probe import last_line, run_python
from pipeline.request import FORM, body_schema, media_type, query

CALLS = "calls.json"

PROBE = r"""
import asyncio, importlib, io, json, sys, uuid
import httpx

package, calls = sys.argv[1], json.loads(sys.argv[2])
# operation -> module of its functions, keywords of these and of its method, model of a form
by_keyword = json.loads(sys.argv[3])
client_module = importlib.import_module(package + ".client")
table = importlib.import_module(package + ".operations")
wire = importlib.import_module(package + ".wire")
errors = importlib.import_module(package + ".errors")
types = importlib.import_module(package + ".types")
models = importlib.import_module(package + ".models")
PASSING = {"host", "accept", "accept-encoding", "connection", "user-agent", "content-length"}


class Recorder(httpx.BaseTransport, httpx.AsyncBaseTransport):
    def __init__(self):
        self.sent = []

    def record(self, request):
        target = request.url.raw_path.decode("ascii")
        head = [f"{request.method} {target}"]
        head += sorted(f"{k}: {v}" for k, v in request.headers.items() if k not in PASSING)
        self.sent.append("\n".join(head) + "\n\n" + request.content.decode("utf-8"))
        return httpx.Response(200, json={wire.CODE: wire.OK + 1})

    def handle_request(self, request):
        request.read()
        return self.record(request)

    async def handle_async_request(self, request):
        await request.aread()
        return self.record(request)


def described(value):
    if not isinstance(value, wire.Upload):
        return value
    return {"filename": value.filename, "content_type": value.content_type, "content": value.source.decode()}


def file_of(value):
    return types.File(io.BytesIO(value["content"].encode()), value["filename"], value["content_type"])


def methods(base, bodies):
    class Catcher(base):
        def _call(self, operation, body, confirmed, options):
            bodies.append({name: described(value) for name, value in body.items()})
            if base is table.AsyncOperations:
                future = asyncio.get_running_loop().create_future()
                future.set_result(None)
                return future

    return Catcher()


async def record(name, call):
    operation = table.OPERATIONS[name]
    recorder, bodies = Recorder(), []
    client = client_module.AuthenticatedClient(
        "https://golden.invalid", token="TOKEN", httpx_args={"transport": recorder}
    )
    told = by_keyword[name]
    module = importlib.import_module(package + ".api." + told["module"])
    keywords, arguments = told["method"], dict(told["function"])
    for part in operation.parts:
        module.uuid4 = lambda: uuid.UUID(int=0)  # the boundary, elsewhere random
        content = keywords[part].pop("content").encode()
        keywords = {**keywords[part], **keywords, part: content}
    for send in (module.sync_detailed, module.asyncio_detailed):
        if operation.has_body:
            body = {key: value for key, value in call.items() if key not in operation.query}
            arguments["body"] = operation.request_model.from_dict(body)
        elif operation.parts:
            files = {key: file_of(call[key]) for key in operation.parts}
            arguments["body"] = getattr(models, told["form"])(**files)
        try:
            answer = send(client=client, **arguments)
            if asyncio.iscoroutine(answer):
                await answer
        except errors.EnvelopeError:
            continue
        raise AssertionError(f"{name}: an envelope that says failure passed for a success")
    function = module.__name__.rsplit(".", 1)[-1]
    getattr(methods(table.SyncOperations, bodies), function)(**keywords)
    await getattr(methods(table.AsyncOperations, bodies), function)(**keywords)
    return {"sent": recorder.sent, "bodies": bodies}


print(json.dumps({name: asyncio.run(record(name, call)) for name, call in calls.items()}))
"""


def check_golden(output: Path, projection: Mapping[str, Any], golden: Path) -> None:
    """The client sends for every call what its golden file says: blocking, async, and by way of the methods.

    Args:
        output: folder of the generated package.
        projection: what it was generated from.
        golden: folder of the golden files.

    Raises:
        PipelineError: an operation without a call or a golden file, a file without an operation, other bytes.
    """
    for name, sent in _record(output, projection, golden).items():
        file = golden / f"{name}.http"
        if not file.is_file():
            raise PipelineError(str(file), f"is missing: operation {name} has no golden request")
        expected = file.read_bytes().decode("utf-8")
        if sent != expected:
            raise PipelineError(
                str(file), f"the client sends something else: {_first_difference(expected, sent)}"
            )
    known = {f"{operation['operationId']}.http" for _, _, operation in operations(projection)}
    for file in sorted(golden.glob("*.http")):
        if file.name not in known:
            raise PipelineError(str(file), "belongs to no operation")


def write_golden(output: Path, projection: Mapping[str, Any], golden: Path) -> None:
    """Write down what the client sends now. Read the diff before you keep it."""
    for name, sent in _record(output, projection, golden).items():
        (golden / f"{name}.http").write_bytes(sent.encode("utf-8"))


def _record(output: Path, projection: Mapping[str, Any], golden: Path) -> dict[str, str]:
    calls = _calls(golden)
    by_keyword: dict[str, dict[str, Any]] = {}
    for _, _, operation in operations(projection):
        name = operation["operationId"]
        if name not in calls:
            raise PipelineError(str(golden / CALLS), f"has no call of operation {name}")
        by_keyword[name] = {
            "module": _module(output, name),
            "method": {keyword_name(key): value for key, value in calls[name].items()},
            "function": {
                str(PythonIdentifier(each["name"], FIELD_PREFIX)): calls[name][each["name"]]
                for each in query(operation)
                if each["name"] in calls[name]
            },
            "form": _form(operation),
        }
    for name in calls:
        if name not in by_keyword:
            raise PipelineError(str(golden / CALLS), f"{name} is no operation")
    ordered = {name: calls[name] for name in by_keyword}
    done = run_python(output, PROBE, output.name, json.dumps(ordered), json.dumps(by_keyword))
    if done.returncode != 0:
        raise PipelineError(output.name, f"a golden call fails: {last_line(done.stderr)}")
    recorded: dict[str, str] = {}
    for name, result in json.loads(done.stdout).items():
        sent: list[str] = result["sent"]
        if len(set(sent)) != 1:
            raise PipelineError(
                name, f"blocking and async send different bytes: {_first_difference(*sent[:2])}"
            )
        for body in result["bodies"]:
            if body != calls[name]:
                raise PipelineError(name, "the method makes another body of the fields than the model does")
        recorded[name] = sent[0]
    return recorded


def _calls(golden: Path) -> dict[str, Any]:
    file = golden / CALLS
    try:
        calls = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise PipelineError(str(file), error.strerror or "unreadable") from None
    except ValueError as error:
        raise PipelineError(str(file), f"no JSON: {error}") from None
    if not isinstance(calls, dict) or not all(isinstance(call, dict) for call in calls.values()):
        raise PipelineError(str(file), "must be an object of operation names, each with an object")
    return calls


def _form(operation: Mapping[str, Any]) -> str | None:
    """The model of a form."""
    schema = body_schema(operation)
    if schema is None or media_type(operation) != FORM:
        return None
    return str(ClassName(schema_name(schema["$ref"]), FIELD_PREFIX))


def _module(output: Path, operation: str) -> str:
    function = PythonIdentifier(operation, FIELD_PREFIX)
    for file in sorted((output / "api").glob(f"*/{function}.py")):
        return f"{file.parent.name}.{file.stem}"
    raise PipelineError(operation, "has no functions in the client")


def _first_difference(expected: str, sent: str) -> str:
    for line in difflib.ndiff(expected.splitlines(), sent.splitlines()):
        if line[0] in "+-":
            return line if len(line) <= 160 else line[:160] + "…"
    return "the line ends"
