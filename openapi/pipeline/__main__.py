"""``python -m pipeline``: regenerate, check that nothing has drifted, or write the golden requests anew."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pipeline.build import check, regenerate, rewrite_golden
from pipeline.config import load_api
from pipeline.errors import PipelineError

PROFILE = Path(__file__).resolve().parent.parent / "wecom" / "api.toml"


def main(arguments: list[str] | None = None) -> int:
    """Run one command. 0: done and clean; 1: something is wrong, and one line on standard error says what."""
    parser = argparse.ArgumentParser(prog="python -m pipeline", description=__doc__)
    parser.add_argument("command", choices=("regenerate", "check", "golden"), help="what to do")
    parser.add_argument(
        "--api",
        type=Path,
        default=PROFILE,
        metavar="FILE",
        help="the profile (default: openapi/wecom/api.toml)",
    )
    parser.add_argument("--quiet", action="store_true", help="don't say which step is running")
    options = parser.parse_args(arguments)

    def say(step: str) -> None:
        if not options.quiet:
            print(f"· {step}", file=sys.stderr, flush=True)

    try:
        api = load_api(options.api)
        if options.command == "golden":
            found = rewrite_golden(api)
        else:
            found = regenerate(api, say) if options.command == "regenerate" else check(api, say)
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
    sys.exit(main())
