"""The recipe for a container: Docker is not needed to see that its parts are there and that its command runs."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[3]
DEPLOY = ROOT / "deploy"
KNOWN = {"FROM", "COPY", "RUN", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD"}
PAGES = ("docs/mock-service.md", "docs/mock-service.zh-CN.md")


def instructions() -> list[tuple[str, str]]:
    lines = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines()
    found = [line.partition(" ") for line in lines if line and not line.startswith("#")]
    return [(name, rest) for name, _, rest in found]


def command(name: str) -> list[str]:
    (rest,) = [rest for each, rest in instructions() if each == name]
    found: list[str] = json.loads(rest)
    return found


def requirements() -> dict[str, str]:
    text = (DEPLOY / "requirements.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ;]+)", text, re.M))


class TestDockerfile:
    def test_every_instruction_is_known_and_every_command_needs_no_shell(self) -> None:
        assert {name for name, _ in instructions()} == KNOWN
        for name, rest in instructions():
            if name in {"RUN", "ENTRYPOINT", "CMD"}:
                parts = json.loads(rest)
                assert parts
                assert all(isinstance(part, str) for part in parts)

    def test_it_stands_on_the_slim_image_of_the_oldest_python_that_is_supported(self) -> None:
        images = [rest.split()[0] for name, rest in instructions() if name == "FROM"]
        oldest = re.search(r'requires-python = ">=([\d.]+)"', (ROOT / "pyproject.toml").read_text())
        assert oldest is not None
        assert images == [f"python:{oldest[1]}-slim"] * 2

    def test_the_server_is_nobody_with_rights(self) -> None:
        names = [name for name, _ in instructions()]
        (user,) = [rest for name, rest in instructions() if name == "USER"]
        assert all(part.isdigit() and int(part) > 0 for part in user.split(":"))
        assert names.index("USER") < names.index("ENTRYPOINT")
        assert "RUN" not in names[names.index("USER") :]

    def test_the_port_and_the_place_of_the_state_are_the_same_everywhere(self) -> None:
        entry, rest = command("ENTRYPOINT"), dict(instructions())
        port = entry[entry.index("--port") + 1]
        assert entry[entry.index("--host") + 1] == "0.0.0.0"
        assert rest["EXPOSE"] == port
        assert f"('127.0.0.1', {port})" in rest["HEALTHCHECK"]
        assert command("CMD")[1].startswith(f"{rest['VOLUME']}/")

    def test_what_is_copied_is_there_and_is_let_through(self) -> None:
        shown = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
        let_through = [line[1:] for line in shown if line.startswith("!")]
        assert all((ROOT / path).exists() for path in let_through)
        assert "deploy/requirements.txt" in let_through
        build = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("[tool.hatch.build]")[0]
        needed = re.findall(r'^    "([^"=]+/[^"]+)",$', build, re.M) + re.findall(
            r'^"(.+/.+)" = "wecom', build, re.M
        )
        assert len(needed) == 8
        assert set(needed) <= set(let_through)

    def test_the_image_has_what_the_extra_needs_in_the_tested_versions(self) -> None:
        listed, tested = requirements(), (ROOT / "requirements/dev.txt").read_text(encoding="utf-8")
        for name, version in listed.items():
            assert re.search(rf"^{re.escape(name)}=={re.escape(version)}[ ;]", tested, re.M), name

        def needed(name: str, extra: str = "") -> Iterator[str]:
            for text in distribution(name).requires or []:
                one = Requirement(text)
                if one.marker is None or one.marker.evaluate({"extra": extra}):
                    yield one.name.lower().replace("_", "-")
                    yield from needed(one.name)

        assert set(needed("wecom-openapi", "mock")) <= set(listed)
        text = (DEPLOY / "requirements.txt").read_text(encoding="utf-8")
        assert "://" not in text
        assert text.count("--hash=sha256:") >= len(listed)


class TestCompose:
    def test_it_builds_the_dockerfile_and_is_reached_from_this_machine_alone(self) -> None:
        service = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"][
            "wecom-mock"
        ]
        assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).is_file()
        port = dict(instructions())["EXPOSE"]
        assert service["ports"] == [f"127.0.0.1:{port}:{port}"]
        assert service["volumes"] == [f"state:{dict(instructions())['VOLUME']}"]
        assert service["command"][:2] == command("CMD")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, installed by pip into a folder of its own as in the Dockerfile; what it needs is here already."""
    folder = tmp_path_factory.mktemp("recipe")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    install = [*pip, "install", "--no-deps", "--no-index", "--target", str(folder / "site"), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    return folder / "site"


def environment(site: Path) -> dict[str, str]:
    path = os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")])
    programs = os.pathsep.join([str(site / "bin"), os.environ["PATH"]])
    return {**os.environ, "PYTHONPATH": path, "PATH": programs, "NO_PROXY": "*"}


def free_port() -> str:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return str(listener.getsockname()[1])


def created(process: subprocess.Popen[str]) -> Any:
    """Create a task as the printed commands say, and see where the package comes from."""
    assert process.stdout is not None
    first = process.stdout.readline()
    assert first.startswith("WeCom mock on "), process.communicate()
    with httpx.Client(base_url=first.strip().removeprefix("WeCom mock on "), trust_env=False) as client:
        query = {"corpid": "wwdemo", "corpsecret": "demo"}
        token = client.get("/cgi-bin/gettoken", params=query).json()["access_token"]
        body = {"sender": "zhangsan", "text": {"content": "hello"}}
        path = "/cgi-bin/externalcontact/add_msg_template"
        return client.post(path, params={"access_token": token}, json=body).json()


def test_the_very_command_of_the_image_runs(installed: Path, tmp_path: Path) -> None:
    """Only the address and port, as a test keeps to loopback, and the place of the volume are other ones."""
    port = dict(instructions())["EXPOSE"]
    line = [*command("ENTRYPOINT"), *command("CMD")]
    other = {port: "0", "0.0.0.0": "127.0.0.1"}
    line = [other.get(part, part.replace("/state/", f"{tmp_path}/")) for part in line]
    env = environment(installed)
    assert shutil.which(line[0], path=env["PATH"]) == str(installed / "bin" / "wecom-mock")
    msgids = set()
    for _ in range(2):
        process = subprocess.Popen(
            line, cwd=tmp_path, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        try:
            answer = created(process)
            assert answer["errcode"] == 0
            msgids.add(answer["msgid"])
            # What docker stop sends to the first process of the container.
            process.send_signal(signal.SIGTERM)
            _, told = process.communicate(timeout=60)
            assert (process.returncode, told) == (0, "")
        finally:
            if process.poll() is None:
                process.kill()
                process.communicate()
    # The second run went on with the numbers of the first.
    assert len(msgids) == 2
    assert (tmp_path / "wecom.sqlite").is_file()


class TestActions:
    def snippets(self, page: str) -> list[Any]:
        text = (ROOT / page).read_text(encoding="utf-8")
        return [yaml.safe_load(block) for block in re.findall(r"^```yaml\n(.*?)^```", text, re.M | re.S)]

    def test_both_languages_show_the_same(self) -> None:
        english, chinese = ((ROOT / page).read_text(encoding="utf-8") for page in PAGES)
        for pattern in (r"^```\w+\n(.*?)^```", r"^\| (`--\w+)", r"^(#+) "):
            assert re.findall(pattern, english, re.M | re.S) == re.findall(pattern, chinese, re.M | re.S)

    @pytest.mark.parametrize("page", PAGES)
    def test_links_lead_somewhere(self, page: str) -> None:
        links = re.findall(r"\]\(([^)#]+)\)", (ROOT / page).read_text(encoding="utf-8"))
        assert len(links) >= 5
        assert all((ROOT / page).parent.joinpath(link).exists() for link in links)

    def test_the_service_has_the_port_of_the_image(self) -> None:
        port = dict(instructions())["EXPOSE"]
        _, service = self.snippets(PAGES[0])
        assert service["jobs"]["test"]["services"]["wecom"]["ports"] == [f"{port}:{port}"]

    @pytest.mark.skipif(
        shutil.which("curl") is None or shutil.which("timeout") is None,
        reason="no curl or timeout here; the command itself is run above",
    )
    def test_the_steps_of_the_snippet_run(self, installed: Path, tmp_path: Path) -> None:
        steps, _ = self.snippets(PAGES[0])
        lines = [step["run"] for step in steps["jobs"]["test"]["steps"] if "run" in step]
        assert lines[0] == "pip install 'wecom-openapi[mock]'"
        script = "\n".join(lines[1:]).replace("8088", free_port())
        done = subprocess.run(
            ["bash", "-ec", f"{script}\nkill %1; wait"],
            cwd=tmp_path,
            env=environment(installed),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["errcode"] == 0
