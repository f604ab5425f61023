"""What the tests of the program stand on: a server with a fault on a real socket, settings, and the program itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
import yaml

from wecom_conformance.program import main
from wecom_mock import Reply, Request, Settings, State, handle
from wecom_mock.door import bind

Message = MutableMapping[str, Any]
Fault = Callable[[State, Request, float], Reply]
LIMIT = 120.0

SETTINGS: dict[str, Any] = {
    "corpid": "wwdemo",
    "member": "zhangsan",
    "customers": ["woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA", "wo540F98E0E27BAF203E2AEB5468C93A"],
    "groups": ["wr2GCAAAXtWyujaWJHDDGasdadAAA", "wrDemoSecondGroupOfZhangsanAA"],
    "tag": "ete19278asuMT123109rBAAAA",
    "tag_group": "etDemoGroupOfLevelsAAAAAAAAAA",
    "departments": [2, 3],
}


def app_of(fault: Fault, state: State, seen: list[Request]) -> Callable[..., Awaitable[None]]:
    """An ASGI application that answers as the fault does, and keeps what it was asked."""

    async def app(scope: Message, receive: Callable[..., Any], send: Callable[..., Any]) -> None:
        if scope["type"] != "http":
            return
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        kind = dict(scope["headers"]).get(b"content-type", b"").decode("latin-1")
        request = Request(scope["method"], scope["path"], scope["query_string"], body, kind)
        seen.append(request)
        reply = fault(state, request, time.time())
        headers = [(name.lower().encode(), value.encode()) for name, value in reply.headers]
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        await send({"type": "http.response.body", "body": reply.body})

    return app


class Served:
    """A running server: its URL, and the requests that came."""

    def __init__(self, base_url: str, seen: list[Request], state: State) -> None:
        self.base_url, self.seen, self.state = base_url, seen, state


@contextmanager
def serving(fault: Fault = handle) -> Iterator[Served]:
    """The mock with a fault, on a free port of 127.0.0.1."""
    state, seen = State(settings=Settings(moments_per_minute=None)), list[Request]()
    listener = bind(0)
    config = uvicorn.Config(
        app_of(fault, state, seen),
        log_config=None,
        log_level="critical",
        lifespan="off",
        http="h11",
        ws="none",
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()  # the socket listens already, so whoever connects early waits
    try:
        yield Served(f"http://127.0.0.1:{listener.getsockname()[1]}", seen, state)
    finally:
        server.should_exit = True
        thread.join()


class Program:
    """The program with its settings, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = folder / "company.yaml"
        self.settings.write_text(yaml.safe_dump(SETTINGS), encoding="utf-8")
        self.report = folder / "report"

    def run(self, base_url: str, *more: str, operations: Sequence[str] = ()) -> int:
        """``wecom-conformance run`` in this process, with the reports in `report`."""
        return main([*self.arguments(base_url, operations), "--report", str(self.report), *more])

    def arguments(self, base_url: str, operations: Sequence[str] = ()) -> list[str]:
        """Of a run."""
        only = ["--operations", ",".join(operations)] if operations else []
        return ["run", "--base-url", base_url, "--settings", str(self.settings), *only]

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """The program as a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "wecom_conformance", *arguments],
            cwd=self.folder,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    @property
    def data(self) -> Any:
        """The report as data."""
        return json.loads((self.report / "report.json").read_text(encoding="utf-8"))

    @property
    def codes(self) -> set[str]:
        """The codes of what was found."""
        return {one["code"] for one in self.data["failures"]}


def environment() -> dict[str, str]:
    """For a process: it finds the packages that this one has found."""
    folders = [os.environ.get("PYTHONPATH", ""), *(folder for folder in sys.path if folder)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(folders), "PYTHONUTF8": "1"}
