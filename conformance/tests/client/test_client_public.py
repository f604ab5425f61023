"""The public face: its names, what importing it costs, and what it may import."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fault_server import environment

import wecom_openapi
from wecom_client.operations import OPERATIONS as GENERATED
from wecom_contract import OPERATIONS
from wecom_openapi import AsyncWeCom, WeCom, validate

PACKAGE = Path(wecom_openapi.__file__).parent

PUBLIC = """
    WeCom AsyncWeCom Suite validate Violation UnknownOperation
    AddMsgTemplateRequest AddMsgTemplateResponse Text Image Link Miniprogram Video File
    ImageAttachment LinkAttachment MiniprogramAttachment VideoAttachment FileAttachment UnknownVariant
    TagFilter TagGroup UNSET GroupmsgRecord GroupmsgTask GroupmsgSendResult TaskResults Response
    GroupmsgCreateType GroupmsgTaskStatus GroupmsgSendStatus ResultsNotReady
    TokenAuth TokenStore SharedTokenStore MemoryTokenStore RedisTokenStore mask_url
    WeComError InvalidRequest AudienceNotConfirmed RefusedError CredentialError PermissionDenied FrequencyLimited
    InvalidArgument AudienceError NoCustomers MediaError TaskDispatching TaskNotFound TaskCancelled
    ConfigurationError Busy
    BusyOutcomeUnknown RefusedOutcomeUnknown MalformedAnswer
    CallFailed NotSent NotSentInTime NoAnswer NoAnswerInTime OutcomeUnknown OutcomeUnknownInTime DeadlineExceeded
    WeComWarning IgnoredFieldWarning JournalWarning Journal Broadcast KeyReused JournalError InProgress
    Retries Outcome Attempt Candidate Reconciliation __version__
"""


def test_the_public_names() -> None:
    assert sorted(wecom_openapi.__all__) == sorted(PUBLIC.split())
    assert len(set(wecom_openapi.__all__)) == len(wecom_openapi.__all__)


@pytest.mark.parametrize("name", PUBLIC.split())
def test_every_name_is_there_and_listed(name: str) -> None:
    value = getattr(wecom_openapi, name)
    assert name in dir(wecom_openapi)
    if isinstance(value, type):
        assert value.__name__ == name


def test_no_other_name() -> None:
    with pytest.raises(AttributeError, match="no attribute 'WeCon'"):
        wecom_openapi.WeCon  # type: ignore[attr-defined]  # noqa: B018


def test_editors_see_what_programs_get() -> None:
    # Names come from __getattr__, which no editor runs; what it reads stands behind TYPE_CHECKING.
    tree = ast.parse((PACKAGE / "__init__.py").read_text("utf-8"))
    seen = {
        (alias.name, node.module)
        for block in tree.body
        if isinstance(block, ast.If)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert seen == set(wecom_openapi._MODULES.items())


OF_THE_CLIENT = {"for_suite", "journal", "raw", "reconcile", "recover", "wait_for_results"}
"""What a client can do beside the operations and lists of the contract, and being closed."""


@pytest.mark.parametrize(("kind", "closing"), [(WeCom, "close"), (AsyncWeCom, "aclose")])
def test_the_methods_are_those_of_the_table_and_no_others(kind: type[Any], closing: str) -> None:
    paged = {name for name, each in GENERATED.items() if each.pagination is not None}
    lists = {f"iter_{name.removeprefix('get_')}" for name in paged}
    assert len(paged) >= 8
    assert set(GENERATED) == set(OPERATIONS)
    methods = {name for name in dir(kind) if not name.startswith("_")}
    assert methods == {*OPERATIONS, *lists, *OF_THE_CLIENT, closing}
    raw = type(kind("corp", "secret").raw)
    assert {name for name in dir(raw) if not name.startswith("_")} == set(OPERATIONS)


def loaded_by(statement: str) -> set[str]:
    """The modules that a fresh interpreter has after ``statement``."""
    script = f"import sys; {statement}; print(*sys.modules)"
    # What the tests put into every program to keep it on this machine would show up; nothing is sent here.
    result = subprocess.run(
        [sys.executable, "-c", script],
        env=environment(guarded=False),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return set(result.stdout.split())


def test_importing_the_package_imports_next_to_nothing() -> None:
    modules = loaded_by("import wecom_openapi")
    assert not {"httpx", "httpcore", "attrs", "jsonschema_rs", "anyio"} & modules
    assert {name for name in modules if name.startswith("wecom")} == {
        "wecom_openapi",
        "wecom_openapi._version",
    }


def test_sync_users_do_not_pay_for_tasks() -> None:
    modules = loaded_by("from wecom_openapi import WeCom; WeCom('ww', 'secret').close()")
    assert "httpx" in modules
    assert not {"asyncio", "trio"} & modules
    assert not {name for name in modules if name.startswith("wecom_client.models.")}


def imports() -> set[str]:
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert node.level == 0
                found.add((node.module or "").partition(".")[0])
            elif isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
    return found - set(sys.stdlib_module_names)


def test_what_the_package_may_import() -> None:
    assert imports() == {
        "wecom_openapi",
        "wecom_client",
        "wecom_contract",
        "attrs",
        "httpx",
        "httpcore",
        "anyio",
        "jiter",
        "orjson",
        "tenacity",
        # of extras
        "pyarrow",
        "redis",
        "sqlalchemy",
        "httptools",
    }


def test_files_have_one_subject() -> None:
    long = {str(path): len(path.read_text("utf-8").splitlines()) for path in PACKAGE.rglob("*.py")}
    assert {name: count for name, count in long.items() if count >= 300} == {}


def test_validate_takes_models_and_plain_data() -> None:
    from wecom_openapi import AddMsgTemplateRequest, Image, ImageAttachment

    request = AddMsgTemplateRequest(sender="", attachments=[ImageAttachment(image=Image())])
    rules = [violation.rule for violation in validate("add_msg_template", request)]
    assert rules == [violation.rule for violation in validate("add_msg_template", request.to_dict())]
    assert {"sender.empty", "image.source.required"} <= set(rules)
    assert [v.rule for v in validate("gettoken", {"corpid": "ww"})] == ["gettoken.corpsecret.required"]


@pytest.mark.parametrize("body", [None, [], "text", 7, 1.5, True, object(), b"{}", {1, 2}])
def test_validate_takes_anything(body: Any) -> None:
    violations = validate("add_msg_template", body)
    assert [violation.severity for violation in violations] == ["error"]


def test_validate_knows_its_operations() -> None:
    with pytest.raises(wecom_openapi.UnknownOperation, match="did you mean add_msg_template"):
        validate("add_msg_templat", {})
    assert issubclass(wecom_openapi.UnknownOperation, ValueError)


def _defaults(client: type, name: str) -> dict[str, Any]:
    parameters = inspect.signature(getattr(client, name)).parameters
    return {one.name: (one.kind, one.default) for one in parameters.values()}


@pytest.mark.parametrize("name", [name for name in dir(WeCom) if not name.startswith("_")])
def test_both_clients_take_the_same(name: str) -> None:
    if callable(getattr(WeCom, name)):
        awaited = {"close": "aclose"}.get(name, name)
        assert _defaults(AsyncWeCom, awaited) == _defaults(WeCom, name)


def test_both_clients_are_made_of_the_same() -> None:
    assert _defaults(AsyncWeCom, "__init__") == _defaults(WeCom, "__init__")


def test_how_long_results_are_waited_for() -> None:
    waits = {name: default for name, (_, default) in _defaults(WeCom, "wait_for_results").items()}
    assert (waits["deadline"], waits["interval"], waits["longest_interval"]) == (3600.0, 5.0, 60.0)


def test_a_slash_behind_the_base_url_makes_no_other_server() -> None:
    shown = {
        repr(WeCom("ww", "s", base_url=url))
        for url in ("https://gateway.invalid/WX", "https://gateway.invalid/WX/")
    }
    (one,) = shown  # and so for the journal, which keeps each server's calls apart
    assert "base_url='https://gateway.invalid/WX'" in one
