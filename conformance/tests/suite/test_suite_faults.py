"""The suite sees what it is there to see: each of these servers has one fault, and each is caught by it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from wecom_conformance.checks import Broken
from wecom_conformance.known_ids import KnownIds
from wecom_conformance.phases import PHASES, Run, Suite
from wecom_conformance.target import Target
from wecom_mock import handle

sys.path.insert(0, str(Path(__file__).parent))  # the planted faults beside this file

import faulty_mock as planted

CREATE = "add_msg_template"


def _less(answer: dict[str, object], name: str) -> dict[str, object]:
    return {key: value for key, value in answer.items() if key != name}


FAULTS = {
    # What it accepts.
    "accepts everything": (
        planted.forgives(".*"),
        "boundaries",
        CREATE,
        "accepted-what-the-contract-refuses",
    ),
    "accepts every credential that is malformed": (
        planted.forgives(".*"),
        "boundaries",
        "gettoken",
        "accepted-what-the-contract-refuses",
    ),
    "counts characters instead of bytes": (
        planted.characters_not_bytes,
        "vectors",
        CREATE,
        "accepted-what-the-contract-refuses",
    ),
    "ignores unknown fields": (
        planted.forgives(r".*unknown-field"),
        "vectors",
        CREATE,
        "accepted-what-the-contract-refuses",
    ),
    "accepts a message without content": (
        planted.forgives("message.content.required"),
        "vectors",
        CREATE,
        "accepted-what-the-contract-refuses",
    ),
    "accepts ten attachments": (
        planted.forgives("attachments.max-items"),
        "vectors",
        CREATE,
        "accepted-what-the-contract-refuses",
    ),
    "accepts 10,001 recipients": (
        planted.forgives("external_userid.max-items"),
        "vectors",
        CREATE,
        "accepted-what-the-contract-refuses",
    ),
    "accepts an empty sender": (
        planted.forgives("sender.empty"),
        "boundaries",
        CREATE,
        "accepted-what-the-contract-refuses",
    ),
    "accepts a group message without a sender": (
        planted.forgives("sender.required-for-group"),
        "vectors",
        CREATE,
        "accepted-what-the-contract-refuses",
    ),
    "accepts kinds of attachments that it doesn't know": (
        planted.forgives("attachments.msgtype.enum"),
        "vectors",
        CREATE,
        "accepted-what-the-contract-refuses",
    ),
    "accepts a string for a list": (
        planted.forgives("external_userid.type"),
        "boundaries",
        CREATE,
        "accepted-what-the-contract-refuses",
    ),
    "accepts pages that are too long": (
        planted.forgives(".*limit.max"),
        "boundaries",
        "get_groupmsg_task",
        "accepted-what-the-contract-refuses",
    ),
    "ignores the token": (planted.any_token, "tokens", CREATE, "not exactly one token"),
    "takes the first of two tokens": (planted.two_tokens, "tokens", CREATE, "not exactly one token"),
    "ignores the method": (planted.any_method, "boundaries", CREATE, "the method is"),
    # What it refuses.
    "refuses files": (
        planted.refuses(lambda body: "file" in str(body.get("attachments")), 40058),
        "vectors",
        CREATE,
        "refused-what-the-contract-accepts",
    ),
    "refuses a title at its limit": (
        planted.refuses(lambda body: "title" in str(body) and len(str(body)) > 150, 40058),
        "vectors",
        CREATE,
        "refused-what-the-contract-accepts",
    ),
    "refuses its own token": (
        planted.refuses(lambda _: True, 40014),
        "vectors",
        CREATE,
        "refused-what-the-contract-accepts",
    ),
    "finds nobody to send to": (planted.refuses(lambda _: True, 41048), "vectors", CREATE, "nobody-served"),
    "is always busy": (planted.refuses(lambda _: True, -1), "vectors", CREATE, "nobody-served"),
    # What it answers.
    "leaves the msgid out": (
        planted.answers(lambda answer: _less(answer, "msgid")),
        "examples",
        CREATE,
        "answer-breaks-the-contract",
    ),
    "answers an errcode that is a string": (
        planted.answers(lambda answer: {**answer, "errcode": str(answer["errcode"])}),
        "examples",
        CREATE,
        "not-an-answer",
    ),
    "answers an errcode that is false": (
        planted.answers(lambda answer: {**answer, "errcode": bool(answer["errcode"])}),
        "examples",
        CREATE,
        "not-an-answer",
    ),
    "answers an errcode of 33 bits": (
        planted.answers(lambda answer: {**answer, "errcode": answer["errcode"] + 2**32}),
        "examples",
        CREATE,
        "answer-breaks-the-contract",
    ),
    "answers a fail_list that is a string": (
        planted.answers(lambda answer: {**answer, "fail_list": "wm1"}),
        "examples",
        CREATE,
        "answer-breaks-the-contract",
    ),
    "answers a status that is a string": (
        planted.answers(lambda answer: {**answer, "task_list": [{"userid": "zhangsan", "status": "2"}]}),
        "examples",
        "get_groupmsg_task",
        "answer-breaks-the-contract",
    ),
    "refuses with a page": (planted.html_refusals, "boundaries", CREATE, "not-an-answer"),
    "refuses with a status": (planted.status_refusals, "boundaries", CREATE, "not-an-answer"),
    "falls over at bytes that are no JSON": (planted.falls_over, "drawn", CREATE, "not-an-answer"),
    "gives no answer to bytes that are no JSON": (
        planted.raises,
        "drawn",
        CREATE,
        "no-answer: ValueError: planted",
    ),
    "sends its JSON as text": (planted.plain_text, "examples", CREATE, "Undocumented Content-Type"),
    "says refused and served at once": (planted.code_twice, "examples", CREATE, "not-an-answer"),
}
SEQUENCE_FAULTS = {
    "gives no answer about an unknown task": (planted.loses_calls, "no-answer: LookupError: planted"),
    "forgets tasks": (planted.forgets_tasks, "errcode 41047 for a task that was"),
    "never cancels": (planted.never_cancels, "was cancelled"),
    "gives the task to another member": (planted.other_member, "not just its sender"),
    "gives every task the same id": (planted.same_msgid, "msgid of another task"),
}


@pytest.mark.parametrize(("fault", "phase", "operation", "words"), FAULTS.values(), ids=list(FAULTS))
def test_a_fault_is_caught(
    suite: Suite, known: KnownIds, fault: planted.Fault, phase: str, operation: str, words: str
) -> None:
    with Target(known, app=planted.app_of(fault)) as target, pytest.raises(Broken) as caught:
        PHASES[phase](Run(suite, target, shrink=False), operation)
    assert words in str(caught.value)
    assert target.token not in str(caught.value)


@pytest.mark.parametrize(("fault", "words"), SEQUENCE_FAULTS.values(), ids=list(SEQUENCE_FAULTS))
def test_a_fault_that_takes_several_calls_is_caught(
    suite: Suite, known: KnownIds, fault: planted.Fault, words: str
) -> None:
    with Target(known, app=planted.app_of(fault)) as target, pytest.raises(Broken, match=words):
        Run(suite, target, shrink=False).sequences()


@pytest.mark.parametrize(
    ("fault", "phase", "words"),
    [
        (planted.forgives(".*"), "boundaries", "Schema-violating request accepted"),
        (planted.refuses(lambda _: True, 40058), "drawn", "Schema-valid request rejected"),
        (planted.status_refusals, "boundaries", "Undocumented status code"),
        (planted.plain_text, "boundaries", "Undocumented Content-Type"),
        (
            planted.answers(lambda answer: {**answer, "fail_list": "wm1"}),
            "boundaries",
            "Response violates schema",
        ),
    ],
)
def test_the_translation_lets_the_stock_checks_see(
    suite: Suite, known: KnownIds, fault: planted.Fault, phase: str, words: str
) -> None:
    """Without it, to them every answer is a success."""
    with Target(known, app=planted.app_of(fault)) as target, pytest.raises(Broken) as caught:
        PHASES[phase](Run(suite, target, shrink=False), CREATE)
    assert words in str(caught.value)


def test_without_a_fault_nothing_is_caught(suite: Suite, known: KnownIds) -> None:
    """The server that the faults are planted in is a sound one."""
    with Target(known, app=planted.app_of(handle)) as target:
        run = Run(suite, target)
        for phase, operation in {(phase, operation) for _, phase, operation, _ in FAULTS.values()}:
            PHASES[phase](run, operation)
        run.sequences()
