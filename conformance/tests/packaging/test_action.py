"""The action for a team's own workflow: its steps, taken out of it and run as a runner would, against the mock."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parents[1] / "suite"))  # servers with a fault

import faulty_mock as planted
from program_site import SETTINGS, serving

ROOT = Path(__file__).resolve().parents[3]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action/action.yml").read_text(encoding="utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"] if "name" in step}
INPUT = re.compile(r"\$\{\{ inputs\.([a-z-]+) \}\}")
CONTRACT = ROOT / "openapi/wecom/contract.yaml"


class Done(NamedTuple):
    """How a step ended: its exit status, what it printed, what it gave out, and what is on the page of the run."""

    status: int
    out: str
    given: str
    page: str


def run_step(name: str, folder: Path, environment: dict[str, str], **inputs: str) -> Done:
    """One step of the action, with the inputs that are named and the defaults of the others."""
    unknown = {given.replace("_", "-") for given in inputs} - ACTION["inputs"].keys()
    assert not unknown
    chosen = {key: str(one["default"]) for key, one in ACTION["inputs"].items()}
    chosen |= {key.replace("_", "-"): value for key, value in inputs.items()}
    step = STEPS[name]
    own = {
        key: INPUT.sub(lambda found: chosen[found[1]], value).replace(
            "${{ github.action_path }}", str(ROOT / "action")
        )
        for key, value in step["env"].items()
    }
    output, page = folder / "output", folder / "summary.md"
    for file in (output, page):
        file.write_text("", encoding="utf-8")
    done = subprocess.run(
        # The shell that `shell: bash` means.
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
        cwd=folder,
        env={**environment, **own, "GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(page)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return Done(
        done.returncode,
        done.stdout + done.stderr,
        output.read_text(encoding="utf-8"),
        page.read_text(encoding="utf-8"),
    )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment after the step that installs; what the package needs is here already, so pip leaves it out."""
    folder = tmp_path_factory.mktemp("action")
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "WECOM_"))}
    pip = {"PIP_TARGET": f"{folder / 'site'}", "PIP_NO_DEPS": "1", "PIP_NO_INDEX": "1"}
    # Of pip's switches, this one is the wrong way round in the environment.
    pip["PIP_NO_BUILD_ISOLATION"] = "0"
    done = run_step("install", folder, {**kept, **pip, "PATH": programs})
    assert done.status == 0, done.out
    assert (folder / "site/wecom_conformance/contract.yaml").is_file()
    path = os.pathsep.join([str(folder / "site"), os.environ.get("PYTHONPATH", "")])
    programs = f"{folder / 'site/bin'}{os.pathsep}{programs}"
    return {**kept, "PATH": programs, "PYTHONPATH": path, "WECOM_CORPSECRET": "demo", "PYTHONUTF8": "1"}


@pytest.fixture
def step(installed: dict[str, str], tmp_path: Path) -> Callable[..., Done]:
    (tmp_path / "company.yaml").write_text(yaml.safe_dump(SETTINGS), encoding="utf-8")
    return lambda **inputs: run_step("run", tmp_path, installed, **inputs)


def test_it_conforms_to_what_a_runner_takes() -> None:
    assert ACTION["runs"]["using"] == "composite"
    for one in ACTION["runs"]["steps"]:
        assert ("uses" in one) != ("run" in one)
        if "run" in one:
            assert one["shell"] == "bash"
            # An input in the text of a script would be a part of the script.
            assert "${{" not in one["run"]
        else:
            assert re.fullmatch(r"actions/[a-z-]+@v\d+", one["uses"])
    named = set(INPUT.findall(yaml.safe_dump(ACTION))) | {"artifact"}
    assert named == ACTION["inputs"].keys()
    assert all(one["description"] and one["default"] is not None for one in ACTION["inputs"].values())
    assert STEPS["keep the reports"]["if"].startswith("${{ always() ")


def test_a_server_that_conforms_and_its_recording(step: Callable[..., Done], tmp_path: Path) -> None:
    common = {"settings": "company.yaml", "operations": "gettoken", "examples": "3", "seed": "2"}
    with serving() as server:
        done = step(base_url=server.base_url, options="--workers 1  --rate 1000/s", report="first", **common)
    assert (done.status, done.given) == (0, "status=0\n"), done.out
    assert "\nconforms: 0 violations\n" in done.page
    assert "::error" not in done.out
    assert {path.name for path in (tmp_path / "first").iterdir()} == {
        *("report.html", "report.json", "junit.xml", "traffic.har"),
        *("schemathesis-cassette.yaml", "schemathesis-events.ndjson"),
    }
    assert "seed 2, 3 drawn" in (tmp_path / "first/report.json").read_text(encoding="utf-8")
    done = step(har="first/traffic.har")
    # A test of a server sends what no client should.
    assert (done.status, done.given) == (1, "status=1\n")
    assert "::error file=" in done.out


def test_a_violation_is_shown_at_its_rule(step: Callable[..., Done], tmp_path: Path) -> None:
    with serving(planted.forgives("gettoken.corpid.empty")) as server:
        common = {"settings": "company.yaml", "operations": "gettoken", "examples": "3"}
        done = step(base_url=server.base_url, options="--workers 1\n--seed 3\n", **common)
    assert (done.status, done.given) == (1, "status=1\n")
    found = re.search(r"^::error file=(.+),line=(\d+),title=WC201 [^:]+::", done.out, re.M)
    assert found is not None, done.out
    place = (tmp_path / found[1]).resolve()
    assert place.read_bytes() == CONTRACT.read_bytes()
    line = place.read_text(encoding="utf-8").splitlines()[int(found[2]) - 1]
    assert "id: gettoken.corpid.empty" in line
    told = (tmp_path / "wecom-conformance-report/report.json").read_text(encoding="utf-8")
    assert "seed 3, 3 drawn" in told  # an option of the second line
    assert (tmp_path / "wecom-conformance-report/report.html").is_file()
    assert "violations:" in done.page


@pytest.mark.parametrize("inputs", [{}, {"base_url": "http://127.0.0.1:1", "har": "x.har"}])
def test_one_of_server_and_recording(step: Callable[..., Done], inputs: dict[str, str]) -> None:
    done = step(**inputs)
    assert (done.status, done.given) == (2, "status=2\n")
    assert "::error title=wecom-conformance::give either base-url or har" in done.out


def test_an_input_is_no_part_of_the_script(step: Callable[..., Done], tmp_path: Path) -> None:
    mark = '$(touch owned); touch owned; "`touch owned`" * --help'
    done = step(har=mark, operations=mark, options=mark)
    assert (done.status, done.given) == (2, "status=2\n")
    assert not (tmp_path / "owned").exists()


def test_our_own_workflow_uses_it_against_the_mock() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))
    steps = workflow["jobs"]["action"]["steps"]
    (own,) = [one for one in steps if one.get("uses") == "./action"]
    assert own["with"].keys() <= ACTION["inputs"].keys()
    assert (ROOT / own["with"]["settings"]).is_file()


@pytest.mark.parametrize("page", ["conformance.md", "conformance.zh-CN.md"])
def test_the_page_names_every_input_and_shows_one_that_works(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    for name in (*ACTION["inputs"], *ACTION["outputs"]):
        assert f"`{name}`" in text, name
    (shown,) = re.findall(r"^```yaml\n(.*?)^```", text, re.M | re.S)
    *_, step = yaml.safe_load(shown)["jobs"]["conformance"]["steps"]
    assert step["with"].keys() <= ACTION["inputs"].keys()
