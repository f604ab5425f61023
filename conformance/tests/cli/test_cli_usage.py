"""Command lines that make no sense: one line that says why, where the help is, and nothing else."""

from __future__ import annotations

import pytest
from inside import Inside

TIME = "is no length of time; write 90, 90s, 30m, 12h, 7d or 2w"
MOMENT = "is no time; write 7d, 2026-11-01, or 2026-11-01T09:30 with or without a zone such as +08:00"
OUTCOMES = (
    "'accepted', 'accepted or in fail_list', 'fail_list', 'over quota', 'refused', 'unknown', 'not sent yet', "
    "'delivered', 'not a friend'"
)

WRONG = {
    "": [
        ("", "Missing command"),
        ("nonsense", "No such command 'nonsense'"),
        ("sned m.json", "No such command 'sned'. Did you mean 'send'?"),
        ("--nonsense", "No such option: --nonsense"),
    ],
    "send": [
        ("", "Missing argument 'FILE'"),
        ("m.json --lang fr", "Invalid value for '--lang': 'fr' is not one of 'en', 'zh'"),
        ("m.json --deadline 5s", "--deadline goes with --wait"),
        ("m.json --dry-run --wait", "--wait has nothing to wait for beside --dry-run"),
        ("m.json --wait --deadline soon", f"Invalid value for '--deadline': 'soon' {TIME}"),
    ],
    "status": [
        ("", "Missing argument 'MSGID'"),
        ("a b", "Got unexpected extra argument(s) (b)"),
        ("m --interval 5s", "--interval goes with --watch"),
        ("m --deadline 5s", "--deadline goes with --watch"),
        ("m --watch --interval 0", f"Invalid value for '--interval': '0' {TIME}"),
        *(
            (f"m --watch --deadline={value}", f"Invalid value for '--deadline': {value!r} {TIME}")
            for value in ("-1", "5x", "", "nan", "1e3", "1.2345s", "9999999999")
        ),
    ],
    "recover": [("--settle 1y", f"Invalid value for '--settle': '1y' {TIME}")],
    "remind": [("", "Missing argument 'MSGID'")],
    "cancel": [("", "Missing argument 'MSGID'")],
    "list": [
        *(
            (f"--since={value}", f"Invalid value for '--since': {value!r} {MOMENT}")
            for value in ("yesterday", "2026-13-01", "7x", "", "99999999w", "0d")
        ),
        ("--until x", f"Invalid value for '--until': 'x' {MOMENT}"),
        ("--limit-rows 0", "Invalid value for '--limit-rows': 0 is not in the range x>=1"),
        ("--limit-rows x", "Invalid value for '--limit-rows': 'x' is not a valid int range"),
        ("--filter none", "Invalid value for '--filter': 'none' is not one of 'corp', 'personal', 'all'"),
        ("--chat-type all", "Invalid value for '--chat-type': 'all' is not one of 'single', 'group'"),
        ("extra", "Got unexpected extra argument(s) (extra)"),
        ("--retries -1", "Invalid value for '--retries': -1 is not in the range 0<=x<=100"),
        ("--retries 101", "Invalid value for '--retries': 101 is not in the range 0<=x<=100"),
    ],
    "customers": [("", "Missing argument 'USERID'")],
    "upload": [
        ("", "Missing argument 'FILE'"),
        ("a.png", "say either --type or --for-link"),
        ("a.png --type image --for-link", "say either --type or --for-link"),
        (
            "a.png --type song",
            "Invalid value for '--type': 'song' is not one of 'image', 'voice', 'video', 'file'",
        ),
    ],
    "errcode": [
        ("", "Missing argument 'CODE...'"),
        ("1.5", "Invalid value for 'CODE...': '1.5' is not a valid int"),
        ("41048 --jsn", "Invalid value for 'CODE...': '--jsn' is not a valid int"),
    ],
    "broadcast": [("", "Missing command"), ("nope", "No such command 'nope'")],
    "broadcast plan": [
        ("x", "Missing argument 'MESSAGE'"),
        *(
            (f"x m.json {whom}", "say whom: one of AUDIENCE, --customers-of and --groups-of")
            for whom in (
                "",
                "a.csv --customers-of m",
                "a.csv --groups-of m",
                "--customers-of m --groups-of m",
            )
        ),
    ],
    "broadcast run": [
        ("", "Missing argument 'NAME'"),
        ("x --concurrency 0", "Invalid value for '--concurrency': 0 is not in the range 1<=x<=64"),
        ("x --concurrency 65", "Invalid value for '--concurrency': 65 is not in the range 1<=x<=64"),
    ],
    "broadcast report": [
        ("x --only maybe", f"Invalid value for '--only': 'maybe' is not one of {OUTCOMES}"),
        ("x -o x.csv --json", "--output writes CSV, and --json prints JSON; say one of them"),
    ],
}
CASES = [(command, rest, reason) for command, several in WRONG.items() for rest, reason in several]


@pytest.mark.parametrize(("command", "rest", "reason"), CASES)
def test_a_wrong_command_line(command: str, rest: str, reason: str, inside: Inside) -> None:
    message = f"{reason}\nsee: {f'wecom {command}'.strip()} --help"
    arguments = [*command.split(), *rest.split()]
    if arguments[-1:] == ["--json"]:
        told = {"kind": "Usage", "exit_code": 2, "message": message}
        assert inside(*arguments).error == told
    else:
        assert inside(*arguments) == (2, "", f"error: {message}\n")


def test_for_programs(inside: Inside) -> None:
    result = inside("list", "extra", "--json")
    message = "Got unexpected extra argument(s) (extra)\nsee: wecom list --help"
    assert (result.code, result.out, result.error) == (
        2,
        "",
        {"kind": "Usage", "exit_code": 2, "message": message},
    )


def test_what_follows_two_dashes_is_no_option(inside: Inside) -> None:
    result = inside("send", "a", "--", "--json")
    assert result == (
        2,
        "",
        "error: Got unexpected extra argument(s) (--json)\nsee: wecom send --help\n",
    )
    assert inside("customers", "--", "--json").err.startswith("error: externalcontact_list")
