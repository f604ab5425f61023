"""x-retry and x-faults: their shape, and that the package says what the contract does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.config import load_api
from pipeline.documents import read_yaml
from pipeline.errors import PipelineError
from pipeline.openapi_document import operations
from pipeline.shape import check_keywords
from wecom_contract import OPERATIONS, faults

ROOT = Path(__file__).resolve().parents[3]
CONTRACT: dict[str, Any] = read_yaml(load_api(ROOT / "openapi/wecom/api.toml").contract)

# By hand, from the vendor's pages: a second place where it stands, as the vectors are.
UNSAFE = {
    "add_msg_template",
    "add_moment_task",
    "send_welcome_msg",
    "remind_groupmsg_send",
    "group_welcome_template_add",
    "media_uploadimg",
}
SAFE_WRITES = {
    "cancel_groupmsg_send",
    "cancel_moment_task",
    "group_welcome_template_edit",
    "group_welcome_template_del",
    "media_upload",
}


def test_what_may_be_made_again() -> None:
    writes = {name for name, each in OPERATIONS.items() if each.effect == "write"}
    assert writes == UNSAFE | SAFE_WRITES
    assert {name for name, each in OPERATIONS.items() if not each.repeat.safe} == UNSAFE


def test_the_package_says_what_the_contract_does() -> None:
    for _, _, operation in operations(CONTRACT):
        stated, known = operation["x-retry"], OPERATIONS[operation["operationId"]].repeat
        assert (known.safe, known.en, known.zh) == (stated["repeat"] == "safe", stated["en"], stated["zh"])
    assert list(faults()) == list(CONTRACT["x-faults"])
    for name, fault in CONTRACT["x-faults"].items():
        known_fault = faults()[name]
        assert (known_fault.id, known_fault.outcome, known_fault.retry) == (
            name,
            fault["outcome"],
            fault["retry"],
        )
        assert (known_fault.en, known_fault.zh) == (fault["en"], fault["zh"])
        assert known_fault.pause == fault.get("pause", 0)


EVIDENCE = [{"source": "s", "date": "2026-11-22", "confidence": "I"}]
RETRY: dict[str, Any] = {"repeat": "safe", "en": "it reads", "zh": "查询", "evidence": EVIDENCE}
FAULT: dict[str, Any] = {"outcome": "unknown", "retry": "later", "en": "e", "zh": "z", "evidence": EVIDENCE}


def document(retry: Any = RETRY, faults: Any = None) -> dict[str, Any]:
    return {
        "openapi": "3.1.1",
        "paths": {"/p": {"post": {"operationId": "op", "x-retry": retry, "responses": {}}}},
        "x-faults": {"reset": FAULT} if faults is None else faults,
    }


def test_a_document_that_is_right() -> None:
    check_keywords(document())
    check_keywords(document(faults={"a-2": {**FAULT, "pause": 1}}))


@pytest.mark.parametrize(
    ("wrong", "about"),
    [
        (document(retry="safe"), "paths./p.post.x-retry: must be an object"),
        (
            document(retry={**RETRY, "repeat": "maybe"}),
            "paths./p.post.x-retry.repeat: must be safe or unsafe",
        ),
        (
            document(retry={key: RETRY[key] for key in ("repeat", "en", "zh")}),
            "paths./p.post.x-retry: has no evidence",
        ),
        (
            document(retry={**RETRY, "evidence": []}),
            "paths./p.post.x-retry.evidence: x-evidence must be a list of at least one {source, date, confidence}",
        ),
        (
            document(retry={**RETRY, "why": "x"}),
            "paths./p.post.x-retry: unknown key why; known: repeat, en, zh, evidence",
        ),
        (document(faults=[]), "x-faults: must be an object"),
        (
            document(faults={"Reset": FAULT}),
            "x-faults.Reset: must have a name of small letters, with hyphens between words",
        ),
        (
            document(faults={"reset": {**FAULT, "outcome": "done"}}),
            "x-faults.reset.outcome: must be not sent or unknown",
        ),
        (
            document(faults={"reset": {**FAULT, "retry": "now"}}),
            "x-faults.reset.retry: must be never or later",
        ),
        (
            document(faults={"reset": {**FAULT, "pause": 0}}),
            "x-faults.reset.pause: must be at least 1 second, and retry later",
        ),
        (
            document(faults={"reset": {**FAULT, "retry": "never", "pause": 9}}),
            "x-faults.reset.pause: must be at least 1 second, and retry later",
        ),
        (document(faults={"reset": {**FAULT, "pause": 1.5}}), "x-faults.reset.pause: must be a whole number"),
        *(
            (
                document(faults={"reset": {key: FAULT[key] for key in FAULT if key != gone}}),
                f"x-faults.reset: has no {gone}",
            )
            for gone in FAULT
        ),
        ({**document(), "info": {"x-retry": RETRY}}, "info.x-retry: stands at an operation"),
        ({**document(), "info": {"x-faults": {}}}, "info.x-faults: stands at the contract itself"),
    ],
)
def test_a_document_that_is_wrong(wrong: Any, about: str) -> None:
    with pytest.raises(PipelineError) as caught:
        check_keywords(wrong)
    assert str(caught.value) == f"contract.{about}"
