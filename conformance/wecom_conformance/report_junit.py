"""JUnit XML, which every CI shows: a test case for every unit that was run, and a failure for every finding."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

if TYPE_CHECKING:
    from .report import Summary

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_text(summary: Summary, data: dict[str, Any]) -> str:
    """The document.

    Args:
        summary: for what was run.
        data: as `report.data_of` makes it.
    """
    failures: list[dict[str, Any]] = list(data["failures"])
    errors = [one for one in failures if one["severity"] == "error"]
    suite = ElementTree.Element("testsuite", name=f"wecom-conformance {data['where']}")
    units = list(summary.units) or [(name, "exchanges") for name in summary.ledger.sent]
    failed = {one["operation"] for one in errors}
    for operation, phase in units:
        if operation not in failed:
            _case(suite, operation, phase)
    for one in failures:
        case = _case(suite, one["operation"] or "wecom", f"{one['code']} {one['name']}")
        told = _clean("\n".join(_lines(one)))
        if one["severity"] == "error":
            failure = ElementTree.SubElement(case, "failure", type=one["code"], message=_clean(one["detail"]))
            failure.text = told
        else:
            ElementTree.SubElement(case, "system-out").text = told
    skipped = [(name, why) for name, why in summary.skipped.items()]
    for name, why in skipped:
        ElementTree.SubElement(_case(suite, name, "skipped"), "skipped", message=_clean(why))
    if summary.interrupted:
        case = _case(suite, "run", "to its end")
        ElementTree.SubElement(case, "error", type="interrupted", message="stopped before its end")
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(errors)))
    suite.set("errors", str(int(summary.interrupted)))
    suite.set("skipped", str(len(skipped)))
    suite.set("time", f"{summary.seconds:.1f}")
    top = ElementTree.Element("testsuites")
    top.append(suite)
    ElementTree.indent(top)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(top, encoding="unicode") + "\n"


def _case(suite: ElementTree.Element, operation: str, name: str) -> ElementTree.Element:
    return ElementTree.SubElement(
        suite, "testcase", classname=f"wecom.{_clean(operation)}", name=_clean(name), time="0"
    )


def _lines(one: dict[str, Any]) -> list[str]:
    lines = [f"{one['operation']}: {one['detail']}", one["meaning"], f"seen {one['count']} times"]
    lines += [f"rule {rule['id']}: {'; '.join(rule['evidence'])}" for rule in one["rules"]]
    lines += [f"{name}: {one[name]}" for name in ("body", "answer", "curl") if one.get(name)]
    return lines


def _clean(text: str) -> str:
    """The text without the characters that XML can't hold."""
    return _NO_XML.sub("?", text)
