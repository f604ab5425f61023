"""Nothing is imported before it is asked for."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest


def loaded(folder: Any, statement: str) -> set[str]:
    """What a fresh interpreter has imported after ``statement``."""
    script = f"import sys, json\n{statement}\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=folder.parent, capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout))


def test_stock_imports_every_model_for_one(stock_zoo: Any) -> None:
    modules = loaded(stock_zoo.folder, "from zoo_stock.models import Note")
    assert {"zoo_stock.models.animals", "zoo_stock.models.session", "httpx"} <= modules


def test_ours_imports_the_one_model_and_no_http(zoo: Any) -> None:
    modules = loaded(zoo.folder, "from zoo_ours.models import Note")
    assert {name for name in modules if name.startswith("zoo_ours.models.")} == {"zoo_ours.models.note"}
    assert "httpx" not in modules


@pytest.mark.parametrize(
    "statement",
    ["import zoo_ours", "import zoo_ours.models", "from zoo_ours import OPERATIONS, SyncOperations"],
)
def test_the_package_and_the_table_import_no_model(zoo: Any, statement: str) -> None:
    modules = loaded(zoo.folder, statement)
    assert not [name for name in modules if name.startswith("zoo_ours.models.")]
    assert "httpx" not in modules


def test_one_operation_imports_its_own_models(zoo: Any) -> None:
    modules = loaded(zoo.folder, "import zoo_ours.api.doors.login")
    assert {name for name in modules if name.startswith("zoo_ours.models.")} == {"zoo_ours.models.session"}
    assert "httpx" in modules


@pytest.mark.parametrize("name", ["", "models"])
def test_every_name_is_listed_and_found(zoo: Any, name: str) -> None:
    module = zoo(name)
    assert sorted(module.__all__) == dir(module)
    for each in module.__all__:
        assert getattr(module, each) is getattr(module, each)


@pytest.mark.parametrize("name", ["", "models"])
def test_an_unknown_name_is_an_attribute_error(zoo: Any, name: str) -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
        zoo(name).Nothing  # noqa: B018
    assert not hasattr(zoo(name), "nothing")
