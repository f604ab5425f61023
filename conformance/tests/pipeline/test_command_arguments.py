"""What is typed after ``python -m pipeline``: what it explains, and what it refuses before anything is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.__main__ import main

DOCUMENT = "for changes: the date of a capture, or an OpenAPI file"
NAMED = {
    "{regenerate,check,golden,changes,watch}": "what to do",
    "capture": "for watch: the page, HTML or text in UTF-8",
}
OPTIONS = {
    "-h, --help": "show this help message and exit",
    "--api FILE": "the profile (default: openapi/wecom/api.toml)",
    "--quiet": "don't say which step is running",
    "--from DATE|FILE": DOCUMENT,
    "--to DATE|FILE": DOCUMENT,
    "--gate": "for changes: fail where info.version was not raised as far as the changes mean",
}


def test_the_help_says_what_each_argument_is_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    usage, about, *rest = capsys.readouterr().out.split("\n\n")
    assert usage.startswith("usage: python -m pipeline [-h] ")
    assert " ".join(about.split()) == (
        "``python -m pipeline``: regenerate, check for drift, write the golden requests anew, compare two "
        "documents, or hold a fresh capture of a page against the contract."
    )
    assert [" ".join(part.split()) for part in rest] == [
        f"positional arguments: {' '.join(f'{name} {text}' for name, text in NAMED.items())}",
        f"options: {' '.join(f'{name} {text}' for name, text in OPTIONS.items())}",
    ]


PAIR = "changes needs --from and --to, and nothing else takes them"
CAPTURE = "watch needs a capture, and nothing else takes one"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["changes"], PAIR),
        (["changes", "--from", "2022-08-30"], PAIR),
        (["changes", "--to", "2022-08-30"], PAIR),
        (["check", "--from", "2022-08-30"], PAIR),
        (["check", "--to", "2022-08-30"], PAIR),
        (["golden", "--from", "2022-08-30", "--to", "2025-11-17"], PAIR),
        (["watch"], CAPTURE),
        (["check", "page.html"], CAPTURE),
        (["changes", "page.html", "--from", "2022-08-30", "--to", "2025-11-17"], CAPTURE),
        (["check", "--gate"], "--gate is for changes"),
        (["watch", "page.html", "--gate"], "--gate is for changes"),
    ],
)
def test_arguments_that_do_not_belong_together(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.raises(SystemExit) as caught:
        main([*arguments, "--api", str(tmp_path / "none.toml")])
    assert caught.value.code == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines()[-1] == f"python -m pipeline: error: {says}"


@pytest.mark.parametrize(
    "arguments",
    [
        ["golden"],
        ["watch", "page.html"],
        ["changes", "--from", "a", "--to", "b"],
        ["changes", "--from", "a", "--to", "b", "--gate"],
    ],
)
def test_those_that_do_come_as_far_as_the_profile(
    arguments: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    profile = tmp_path / "none.toml"
    assert main([*arguments, "--api", str(profile)]) == 1
    assert capsys.readouterr().err == f"error: {profile}: No such file or directory\n"
