"""``wecom upload``: a file for a message, with a bar while it leaves."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from wecom_cli import environment, times
from wecom_cli.choices import MediaType
from wecom_cli.exits import Exit, Stop
from wecom_cli.output import Output
from wecom_cli.text import excerpt

_DEADLINE = 600.0


def upload(file: str, kind: MediaType, server: environment.Server, output: Output) -> Exit:
    """A temporary file: gives a media_id."""
    with (
        environment.client(server, deadline=_DEADLINE) as wecom,
        _file(file),
        _bar(file, output) as progress,
    ):
        answer = wecom.media_upload(type=kind.value, media=file, progress=progress)
    if output.json:
        fields = answer.to_dict()
        stamp = times.number(fields.get("created_at"))
        document: dict[str, Any] = {"media_id": answer.media_id, "type": fields.get("type", kind.value)}
        if stamp is not None:
            document.update(created_at=stamp, created_at_iso=times.iso(stamp))
        output.document(document)
    else:
        output.text(f"media_id: {answer.media_id}")
        output.note(output.say("valid for three days", "三天内有效"))
    return Exit.DONE


def upload_for_link(file: str, server: environment.Server, output: Output) -> Exit:
    """A permanent image: gives an address."""
    with (
        environment.client(server, deadline=_DEADLINE) as wecom,
        _file(file),
        _bar(file, output) as progress,
    ):
        answer = wecom.media_uploadimg(media=file, progress=progress)
    if output.json:
        output.document({"url": answer.url})
    else:
        output.text(f"url: {answer.url}")
        output.note(output.say("it stays valid", "永久有效"))
    return Exit.DONE


@contextmanager
def _file(name: str) -> Iterator[None]:
    """What is wrong with the file itself, in one line."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as exc:
        reason = exc.strerror or str(exc)
    except (TypeError, ValueError) as exc:
        # No regular file, or a name that none can have. The client's own errors are no ValueError but one.
        if type(exc).__module__ != "builtins":
            raise
        reason = str(exc).removeprefix("media: ").removeprefix(f"{name} is ").partition(";")[0]
    else:
        return
    raise Stop(Exit.NOTHING_SENT, "Unreadable", f"{name}: {reason}", file=name, reason=reason)


@contextmanager
def _bar(file: str, output: Output) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on stderr, where that is a terminal."""
    if output.json or not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    from wecom_cli.screen import console

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
    )
    with Progress(*columns, console=console(sys.stderr), transient=True) as bars:
        task = bars.add_task(excerpt(file, 30), total=None)
        yield lambda sent, total: bars.update(task, completed=sent, total=total)
