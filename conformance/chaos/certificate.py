"""A certificate for 127.0.0.1, of an authority that nobody trusts unless told to, for the tests of TLS on loopback.
Both are good until 2120; the key of the authority was thrown away."""

from __future__ import annotations

import ssl
import textwrap
from pathlib import Path

_AUTHORITY = """
MIIBeDCCAR2gAwIBAgIBAjAKBggqhkjOPQQDAjAiMSAwHgYDVQQDDBdsb29wYmFj
ayB0ZXN0IGF1dGhvcml0eTAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAw
MFowIjEgMB4GA1UEAwwXbG9vcGJhY2sgdGVzdCBhdXRob3JpdHkwWTATBgcqhkjO
PQIBBggqhkjOPQMBBwNCAASbVZZkIdlePiS6E7YDr5Ye8j/1ElcYCf6m9xsRkgYl
CCYrahu6JduO4lXyBR2sxmcfIk+/VowVIrp39OXUv4HZo0IwQDAPBgNVHRMBAf8E
BTADAQH/MA4GA1UdDwEB/wQEAwICBDAdBgNVHQ4EFgQUFmdFjcAqsIj2tVPXVoPr
JDU93ocwCgYIKoZIzj0EAwIDSQAwRgIhAL+gis6IHskSlRORgOblpIc942EJ/pf6
ZI/sEt4d8Wl9AiEAlOmu9zFG1rNm/SEGsOgZZv88KwD55QskVQgEIXBFFy8=
"""
_CERTIFICATE = """
MIIBszCCAVmgAwIBAgIBAzAKBggqhkjOPQQDAjAiMSAwHgYDVQQDDBdsb29wYmFj
ayB0ZXN0IGF1dGhvcml0eTAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAw
MFowGDEWMBQGA1UEAwwNbG9vcGJhY2sgdGVzdDBZMBMGByqGSM49AgEGCCqGSM49
AwEHA0IABIKW+UkBTrgEDEjWzta5FiAWz3xHYE7jZ0nIZ2DsWPFTUf7/KHQPajDW
A0PqCno03jIQkuW6EwNuGKkdmP5cm2ejgYcwgYQwDAYDVR0TAQH/BAIwADAPBgNV
HREECDAGhwR/AAABMA4GA1UdDwEB/wQEAwIHgDATBgNVHSUEDDAKBggrBgEFBQcD
ATAdBgNVHQ4EFgQUxIY/W5cxpzhn94tQA2YrXUirq3gwHwYDVR0jBBgwFoAUFmdF
jcAqsIj2tVPXVoPrJDU93ocwCgYIKoZIzj0EAwIDSAAwRQIhAI59wOR0rmvVCjkh
VgbGCYFDUcQTdmg/mlUn/Y2gq/iwAiAlGw8vKzfMd+x9fm9K7BqNk3xI6IalOyU1
htCXdqzPbw==
"""
_KEY = """
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgW5s6EYDbBT9lruUM
1uLY5i9ZaiwzM3DOIgthyvtfAamhRANCAASClvlJAU64BAxI1s7WuRYgFs98R2BO
42dJyGdg7FjxU1H+/yh0D2ow1gND6gp6NN4yEJLluhMDbhipHZj+XJtn
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
    """For a client that trusts this authority and no other."""
    return ssl.create_default_context(cadata=_pem("CERTIFICATE", _AUTHORITY))


def authority() -> bytes:
    """The certificate of the authority, as PEM."""
    return _pem("CERTIFICATE", _AUTHORITY).encode()
