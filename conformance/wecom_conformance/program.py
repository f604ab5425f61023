"""``wecom-conformance``: the suite as a program. Whatever happens comes out as one of three exit statuses."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Sequence

from .exits import Exit

_NAME = "wecom-conformance"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: without the program's name; those of the process by default.

    Returns:
        The exit status, see `Exit`.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without Chinese
    try:
        return _run(sys.argv[1:] if arguments is None else list(arguments))
    except KeyboardInterrupt:
        return _fail("stopped before anything was tested")
    except BrokenPipeError:
        # Whoever read our output has gone. Python would complain when it flushes stdout at the end.
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return Exit.COULD_NOT_RUN


def _run(arguments: list[str]) -> int:
    try:
        import jinja2  # noqa: F401  # missing later it would be in the midst of something
        import rich  # noqa: F401
        import schemathesis  # noqa: F401
        import typer
        import typer.main
    except ModuleNotFoundError as error:
        return _fail(f"{error.name} is needed: pip install 'wecom-openapi[conformance]'")
    from .commands import CANNOT, app

    try:
        return int(typer.main.get_command(app).main(arguments, prog_name=_NAME, standalone_mode=False) or 0)
    except typer.TyperException as exc:
        context = getattr(exc, "ctx", None)
        hint = f" (see: {context.command_path} --help)" if context is not None else ""
        return _fail(exc.format_message().removeprefix("Invalid value: ").rstrip(".") + hint)
    except CANNOT as error:
        return _fail(str(error))


def _fail(what: str) -> int:
    print(f"error: {' '.join(what.split())}", file=sys.stderr)
    return Exit.COULD_NOT_RUN


if __name__ == "__main__":
    sys.exit(main())
