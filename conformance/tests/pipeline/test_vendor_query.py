"""What a seeded fault showed that no other test saw: the token of the older page must be there."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.config import Api
from pipeline.documents import read_yaml


@pytest.mark.parametrize("date", ["2022-08-30", "2025-11-17"])
def test_no_page_says_that_a_call_may_lack_its_token(date: str, api: Api) -> None:
    page: Any = read_yaml(api.vendor[date].document)
    (operation,) = (method for item in page["paths"].values() for method in item.values())
    assert [(each["name"], each["required"]) for each in operation["parameters"]] == [("access_token", True)]
