"""A certificate for 127.0.0.1 that nobody trusts unless told to, for the tests of TLS on loopback. Good until 2120."""

from __future__ import annotations

import ssl
import textwrap
from pathlib import Path

_CERTIFICATE = """
MIIBlTCCATugAwIBAgIBATAKBggqhkjOPQQDAjAYMRYwFAYDVQQDDA1sb29wYmFj
ayB0ZXN0MCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjAYMRYwFAYD
VQQDDA1sb29wYmFjayB0ZXN0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEtAjk
fyXjdjgM6XfaQaEAYjN4BNi4JfNRMoUkGzAXK3F8cOvyAZnqa8UgSra3xEOXpYQx
7GkoKvNs8t/Yg0X5laN0MHIwDwYDVR0RBAgwBocEfwAAATAPBgNVHRMBAf8EBTAD
AQH/MA4GA1UdDwEB/wQEAwIChDAdBgNVHQ4EFgQUqN9kJh4fL0ikAUqQPnl7YPHM
B6EwHwYDVR0jBBgwFoAUqN9kJh4fL0ikAUqQPnl7YPHMB6EwCgYIKoZIzj0EAwID
SAAwRQIhAKdlh7rvHAxdriWQjKi2iWXQKjyJ4G/JhwW7jPHtN7FeAiAwXdyMWPya
ef4OpOMk0lo0PpzseF/OUBNAGpx/7BnIRg==
"""
_KEY = """
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgAYcuoYMUkqwDBQq9
HUlrnSULpJ1cQ90B4VnbFBxAwMqhRANCAAS0COR/JeN2OAzpd9pBoQBiM3gE2Lgl
81EyhSQbMBcrcXxw6/IBmeprxSBKtrfEQ5elhDHsaSgq82zy39iDRfmV
"""


def _pem(kind: str, content: str) -> str:
    return f"-----BEGIN {kind}-----\n{textwrap.dedent(content).strip()}\n-----END {kind}-----\n"


def server_context(folder: Path) -> ssl.SSLContext:
    """For a server; the files that `ssl` wants are written into ``folder``."""
    chain = folder / "server.pem"
    chain.write_text(_pem("CERTIFICATE", _CERTIFICATE) + _pem("PRIVATE KEY", _KEY))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    return context


def trusting_context() -> ssl.SSLContext:
    """For a client that trusts this certificate and no other."""
    return ssl.create_default_context(cadata=_pem("CERTIFICATE", _CERTIFICATE))
