"""Whoever could keep a secret: loggers at DEBUG, tracing, warnings, tracebacks with locals, pickles and copies."""

from __future__ import annotations

import copy
import io
import logging
import pickle
import re
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from typing import Any, Final

from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from rich.console import Console
from rich.traceback import Traceback

from .canary import Net

LIBRARIES: Final = (
    *("httpx", "httpcore", "h11", "anyio", "asyncio", "sqlalchemy", "sqlalchemy.engine", "sqlalchemy.pool"),
    *("redis", "celery", "kombu", "tenacity", "opentelemetry", "rich", "urllib3", "wecom_openapi"),
    "psycopg",
)

_WIDTH: Final = 5000


class _Lines(logging.Handler):
    """Keeps what is logged, as a handler with a formatter does and as one that reads the arguments."""

    def __init__(self, net: Net) -> None:
        super().__init__(logging.DEBUG)
        self._net = net
        self.names: set[str] = set()
        self.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.names.add(record.name)
        self._net.throw(f"the log of {record.name}", self.format(record))
        self._net.throw(f"the log record of {record.name}", vars(record))


@contextmanager
def logs(net: Net) -> Iterator[set[str]]:
    """All that is logged anywhere goes into the net; gives the names of the loggers that have said something."""
    handler, root = _Lines(net), logging.getLogger()
    loggers = [root, *map(logging.getLogger, LIBRARIES)]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    root.addHandler(handler)
    try:
        yield handler.names
    finally:
        root.removeHandler(handler)
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


@contextmanager
def spans(net: Net) -> Iterator[Callable[[], int]]:
    """OpenTelemetry watches httpx, and its spans go into the net; gives how many there were."""
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    instrumentor = HTTPXClientInstrumentor()
    instrumentor.instrument(tracer_provider=provider)
    try:
        yield lambda: len(exporter.get_finished_spans())
    finally:
        instrumentor.uninstrument()
        for span in exporter.get_finished_spans():
            net.throw("a span of OpenTelemetry", span.to_json())
        provider.shutdown()


@contextmanager
def screen(net: Net) -> Iterator[None]:
    """What is printed and what is warned of goes into the net."""
    out, err = io.StringIO(), io.StringIO()
    with warnings.catch_warnings(record=True) as caught, redirect_stdout(out), redirect_stderr(err):
        warnings.simplefilter("always")
        yield
    net.throw("stdout", out.getvalue())
    net.throw("stderr", err.getvalue())
    for warning in caught:
        net.throw("a warning", str(warning))


@contextmanager
def watching(net: Net) -> Iterator[tuple[set[str], Callable[[], int]]]:
    """All of these at once."""
    with ExitStack() as stack:
        names = stack.enter_context(logs(net))
        count = stack.enter_context(spans(net))
        stack.enter_context(screen(net))
        yield names, count


def show_error(net: Net, where: str, error: BaseException) -> None:
    """An exception in every form in which somebody keeps one."""
    net.throw(f"{where}: str", str(error))
    net.throw(f"{where}: repr", repr(error))
    net.throw(f"{where}: traceback", "".join(traceback.format_exception(error)))
    with_locals = traceback.TracebackException.from_exception(error, capture_locals=True)
    net.throw(f"{where}: traceback with locals", "".join(with_locals.format()))
    net.throw(f"{where}: rich traceback", _rich(error))
    net.throw(f"{where}: attributes", vars(error))
    for name, again in _copies(error):
        net.throw(f"{where}: {name}", again)


def show(net: Net, where: str, value: object, *, kept: bool = True) -> None:
    """An object in every form in which somebody prints one, and where it is ``kept`` pickles it."""
    net.throw(f"{where}: repr", repr(value))
    net.throw(f"{where}: str", str(value))
    net.throw(f"{where}: as rich prints it", _printed(value))
    if kept:
        net.throw(f"{where}: variables", getattr(value, "__dict__", None))
        for name, again in _copies(value):
            net.throw(f"{where}: {name}", again)


_COPIES: Final[dict[str, Callable[[object], object]]] = {
    "pickle": pickle.dumps,
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
}


def _copies(value: object) -> Iterator[tuple[str, Any]]:
    # What can't be copied or pickled says so, and that is searched as well.
    for name, how in _COPIES.items():
        try:
            yield name, how(value)
        except Exception as exc:  # noqa: BLE001 - anything may come of anything
            yield f"{name} failed", str(exc)


def _rich(error: BaseException) -> str:
    """What rich shows of a traceback but the source of its frames, which takes most of the time."""
    found = Traceback.extract(
        type(error),
        error,
        error.__traceback__,
        show_locals=True,
        locals_max_length=_WIDTH,
        locals_max_string=_WIDTH,
    )
    shown = [
        f"{name} = {node.render(max_width=_WIDTH)}"
        for stack in found.stacks
        for frame in stack.frames
        for name, node in (frame.locals or {}).items()
    ]
    return "\n".join([*shown, *(stack.exc_value for stack in found.stacks)])


def _printed(value: object) -> str:
    file = io.StringIO()
    # So wide that nothing is broken into two lines; the blanks that fill them are of no interest.
    Console(file=file, width=_WIDTH, color_system=None).print(value)
    return re.sub(" {2,}", " ", file.getvalue())
