"""``docs/benchmarks.md`` and its Chinese twin: the numbers of a run, ``docs/benchmarks.json``, as tables and plots."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

from benchmarks import growth
from benchmarks.peer_clients import ALL_OURS, FLOOR
from benchmarks.peer_run import CELLS
from benchmarks.peers import AIMS, BARE, Standing, Standings

DOCS = Path(__file__).resolve().parents[1] / "docs"
RESULTS = DOCS / "benchmarks.json"
PLOTS = "benchmarks"
BEGIN, END = "<!-- numbers: written by make bench WRITE=1 -->", "<!-- /numbers -->"

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "machine": "Measured {date} on {cores} cores of {processor}, {system}, Python {python}.",
        "cell": "{how}, body with {recipients} recipients",
        "sync": "{width} {thread}, blocking",
        "async": "{width} {task}, asyncio",
        "head": "| client | CPU µs a call | of bare httpx | calls a second | calls failed |",
        "aim": "aim {aim:.2f}",
        "floor": "{name} (floor: checks nothing)",
        "all": "All of `make bench`, as it was printed:",
        "thread": "thread",
        "threads": "threads",
        "task": "task",
        "tasks": "tasks",
        "plot": "CPU of a call in µs, {cell}",
        "growth": "A broadcast, by recipients",
        "sizes": "| recipients | calls | plan, CPU s | report, CPU s | peak memory, MiB | on disk, MiB |",
    },
    "zh": {
        "machine": "测量于 {date}：{processor}，{cores} 核，{system}，Python {python}。",
        "cell": "{how}，请求体含 {recipients} 个接收者",
        "sync": "同步，{width} 个线程",
        "async": "asyncio，{width} 个任务",
        "head": "| 客户端 | 每次调用 CPU（微秒） | 相对裸 httpx | 每秒调用数 | 失败的调用 |",
        "aim": "目标 {aim:.2f}",
        "floor": "{name}（下限：什么都不检查）",
        "all": "`make bench` 的全部输出：",
        "thread": "",
        "threads": "",
        "task": "",
        "tasks": "",
        "plot": "每次调用的 CPU（微秒），{cell}",
        "growth": "群发，按收件人数量",
        "sizes": "| 收件人 | 调用 | 计划，CPU 秒 | 报告，CPU 秒 | 内存峰值，MiB | 磁盘，MiB |",
    },
}


def save(text: str, standings: Standings, sizes: growth.Rows) -> None:
    """Keep the numbers of a run, and write pages and plots from them."""
    results = {
        "date": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
        "processor": _processor(),
        "cores": os.cpu_count(),
        "text": text,
        "peers": {name: [asdict(one) for one in cell] for name, cell in standings.items()},
        "broadcast": list(sizes),
    }
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for path, content in rendered(results).items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")


def rendered(results: Mapping[str, Any]) -> dict[Path, str]:
    """Every file that follows from the numbers, as it has to be."""
    standings = {
        name: [Standing(**one) for one in cell] for name, cell in results["peers"].items() if name in CELLS
    }
    files = {}
    for language, name in (("en", "benchmarks.md"), ("zh", "benchmarks.zh-CN.md")):
        page = (DOCS / name).read_text(encoding="utf-8")
        before, _, rest = page.partition(BEGIN)
        _, _, after = rest.partition(END)
        numbers = "\n".join(_numbers(results, standings, WORDS[language]))
        files[DOCS / name] = f"{before}{BEGIN}\n{numbers}\n{END}{after}"
    for name, cell in standings.items():
        files[DOCS / PLOTS / f"{name}.svg"] = plot(_title(name, WORDS["en"]), cell)
    files[DOCS / PLOTS / "broadcast.svg"] = growth.plot(results["broadcast"])
    return files


def _numbers(results: Mapping[str, Any], standings: Standings, words: Mapping[str, str]) -> Iterator[str]:
    yield words["machine"].format(**results)
    for name, cell in standings.items():
        title = _title(name, words)
        bare = next(one.microseconds for one in cell if one.client == BARE)
        yield f"\n### {title}\n"
        yield f"![{words['plot'].format(cell=title)}]({PLOTS}/{name}.svg)\n"
        yield words["head"]
        yield "|---|---:|---:|---:|---:|"
        for one in sorted(cell, key=lambda each: each.microseconds):
            aim = AIMS.get((name, one.client))
            ratio = f"{one.microseconds / bare:.2f}" + (f" ({words['aim'].format(aim=aim)})" if aim else "")
            shown = words["floor"].format(name=one.client) if one.client == FLOOR else one.client
            shown = f"**{shown}**" if one.client in ALL_OURS else shown
            yield f"| {shown} | {one.microseconds:,.0f} | {ratio} | {one.rate:,.0f} | {one.failed or ''} |"
    yield f"\n### {words['growth']}\n"
    yield f"![{words['growth']}]({PLOTS}/broadcast.svg)\n"
    yield from growth.table(results["broadcast"], words["sizes"])
    yield f"\n{words['all']}\n\n```text\n{results['text']}\n```"


def _title(name: str, words: Mapping[str, str]) -> str:
    cell = CELLS[name]
    many = "" if cell.width == 1 else "s"
    how = words["async" if cell.tasks else "sync"].format(
        width=cell.width, thread=words[f"thread{many}"], task=words[f"task{many}"]
    )
    return words["cell"].format(how=how, recipients=f"{cell.recipients:,}")


def plot(title: str, cell: list[Standing]) -> str:
    """Bars, the shortest on top. Plain SVG that reads on a light and on a dark page."""
    ranked = sorted(cell, key=lambda each: each.microseconds)
    longest = ranked[-1].microseconds
    row, left, width = 26, 170, 720
    height = 44 + row * len(ranked)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        ' font-family="sans-serif" font-size="13">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="12" y="24" font-weight="bold">{escape(f"CPU of a call in µs: {title}")}</text>',
    ]
    for index, one in enumerate(ranked):
        top = 38 + row * index
        length = max(2, round((width - left - 90) * one.microseconds / longest))
        colour = "#0f766e" if one.client in ALL_OURS else "#cbd5e1" if one.client == FLOOR else "#64748b"
        parts += [
            f'<text x="{left - 8}" y="{top + 15}" text-anchor="end">{escape(one.client)}</text>',
            f'<rect x="{left}" y="{top + 2}" width="{length}" height="{row - 8}" fill="{colour}"/>',
            f'<text x="{left + length + 6}" y="{top + 15}">{one.microseconds:,.0f}</text>',
        ]
    return "\n".join([*parts, "</svg>", ""])


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
