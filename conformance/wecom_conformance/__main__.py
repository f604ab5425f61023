"""``python -m wecom_conformance``: the program."""

from __future__ import annotations

import sys

from wecom_conformance.program import main

if __name__ == "__main__":  # worker processes import this file too
    sys.exit(main())
