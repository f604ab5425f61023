"""A program that may ask for a token and dies before it does: ``python holder.py REDIS_URL KEY LEASE``."""

from __future__ import annotations

import os
import signal
import sys

from wecom_openapi import RedisTokenStore

if __name__ == "__main__":
    url, key, lease = sys.argv[1:]
    assert RedisTokenStore(url, timeout=30, lease=float(lease)).claim(key).lease is not None
    os.kill(os.getpid(), signal.SIGKILL)
