"""The mock as it is measured: `python -m benchmarks.served own|starlette` prints its port and a token, then serves."""

from __future__ import annotations

import socket
import sys
import time

from wecom_mock import Request, State, handle
from wecom_mock.caller import Caller
from wecom_mock.server import bind, run


def main(kind: str) -> None:
    """Serve until the process is ended."""
    state = State()
    listener = bind(0)
    line = f"{listener.getsockname()[1]} {Caller(state).token()}"
    if kind == "own":
        print(line, flush=True)
        run(state, time.time, listener)
    else:
        _starlette(state, listener, line)


def _starlette(state: State, listener: socket.socket, line: str) -> None:
    import uvicorn
    from starlette import applications, requests, responses, routing

    async def answer(request: requests.Request) -> responses.Response:
        scope, body = request.scope, await request.body()
        kind = request.headers.get("content-type", "")
        reply = handle(
            state, Request(scope["method"], scope["path"], scope["query_string"], body, kind), time.time()
        )
        return responses.Response(reply.body, reply.status, dict(reply.headers))

    app = applications.Starlette(routes=[routing.Route("/{path:path}", answer, methods=["GET", "POST"])])
    print(line, flush=True)
    # The quickest loop and parser that there are here.
    uvicorn.Server(uvicorn.Config(app, access_log=False, log_config=None, lifespan="off")).run(
        sockets=[listener]
    )


if __name__ == "__main__":
    main(sys.argv[1])
