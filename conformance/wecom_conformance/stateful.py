"""Sequences of calls along the contract's links: a task is made, read, reminded, cancelled, and read again.

Beside the checks of a single answer, every call about a task or a template is held against what was done to it
before.
"""

from __future__ import annotations

from typing import Any

import hypothesis
from attrs import define, field
from schemathesis import Case
from schemathesis.core import NOT_SET
from schemathesis.core.transport import Response
from schemathesis.generation.stateful.state_machine import APIStateMachine
from schemathesis.schemas import BaseSchema

from wecom_contract import ENVELOPE

from .checks import Broken, broken_text, hold, unanswered_text
from .engine import Contract, operations
from .strict_json import read_json
from .suite_schema import operation_id
from .target import NoAnswer, Target

NO_SUCH_TASK = 41047
CANCELLED = 41093
NO_SUCH_TEMPLATE = 40037
TEMPLATES = "group_welcome_template_"


@define
class Templates:
    """Which welcome templates for groups there are.

    Attributes:
        there: ids of those that were made and not deleted.
        calls: how many calls were about a template that is there, and about one that isn't.
    """

    there: set[str] = field(factory=set)
    calls: dict[str, int] = field(factory=lambda: {"there": 0, "gone": 0})

    def wrong(self, operation: str, body: Any, answer: Any) -> str:
        """What contradicts the calls before; as that of `Tasks`."""
        code = answer[ENVELOPE.code]
        if operation == f"{TEMPLATES}add":
            if code == ENVELOPE.ok:
                if answer["template_id"] in self.there:
                    return "the template_id of another template comes again"
                self.there.add(answer["template_id"])
            return ""
        template_id = body["template_id"]
        if template_id not in self.there:
            self.calls["gone"] += 1
            return "" if code == NO_SUCH_TEMPLATE else f"errcode {code} for a template that is not there"
        self.calls["there"] += 1
        if code == NO_SUCH_TEMPLATE:
            return f"errcode {code} for a template that was made and not deleted"
        if code == ENVELOPE.ok and operation == f"{TEMPLATES}del":
            self.there.remove(template_id)
        return ""


@define
class Tasks:
    """What was done to which task.

    Attributes:
        senders: msgid → the member who was to send it; None where the request named none.
        cancelled: the tasks that were cancelled.
        calls: how many calls were about a task that is alive, cancelled, unknown.
        templates: the same of welcome templates for groups.
    """

    senders: dict[str, str | None] = field(factory=dict)
    cancelled: set[str] = field(factory=set)
    calls: dict[str, int] = field(factory=lambda: {"alive": 0, "cancelled": 0, "unknown": 0})
    templates: Templates = field(factory=Templates)

    def wrong(self, operation: str, body: Any, answer: Any) -> str:
        """What contradicts the calls before; empty where nothing does. Notes what the call did.

        Args:
            operation: what was called, with a request that keeps the contract.
            body: the request body.
            answer: the answer's body.
        """
        if operation.startswith(TEMPLATES):
            return self.templates.wrong(operation, body, answer)
        code = answer.get(ENVELOPE.code, ENVELOPE.ok)
        if operation == "add_msg_template":
            if code == ENVELOPE.ok:
                if answer["msgid"] in self.senders:
                    return "the msgid of another task comes again"
                self.senders[answer["msgid"]] = body.get("sender")
            return ""
        if "msgid" not in body:
            return ""
        return self._about_a_task(operation, body["msgid"], code, answer)

    def _about_a_task(self, operation: str, msgid: str, code: int, answer: Any) -> str:
        if msgid not in self.senders:
            self.calls["unknown"] += 1
            return "" if code == NO_SUCH_TASK else f"errcode {code} for a task that nobody made"
        if msgid in self.cancelled:
            self.calls["cancelled"] += 1
            return "" if code == CANCELLED else f"errcode {code} for a task that was cancelled"
        self.calls["alive"] += 1
        if code in (NO_SUCH_TASK, CANCELLED):
            return f"errcode {code} for a task that was made and not cancelled"
        if code == ENVELOPE.ok and operation == "cancel_groupmsg_send":
            self.cancelled.add(msgid)
        if code == ENVELOPE.ok and operation == "get_groupmsg_task":
            sender = self.senders[msgid]
            if sender is not None and [row["userid"] for row in answer["task_list"]] != [sender]:
                return f"the members of the task are not just its sender, {sender}"
        return ""


def linked(contract: Contract) -> list[list[str]]:
    """Groups of operations that the contract's links lead between; one that no link leads to or from is in none.

    Sequences are drawn within a group: what has nothing to do with a task tells nothing about it.
    """
    groups: list[set[str]] = []
    for _, _, operation in operations(contract.document):
        links = operation["responses"]["200"].get("links", {})
        group = {operation["operationId"], *(link["operationId"] for link in links.values())}
        if len(group) < 2:
            continue
        for other in [other for other in groups if other & group]:
            groups.remove(other)
            group |= other
        groups.append(group)
    return [sorted(group) for group in groups]


def run_sequences(
    schema: BaseSchema,
    target: Target,
    contract: Contract,
    *,
    label: str,
    settings: hypothesis.settings,
    seed: int,
) -> Tasks:
    """Draw sequences and send them.

    Args:
        schema: made by ``suite_schema``.
        target: the server.
        contract: as it was read.
        label: for the reader of a failure.
        settings: how many sequences of each group of linked operations, and how long each.
        seed: of what is drawn.

    Returns:
        What was done to which task.

    Raises:
        Broken: an answer breaks the contract, or contradicts the calls before it.
    """
    tasks = Tasks()
    for group in linked(contract):
        machine = schema.include(operation_id=group).as_state_machine()
        hypothesis.seed(seed)(_sequence(machine, tasks, target, contract, label)).run(settings=settings)
    return tasks


def _sequence(
    base: type[APIStateMachine], tasks: Tasks, target: Target, contract: Contract, label: str
) -> type[APIStateMachine]:
    """The state machine of one group, with our ids and our checks."""

    class Sequence(base):  # type: ignore[misc, valid-type]
        def before_call(self, case: Case[Any]) -> None:
            if isinstance(case.body, dict):
                case.body = target.known.known(case.body)
            case.query = target.known.known(dict(case.query))

        def call(self, case: Case[Any], **_: Any) -> Response:
            try:
                return target.call_as_it_is(case)
            except NoAnswer as error:
                raise Broken(unanswered_text(target, operation_id(case.operation), error, label)) from error

        def validate_response(self, response: Response, case: Case[Any], *_: Any, **__: Any) -> None:
            judgement = hold(target, contract, case, response, known=False, label=label)
            if not judgement.accepted or case.body is NOT_SET:
                return
            wrong = tasks.wrong(operation_id(case.operation), case.body, read_json(response.content or b""))
            if wrong:
                raise Broken(
                    broken_text(
                        target, judgement, response, [f"contradicts-the-calls-before: {wrong}"], label
                    )
                )

    return Sequence
