"""A program: many threads and tasks in many processes that call WeCom at the same moment, as often as they are told.

``python crowd.py BASE_URL REDIS_URL PROCESSES EACH KIND``: KIND is threads, tasks, or both in turn; EACH is how many of
them a process has. A line on its standard input lets all of them make one call; when all have ended it prints what
became of them, as JSON. The end of its input ends it.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import sys
import threading
from collections.abc import Callable
from typing import Any

from wecom_openapi import AsyncWeCom, RedisTokenStore, WeCom, WeComError

CORPID, SECRET = "wwdemo", "demo"


def store_at(redis_url: str) -> RedisTokenStore:
    """With times that a busy machine keeps."""
    return RedisTokenStore(redis_url, timeout=30, lease=60)


def made(error: BaseException | None) -> str:
    return "ok" if error is None else f"{type(error).__name__}: {error}"


def with_threads(base_url: str, redis_url: str, each: int, begin: Callable[[], bool], end: Any) -> None:
    with WeCom(CORPID, SECRET, base_url=base_url, token_store=store_at(redis_url)) as wecom:

        def one() -> None:
            start.wait(60)
            try:
                wecom.groupchat_list(limit=10)
                told.append(made(None))
            except WeComError as exc:
                told.append(made(exc))

        while begin():
            told: list[str] = []
            start = threading.Barrier(each)
            workers = [threading.Thread(target=one) for _ in range(each)]
            for worker in workers:
                worker.start()
            for worker in workers:
                worker.join()
            end(told)


def with_tasks(base_url: str, redis_url: str, each: int, begin: Callable[[], bool], end: Any) -> None:
    async def main() -> None:
        store = store_at(redis_url)
        async with AsyncWeCom(CORPID, SECRET, base_url=base_url, token_store=store) as wecom:
            while begin():
                calls = [wecom.groupchat_list(limit=10) for _ in range(each)]
                results = await asyncio.gather(*calls, return_exceptions=True)
                end([made(one if isinstance(one, BaseException) else None) for one in results])

    asyncio.run(main())


RUN = {"threads": with_threads, "tasks": with_tasks}


def process(kind: str, base_url: str, redis_url: str, each: int, pipe: Any, together: Any) -> None:
    def begin() -> bool:
        again = bool(pipe.recv())
        if again:
            together.wait(60)
        return again

    RUN[kind](base_url, redis_url, each, begin, pipe.send)


def prepare(kind: str, redis_url: str) -> None:
    """Import what a call needs, once for all processes, by one that reaches nobody."""
    rounds = iter((True, False))
    RUN[kind]("http://127.0.0.1:1", redis_url, 1, lambda: next(rounds), lambda _: None)


def main(base_url: str, redis_url: str, processes: str, each: str, kind: str) -> None:
    kinds = list(RUN) if kind == "both" else [kind]
    for one in kinds:
        prepare(one, redis_url)
    forking = multiprocessing.get_context("fork")  # nothing runs here yet that a fork would lose
    together = forking.Barrier(int(processes))
    pipes = []
    for number in range(int(processes)):
        here, there = forking.Pipe()
        arguments = (kinds[number % len(kinds)], base_url, redis_url, int(each), there, together)
        forking.Process(target=process, args=arguments, daemon=True).start()
        pipes.append(here)
    for _ in sys.stdin:
        for pipe in pipes:
            pipe.send(True)
        print(json.dumps([line for pipe in pipes for line in pipe.recv()]), flush=True)
    for pipe in pipes:
        pipe.send(False)
    for child in multiprocessing.active_children():
        child.join(60)


if __name__ == "__main__":
    main(*sys.argv[1:])
