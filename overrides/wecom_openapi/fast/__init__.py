"""Transports that cost a fraction of httpx's own: Node's HTTP parser reads the answers, straight from a socket.

::

    from wecom_openapi import WeCom
    from wecom_openapi.fast import FastTransport

    with WeCom(corpid, corpsecret, transport=FastTransport()) as wecom: ...

They are never used unasked: another implementation of HTTP is a choice. Names, certificates, proxies, deadlines and
what became of a call that failed are as with httpx's own transports. What differs is said in docs/benchmarks.md.
"""

try:
    import httptools  # noqa: F401 - where it is missing, it is said at once and in words of ours
except ImportError as _missing:
    raise ImportError(
        "wecom_openapi.fast needs httptools: pip install 'wecom-openapi[fast]'", name="httptools"
    ) from _missing

from wecom_openapi.fast.tasks import AsyncFastTransport
from wecom_openapi.fast.threads import FastTransport

__all__ = ["AsyncFastTransport", "FastTransport"]
