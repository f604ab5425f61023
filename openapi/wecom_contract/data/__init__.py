"""What ``make regenerate`` wrote from the contract: data only, never edited by hand."""

import json
from importlib.resources import files
from typing import Any


def load(name: str) -> Any:
    """The parsed content of one data file of this package, by name without its ending."""
    return json.loads(files(__name__).joinpath(f"{name}.json").read_bytes())
