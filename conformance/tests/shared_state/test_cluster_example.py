"""The example of a cluster: its plain commands run, and its containers are made of what is there."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from servers import PostgresServer, RedisServer, free_port, unprivileged

ROOT = Path(__file__).resolve().parents[3]
CLUSTER = ROOT / "examples/cluster"
PAGES = ("README.md", "README.zh-CN.md")
PORTS = ("6390", "5440", "8088")


def blocks(page: str, language: str) -> list[str]:
    text = (CLUSTER / page).read_text(encoding="utf-8")
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.M | re.S)
    return [block for kind, block in found if kind == language]


def test_both_languages_show_the_same_commands() -> None:
    for language in ("shell", ""):
        english, chinese = (blocks(page, language) for page in PAGES)
        assert english == chinese
        assert english


@pytest.fixture
def ports() -> dict[str, str]:
    return {port: str(free_port()) for port in PORTS}


@pytest.fixture
def commands(ports: dict[str, str]) -> list[str]:
    """The blocks of the page, on ports that are free."""
    return [
        re.sub("|".join(PORTS), lambda found: ports[found[0]], block) for block in blocks(PAGES[0], "shell")
    ]


@pytest.fixture
def servers(
    commands: list[str], redis_server: RedisServer, postgres_server: PostgresServer
) -> Iterator[None]:
    """Redis and PostgreSQL as the page starts and ends them. That both are here the other fixtures have seen to."""
    folder = Path(tempfile.mkdtemp(prefix="wecom-cluster-"))
    options = unprivileged(folder)

    def run(block: str) -> None:
        path = os.pathsep.join([os.environ["PATH"], *map(str, Path("/usr/lib/postgresql").glob("*/bin"))])
        done = subprocess.run(
            ["bash", "-ec", block],
            **options,
            env={"PATH": path, "PWD": str(folder)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    try:
        run(commands[0])
        yield
    finally:
        run(commands[-1])
        shutil.rmtree(folder)


def test_the_plain_commands_run(commands: list[str], servers: None, tmp_path: Path) -> None:
    start, send, end = commands[1:-1]
    work = tmp_path / "cluster"
    shutil.copytree(CLUSTER, work)
    programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    path = os.pathsep.join([os.environ["PYTHONPATH"], *sys.path])
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WECOM_")}
    # A second time there is nothing left to be sent.
    script = f"{start}{send}{send}{end}wait"
    with (tmp_path / "out").open("wb") as out, (tmp_path / "log").open("wb") as log:
        shell = subprocess.Popen(
            ["bash", "-ec", script],
            cwd=work,
            env={**kept, "PATH": programs, "PYTHONPATH": path},
            stdout=out,
            stderr=log,
            start_new_session=True,
        )
    try:
        shell.wait(300)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(shell.pid, signal.SIGKILL)  # of what a failure has left there
        shell.wait(60)
        output = (tmp_path / "out").read_text()
        told = output + (tmp_path / "log").read_text(errors="replace")
        print(told)
    (shown,) = [block for block in blocks(PAGES[0], "") if "recipients" in block]
    # Each worker says who it is when it is up, which may be between two of these lines.
    lines = shown.splitlines()
    assert [line for line in output.splitlines() if line in lines][: len(lines)] == lines, told
    assert "0 calls in the queue" in output, told
    rows = (work / "spring-2027.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert len(rows) == 12
    assert all(",accepted," in row for row in rows)


class TestContainers:
    services: Any = yaml.safe_load((CLUSTER / "compose.yaml").read_text(encoding="utf-8"))["services"]

    def instructions(self) -> list[tuple[str, str]]:
        lines = (CLUSTER / "Dockerfile").read_text(encoding="utf-8").splitlines()
        return [
            (name, rest) for name, _, rest in (line.partition(" ") for line in lines) if name and name != "#"
        ]

    def test_what_is_built_is_there(self) -> None:
        for service in self.services.values():
            if "build" in service:
                assert (CLUSTER / service["build"]["context"]).resolve() == ROOT
                assert (ROOT / service["build"]["dockerfile"]).is_file()
            for volume in service.get("volumes", []):
                source = volume.split(":")[0]
                assert not source.startswith(".") or (CLUSTER / source).exists()

    def test_workers_have_all_that_their_program_asks_the_environment_for(self) -> None:
        wanted = set(re.findall(r'os\.environ(?:\.get)?[\[(]"(\w+)"', (CLUSTER / "tasks.py").read_text()))
        assert len(wanted) == 5
        assert set(self.services["worker"]["environment"]) == wanted
        assert self.services["send"]["environment"] == self.services["worker"]["environment"]
        exported = set(re.findall(r"(\w+)=", blocks(PAGES[0], "shell")[1]))
        assert exported == wanted

    def test_the_commands_are_those_of_the_page(self) -> None:
        page = "\n".join(blocks(PAGES[0], "shell"))
        (worker,) = [json.loads(rest) for name, rest in self.instructions() if name == "CMD"]
        assert " ".join(worker[:4]) in page
        send = [part.removeprefix("/example/") for part in self.services["send"]["command"]]
        assert " ".join(send) in page

    def test_only_the_mock_is_reached_and_from_this_machine_alone(self) -> None:
        ports = {name: service["ports"] for name, service in self.services.items() if "ports" in service}
        assert ports == {"wecom-mock": ["127.0.0.1:8088:8088"]}

    def test_what_is_copied_is_let_through_and_nobody_has_rights(self) -> None:
        ignored = (CLUSTER / "Dockerfile.dockerignore").read_text().splitlines()
        let_through = [line[1:] for line in ignored if line.startswith("!")]
        assert all((ROOT / path).exists() for path in let_through)
        assert set(let_through) - {"examples/cluster"} == {
            line[1:]
            for line in (ROOT / "deploy/Dockerfile.dockerignore").read_text().splitlines()
            if line[0] == "!"
        } - {"deploy/requirements.txt"}
        sources = [
            source
            for name, rest in self.instructions()
            if name == "COPY" and not rest.startswith("--")
            for source in rest.split()[:-1]
        ]
        assert all((ROOT / source).exists() for source in sources)
        (user,) = [rest for name, rest in self.instructions() if name == "USER"]
        assert all(part.isdigit() and int(part) > 0 for part in user.split(":"))

    def test_the_image_has_what_the_extras_need_in_the_tested_versions(self) -> None:
        text = (CLUSTER / "requirements.txt").read_text(encoding="utf-8")
        listed = dict(re.findall(r"^([a-z0-9-]+)(?:\[\w+\])?==([^ ;]+)", text, re.M))
        tested = (ROOT / "requirements/dev.txt").read_text(encoding="utf-8")
        for name, version in listed.items():
            assert re.search(rf"^{re.escape(name)}(\[\w+\])?=={re.escape(version)}[ ;]", tested, re.M), name

        def needed(name: str, *extras: str) -> Iterator[str]:
            for line in distribution(name).requires or []:
                one = Requirement(line)
                if one.marker is None or any(
                    one.marker.evaluate({"extra": extra}) for extra in extras or ("",)
                ):
                    yield one.name.lower().replace("_", "-")
                    yield from needed(one.name, *one.extras)

        assert set(needed("wecom-openapi", "celery", "postgres", "redis")) <= set(listed)
        assert text.count("--hash=sha256:") >= len(listed)
