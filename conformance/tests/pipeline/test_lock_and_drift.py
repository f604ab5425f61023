"""What is committed is what the sources give; what is put in place is put there as a whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import threading
from pathlib import Path
from typing import Any

import pytest

from pipeline.build import TEMPLATES
from pipeline.config import Api
from pipeline.errors import PipelineError
from pipeline.lock import lock_text
from pipeline.place import _exchange, _Move, files_in, place

REPOSITORY = Path(__file__).resolve().parents[3]


class TestLock:
    @pytest.fixture
    def lock(self) -> Any:
        return json.loads((REPOSITORY / "contract.lock").read_text(encoding="utf-8"))

    def test_every_hash_is_that_of_the_file(self, lock: Any) -> None:
        listed = {**lock["inputs"], **lock["outputs"]}
        assert len(listed) == len(lock["inputs"]) + len(lock["outputs"]) > 100
        wrong = [
            name
            for name, digest in listed.items()
            if hashlib.sha256((REPOSITORY / name).read_bytes()).hexdigest() != digest
        ]
        assert wrong == []

    def test_it_names_all_that_goes_in(self, lock: Any, api: Api) -> None:
        code = [path for path in (REPOSITORY / "openapi" / "pipeline").iterdir() if path.suffix == ".py"]
        templates = list(TEMPLATES.rglob("*.jinja"))
        data = [api.root / "api.toml", api.errcodes, *api.corrections]
        captures = [path for path in (api.root / "vendor").rglob("*") if path.is_file()]
        expected = {path.relative_to(REPOSITORY).as_posix() for path in (*code, *templates, *data, *captures)}
        assert set(lock["inputs"]) == expected

    def test_it_names_all_that_comes_out(self, lock: Any, api: Api) -> None:
        made = [*files_in(api.client), *files_in(api.reference), api.contract]
        made += [path for path in (api.package / "data").iterdir() if path.suffix == ".json"]
        assert set(lock["outputs"]) == {path.relative_to(REPOSITORY).as_posix() for path in made}

    def test_it_is_in_order_and_names_no_machine(self, lock: Any) -> None:
        for part in ("inputs", "outputs"):
            assert list(lock[part]) == sorted(lock[part])
            assert not any(name.startswith(("/", "..")) or "\\" in name for name in lock[part])

    def test_its_text(self, tmp_path: Path) -> None:
        (tmp_path / "b").write_bytes(b"in")
        text = lock_text(tmp_path, [tmp_path / "b"], {tmp_path / "c": b"out", tmp_path / "a": b""})
        lock = json.loads(text)
        assert lock["inputs"] == {"b": hashlib.sha256(b"in").hexdigest()}
        assert list(lock["outputs"].items()) == [
            ("a", hashlib.sha256(b"").hexdigest()),
            ("c", hashlib.sha256(b"out").hexdigest()),
        ]
        assert text.endswith("}\n")

    def test_what_lies_elsewhere_has_no_name_in_it(self, tmp_path: Path) -> None:
        with pytest.raises(PipelineError) as caught:
            lock_text(tmp_path / "inside", [], {tmp_path / "outside": b""})
        assert (
            str(caught.value)
            == f"{tmp_path}/outside: is outside of {tmp_path}/inside, the folder of the lock"
        )


def tree(root: Path) -> dict[str, object]:
    """All that stands in a folder: content and time of files, where links lead, which folders there are."""
    found: dict[str, object] = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_symlink():
            found[name] = str(path.readlink())
        elif path.is_file():
            found[name] = (path.read_bytes(), path.stat().st_mtime_ns)
        else:
            found[name] = "folder" if path.is_dir() else "something else"
    return found


class TestPlace:
    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        for name in ("client/same.py", "client/other.py", "client/old/gone.py", "docs/page.md", "single"):
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(name.encode())
            os.utime(path, ns=(10**18, 10**18))
        return tmp_path

    @pytest.fixture
    def files(self, root: Path) -> dict[Path, bytes]:
        return {
            root / "client/same.py": b"client/same.py",
            root / "client/other.py": b"new",
            root / "client/fresh/made.py": b"made",
            root / "docs/page.md": b"docs/page.md",
            root / "single": "新".encode(),
            root / "far/away/one": b"",
        }

    def test_everything_is_as_it_was_made_and_nothing_else_is_left(
        self, root: Path, files: dict[Path, bytes]
    ) -> None:
        place(files, (root / "client", root / "docs"))
        assert {path: path.read_bytes() for path in files_in(root)} == files
        assert sorted(path.name for path in root.rglob("*") if path.is_dir()) == [
            "away",
            "client",
            "docs",
            "far",
            "fresh",
        ]

    def test_what_is_right_is_not_touched(self, root: Path, files: dict[Path, bytes]) -> None:
        place(files, (root / "client", root / "docs"))
        untouched = {path.name for path in files_in(root) if path.stat().st_mtime_ns == 10**18}
        assert untouched == {"same.py", "page.md"}
        before = tree(root)
        place(files, (root / "client", root / "docs"))
        assert tree(root) == before

    def test_strays_go_from_the_named_folders_alone(self, root: Path) -> None:
        (root / "docs" / ".hidden").write_bytes(b"")
        (root / "docs" / "link").symlink_to(root / "single")
        place({}, (root / "docs",))
        assert not any((root / "docs").iterdir())
        assert (root / "client/old/gone.py").read_bytes() == b"client/old/gone.py"
        assert (root / "single").read_bytes() == b"single"

    def test_a_link_becomes_a_file_and_what_it_led_to_stays(self, root: Path) -> None:
        (root / "docs/page.md").unlink()
        (root / "docs/page.md").symlink_to(root / "single")
        place({root / "docs/page.md": b"single"}, (root / "docs",))
        assert not (root / "docs/page.md").is_symlink()
        assert (root / "docs/page.md").read_bytes() == b"single"

    def test_what_python_leaves_is_no_stray_and_goes_with_its_folder(self, root: Path) -> None:
        for folder in ("client", "client/old"):
            (root / folder / "__pycache__").mkdir()
            (root / folder / "__pycache__" / "x.pyc").write_bytes(b"")
        files = {root / "client/same.py": b"client/same.py", root / "client/other.py": b"client/other.py"}
        place(files, (root / "client",))
        assert sorted(path.name for path in (root / "client").iterdir()) == [
            "__pycache__",
            "other.py",
            "same.py",
        ]

    @pytest.mark.parametrize(
        ("bad", "says"),
        [
            ("docs", "is a folder where a file should be"),
            ("single/inside", "File exists"),
            ("single/in/side", "Not a directory"),
            ("x" * 300, "File name too long"),
        ],
    )
    def test_what_can_not_be_written_leaves_everything_as_it_was(
        self, root: Path, files: dict[Path, bytes], bad: str, says: str
    ) -> None:
        del files[root / "single"]
        before = tree(root)
        with pytest.raises(PipelineError) as caught:
            place({**files, root / bad: b"bad"}, (root / "client",))
        (line,) = str(caught.value).splitlines()
        assert line.startswith(str(root))
        assert line.endswith(f"{says}; nothing was written")
        assert tree(root) == before

    def test_a_stray_that_can_not_be_kept_leaves_everything_as_it_was(
        self, root: Path, files: dict[Path, bytes]
    ) -> None:
        os.mkfifo(root / "client" / "pipe")
        before = tree(root)
        with pytest.raises(PipelineError) as caught:
            place(files, (root / "client",))
        pipe = root / "client" / "pipe"
        assert str(caught.value) == f"{pipe}: `{pipe}` is a named pipe; nothing was written"
        assert tree(root) == before

    @pytest.mark.skipif(
        not Path("/proc/self/mem").exists(), reason="a file that fails without a name is Linux's"
    )
    def test_a_failure_that_names_no_file_is_one_line_too(self) -> None:
        """The system says nothing of the file when a read fails that has begun."""
        with pytest.raises(PipelineError) as caught:
            place({Path("/proc/self/mem"): b"new"}, ())
        assert str(caught.value) == "the outputs: Input/output error; nothing was written"

    def test_a_failure_half_way_is_undone(self, root: Path) -> None:
        """The third file's new content is gone when its turn comes: the two before it get their old one back."""
        before = tree(root)
        moves = [
            _Move(root / name) for name in ("client/other.py", "docs/page.md", "single", "client/same.py")
        ]
        for move, content in zip(moves, (b"new", None, b"new", b"new"), strict=True):
            move.prepare(content)
        fresh = moves[2].fresh
        assert fresh is not None
        fresh.unlink()
        with pytest.raises(FileNotFoundError):
            _exchange(moves)
        for move in moves:
            move.tidy()
        assert tree(root) == before

    def test_a_file_that_was_not_there_is_gone_again(self, root: Path) -> None:
        before = tree(root)
        moves = [_Move(root / "docs/new.md"), _Move(root / "single")]
        for move in moves:
            move.prepare(b"new")
        fresh = moves[1].fresh
        assert fresh is not None
        fresh.unlink()
        with pytest.raises(FileNotFoundError):
            _exchange(moves)
        for move in moves:
            move.tidy()
        assert tree(root) == before

    def test_interrupts_are_handled_as_before_when_it_is_over(
        self, root: Path, files: dict[Path, bytes]
    ) -> None:
        before = [signal.getsignal(kind) for kind in (signal.SIGINT, signal.SIGTERM)]
        place(files, ())
        with pytest.raises(PipelineError):
            place({root / "client": b""}, ())
        assert [signal.getsignal(kind) for kind in (signal.SIGINT, signal.SIGTERM)] == before

    def test_it_works_beside_the_main_thread(self, root: Path, files: dict[Path, bytes]) -> None:
        thread = threading.Thread(target=place, args=(files, (root / "client",)))
        thread.start()
        thread.join()
        assert (root / "client/other.py").read_bytes() == b"new"
        assert not (root / "client/old").exists()
