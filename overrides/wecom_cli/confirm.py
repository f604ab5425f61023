"""Asks at a terminal before something is done that can't be undone."""

from __future__ import annotations

import sys

from wecom_cli.exits import Exit, Stop
from wecom_cli.output import Output
from wecom_cli.text import printable


def can_ask() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def require(output: Output, what: str) -> None:
    """Refuse to go on where nobody can be asked.

    Raises:
        Stop: there is no terminal.
    """
    if not can_ask():
        raise Stop(
            Exit.NOTHING_SENT,
            "NotConfirmed",
            output.say(
                f"{what}: nobody can be asked here, as this is no terminal; use --yes to do it without asking",
                f"{what}：当前不是终端，无法询问；使用 --yes 可不经询问执行",
            ),
        )


def ask(output: Output, question: str, otherwise: str) -> None:
    """Ask on stderr. Only y and yes, or 是, say yes.

    Args:
        output: for the language.
        question: what is asked.
        otherwise: what has not happened where the answer isn't yes.

    Raises:
        Stop: the answer is something else, or none.
    """
    sys.stderr.write(f"{printable(question)} [y/N] ")
    sys.stderr.flush()
    answer = sys.stdin.readline()
    if not answer.endswith("\n"):
        sys.stderr.write("\n")
    if answer.strip().lower() not in ("y", "yes", "是"):
        raise Stop(
            Exit.NOTHING_SENT,
            "NotConfirmed",
            output.say(f"not confirmed: {otherwise}", f"未确认：{otherwise}"),
        )
