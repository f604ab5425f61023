"""A curl line that sends a request again, byte for byte, without the token in it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from urllib.parse import quote, urlsplit, urlunsplit

from .judgement import Sent

SECRETS: Mapping[str, str] = {
    "access_token": "TOKEN",
    "corpsecret": "SECRET",
    "suite_access_token": "SUITE_TOKEN",
}
"""Query parameters that are secret, and the shell variable that stands for each."""

_ZEROS = re.compile(rb"\x00{100,}")


def curl_line(sent: Sent) -> str:
    """A line for a POSIX shell. Where it needs a secret in the URL, it takes it from the variable of that name."""
    parts = ["curl", "-sS", "--globoff", "--path-as-is", "-X", shlex.quote(sent.method), _url(sent.url)]
    # Without a value curl sends a header only where a semicolon stands for the colon, and without one of ours
    # it adds its own.
    if sent.content_type:
        header = f"Content-Type: {sent.content_type}"
    else:
        header = "Content-Type:" if sent.content_type is None else "Content-Type;"
    parts += ["-H", shlex.quote(header)]
    if sent.body is None:
        return " ".join(parts)
    plain = _plain(sent.body)
    if plain is not None:
        return " ".join([*parts, "--data-binary", shlex.quote(plain)])
    return " ".join([_producer(sent.body), "|", *parts, "--data-binary", "@-"])


def _producer(raw: bytes) -> str:
    """Commands that write the body. Of the content of a file there may be millions of zero bytes."""
    commands, here = [], 0
    for run in _ZEROS.finditer(raw):
        commands.append(f"printf '%b' {shlex.quote(_escaped(raw[here : run.start()]))}")
        commands.append(f"head -c {len(run[0])} /dev/zero")
        here = run.end()
    commands.append(f"printf '%b' {shlex.quote(_escaped(raw[here:]))}")
    return commands[0] if len(commands) == 1 else f"{{ {'; '.join(commands)}; }}"


def masked(text: str, *secrets: str) -> str:
    """The text without the secrets, in whichever way they are written in it."""
    for secret in secrets:
        for spelling in {secret, quote(secret, safe="")}:
            # A short secret may be a part of some other word.
            text = re.sub(rf"(?<!\w){re.escape(spelling)}(?!\w)", "***", text)
    # A variable of the shell is no secret.
    pattern = rf"\b({'|'.join(SECRETS)})=(?!\$\{{)[^&\s\"']+"
    return re.sub(pattern, lambda found: f"{found[1]}=***", text)


def _url(url: str) -> str:
    """The URL in double quotes, with a variable of the shell for each secret."""
    parts = urlsplit(url)
    pieces = []
    for piece in parts.query.split("&") if parts.query else []:
        name, equals, value = piece.partition("=")
        variable = SECRETS.get(name)
        pieces.append(f"{name}=${{{variable}}}" if variable and value else _in_quotes(name + equals + value))
    bare = _in_quotes(urlunsplit(parts._replace(query="", fragment="")))
    return f'"{bare}?{"&".join(pieces)}"' if pieces else f'"{bare}"'


def _in_quotes(text: str) -> str:
    return re.sub(r'([\\"$`])', r"\\\1", text)


def _plain(raw: bytes) -> str | None:
    """The body as text, where a terminal shows it as it is."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return None
    # --data-binary @name would read a file.
    return text if text.isprintable() and not text.startswith("@") else None


def _escaped(raw: bytes) -> str:
    """The body for ``printf '%b'``: bytes that are no plain ASCII as octal numbers."""
    return "".join(chr(byte) if 0x20 <= byte < 0x7F and byte != 0x5C else f"\\0{byte:03o}" for byte in raw)
