"""Reads that are more than one call: the pages of a list, and the same read again."""

from __future__ import annotations

import contextlib
import json
import time
from functools import partial
from typing import Any, NoReturn

from schemathesis import Case

from wecom_contract import ENVELOPE, OPERATIONS

from . import cases
from .checks import Broken, hold, unanswered
from .engine import Contract, resolve
from .findings import Finding
from .gate import Withheld
from .phases import Run, Tally
from .strict_json import read_json
from .suite_schema import NOT_DRAWN, operation_id
from .target import NoAnswer

MOST_PAGES = 60
TASKS = 3
NEXT = "next_cursor"
FILTERS = frozenset({"creator", "filter_type", "cursor"})
"""Fields of an example that leave rows out."""


def has_pages(contract: Contract, operation: str) -> bool:
    """Whether the answers of an operation come in pages that a cursor leads through."""
    schema = contract.requests[operation]
    schema = resolve(contract.document, schema["$ref"]) if "$ref" in schema else schema
    return {"cursor", "limit"} <= set(schema.get("properties", {}))


def reads(run: Run, operation: str) -> Tally:
    """Send a good read twice, and walk through its pages one row at a time.

    Raises:
        Broken: an answer breaks the contract, or the answers together are not one list.
    """
    tally = Tally()
    if OPERATIONS[operation].effect != "read" or OPERATIONS[operation].auth is None or operation in NOT_DRAWN:
        return tally
    case = next(iter(cases.examples(run.suite.enumerating, operation)), None)
    if case is None:
        return tally
    with contextlib.suppress(Withheld):
        asked = _settled(run, case)
        _twice(run, asked, tally)
        if has_pages(run.suite.contract, operation):
            _pages(run, asked, tally)
    return tally


def _settled(run: Run, case: Case[Any]) -> Case[Any]:
    """The case with ids that stay the same from call to call, and with enough to list."""
    target = run.target
    made = target.makers()
    if "msgid" in target.makes:
        for _ in range(TASKS):
            target.new_task()
    settled = {name: partial(str, maker()) for name, maker in made.items() if name in _names(case)}
    query = target.known.known(dict(case.query), made=settled)
    body = case.body
    if isinstance(body, dict):
        body = {name: value for name, value in body.items() if name not in FILTERS}
        body = target.known.known(
            _recent(run.suite.contract, operation_id(case.operation), body), None, settled
        )
    settled_case: Case[Any] = case.operation.Case(query=query, body=body, media_type=case.media_type)
    return settled_case


def _recent(contract: Contract, operation: str, body: Any) -> Any:
    """The body with its times moved so that what was just made is within them."""
    schema = contract.requests[operation]
    schema = resolve(contract.document, schema["$ref"]) if "$ref" in schema else schema
    if (span := schema.get("x-span")) is None:
        return body
    end = int(time.time()) + 60
    return {**body, span["from"]: end - min(span["seconds"], 86400), span["to"]: end}


def _names(case: Case[Any]) -> set[str]:
    return {*case.query, *(case.body if isinstance(case.body, dict) else ())}


def _twice(run: Run, case: Case[Any], tally: Tally) -> None:
    answers = []
    for _ in range(3):
        answers.append(_answer(run, case, tally))
        # The company may change between two reads, but hardly twice in a row.
        if len(answers) > 1 and answers[-1] == answers[-2]:
            return
    name = operation_id(case.operation)
    _found("WC402", name, "three reads in a row gave three answers")


def _pages(run: Run, case: Case[Any], tally: Tally) -> None:
    name = operation_id(case.operation)
    field = _list_field(run.suite.contract, name)
    whole, ended = _walk(run, case, _largest(run.suite.contract, name), field, tally)
    if not ended or not whole:
        return  # nobody knows all the rows, or there are none
    rows, ended = _walk(run, case, 1, field, tally, most=max(2, len(whole) + 2))
    if not ended:
        _found("WC404", name, f"{len(whole)} rows, and after {len(rows)} pages of one there is another")
    if len(set(rows)) < len(rows) and len(set(whole)) == len(whole):
        _found("WC403", name, f"{len(rows) - len(set(rows))} of {len(rows)} rows come twice")
    if ended and set(rows) != set(whole) and len(whole) < MOST_PAGES:
        missing = len(set(whole) - set(rows))
        _found("WC405", name, f"of {len(whole)} rows {missing} are on no page of one row")


def _walk(
    run: Run, case: Case[Any], limit: int, field: str, tally: Tally, most: int = MOST_PAGES
) -> tuple[list[str], bool]:
    """The rows of all pages, each as JSON text, and whether the pages came to an end."""
    name = operation_id(case.operation)
    rows: list[str] = []
    fields: Any = case.body
    cursor, seen = "", set[str]()
    for _ in range(min(most, MOST_PAGES)):
        body = {**fields, "limit": limit, "cursor": cursor}
        body = {key: value for key, value in body.items() if key != "cursor" or value}
        answer = _answer(run, case.operation.Case(body=body, media_type=case.media_type), tally)
        page = answer.get(field, []) if isinstance(answer, dict) else []
        if len(page) > limit:
            _found("WC406", name, f"limit {limit}, and {len(page)} rows")
        rows += [json.dumps(row, sort_keys=True, ensure_ascii=False) for row in page]
        cursor = answer.get(NEXT, "") if isinstance(answer, dict) else ""
        if not cursor:
            return rows, True
        if cursor in seen:
            _found("WC404", name, "a cursor comes again")
        seen.add(cursor)
    return rows, most > MOST_PAGES  # more than is looked at: nothing is known about the end


def _largest(contract: Contract, operation: str) -> int:
    """The longest page that may be asked for."""
    schema = contract.requests[operation]
    schema = resolve(contract.document, schema["$ref"]) if "$ref" in schema else schema
    return int(schema["properties"]["limit"].get("maximum", 100))


def _list_field(contract: Contract, operation: str) -> str:
    schema = contract.responses[operation]
    schema = resolve(contract.document, schema["$ref"]) if "$ref" in schema else schema
    return next(str(name) for name, child in schema["properties"].items() if child.get("type") == "array")


def _answer(run: Run, case: Case[Any], tally: Tally) -> Any:
    """The answer as data, without the text beside the code, which may have the time in it."""
    target, name = run.target, operation_id(case.operation)
    label = run.suite.label("reads")
    try:
        response = target.call_as_it_is(case)
    except NoAnswer as error:
        raise unanswered(target, name, error, label) from error
    tally.note(hold(target, run.suite.contract, case, response, known=False, label=label))
    answer = read_json(response.content or b"")  # or it would not have stood the checks
    if answer.get(ENVELOPE.code, ENVELOPE.ok) != ENVELOPE.ok:
        return answer[ENVELOPE.code]
    return {name: value for name, value in answer.items() if name != ENVELOPE.message}


def _found(code: str, name: str, told: str) -> NoReturn:
    raise Broken(f"{name} (reads)\n  {code}: {told}", Finding(code, name, told))
