"""``wecom-mock --help`` and that of its commands, in full, and what a wrong command line is told."""

from __future__ import annotations

import pytest

from wecom_mock.cli import main
from wecom_mock.presets import PRESETS

PORT = "--port PORT           port on 127.0.0.1, 0 for any free one (default: 8088)"
OVERVIEW = """\
usage: wecom-mock [-h] COMMAND ...

A server on 127.0.0.1 that behaves like WeCom's customer mass messages.

positional arguments:
  COMMAND
    serve     serve until Ctrl+C
    replay    answer from a recording until Ctrl+C

options:
  -h, --help  show this help message and exit
"""
SERVE = f"""\
usage: wecom-mock serve [-h] [--port PORT] [--host ADDRESS] [--company FILE] [--scenario FILE] [--admin-host NAME] \
[--seed SEED] [--state FILE] [--preset {{documented,observed-2026,strict}}] [--setting NAME=VALUE] [--har FILE]

Serve a company on 127.0.0.1, the built-in one or one from a file, until Ctrl+C.

options:
  -h, --help            show this help message and exit
  {PORT}
  --host ADDRESS        address to listen on, 0.0.0.0 for all of this machine (default: 127.0.0.1)
  --company FILE        YAML file with corpid, apps, members, customers, groups, tags
  --scenario FILE       YAML file with settings, faults, and what people do after which call
  --admin-host NAME     a name besides localhost by which the console may be reached; may be given several times
  --seed SEED           what tokens, msgids and hints follow from (default: 0, or that of the state file)
  --state FILE          SQLite file that keeps the state; made where it is missing (default: memory)
  --preset {{documented,observed-2026,strict}}
                        where sources disagree (default: documented)
  --setting NAME=VALUE  change one setting; may be given again. There are {", ".join(PRESETS["strict"])}
  --har FILE            write every call to this file at the end, tokens masked
"""
REPLAY = f"""\
usage: wecom-mock replay [-h] [--port PORT] FILE.har

Answer the same requests as in a HAR file, in their order, and no others, until Ctrl+C.

positional arguments:
  FILE.har     what serve --har wrote, or another recorder

options:
  -h, --help   show this help message and exit
  {PORT}
"""
A_PORT = "invalid port (0 to 65535) value"


def words(text: str) -> list[str]:
    """Without line breaks and indents, which Python's versions set differently."""
    return text.split()


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [(["--help"], OVERVIEW), (["serve", "--help"], SERVE), (["replay", "--help"], REPLAY)],
)
def test_help_in_full(arguments: list[str], shown: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 0
    out, err = capsys.readouterr()
    assert (words(out), err) == (words(shown), "")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "wecom-mock: error: the following arguments are required: COMMAND"),
        (
            ["start"],
            "wecom-mock: error: argument COMMAND: invalid choice: 'start' (choose from 'serve', 'replay')",
        ),
        (["serve", "--port", "65536"], f"wecom-mock serve: error: argument --port: {A_PORT}: '65536'"),
        (["serve", "--port", "-1"], f"wecom-mock serve: error: argument --port: {A_PORT}: '-1'"),
        (["serve", "--port", "http"], f"wecom-mock serve: error: argument --port: {A_PORT}: 'http'"),
        (
            ["replay", "a.har", "--port", "65536"],
            f"wecom-mock replay: error: argument --port: {A_PORT}: '65536'",
        ),
        (["replay"], "wecom-mock replay: error: the following arguments are required: FILE.har"),
        (
            ["serve", "--host", "localhost"],
            "wecom-mock serve: error: argument --host: invalid IPv4 address value: 'localhost'",
        ),
        (["serve", "--seed", "x"], "wecom-mock serve: error: argument --seed: invalid int value: 'x'"),
        (
            ["serve", "--preset", "lax"],
            "wecom-mock serve: error: argument --preset: invalid choice: 'lax' "
            "(choose from 'documented', 'observed-2026', 'strict')",
        ),
        (["serve", "--setting", "check_media"], "wecom-mock: error: setting 'check_media': write name=value"),
        (
            ["serve", "--setting", "image_megabytes=6"],
            "wecom-mock: error: setting image_megabytes: '6' is not one of 10, 5",
        ),
        *(
            (
                ["serve", "--scenario", "s.yaml", *more],
                "wecom-mock: error: --scenario has settings of its own: leave --preset and --setting out",
            )
            for more in (["--preset", "strict"], ["--setting", "image_megabytes=5"])
        ),
    ],
)
def test_wrong_usage_is_exit_code_2(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    out, err = capsys.readouterr()
    # Later Pythons leave out the quotes around choices.
    assert (out, err.splitlines()[-1].replace("'", "")) == ("", told.replace("'", ""))
    program = told.partition(": error: ")[0]
    assert err.startswith(f"usage: {program} [-h] ")


def test_an_unknown_setting_is_told_all_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["serve", "--setting", "images=1"])
    head, _, names = capsys.readouterr().err.splitlines()[-1].partition("; there are ")
    assert head == "wecom-mock: error: no setting 'images'"
    assert sorted(names.split(", ")) == sorted(PRESETS["strict"])
