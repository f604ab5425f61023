"""One HTML page that needs nothing beside it."""

from __future__ import annotations

from typing import Any

import jinja2


def html_text(data: dict[str, Any]) -> str:
    """The page.

    Args:
        data: as `report.data_of` makes it; every value is escaped.
    """
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("wecom_conformance", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.jinja").render(data)
