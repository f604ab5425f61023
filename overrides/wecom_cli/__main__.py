"""``python -m wecom_cli``."""

import sys

from wecom_cli.main import main

if __name__ == "__main__":
    sys.exit(main())
