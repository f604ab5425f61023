"""One change of the API, followed through a copy of the project: build it anew, and ask every output about it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pipeline.comparison import bump, compare

OVERLAY = "openapi/wecom/corrections/99-change.overlay.yaml"
PROFILE = "openapi/wecom/api.toml"
CONTRACT = "openapi/wecom/contract.yaml"
PAGE = "openapi/wecom/vendor/2025-11-17/add_msg_template.yaml"
NEWEST = "2026-12-01"
CAPTURE = f"openapi/wecom/vendor/{NEWEST}/add_msg_template.yaml"
EVIDENCE = [{"source": "project", "date": "2026-11-22", "confidence": "I"}]

PROGRAM = r"""
import importlib, inspect, json, pathlib, sys
import httpx
import wecom_client, wecom_contract, wecom_mock, wecom_openapi
import wecom_client.models
from wecom_client.operations import OPERATIONS
from wecom_mock.server import MockServer
from wecom_openapi import WeCom, WeComError

asked = json.loads(sys.argv[1])


class Recorder(httpx.HTTPTransport):
    def handle_request(self, request):
        if "gettoken" not in request.url.path:
            sent.append(request.read().decode("utf-8"))
        return super().handle_request(request)


def value(node):
    # {"$model": "Link", "fields": {...}} stands for a model of the generated client
    if isinstance(node, dict) and "$model" in node:
        model = getattr(wecom_client.models, node["$model"])
        return model(**{name: value(child) for name, child in node["fields"].items()})
    if isinstance(node, dict):
        return {name: value(child) for name, child in node.items()}
    return [value(child) for child in node] if isinstance(node, list) else node


def judged(operation, body):
    posted = httpx.post(
        mock.base_url + OPERATIONS[operation].path, params={"access_token": token},
        content=json.dumps(body, ensure_ascii=False).encode(),
    )
    return {
        "contract": [v.rule for v in wecom_contract.check(operation, body) if v.severity == "error"],
        "client": [v.rule for v in wecom_openapi.validate(operation, body) if v.severity == "error"],
        "mock": posted.json()["errcode"],
        "answer": posted.json(),
        "example": posted.headers.get("x-mock-example"),
    }


def called(operation, keywords):
    sent.clear()
    try:
        answer = getattr(wecom, operation)(**{name: value(given) for name, given in keywords.items()})
    except (WeComError, TypeError, AttributeError) as error:
        return {"sent": list(sent), "raised": f"{type(error).__name__}: {error}"}
    return {"sent": [json.loads(body) for body in sent], "answer": answer.to_dict()}


def parameters(name):
    if name in OPERATIONS:
        return list(inspect.signature(getattr(WeCom, name)).parameters)
    return list(inspect.signature(getattr(wecom_client.models, name)).parameters)


sent = []
with MockServer() as mock, WeCom(
    "wwdemo", "demo", base_url=mock.base_url, transport=Recorder()
) as wecom:
    token = httpx.get(
        mock.base_url + "/cgi-bin/gettoken", params={"corpid": "wwdemo", "corpsecret": "demo"}
    ).json()["access_token"]
    print(json.dumps({
        "packages": [pathlib.Path(m.__file__).parent.as_posix()
                     for m in (wecom_client, wecom_contract, wecom_mock, wecom_openapi)],
        "judged": [judged(*one) for one in asked["judge"]],
        "called": [called(*one) for one in asked["call"]],
        "parameters": {name: parameters(name) for name in asked["parameters"]},
        "answers": [[v.rule for v in wecom_contract.check_response(*one)] for one in asked["answers"]],
    }))
"""


class _Plain(yaml.SafeDumper):
    """Without aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the outputs say after the change."""

    news: list[str]
    """What the build said that it changed."""
    document: Mapping[str, Any]
    """The contract."""
    judged: list[dict[str, Any]]
    called: list[dict[str, Any]]
    parameters: dict[str, list[str]]
    answers: list[list[str]]
    changes: list[tuple[str, tuple[str, ...]]]
    """Each change as place and what, and whom it breaks."""
    bump: str


class Flow:
    """A copy of the project in which one thing changes.

    Args:
        copy: the copy, as the fixture of that name gives it.
    """

    def __init__(self, copy: Any) -> None:
        self.copy = copy
        self._before = yaml.load(self.text(CONTRACT), Loader=yaml.CSafeLoader)
        self._stood = {name: content for name, (_, content) in copy.state().items()}

    def text(self, file: str) -> str:
        return Path(self.copy.root / file).read_text(encoding="utf-8")

    def page(self, operation: str) -> str:
        """The reference page of an operation."""
        return self.text(f"docs/reference/{operation}.md")

    def correct(self, *actions: Mapping[str, Any]) -> None:
        """Add one correction file: target and update or remove of each action."""
        made = [
            {
                "x-name": f"change {number}",
                "x-why": "The vendor changed it.",
                "x-evidence": EVIDENCE,
                **action,
            }
            for number, action in enumerate(actions)
        ]
        overlay = {"overlay": "1.1.0", "info": {"title": "A change", "version": "1.0.0"}, "actions": made}
        text = yaml.dump(overlay, Dumper=_Plain, allow_unicode=True)
        self.add_correction(Path(OVERLAY).name, text)

    def add_correction(self, name: str, text: str) -> None:
        """Write a correction file, and let the profile name it last."""
        file = self.copy.root / "openapi/wecom/corrections" / name
        if not file.exists():
            last = re.findall(r'^    "corrections/[^"]+",\n', self.text(PROFILE), re.M)[-1]
            self.copy.replace(PROFILE, last, f'{last}    "corrections/{name}",\n')
        file.write_text(text, encoding="utf-8")

    def capture(self, *edits: tuple[str, str]) -> None:
        """Add one vendor document: the newest one with some of its text replaced. The contract is built from it."""
        text = self.text(PAGE)
        for old, new in edits:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        (self.copy.root / CAPTURE).parent.mkdir()
        (self.copy.root / CAPTURE).write_text(text, encoding="utf-8")
        listed = '2025-11-17 = "vendor/2025-11-17/add_msg_template.yaml"\n'
        entry = f'{NEWEST} = "{CAPTURE.removeprefix("openapi/wecom/")}"\n'
        self.copy.replace(PROFILE, listed, listed + entry)
        self.copy.replace(PROFILE, 'current = "2025-11-17"', f'current = "{NEWEST}"')

    def drop_older_captures(self) -> None:
        """Let the profile name the newest one alone."""
        for date in ("2022-08-30", "2025-11-17"):
            self.copy.replace(PROFILE, f'{date} = "vendor/{date}/add_msg_template.yaml"\n', "")

    def build(self) -> str:
        """What the build says, whether it fails or not."""
        done = self.copy.pipeline("regenerate", "--quiet")
        assert (done.returncode == 0) == (done.stderr == "")
        said: str = done.stdout + done.stderr
        return said

    def follow(
        self,
        *,
        judge: Sequence[tuple[str, Any]] = (),
        call: Sequence[tuple[str, Mapping[str, Any]]] = (),
        parameters: Sequence[str] = (),
        answers: Sequence[tuple[str, Any]] = (),
    ) -> Outcome:
        """Regenerate, and ask the new outputs.

        Args:
            judge: operation and body, for the contract, the client and a running mock.
            call: operation and keywords, sent by the new client to the new mock.
            parameters: methods and models whose parameters are wanted.
            answers: operation and answer, for the contract.
        """
        done = self.copy.pipeline("regenerate", "--quiet")
        assert done.returncode == 0, done.stderr
        asked = {"judge": judge, "call": call, "parameters": parameters, "answers": answers}
        ran = self.copy.python("-c", PROGRAM, json.dumps(asked))
        assert ran.returncode == 0, ran.stderr
        said = json.loads(ran.stdout)
        folders = ("generated/wecom_client", "openapi/wecom_contract")
        others = ("conformance/wecom_mock", "overrides/wecom_openapi")
        assert said["packages"] == [f"{self.copy.root}/{place}" for place in (*folders, *others)]
        self._untouched()
        contract = yaml.load(self.text(CONTRACT), Loader=yaml.CSafeLoader)
        found = compare(self._before, contract)
        return Outcome(
            news=[line for line in done.stdout.splitlines() if "no longer needed" not in line],
            document=contract,
            judged=said["judged"],
            called=said["called"],
            parameters=said["parameters"],
            answers=said["answers"],
            changes=[(": ".join(filter(None, (c.kind, c.place, c.what))), c.breaks) for c in found],
            bump=bump(found),
        )

    def _untouched(self) -> None:
        """Nothing but outputs, the new sources and the profile is another than it was: no code was edited."""
        sources = ("openapi/pipeline/", "openapi/templates/", "overrides/", "conformance/")
        now = {name: content for name, (_, content) in self.copy.state().items()}
        assert {name: text for name, text in now.items() if name.startswith(sources)} == {
            name: text for name, text in self._stood.items() if name.startswith(sources)
        }
