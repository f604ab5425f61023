"""Reads a corpus of real bodies, and says how each verdict of its index bears on the contract.

The corpus is no part of this distribution: it is looked for beside the repository, at
``../shared/wecom/corpus``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import attrs

INDEX = "index.jsonl"

OUTSIDE: Mapping[str, str] = {}
"""Endpoints of the corpus that the contract doesn't have, with the reason."""

OUTSIDE_FILES: Mapping[str, str] = {
    "get_groupmsg_send_result/11-resp-wechatpy-legacy.json": "an answer of the retired get_group_msg_result",
    "media_upload/04-by-url-req-wenerme.json": "a request of upload_by_url, which the contract doesn't have",
    "media_upload/05-by-url-resp-wenerme.json": "an answer of upload_by_url, which the contract doesn't have",
}
"""Single bodies that stand in the folder of an operation of the contract but belong to none."""

OPERATION_OF: Mapping[str, str] = {
    "group_welcome_template/01-add-req-wenerme.json": "group_welcome_template_add",
    "group_welcome_template/04-edit-resp-wenerme.json": "group_welcome_template_edit",
    "group_welcome_template/05-get-req-wenerme.json": "group_welcome_template_get",
    "group_welcome_template/06-get-resp-wenerme.json": "group_welcome_template_get",
    "group_welcome_template/07-del-req-wenerme.json": "group_welcome_template_del",
    "group_welcome_template/09-add-req-silenceper-40063.json": "group_welcome_template_add",
    "add_moment_task/04-get-result-resp-skit.json": "get_moment_task_result",
}
"""Single bodies in a folder of several operations, and the one that each belongs to."""

ELSEWHERE: Mapping[str, str] = {
    # Answers of several calls, kept for their envelope: judged by a call that answers with nothing else.
    "common_errors": "remind_groupmsg_send",
    # What is kept there of the way to a corp's token is the first step.
    "service_get_corp_token": "get_suite_token",
}
"""Folders that are no operation, and the operation by which their bodies are judged."""

REQUESTS: Mapping[str, tuple[bool, str]] = {
    "valid": (True, ""),
    "valid-shape": (True, "well formed; what the server refuses then is a matter of its state"),
    "valid-with-warning": (True, "a field that the server ignores is told, not refused"),
    "invalid": (False, ""),
    "invalid-by-doc": (False, "the vendor's page decides, not the one report that the server is laxer"),
    "deprecated-shape": (
        False,
        "the retired top-level objects vanish silently at the server, so they are refused",
    ),
    "ambiguous": (
        False,
        "nobody has seen what the server does with siblings of the selected object, so they are refused",
    ),
}
"""Verdict on a request in the index → (accepted by the contract, why where it isn't plain)."""

RESPONSES: Mapping[str, tuple[bool, str]] = {
    "valid": (True, ""),
    "valid-lenient": (True, "what is left out there may be left out"),
    "error-body": (True, "an envelope with another code than 0 needs nothing else"),
    "edge": (True, "the same row twice is a matter of reading, not of shape"),
    "doc-sample": (True, "the vendor's sample carries more than one row ever does; the shape holds"),
    "doc-sample-type-conflict": (True, "a text for a time: the page's example has one, so it is tolerated"),
    "doc-sample-conflict": (True, "a status that the text doesn't name is an integer all the same"),
    "invalid-sample": (True, "placeholders instead of values, in the right shape"),
    "suspicious": (False, "a success without a task id can't be followed up: the outcome is unknown"),
}
"""Verdict on an answer in the index → (accepted by the contract, why where it isn't plain)."""

BODIES: Mapping[str, tuple[bool, str]] = {
    "add_moment_task/01-req-wenerme.json": (
        False,
        "the vendor's sample shows a picture, a video and a link at once; the text allows one kind alone",
    ),
    "group_welcome_template/01-add-req-wenerme.json": (
        False,
        "the vendor's sample shows all five objects at once; the text allows one, and the rest would be dropped",
    ),
}
"""Single bodies whose verdict decides nothing by itself → (accepted by the contract, why)."""


class CorpusError(ValueError):
    """The corpus can't be read or used; the text says which file and why."""


@attrs.frozen
class Entry:
    """One body of the corpus.

    Attributes:
        file: its path in the corpus.
        endpoint: the folder that it stands in, mostly the operation.
        direction: request or response.
        verdict: what the index says of it.
        why: the reason that the index gives.
        body: the body as plain JSON data.
    """

    file: str
    endpoint: str
    direction: Literal["request", "response"]
    verdict: str
    why: str
    body: Any = attrs.field(repr=False)

    @property
    def operation(self) -> str | None:
        """The operation of the contract by which the body is judged; None where it is of another family."""
        if self.endpoint in OUTSIDE or self.file in OUTSIDE_FILES:
            return None
        return OPERATION_OF.get(self.file) or ELSEWHERE.get(self.endpoint, self.endpoint)

    @property
    def accepted(self) -> bool:
        """Whether the contract has to accept it.

        Raises:
            CorpusError: no decision is written down for this verdict.
        """
        if self.file in BODIES:
            return BODIES[self.file][0]
        table = REQUESTS if self.direction == "request" else RESPONSES
        if self.verdict not in table:
            raise CorpusError(
                f"{self.file}: no decision for the verdict {self.verdict!r} on a {self.direction}"
            )
        return table[self.verdict][0]


def corpus_folder() -> Path:
    """Where the corpus is looked for; the folder need not be there."""
    return Path(__file__).parents[3] / "shared" / "wecom" / "corpus"


def load_corpus(folder: Path | None = None) -> list[Entry]:
    """All entries of the index with their bodies, in its order.

    Args:
        folder: the folder of the corpus; by default :func:`corpus_folder`.

    Raises:
        CorpusError: the index or a body is missing or no JSON, or a line lacks a key.
    """
    folder = folder or corpus_folder()
    index = folder / INDEX
    try:
        lines = index.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise CorpusError(f"{index}: {error}") from error
    return [_entry(folder, line, f"{index}:{number}") for number, line in enumerate(lines, 1) if line.strip()]


def _entry(folder: Path, line: str, where: str) -> Entry:
    try:
        row = json.loads(line)
        name, endpoint, direction, verdict, why = (
            row[key] for key in ("file", "endpoint", "direction", "verdict", "why")
        )
    except (KeyError, TypeError, ValueError) as error:
        raise CorpusError(f"{where}: {error!r}") from error
    if direction not in ("request", "response"):
        raise CorpusError(f"{where}: the direction {direction!r} is neither request nor response")
    try:
        body = json.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CorpusError(f"{where}: {name}: {error}") from error
    return Entry(name, endpoint, direction, verdict, why, body)
