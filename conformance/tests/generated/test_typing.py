"""What type checkers say of a generated client, and of code that uses it."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

from pipeline import gates

RIGHT = """
    from typing import Any, assert_type

    from zoo_ours import AsyncOperations, SyncOperations
    from zoo_ours.models import Added, Animals, Cage, Cat, CatAnimal, Session
    from zoo_ours.operations import ADD_ANIMALS
    from zoo_ours.types import UNSET, Unset
    from zoo_ours.wire import Operation

    def sync(zoo: SyncOperations, flag: bool) -> None:
        assert_type(zoo.add_animals(Animals(keeper="ann")), Added)
        assert_type(zoo.add_animals({"keeper": "ann"}, all_cages=True, timeout=None), Added)
        assert_type(zoo.add_animals(keeper="ann", mood="awake", note="hello", tags=("a",)), Added)
        zoo.add_animals(keeper="ann", animals=[Cat(lives=9), CatAnimal(cat=Cat(lives=9)), {"kind": "fox"}])
        zoo.add_animals(keeper="ann", cage=Cage(size=1), tags=["a"] if flag else UNSET)
        assert_type(zoo.login(user="ann", secret="x").ticket, str | Unset)
        assert_type(zoo.add_animals(keeper="ann").refused, list[str])

    async def awaited(zoo: AsyncOperations) -> None:
        assert_type(await zoo.login(user="ann", secret="x", page=1), Session)
        assert_type(ADD_ANIMALS, Operation[Added])
        assert_type(ADD_ANIMALS.parse({}), Added)
"""

WRONG = {
    "a field that is not there": "zoo.add_animals(keeper='ann', allCages=True)",
    "a required field left out": "zoo.add_animals(mood='awake')",
    "a value that is not in the enum": "zoo.add_animals(keeper='ann', mood='angry')",
    "a number for a string": "zoo.add_animals(keeper=1)",
    "a body and fields": "zoo.add_animals({}, keeper='ann')",
    "a string for a body": "zoo.add_animals('ann')",
    "another model for a body": "zoo.add_animals(Cage())",
    "a model that is no animal": "zoo.add_animals(keeper='ann', animals=[Cage()])",
    "None for left out": "zoo.add_animals(keeper='ann', note=None)",
    "a flag that is no bool": "zoo.add_animals(keeper='ann', all_cages='yes')",
}


def mypy(root: Path, code: str) -> str:
    """What ``mypy --strict`` says of ``code`` where the generated packages are importable."""
    file = root / "using.py"
    file.write_text(textwrap.dedent(code), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--no-error-summary", "using.py"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_mypy_finds_nothing_in_the_client(zoo: Any) -> None:
    gates.check_types(zoo.folder)


def test_mypy_takes_right_calls_with_their_types(zoo: Any) -> None:
    assert mypy(zoo.folder.parent, RIGHT) == ""


def test_mypy_refuses_every_wrong_call(zoo: Any) -> None:
    head = "from zoo_ours import SyncOperations\nfrom zoo_ours.models import Cage\nzoo = SyncOperations()\n"
    said = mypy(zoo.folder.parent, head + "\n".join(WRONG.values()) + "\n")
    lines = {int(line.split(":")[1]) for line in said.splitlines() if ": error:" in line}
    assert lines == set(range(4, 4 + len(WRONG))), said
