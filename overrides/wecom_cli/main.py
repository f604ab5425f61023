"""The program: parses, runs, and turns whatever happens into an exit status."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
import warnings
from collections.abc import Callable, Sequence
from types import FrameType
from typing import TYPE_CHECKING, Any

from wecom_cli.exits import Exit, Stop
from wecom_cli.language import of_the_environment
from wecom_cli.output import Output

if TYPE_CHECKING:
    import typer


class Terminated(KeyboardInterrupt):
    """SIGTERM. Like Ctrl-C it must not leave a write without a word."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: without the program's name; those of the process by default.

    Returns:
        The exit status, see `wecom_cli.exits`.
    """
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without Chinese
    output = Output(json=_wants_json(arguments), language=of_the_environment())
    try:
        with contextlib.suppress(ValueError):  # only the main thread may, and only there it is needed
            signal.signal(signal.SIGTERM, _terminate)
        return _run(arguments, output)
    except Terminated as exc:
        return _quietly(exc, output, Exit.TERMINATED)
    except KeyboardInterrupt as exc:
        return _quietly(exc, output, Exit.INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output has gone. Python would complain when it flushes stdout at the end.
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return Exit.READER_GONE


def _run(arguments: list[str], output: Output) -> int:
    try:
        import rich  # noqa: F401 - missing later it would be in the midst of something
        import typer
        import typer.main
    except ModuleNotFoundError as error:
        message = f"{error.name} is needed: pip install 'wecom-openapi[cli]'"
        output.fail(message, kind="Installation", exit_code=int(Exit.CONFIGURATION))
        return Exit.CONFIGURATION
    from wecom_cli.app import app
    from wecom_cli.options import Job

    try:
        job = typer.main.get_command(app).main(arguments, prog_name="wecom", standalone_mode=False)
    except typer.TyperException as exc:
        return _usage(exc, output)
    if not isinstance(job, Job):
        return int(job or 0)  # help, version or completion
    output.json, output.language = job.as_json, job.language or output.language
    return _work(job.work, output)


def _work(work: Callable[[Output], Exit], output: Output) -> Exit:
    from wecom_cli.failures import report, report_output, report_stop
    from wecom_openapi.errors import WeComError, WeComWarning

    with warnings.catch_warnings():
        warnings.simplefilter("always", WeComWarning)
        others = warnings.showwarning

        def tell(message: Warning | str, category: type[Warning], *rest: Any, **named: Any) -> None:
            if issubclass(category, WeComWarning):
                output.warn(str(message), kind=category.__name__)
            else:
                others(message, category, *rest, **named)

        warnings.showwarning = tell
        try:
            return work(output)
        except Stop as exc:
            return report_stop(exc, output)
        except WeComError as exc:
            return report(exc, output)
        except BrokenPipeError:
            raise
        except OSError as exc:
            return report_output(exc, output)


def _usage(exc: typer.TyperException, output: Output) -> Exit:
    context = getattr(exc, "ctx", None)
    hint = f"\nsee: {context.command_path} --help" if context is not None else ""
    message = exc.format_message().removeprefix("Invalid value: ").rstrip(".")  # of a combination of options
    output.fail(message + hint, kind="Usage", exit_code=int(Exit.NOTHING_SENT))
    return Exit.NOTHING_SENT


def _quietly(exc: KeyboardInterrupt, output: Output, status: Exit) -> Exit:
    from wecom_cli.failures import report_interrupt

    with contextlib.suppress(OSError):
        report_interrupt(exc, output, status)
    return status


def _wants_json(arguments: Sequence[str]) -> bool:
    """Whether errors are to be JSON, before the command line is understood."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return "--json" in options


def _terminate(number: int, frame: FrameType | None) -> None:
    raise Terminated
