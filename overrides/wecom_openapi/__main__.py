"""``python -m wecom_openapi``."""

import sys

from wecom_openapi.cli import main

if __name__ == "__main__":
    sys.exit(main())
