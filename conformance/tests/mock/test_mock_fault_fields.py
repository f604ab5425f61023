"""What a fault may be made of: each field's range, and what its author is told about one outside of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from wecom_mock.faults import Fault, Faults

PAGE = Path(__file__).parents[3] / "docs/faults.md"
BAN, LIMIT = "a ban is about gettoken", "a limit has no times and no probability"
CODE = "errcode must be other than 0 and within 32 bits"
PRINTABLE = "content_type must be printable ASCII"
PROBABILITY = "probability must be from 0 to 1"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"kind": "slow", "operation": "nothing"}, "no operation 'nothing' in the contract"),
        ({"kind": "slow", "times": 0}, "times must be at least 1"),
        ({"kind": "slow", "probability": 1.01}, PROBABILITY),
        ({"kind": "slow", "probability": -0.01}, PROBABILITY),
        ({"kind": "errcode", "errcode": 0}, CODE),
        ({"kind": "errcode", "errcode": 2**31}, CODE),
        ({"kind": "errcode", "errcode": -(2**31) - 1}, CODE),
        ({"kind": "slow", "errcode": 1}, "errcode means nothing for the fault slow"),
        ({"kind": "slow", "errmsg": ""}, "errmsg means nothing for the fault slow"),
        ({"kind": "slow", "applied": False}, "applied means nothing for the fault slow"),
        ({"kind": "slow", "limit": 0}, "limit means nothing for the fault slow"),
        ({"kind": "slow", "seconds": 0}, "seconds means nothing for the fault slow"),
        ({"kind": "silence", "pause": 0}, "pause means nothing for the fault silence"),
        ({"kind": "silence", "size": 0}, "size means nothing for the fault silence"),
        ({"kind": "silence", "content_type": ""}, "content_type means nothing for the fault silence"),
        ({"kind": "slow", "size": 0}, "size must be at least 1"),
        ({"kind": "truncate", "size": -1}, "size must be at least 0"),
        ({"kind": "oversized", "size": -1}, "size must be at least 0"),
        ({"kind": "slow", "pause": -0.1}, "pause must be from 0 to 86400"),
        ({"kind": "slow", "pause": 86400.1}, "pause must be from 0 to 86400"),
        ({"kind": "silence", "seconds": 86400.1}, "seconds must be from 0 to 86400"),
        ({"kind": "frequency", "seconds": -0.1}, "seconds must be from 0 to 86400"),
        ({"kind": "frequency", "limit": -1}, "limit must be at least 0"),
        ({"kind": "frequency", "times": 1}, LIMIT),
        ({"kind": "frequency", "probability": 0.5}, LIMIT),
        (
            {"kind": "refuse", "operation": "gettoken"},
            "operation means nothing for the fault refuse: it comes before the call",
        ),
        ({"kind": "ip-ban", "operation": "add_msg_template"}, BAN),
        ({"kind": "content-type", "content_type": "a\r\nb: c"}, PRINTABLE),
        ({"kind": "content-type", "content_type": "text/é"}, PRINTABLE),
        ({"kind": "content-type", "content_type": " a"}, PRINTABLE),
        ({"kind": "content-type", "content_type": "a "}, PRINTABLE),
    ],
)
def test_what_is_no_fault_is_an_error(arguments: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(told)}$"):
        Fault(**arguments)


def test_an_unknown_kind_is_told_the_kinds_of_the_page() -> None:
    kinds = ", ".join(re.findall(r"^\| `([a-z0-9-]+)` \|", PAGE.read_text(encoding="utf-8"), re.M))
    with pytest.raises(ValueError, match=f"^no fault 'nothing'; there are {kinds}$"):
        Fault("nothing")


@pytest.mark.parametrize(
    "arguments",
    [
        {"kind": "errcode", "errcode": 2**31 - 1, "times": 1, "probability": 1},
        {"kind": "errcode", "errcode": -(2**31), "probability": 0},
        {"kind": "errcode", "errcode": 1},
        {"kind": "errcode", "errcode": -1},
        {"kind": "slow", "size": 1, "pause": 0},
        {"kind": "slow", "pause": 86400},
        {"kind": "truncate", "size": 0},
        {"kind": "oversized", "size": 0},
        {"kind": "silence", "seconds": 86400},
        {"kind": "frequency", "seconds": 0, "limit": 0, "probability": 1},
        {"kind": "ip-ban", "operation": "gettoken", "times": 2, "probability": 0.5},
        {"kind": "content-type", "content_type": ""},
        {"kind": "content-type", "content_type": "text/html; charset=GBK"},
    ],
)
def test_the_other_side_of_each_bound(arguments: dict[str, Any]) -> None:
    faults = Faults()
    assert faults.list() == () != faults.add(Fault(**arguments)).number == 1
    assert {name: getattr(faults.list()[0], name) for name in arguments} == arguments


def test_what_is_not_named_is_an_operation_and_no_more() -> None:
    positional: Any = Fault
    assert positional("slow", "gettoken").operation == "gettoken"
    with pytest.raises(TypeError):
        positional("slow", "gettoken", 1)


def test_a_fault_of_which_nothing_is_said() -> None:
    fault = Fault("slow")
    assert (fault.operation, fault.times, fault.probability, fault.left) == (None, None, 1, None)
    assert (fault.number, fault.fired) == (0, 0)
    assert Fault("ip-ban").times == 1


@pytest.mark.parametrize(
    ("kind", "applied"), [("errcode", False), ("html-502", False), ("html-200", False), ("silence", True)]
)
def test_whether_a_call_has_its_effect_where_the_fault_does_not_say(kind: str, applied: bool) -> None:
    assert Fault(kind).takes_effect is applied
    assert Fault(kind, applied=not applied).takes_effect is not applied


@pytest.mark.parametrize(
    ("fault", "sent"),
    [
        (Fault("truncate"), {0: 0, 1: 0, 7: 3, 8: 4}),
        (Fault("truncate", size=0), {0: 0, 7: 0}),
        (Fault("truncate", size=5), {4: 4, 5: 5, 6: 5}),
    ],
)
def test_how_much_of_a_body_is_sent(fault: Fault, sent: dict[int, int]) -> None:
    assert {size: fault.kept(size) for size in sent} == sent
