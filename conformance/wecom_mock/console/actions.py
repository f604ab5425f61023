"""What the buttons and forms of the console do: each is an operation of the admin API, filled in from a form."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen

from wecom_mock.admin_api import Nonsense, description

Form = Mapping[str, str]
_BETWEEN = re.compile(r"[\s,\uff0c\u3001;\uff1b]+")
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,6})?")


@frozen
class Action:
    """A button.

    Attributes:
        operation: of the admin API.
        arguments: makes its arguments from the form.
        said: the word that tells of the success.
        tell: the member of the answer that is shown beside it.
    """

    operation: str
    arguments: Callable[[Form], dict[str, Any]]
    said: str
    tell: str | None = None


def _number(text: str, name: str) -> int | float:
    if _NUMBER.fullmatch(text.strip()) is None:
        raise Nonsense(f"{text[:40]!r} is no number", name)
    value = float(text)
    return int(value) if value.is_integer() else value


def _texts(*names: str) -> Callable[[Form], dict[str, Any]]:
    """Fields as they are; the empty ones left out."""
    return lambda form: {name: form[name] for name in names if form.get(name)}


def _split(text: str) -> list[str]:
    """What stands between commas or semicolons, Chinese ones too, or spaces; each once."""
    return list(dict.fromkeys(one for one in _BETWEEN.split(text) if one))


def _add_member(form: Form) -> dict[str, Any]:
    return {"members": [form.get("userid", "").strip()]}


def _add_customer(form: Form) -> dict[str, Any]:
    customer: dict[str, Any] = _texts("name")(form)
    customer["external_userid"] = form.get("external_userid", "").strip()
    customer["followed_by"] = _split(form.get("followed_by", ""))
    customer["tags"] = _split(form.get("tags", ""))
    return {"customers": [customer]}


def _add_group(form: Form) -> dict[str, Any]:
    return {"groups": [{"chat_id": form.get("chat_id", "").strip(), "owner": form.get("owner", "")}]}


def _add_tag(form: Form) -> dict[str, Any]:
    tag = {name: form[name].strip() for name in ("tag_id", "name") if form.get(name)}
    group = {"group_id": form.get("group_id", "").strip(), "tags": [tag]}
    return {"tag_groups": [{**group, "name": form["group_name"]} if form.get("group_name") else group]}


def _fault(form: Form) -> dict[str, Any]:
    given: dict[str, Any] = _texts("kind", "operation", "errmsg")(form)
    for name in ("times", "probability", "errcode", "limit", "seconds", "size"):
        if form.get(name, "").strip():
            given[name] = _number(form[name], name)
    return given


def _clock(form: Form) -> dict[str, Any]:
    return {"move": _number(form.get("move", ""), "move")}


def _settings(form: Form) -> dict[str, Any]:
    """Every setting of the form: the page sends all of them."""
    properties = description()["components"]["schemas"]["SettingsChange"]["properties"]
    given: dict[str, Any] = {}
    for name, schema in properties.items():
        text = form.get(name)
        kind = schema.get("type")
        if kind == "boolean":
            given[name] = text == "on"
        elif text is None:
            continue
        elif "enum" in schema:
            values = {str(value): value for value in schema["enum"]}
            given[name] = values.get(text, text)
        elif isinstance(kind, list) and not text.strip():
            given[name] = None
        else:
            given[name] = _number(text, name)
    return given


def _nothing(_: Form) -> dict[str, Any]:
    return {}


ACTIONS: dict[str, Action] = {
    "confirm": Action("confirmTask", _texts("msgid", "userid"), "said-confirm"),
    "ignore": Action("ignoreTask", _texts("msgid", "userid"), "said-ignore"),
    "refuse": Action("refuseTask", _texts("msgid", "userid"), "said-refuse"),
    "publish": Action("publishMoment", _texts("moment_id", "userid"), "said-publish"),
    "leave": Action("leaveCustomer", _texts("userid", "external_userid"), "said-leave"),
    "fill": Action("fillQuota", _texts("target"), "said-fill"),
    "clear": Action("clearQuota", _texts("target"), "said-clear"),
    "welcome-code": Action(
        "handOutWelcomeCode", _texts("userid", "external_userid"), "said-welcome-code", "welcome_code"
    ),
    "revoke": Action("revokeTokens", _texts("app"), "said-revoke", "revoked"),
    "revoke-suite": Action("revokeSuiteTokens", _texts("suite_id"), "said-revoke", "revoked"),
    "ticket": Action("pushSuiteTicket", _texts("suite_id"), "said-ticket"),
    "clock": Action("moveClock", _clock, "said-clock"),
    "settings": Action("changeSettings", _settings, "said-settings"),
    "reset": Action("reset", _nothing, "said-reset"),
    "add-member": Action("changeCompany", _add_member, "said-add"),
    "add-customer": Action("changeCompany", _add_customer, "said-add"),
    "add-group": Action("changeCompany", _add_group, "said-add"),
    "add-tag": Action("changeCompany", _add_tag, "said-add"),
    "fault": Action("addFault", _fault, "said-fault"),
    "fault-off": Action(
        "removeFault", lambda form: {"number": _number(form.get("number", ""), "number")}, "said-faults-off"
    ),
    "faults-off": Action("clearFaults", _nothing, "said-faults-off"),
}
"""By the name that a form posts to."""
