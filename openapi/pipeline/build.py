"""One build: everything is made and judged in memory and in a scratch folder, and only then put in its place."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import gates, golden, overlay
from pipeline.changes import changes
from pipeline.config import Api
from pipeline.contract import FLOW, HEADER, build_contracts
from pipeline.documents import read_yaml, to_yaml
from pipeline.errors import PipelineError
from pipeline.facts import ClientFacts, client_facts
from pipeline.generate import generate
from pipeline.lock import lock_text
from pipeline.package import package_data
from pipeline.place import files_in, place
from pipeline.projection import project
from pipeline.reference import reference_pages

PIPELINE = Path(__file__).resolve().parent
TEMPLATES = PIPELINE.parent / "templates"

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Build:
    """What a build made: every file's content, not yet in its place."""

    contract: Mapping[str, Any]
    files: Mapping[Path, bytes]
    applied: Mapping[str, Sequence[overlay.Applied]]
    """What each correction did, by vendor document."""
    projection: Mapping[str, Any]
    facts: ClientFacts


def make(api: Api, say: Progress) -> Build:
    """Build everything from the current vendor document.

    Args:
        api: the profile.
        say: told what is being done, one line a step.

    Raises:
        PipelineError: at the first thing that is wrong. Nothing has been written then.
    """
    built = build_contracts(api, sorted(api.vendor), say)
    applied = {date: one.applied for date, one in built.items()}
    contract = built[api.current].document
    text = to_yaml(contract, HEADER, FLOW)
    for date, one in built.items():
        other = text if one.document is contract else to_yaml(one.document, HEADER, FLOW)
        if other != text:
            raise PipelineError(
                f"the page of {date}",
                f"gives another contract than that of {api.current}: {_first_difference(other, text)}",
            )
    files: dict[Path, bytes] = {api.contract: text.encode()}
    for name, text in package_data(contract, api).items():
        files[api.package / "data" / name] = text.encode()
    for name, text in reference_pages(contract, api).items():
        files[api.reference / name] = text.encode()
    say("client")
    projection = project(contract, api.envelope)
    facts = client_facts(contract, api.envelope, package=api.client.name)
    with tempfile.TemporaryDirectory(prefix="client-") as scratch:
        staged = Path(scratch) / api.client.name
        generate(projection, facts, staged)
        say("gates")
        gates.check_projection(contract, projection)
        gates.check_syntax(staged)
        gates.check_no_any(staged)
        gates.check_imports(staged)
        gates.check_complete(staged, projection)
        files |= {api.client / path.relative_to(staged): path.read_bytes() for path in files_in(staged)}
    files[api.lock] = lock_text(api.lock.parent, _inputs(api), files).encode()
    return Build(contract, files, applied, projection, facts)


def _inputs(api: Api) -> list[Path]:
    vendor = [document.document for document in api.vendor.values()]
    code = [*PIPELINE.glob("*.py"), *(path for path in TEMPLATES.rglob("*.jinja"))]
    return [api.root / "api.toml", api.errcodes, *vendor, *api.corrections, *code]


def _first_difference(one: str, other: str) -> str:
    for number, (left, right) in enumerate(zip(one.splitlines(), other.splitlines(), strict=False), start=1):
        if left != right:
            return f"line {number}, {left.strip()!r} and {right.strip()!r}"
    return "one is longer"


def regenerate(api: Api, say: Progress) -> list[str]:
    """Build, put everything in its place, and tell what is new: one line for each change.

    Raises:
        PipelineError: as for `make`, or something can't be written; what stood there before stands there still.
    """
    build = make(api, say)
    stale = list(drift(api, build))
    lines = [*_unnecessary(build), *_news(api, build, stale)]
    place(build.files, (api.client, api.reference))
    return lines


def drift(api: Api, build: Build) -> Iterator[str]:
    """A line for every file that isn't what the build made, or that it didn't make."""
    root = api.lock.parent
    for path, content in sorted(build.files.items()):
        if not path.is_file():
            yield f"{path.relative_to(root).as_posix()}: missing"
        elif path.read_bytes() != content:
            yield f"{path.relative_to(root).as_posix()}: differs"
    for folder in (api.client, api.reference):
        for path in files_in(folder):
            if path not in build.files:
                yield f"{path.relative_to(root).as_posix()}: not made by the build"


def check(api: Api, say: Progress) -> list[str]:
    """Build and compare with what is committed; where that is the same, put it through the slow gates too.

    Returns:
        The drift, one line a file; empty where all is as it should be.

    Raises:
        PipelineError: as for `make`, and for a gate that is not passed.
    """
    build = make(api, say)
    found = list(drift(api, build))
    if not found:
        say("slow gates")
        gates.check_golden(api.client, build.projection, api.golden)
        gates.check_same_bytes(api.client, build.projection, build.facts)
        gates.check_types(api.client)
    return found


def rewrite_golden(api: Api) -> list[str]:
    """Write the golden requests anew from the client that stands in its place.

    Returns:
        A line for each file that changed.
    """
    before = {path: path.read_bytes() for path in files_in(api.golden)}
    golden.write_golden(api.client, project(read_yaml(api.contract), api.envelope), api.golden)
    changed = [path for path in files_in(api.golden) if before.get(path) != path.read_bytes()]
    return [f"{path.relative_to(api.lock.parent).as_posix()}: written anew" for path in changed] or [
        "nothing changed"
    ]


def _news(api: Api, build: Build, stale: Sequence[str]) -> Iterator[str]:
    if not stale:
        yield "nothing changed"
        return
    try:
        old = read_yaml(api.contract) if api.contract.exists() else None
        lines = list(changes(old, build.contract))
    except (PipelineError, LookupError, TypeError, AttributeError):
        # Somebody's hand, or a merge, left no contract there. That must not stop the build that mends it.
        yield "contract: the one that stood here is none; written anew"
        return
    yield from lines or [f"{len(stale)} files written anew, the contract is the same"]


def _unnecessary(build: Build) -> Iterator[str]:
    for date, applied in build.applied.items():
        for line in (*overlay.unnecessary(applied), *overlay.overruled(applied)):
            yield f"page of {date}: {line}"
