"""Read a scenario from a YAML file: settings, faults, and what members do when."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast, get_args, get_origin, get_type_hints

from attrs import fields as fields_of
from attrs import frozen

from wecom_contract import OPERATIONS

from .company import Company
from .faults import Fault
from .script import AFTER, Deed, Rule
from .settings import Settings
from .state import State
from .yaml_file import Item, YamlFileError, parse_yaml, read_text

_TYPES = get_type_hints(Settings)
_TEXTS = ("kind", "operation", "errmsg", "content_type")
_WHOLE = ("times", "errcode", "limit", "size")
_NUMBERS = ("probability", "seconds", "pause")


class ScenarioFileError(YamlFileError):
    """A scenario that can not be used; the text is one line ``file:line: field: what is wrong``."""


@frozen
class Scenario:
    """What a mock is to begin with, beside its company."""

    settings: Settings
    faults: tuple[Fault, ...] = ()
    rules: tuple[Rule, ...] = ()

    def state(self, company: Company, seed: int = 0) -> State:
        """A state of a company with all that put into it."""
        state = State(company, self.settings, seed)
        self.put_into(state)
        return state

    def put_into(self, state: State) -> None:
        """Let what the members do, and the faults, hold for a state that has the settings already."""
        state.script.rules = self.rules
        state.faults.give(self.faults)


def _number(item: Item) -> float:
    value = item.scalar()
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise item.error("must be a number")
    return value


def _whole(item: Item) -> int:
    value = item.scalar()
    if isinstance(value, bool) or not isinstance(value, int):
        raise item.error("must be a whole number")
    return value


def _choice(item: Item, known: tuple[Any, ...]) -> Any:
    value = item.scalar()
    if value not in known:
        raise item.error(f"must be one of {', '.join(str(one) for one in known)}")
    return value


def _setting(item: Item, name: str) -> Any:
    kind: Any = _TYPES[name]
    if get_origin(kind) is not None and type(None) not in get_args(kind):
        return _choice(item, get_args(kind))
    if kind is bool:
        return item.flag()
    if type(None) in get_args(kind) and item.scalar() is None:
        return None
    value = _number(item) if kind is float else _whole(item)
    if value < 0:
        raise item.error("must be at least 0")
    return value


def _settings(item: Item) -> Settings:
    found = item.map((), (one.name for one in fields_of(Settings)))
    values = {name: _setting(one, name) for name, one in found.items()}
    for name, value in values.items():
        try:
            Settings(**{name: value})
        except ValueError:
            raise found[name].error(f"can't be {value}") from None
    return Settings(**values)


def _fault(item: Item) -> Fault:
    found = item.map(("kind",), (*_TEXTS[1:], *_WHOLE, *_NUMBERS, "applied"))
    values: dict[str, Any] = {name: found[name].text() for name in _TEXTS if name in found}
    values |= {name: _whole(found[name]) for name in _WHOLE if name in found}
    values |= {name: _number(found[name]) for name in _NUMBERS if name in found}
    if "applied" in found:
        values["applied"] = found["applied"].flag()
    try:
        return Fault(**values)
    except ValueError as error:
        raise _blamed(item, found, str(error)).error(str(error)) from None


def _rule(item: Item, company: Company) -> Rule:
    found = item.map(("when", "do"), ("after", "member", "customer", "probability"))
    when = found["when"].text()
    if when not in OPERATIONS:
        raise found["when"].error(f"no operation {when!r} in the contract")
    do = cast(Deed, _choice(found["do"], tuple(AFTER)))
    for name, known in (("member", company.members), ("customer", company.customers)):
        if name in found and found[name].text() not in known:
            raise found[name].error(f"no {name} {found[name].text()!r} in this company")
    values: dict[str, Any] = {name: found[name].text() for name in ("member", "customer") if name in found}
    values |= {name: _number(found[name]) for name in ("after", "probability") if name in found}
    try:
        return Rule(when=when, do=do, **values)
    except ValueError as error:
        raise _blamed(item, found, str(error)).error(str(error)) from None


def _blamed(item: Item, found: dict[str, Item], what: str) -> Item:
    """The field that a complaint begins with, or the whole where it names none that is there."""
    first = "kind" if what.startswith("no fault") else what.split()[0]
    first = "operation" if what.startswith("no operation") else first
    return found.get(first, item)


def parse_scenario(text: str, company: Company, file: str = "scenario.yaml") -> Scenario:
    """Read a scenario from YAML text.

    Args:
        text: a mapping with, where wanted, ``settings``, ``faults`` and ``people``.
        company: whose members and customers it may name.
        file: the name that errors show.

    Raises:
        ScenarioFileError: anything that is no such scenario, in one line.
    """
    found = parse_yaml(text, file, ScenarioFileError, "scenario").map((), ("settings", "faults", "people"))
    faults = found["faults"].list() if "faults" in found else []
    people = found["people"].list() if "people" in found else []
    return Scenario(
        settings=_settings(found["settings"]) if "settings" in found else Settings(),
        faults=tuple(_fault(one) for one in faults),
        rules=tuple(_rule(one, company) for one in people),
    )


def load_scenario(path: str | Path, company: Company) -> Scenario:
    """Read a scenario from a YAML file of at most 2 MiB.

    Raises:
        ScenarioFileError: the file can not be read or holds no scenario, in one line.
    """
    return parse_scenario(read_text(path, ScenarioFileError), company, str(path))
