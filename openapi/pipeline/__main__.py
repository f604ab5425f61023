"""``python -m pipeline``: regenerate, check for drift, write the golden requests anew, compare two documents, or hold a
fresh capture of a page against the contract."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path

from pipeline.build import check, regenerate, rewrite_golden
from pipeline.comparison import compare, lines
from pipeline.config import load_api
from pipeline.contract import named_document
from pipeline.errors import PipelineError
from pipeline.version_gate import check_version
from pipeline.watch import watch

COMMANDS = ("regenerate", "check", "golden", "changes", "watch")
PROFILE = Path(__file__).resolve().parent.parent / "wecom" / "api.toml"


def main(arguments: list[str] | None = None) -> int:
    """Run one command. 0: done and clean; 1: something is wrong, and one line on standard error says what."""
    parser = argparse.ArgumentParser(prog="python -m pipeline", description=__doc__)
    parser.add_argument("command", choices=COMMANDS, help="what to do")
    parser.add_argument("capture", nargs="?", type=Path, help="for watch: the page, HTML or text in UTF-8")
    parser.add_argument(
        "--api",
        type=Path,
        default=PROFILE,
        metavar="FILE",
        help="the profile (default: openapi/wecom/api.toml)",
    )
    parser.add_argument("--quiet", action="store_true", help="don't say which step is running")
    document = "for changes: the date of a capture, or an OpenAPI file"
    parser.add_argument("--from", dest="old", metavar="DATE|FILE", help=document)
    parser.add_argument("--to", dest="new", metavar="DATE|FILE", help=document)
    parser.add_argument(
        "--gate",
        action="store_true",
        help="for changes: fail where info.version was not raised as far as the changes mean",
    )
    options = parser.parse_args(arguments)
    if (options.old is not None, options.new is not None) != (options.command == "changes",) * 2:
        parser.error("changes needs --from and --to, and nothing else takes them")
    if (options.capture is not None) != (options.command == "watch"):
        parser.error("watch needs a capture, and nothing else takes one")
    if options.gate and options.command != "changes":
        parser.error("--gate is for changes")

    def say(step: str) -> None:
        if not options.quiet:
            print(f"· {step}", file=sys.stderr, flush=True)

    try:
        api = load_api(options.api)
        match options.command:
            case "golden":
                found = rewrite_golden(api)
            case "changes":
                old, new = named_document(api, options.old), named_document(api, options.new)
                changes = compare(old, new)
                found = list(lines(changes))
                if options.gate:
                    print(*found, sep="\n", flush=True)
                    check_version(old, new, changes)
                    found = ["the version says so"]
            case "watch":
                found = watch(api, options.capture)
            case "regenerate":
                found = regenerate(api, say)
            case _:
                found = check(api, say)
    except PipelineError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"error: {error.filename}: {error.strerror or error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("error: interrupted; nothing was written", file=sys.stderr)
        return 1
    for line in found:
        print(line)
    if options.command == "watch":
        print(
            "the contract says all of it" if not found else "look at the page, then correct", file=sys.stderr
        )
        return 1 if found else 0
    if options.command != "check":
        return 0
    if found:
        print(
            f"error: {len(found)} files have drifted; run `make regenerate` and commit what it writes",
            file=sys.stderr,
        )
        return 1
    print("no drift")
    return 0


if __name__ == "__main__":
    # What one command makes lives until its end: looking for garbage in it is a sixth of its time.
    gc.disable()
    sys.exit(main())
