"""The profile: every key is known, every file is there, nothing is written over what is read."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import Api, load_api
from pipeline.errors import PipelineError

PROFILE = """
[vendor]
current = "2025-11-17"
annotations = ["x-provenance"]

[vendor.documents]
2022-08-30 = "vendor/2022.yaml"
2025-11-17 = "vendor/2025.yaml"

[corrections]
files = ["corrections/10.yaml", "corrections/20.yaml"]

[outputs]
contract = "contract.yaml"
package = "../package"
client = "../../generated/client"
reference = "../../docs/reference"
lock = "../../contract.lock"

[gates]
golden = "../../golden"

[errors]
codes = "errcodes.yaml"
default = 40058

[envelope]
code = "errcode"
message = "errmsg"
ok = 0
"""

Load = Callable[..., Api]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "openapi" / "api"
    for file in ("vendor/2022", "vendor/2025", "corrections/10", "corrections/20", "errcodes"):
        path = folder / f"{file}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return folder


@pytest.fixture
def load(root: Path) -> Load:
    """The profile with some of its text replaced."""

    def run(*changes: tuple[str, str]) -> Api:
        text = PROFILE
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        (root / "api.toml").write_text(text, encoding="utf-8")
        return load_api(root / "api.toml")

    return run


def test_what_it_says(load: Load, root: Path, tmp_path: Path) -> None:
    api = load()
    assert api.root == root
    assert {day: vendor.document for day, vendor in api.vendor.items()} == {
        "2022-08-30": root / "vendor/2022.yaml",
        "2025-11-17": root / "vendor/2025.yaml",
    }
    assert api.vendor_document("2022-08-30").annotations == ("x-provenance",)
    assert api.current == "2025-11-17"
    assert api.corrections == (root / "corrections/10.yaml", root / "corrections/20.yaml")
    assert (api.contract, api.errcodes) == (root / "contract.yaml", root / "errcodes.yaml")
    assert (api.package, api.client) == (tmp_path / "openapi/package", tmp_path / "generated/client")
    assert (api.reference, api.lock) == (tmp_path / "docs/reference", tmp_path / "contract.lock")
    assert api.golden == tmp_path / "golden"
    assert api.default_errcode == 40058
    assert (api.envelope.code, api.envelope.message, api.envelope.ok) == ("errcode", "errmsg", 0)


def test_an_unknown_date_is_told_with_the_known_ones(load: Load) -> None:
    with pytest.raises(PipelineError) as caught:
        load().vendor_document("2023-01-01")
    assert str(caught.value) == (
        "api.toml: no vendor document of 2023-01-01; there are: 2022-08-30, 2025-11-17"
    )


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            ("[gates]", "[gate]"),
            "unknown table [gate]; known: vendor, corrections, outputs, gates, errors, envelope",
        ),
        (('[gates]\ngolden = "../../golden"\n', ""), "table [gates] is missing"),
        (('[gates]\ngolden = "../../golden"\n', "[[gates]]\n"), "table [gates] is missing"),
        (("golden =", "gold ="), "unknown key gates.gold; known: golden"),
        (('contract = "contract.yaml"\n', ""), "key outputs.contract is missing"),
        (("ok = 0", "ok = 0\nhint = 1"), "unknown key envelope.hint; known: code, message, ok"),
        (("ok = 0", "ok = true"), "envelope.ok must be a whole number, not true or false"),
        (("ok = 0", 'ok = "0"'), "envelope.ok must be a whole number, not a text"),
        (("default = 40058", "default = 40058.0"), "errors.default must be a whole number, not a number"),
        (('codes = "errcodes.yaml"', "codes = 1"), "errors.codes must be a text, not a whole number"),
        (('current = "2025-11-17"', "current = 2025-11-17"), "vendor.current must be a text, not a date"),
        (
            ('current = "2025-11-17"', 'current = "2025-11-18"'),
            "vendor.current is 2025-11-18, but vendor.documents has: 2022-08-30, 2025-11-17",
        ),
        (('2022-08-30 = "vendor/2022.yaml"', "2022-08-30 = 5"), "vendor.documents may hold text alone"),
        (
            ('2022-08-30 = "vendor', '2022-08-32 = "vendor'),
            "vendor.documents: 2022-08-32 is no day, YYYY-MM-DD",
        ),
        (('2022-08-30 = "vendor', 'old = "vendor'), "vendor.documents: old is no day, YYYY-MM-DD"),
        (('["x-provenance"]', "[1]"), "vendor.annotations may hold text alone"),
        (('"corrections/20.yaml"', "20"), "corrections.files may hold text alone"),
        (('"corrections/20.yaml"', '""'), "corrections.files may hold text alone"),
        (
            ('"corrections/20.yaml"', '"corrections/10.yaml"'),
            "corrections.files names corrections/10.yaml twice",
        ),
        (("corrections/20.yaml", "corrections/30.yaml"), "no such file: {root}/corrections/30.yaml"),
        (("vendor/2022.yaml", "vendor"), "no such file: {root}/vendor"),
        (('"errcodes.yaml"', '"none.yaml"'), "no such file: {root}/none.yaml"),
    ],
)
def test_what_is_refused(load: Load, root: Path, change: tuple[str, str], says: str) -> None:
    with pytest.raises(PipelineError) as caught:
        load(change)
    assert str(caught.value) == f"{root}/api.toml: {says.format(root=root)}"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ([('"../../contract.lock"', '"contract.lock"')], "is outside of {root}, the folder of the lock"),
        ([('"../../docs/reference"', '"../../../docs"')], "is outside of {tmp}, the folder of the lock"),
        ([('"../../docs/reference"', '"../.."')], "is outside of {tmp}, the folder of the lock"),
        ([('"../../generated/client"', '"../.."')], "is outside of {tmp}, the folder of the lock"),
        ([('"../../generated/client"', '".."')], "is inside of {tmp}/openapi, which is written too"),
        ([('"../../generated/client"', '"."')], "is inside of {root}, which is written too"),
        (
            [('"../../docs/reference"', '"../../generated"')],
            "is inside of {tmp}/generated, which is written too",
        ),
        (
            [('"../../generated/client"', '"../../docs/reference"')],
            "is inside of {tmp}/docs/reference, which is",
        ),
        (
            [('"contract.yaml"', '"../../docs/reference/c.yaml"')],
            "is inside of {tmp}/docs/reference, which is",
        ),
        (
            [('"../../docs/reference"', '"vendor"')],
            "{root}/vendor/2022.yaml is inside of {root}/vendor, which is",
        ),
        (
            [('"../../generated/client"', '"corrections"')],
            "10.yaml is inside of {root}/corrections, which is",
        ),
        ([('"contract.yaml"', '"vendor/2025.yaml"')], "vendor/2025.yaml is inside of"),
        ([('"contract.yaml"', '"errcodes.yaml"')], "errcodes.yaml is inside of"),
        (
            [('"../../docs/reference"', '"../../generated/client/docs"')],
            "{tmp}/generated/client/docs is inside of {tmp}/generated/client, which is written too",
        ),
        (
            [('"../../golden"', '"../../docs/reference/golden"')],
            "is inside of {tmp}/docs/reference, which is",
        ),
    ],
)
def test_nothing_is_written_over_what_is_read(
    load: Load, root: Path, tmp_path: Path, changes: list[tuple[str, str]], says: str
) -> None:
    with pytest.raises(PipelineError) as caught:
        load(*changes)
    (line,) = str(caught.value).splitlines()
    assert line.startswith(f"{root}/api.toml: ")
    assert says.format(root=root, tmp=tmp_path) in line


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"[vendor\n", "not TOML: "),
        (b"a = 1\na = 2\n", "not TOML: "),
        (b"\xff\n", "not TOML: "),
        (b"", "table [vendor] is missing"),
        (b"vendor = 5\n", "table [vendor] is missing"),
    ],
)
def test_a_file_that_is_no_profile(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "api.toml"
    path.write_bytes(content)
    with pytest.raises(PipelineError) as caught:
        load_api(path)
    (line,) = str(caught.value).splitlines()
    assert line.startswith(f"{path}: {says}")


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(PipelineError) as caught:
        load_api(tmp_path / "api.toml")
    assert str(caught.value) == f"{tmp_path}/api.toml: No such file or directory"


def test_the_profile_of_this_project(api: Api) -> None:
    """Both captures are there, the newer one is current, and every correction of the folder is applied, in order."""
    data: dict[str, Any] = tomllib.loads((api.root / "api.toml").read_text(encoding="utf-8"))
    assert sorted(data["vendor"]["documents"]) == ["2022-08-30", "2025-11-17"]
    assert all(date.fromisoformat(day) for day in api.vendor)
    assert api.current == max(api.vendor)
    folder = (api.root / "corrections").iterdir()
    assert list(api.corrections) == sorted(folder, key=lambda file: int(file.name.partition("-")[0]))
