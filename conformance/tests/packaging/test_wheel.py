"""The wheel holds what it needs to, and works on its own."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = ("wecom_contract", "wecom_client", "wecom_openapi", "wecom_cli", "wecom_mock", "wecom_conformance")


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder / "dist"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = (folder / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_it_holds_the_six_packages_and_nothing_else(unpacked: Path) -> None:
    assert {path.name for path in unpacked.iterdir() if not path.name.endswith(".dist-info")} == set(PACKAGES)


@pytest.mark.parametrize("package", PACKAGES)
def test_every_package_says_that_it_is_typed(unpacked: Path, package: str) -> None:
    assert (unpacked / package / "py.typed").is_file()


def test_it_validates_without_the_repository(unpacked: Path, tmp_path: Path) -> None:
    body = tmp_path / "body.json"
    body.write_text('{"sender": "zhangsan", "text": {"content": "hello"}}', encoding="utf-8")
    script = (
        "import sys, wecom_contract, wecom_openapi, wecom_conformance.engine as engine\n"
        f"assert wecom_contract.__file__.startswith({str(unpacked)!r}), wecom_contract.__file__\n"
        "from wecom_conformance.vectors import load_vectors\n"
        "engine.load_contract(); assert load_vectors()\n"
        "from wecom_openapi.cli import main\n"
        f"sys.exit(main(['validate', {str(body)!r}]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(unpacked)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "audience.everyone-single" in done.stdout


def test_the_console_is_in_it_with_all_its_files(unpacked: Path, tmp_path: Path) -> None:
    script = (
        "import httpx, wecom_mock\n"
        f"assert wecom_mock.__file__.startswith({str(unpacked)!r}), wecom_mock.__file__\n"
        "transport = wecom_mock.InProcessTransport(wecom_mock.State())\n"
        "client = httpx.Client(transport=transport, base_url='http://127.0.0.1')\n"
        "files = ('htmx.min.js', 'htmx.LICENSE.txt', 'console.css', 'icon.svg')\n"
        "paths = ('', 'company', 'calls', 'faults', 'settings', 'api/openapi.json')\n"
        "for path in (*paths, *(f'static/{name}' for name in files)):\n"
        "    assert client.get(f'/_mock/{path}').status_code == 200, path\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(unpacked)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_its_fixtures_are_there_in_any_pytest(unpacked: Path, tmp_path: Path) -> None:
    """As an installation has them: pytest rewrites the assertions of what brings a plugin, which must not disturb."""
    (tmp_path / "test_it.py").write_text(
        "def test_it(wecom_mock, wecom):\n"
        f"    assert __import__('wecom_mock').__file__.startswith({str(unpacked)!r})\n"
        "    wecom_mock.company.member('zhangsan').customer('wmA')\n"
        "    wecom.add_msg_template(sender='zhangsan', text='hello', external_userid=['wmA'])\n"
        "    wecom_mock.assert_sent(to='wmA', text='hello')\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-W",
            "error",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:schemathesis",
        ],
        env={**os.environ, "PYTHONPATH": str(unpacked)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout
