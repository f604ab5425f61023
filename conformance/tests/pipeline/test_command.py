"""The build as a program, on a copy of the project: what it says, what it leaves, and when it fails."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.__main__ import main
from pipeline.config import Api
from pipeline.errcodes import read_errcodes
from pipeline.errors import PipelineError

REPOSITORY = Path(__file__).resolve().parents[3]
PAGE_2022 = "openapi/wecom/vendor/2022-08-30/add_msg_template.yaml"
PAGE_2025 = "openapi/wecom/vendor/2025-11-17/add_msg_template.yaml"
CORRECTIONS = "openapi/wecom/corrections"
LIMITS = f"{CORRECTIONS}/50-limits.overlay.yaml"
CONDITIONS = f"{CORRECTIONS}/60-conditions.overlay.yaml"
ANSWERS = f"{CORRECTIONS}/70-answers.overlay.yaml"
PROFILE = "openapi/wecom/api.toml"
CODES = "openapi/wecom/errcodes.yaml"
SENDER = "                sender:\n                  type: string\n"
FILE_ID = "$.components.schemas.File.properties.media_id"
STEPS = [
    "· contract from the page of 2022-08-30",
    "· contract from the page of 2025-11-17",
    "· client",
    "· gates",
]


def test_nothing_changed(copy: Any) -> None:
    """Built again from the same sources, no file is written, not even with the same content."""
    before = copy.state()
    done = copy.pipeline("regenerate")
    assert done.returncode == 0, done.stderr
    *unnecessary, last = done.stdout.splitlines()
    assert last == "nothing changed"
    assert len(unnecessary) == 11
    assert all(line.startswith("page of 2025-11-17: no longer needed: ") for line in unnecessary)
    assert done.stderr.splitlines() == STEPS
    assert copy.state() == before


def test_no_drift(copy: Any) -> None:
    before = copy.state()
    done = copy.pipeline("check", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "no drift\n", "")
    assert copy.state() == before


def test_drift_is_named_and_mended(copy: Any) -> None:
    """Every kind of it at once: `check` names each file and changes none, `regenerate` makes them all right again."""
    right = {name: content for name, (_, content) in copy.state().items()}
    root: Path = copy.root
    append(root / "generated/wecom_client/models/link.py", "# by hand\n")
    append(root / "openapi/wecom_contract/data/rules.json", " ")
    append(root / "docs/reference/README.md", "By hand.\n")
    # Somebody merged two branches and took both.
    copy.replace("openapi/wecom/contract.yaml", "openapi: 3.1.1\n", "<<<<<<< ours\nopenapi: 3.1.1\n=======\n")
    (root / "generated/wecom_client/models/stray.py").write_text("x = 1\n", encoding="utf-8")
    (root / "generated/wecom_client/more/deep").mkdir(parents=True)
    (root / "generated/wecom_client/more/deep/stray.json").write_text("{}", encoding="utf-8")
    (root / "docs/reference/old_call.md").write_text("# gone\n", encoding="utf-8")
    (root / "generated/wecom_client/api/token/gettoken.py").unlink()
    (root / "openapi/wecom_contract/data/errcodes.json").unlink()
    dirty = copy.state()

    done = copy.pipeline("check", "--quiet")
    assert done.returncode == 1
    assert sorted(done.stdout.splitlines()) == [
        "docs/reference/README.md: differs",
        "docs/reference/old_call.md: not made by the build",
        "generated/wecom_client/api/token/gettoken.py: missing",
        "generated/wecom_client/models/link.py: differs",
        "generated/wecom_client/models/stray.py: not made by the build",
        "generated/wecom_client/more/deep/stray.json: not made by the build",
        "openapi/wecom/contract.yaml: differs",
        "openapi/wecom_contract/data/errcodes.json: missing",
        "openapi/wecom_contract/data/rules.json: differs",
    ]
    assert done.stderr == "error: 9 files have drifted; run `make regenerate` and commit what it writes\n"
    assert copy.state() == dirty

    done = copy.pipeline("regenerate", "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "contract: the one that stood here is none; written anew"
    assert {name: content for name, (_, content) in copy.state().items()} == right


def test_what_can_not_be_written_is_one_line(copy: Any) -> None:
    """The last of the outputs can't be put in its place: the others stay as they were too."""
    copy.replace(LIMITS, "maxItems: 9\n", "maxItems: 10\n")
    copy.replace(PAGE_2025, "maxItems: 9\n", "maxItems: 10\n")
    (copy.root / "contract.lock").unlink()
    (copy.root / "contract.lock").mkdir()
    before = copy.state()
    done = copy.pipeline("regenerate", "--quiet")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"error: {copy.root}/contract.lock: is a folder where a file should be; nothing was written\n"
    )
    assert copy.state() == before


def test_an_interrupt_leaves_everything_as_it_was(copy: Any) -> None:
    copy.replace(
        PAGE_2022, "title: 创建企业群发", "title: 群发"
    )  # whatever is built, nothing of it is written
    before = copy.state()
    code = (
        "import runpy, signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell may have it ignored in the background
        "sys.argv = ['pipeline', 'regenerate']\n"
        "runpy.run_module('pipeline', run_name='__main__')\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=copy.root,
        env=copy.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stderr is not None
        seen = [process.stderr.readline().rstrip("\n")]
        while seen[-1] != "· client":
            assert seen[-1], "the build ended before it came to the client"
            seen.append(process.stderr.readline().rstrip("\n"))
        os.kill(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert out == ""
    assert err.splitlines()[-1] == "error: interrupted; nothing was written"
    assert "Traceback" not in err
    assert copy.state() == before


Refused = Callable[..., str]


@pytest.fixture
def refused(copy: Any, capsys: pytest.CaptureFixture[str]) -> Refused:
    """The line for a copy that was changed. Whatever fails does so in this process, long before anything is written."""

    def run(command: str = "regenerate", api: Path | None = None) -> str:
        before = copy.state()
        profile = api or copy.root / "openapi/wecom/api.toml"
        assert main([command, "--quiet", "--api", str(profile)]) == 1
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err.startswith("error: ")
        assert told.err.count("\n") == 1
        assert copy.state() == before
        return told.err.removeprefix("error: ").removesuffix("\n").replace(f"{copy.root}/", "")

    return run


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (PAGE_2022, "openapi: 3.1.1\n", "openapi: 3.1.1\n\t- x\n", f"{PAGE_2022}:6: not YAML: "),
        (PAGE_2022, "openapi: 3.1.1\n", "openapi: 2.0.0\n", f"{PAGE_2022}: not valid OpenAPI 3.1"),
        (PAGE_2022, "paths:\n", "path:\n", f"{PAGE_2022}: not an OpenAPI document: it has no paths"),
        (
            PAGE_2025,
            "https://qyapi.weixin.qq.com",
            "http://127.0.0.1",
            "10-page.overlay.yaml server.address: x-fixed-in 2025-11-17, but the page of 2025-11-17 doesn't say it",
        ),
        (
            PAGE_2022,
            SENDER,
            SENDER.replace("sender", "senders"),
            "components.schemas.AddMsgTemplateRequest.sender",
        ),
        (
            PAGE_2022,
            SENDER,
            f"{SENDER}                  maxLength: 64\n",
            "the page of 2022-08-30: gives another contract than that of 2025-11-17: line ",
        ),
        (PROFILE, "[gates]", "[gate]", f"{PROFILE}: unknown table [gate]"),
        (PROFILE, "ok = 0", "ok = 0\nhue = 1", f"{PROFILE}: unknown key envelope.hue"),
        (
            PROFILE,
            'current = "2025-11-17"',
            'current = "2024-01-01"',
            f"{PROFILE}: vendor.current is 2024-01-01, but vendor.documents has: 2022-08-30, 2025-11-17",
        ),
        (
            LIMITS,
            "overlay: 1.1.0",
            "overlay: 3.0.0",
            "50-limits.overlay.yaml: overlay must be one of 1.0.0, 1.1.0",
        ),
        (
            LIMITS,
            "maxItems: 9\n",
            "maxItem: 9\n",
            "attachments.x-rules.maxItems: there is no maxItems beside it",
        ),
        (
            LIMITS,
            FILE_ID,
            f"{FILE_ID}s",
            f"50-limits.overlay.yaml file.media_id.empty: target {FILE_ID}s matches nothing",
        ),
        (
            LIMITS,
            "errcode: 41064",
            "errcode: 12345",
            "rule attachments.max-items: names the code 12345, which errcodes.yaml doesn't have",
        ),
        (CONDITIONS, "x-expect: 9", "x-expect: 8", "60-conditions.overlay.yaml requests.closed: target "),
        (
            ANSWERS,
            "x-name: msgid.required",
            "x-name: msgid",
            "70-answers.overlay.yaml msgid: stands twice under this name, first in 70-answers.overlay.yaml",
        ),
        (CODES, "meanings:", "meaning:", f"{CODES}: must have evidence, family, meanings, and nothing else"),
    ],
)
def test_what_is_wrong_is_one_line_and_nothing_is_written(
    copy: Any, refused: Refused, file: str, old: str, new: str, says: str
) -> None:
    copy.replace(file, old, new)
    assert says in refused()


def test_check_fails_as_regenerate_does(copy: Any, refused: Refused) -> None:
    copy.replace(LIMITS, "x-name: sender.empty", "x-nam: sender.empty")
    assert refused("check") == refused("regenerate")


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (PAGE_2022, f"{PROFILE}: no such file: {PAGE_2022}"),
        (LIMITS, f"{PROFILE}: no such file: {LIMITS}"),
        (CODES, f"{PROFILE}: no such file: {CODES}"),
        (PROFILE, f"{PROFILE}: No such file or directory"),
    ],
)
def test_a_file_that_is_missing(copy: Any, refused: Refused, file: str, says: str) -> None:
    (copy.root / file).unlink()
    assert refused() == says


@pytest.mark.parametrize("content", [b"", b"[1, 2]", b"\xff\xfe", b"a: &a [*a]", b"[" * 200_000])
@pytest.mark.parametrize("file", [PAGE_2022, LIMITS, CODES])
def test_a_file_that_is_something_else(copy: Any, refused: Refused, file: str, content: bytes) -> None:
    (copy.root / file).write_bytes(content)
    assert Path(file).name in refused()


EVIDENCE = "evidence: [{source: table, date: '2024-04-08', confidence: V}]"
ENTRY = "zh: a, en: a, category: argument, effect: none, retry: never, action: a, action_zh: a"


@pytest.mark.parametrize(
    ("family", "says"),
    [
        ("family: 5", ": family must be a table"),
        (
            "family: {0: {zh: a}}",
            ": family 0: needs action, action_zh, category, effect, en, retry, zh, "
            "may have evidence, pause, renews_token, and nothing else",
        ),
        (
            f"family: {{0: {{{ENTRY}, more: a}}}}",
            ": family 0: needs action, action_zh, category, effect, en, retry, zh, may have "
            "evidence, pause, renews_token, and nothing else",
        ),
        (
            f"family: {{a: {{{ENTRY}}}}}",
            ": family a: needs action, action_zh, category, effect, en, retry, zh, may have "
            "evidence, pause, renews_token, and nothing else",
        ),
        (f"family: {{0: {{{ENTRY.replace('argument', '[]')}}}}}", ": family 0: every key has a text"),
        (f"family: {{0: {{{ENTRY.replace('zh: a,', 'zh: 1,', 1)}}}}}", ": family 0: every key has a text"),
        (
            f"family: {{0: {{{ENTRY.replace('argument', 'odd')}}}}}",
            ": family 0: category must be one of argument, audience, busy, cancelled, configuration, "
            "credential, dispatching, frequency, media, no-customers, ok, other, permission, "
            "task-unknown",
        ),
        (
            f"family: {{0: {{{ENTRY.replace('none', 'some')}}}}}",
            ": family 0: effect must be one of none, unknown",
        ),
        (
            f"family: {{0: {{{ENTRY.replace('never', 'soon')}}}}}",
            ": family 0: retry must be one of later, never, now",
        ),
        (
            f"family: {{0: {{{ENTRY}, renews_token: true}}}}",
            ": family 0: renews_token is the name of the parameter that carries the token",
        ),
        (
            f"family: {{0: {{{ENTRY}, renews_token: t}}}}",
            ": family 0: retry is now where renews_token stands, and nowhere else",
        ),
        (
            f"family: {{0: {{{ENTRY.replace('never', 'now')}}}}}",
            ": family 0: retry is now where renews_token stands, and nowhere else",
        ),
        (
            f"family: {{0: {{{ENTRY.replace('argument', 'ok').replace('none', 'unknown')}}}}}",
            ": family 0: a success has no unknown effect",
        ),
        (
            f"family: {{0: {{{ENTRY.replace('argument', 'ok').replace('never', 'later')}}}}}",
            ": family 0: a success is not repeated: retry must be never",
        ),
        (
            f"family: {{0: {{{ENTRY}, evidence: []}}}}",
            ": family 0: x-evidence must be a list of at least one {source, date, confidence}",
        ),
        (
            f"family: {{0: {{{ENTRY}, evidence: [{{source: table odd, date: '2024-04-08', confidence: V}}]}}}}",
            ": family 0: evidence names the source odd, which x-sources doesn't have",
        ),
        (
            f"family: {{5: {{{ENTRY}}}}}",
            ": meanings 5: must be a number that family doesn't have, with a text",
        ),
    ],
)
def test_codes_that_are_none(api: Api, tmp_path: Path, family: str, says: str) -> None:
    codes = tmp_path / "errcodes.yaml"
    codes.write_text(f"{EVIDENCE}\n{family}\nmeanings: {{5: a}}\n", encoding="utf-8")
    with pytest.raises(PipelineError) as caught:
        read_errcodes(replace(api, errcodes=codes), {"table": {}})
    assert str(caught.value) == f"{codes}{says}"


def test_a_code_has_the_evidence_of_the_table_or_its_own(api: Api, tmp_path: Path) -> None:
    codes = tmp_path / "errcodes.yaml"
    own = "evidence: [{source: notes, date: '2025-01-01', confidence: L}]"
    family = f"family: {{1: {{{ENTRY}}}, 2: {{{ENTRY}, {own}}}}}"
    codes.write_text(f"{EVIDENCE}\n{family}\nmeanings: {{3: a}}\n", encoding="utf-8")
    table = read_errcodes(replace(api, errcodes=codes), {"table": {}, "notes": {}})
    assert [[one["source"] for one in table[code].get("evidence", [])] for code in table] == [
        ["table"],
        ["notes"],
        [],
    ]
    with pytest.raises(PipelineError) as caught:
        read_errcodes(replace(api, errcodes=codes), {"notes": {}})
    assert str(caught.value) == (
        f"{codes}: family 1: evidence names the source table, which x-sources doesn't have"
    )


def test_another_profile_is_named_on_the_command_line(copy: Any, refused: Refused, tmp_path: Path) -> None:
    assert refused(api=tmp_path / "none.toml") == f"{tmp_path}/none.toml: No such file or directory"


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
