"""A recorded session, played back: the same requests get the recorded answers, in the recorded order."""

from __future__ import annotations

import base64
import json
import threading
from collections import deque
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from .masking import masked, masked_pairs, masked_text
from .media import read_upload
from .refusal import Refusal
from .routes import BY_PATH
from .wire import Reply, Request, ascii_safe, page

MAX_BYTES = 64 * 1024 * 1024
_STATUS = 501
# The rest of a recorded answer's headers is about that connection and that length.
_KEPT = ("content-type", "error-code", "error-msg")
_KEPT_PREFIX = "x-mock-"

_Key = tuple[str, str, tuple[tuple[str, str], ...], str]


class HarError(ValueError):
    """A HAR file that can't be played back; the text is one line ``file: field: what is wrong``."""


class Replay:
    """Answers requests from a recording, in the place of the mock: ``state.answering = replay(path)``.

    Requests are the same when method, path, query and body are; in JSON the order of fields and the white space
    don't count, of an upload the names, sizes and types of files do. Tokens and secrets are equal to any other.
    A request that was recorded several times gets the answers in their order. One that was not, or not so often,
    gets HTTP 501, and the header ``X-Mock-Replay`` says why.
    """

    def __init__(self, recorded: Iterable[tuple[Request, Mapping[str, Any] | None, Reply]]) -> None:
        self._answers: dict[_Key, deque[Reply]] = {}
        self._counts: dict[_Key, int] = {}
        self._lock = threading.Lock()
        for request, form, reply in recorded:
            key = _key(request, form)
            self._answers.setdefault(key, deque()).append(reply)
            self._counts[key] = self._counts.get(key, 0) + 1

    def __call__(self, request: Request, now: float) -> Reply:
        """Answer a request.

        Args:
            request: the request as it came.
            now: Unix time; a recording takes no notice of it.
        """
        key = _key(request, _form(request))
        with self._lock:
            answers = self._answers.get(key)
            if answers:
                return answers.popleft()
            return _refused(self._why(key))

    @property
    def left(self) -> int:
        """How many recorded answers nobody has asked for."""
        with self._lock:
            return sum(map(len, self._answers.values()))

    def _why(self, key: _Key) -> str:
        method, path, _, body = key
        if key in self._counts:
            times = self._counts[key]
            return f"recorded {times} time{'s' if times > 1 else ''}, and asked for once more"
        others = [one for one in self._counts if one[1] == path]
        if not others:
            return "not recorded: no request to this path"
        if all(one[0] != method for one in others):
            return f"not recorded: this path with {others[0][0]} only"
        same = [one for one in others if one[0] == method]
        if all(one[3] != body for one in same):
            found, near = _parsed(body), _parsed(same[0][3])
            if isinstance(found, dict) and isinstance(near, dict):
                names = [name for name in sorted({*found, *near}) if found.get(name) != near.get(name)]
                return f"not recorded: the body differs in {', '.join(names)}"
            return "not recorded: the body differs"
        return "not recorded: the query differs"


def _refused(why: str) -> Reply:
    return page(_STATUS, "Not Implemented", ("X-Mock-Replay", ascii_safe(why)))


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _key(request: Request, form: Mapping[str, Any] | None) -> _Key:
    query = tuple(sorted(masked_pairs(request.query)))
    if form is not None:
        return request.method, request.path, query, json.dumps(masked(form), sort_keys=True, default=str)
    text = request.body.decode("utf-8", "replace")
    try:
        text = json.dumps(masked(json.loads(text)), sort_keys=True)
    except (ValueError, RecursionError):
        text = masked_text(text)
    return request.method, request.path, query, text


def _form(request: Request) -> Mapping[str, Any] | None:
    operation = BY_PATH.get(request.path)
    if operation is None or not operation.parts:
        return None
    try:
        return read_upload(operation, request.body, request.content_type)[0]
    except Refusal:
        return None


def load_replay(path: str | Path) -> Replay:
    """Read a HAR file of at most 64 MiB.

    Raises:
        HarError: it can not be read, or is no HAR.
    """
    try:
        with Path(path).open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise HarError(f"{path}: {error.strerror or error}") from None
    if len(raw) > MAX_BYTES:
        raise HarError(f"{path}: larger than {MAX_BYTES} bytes")
    try:
        document = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise HarError(f"{path}: no JSON: {error}") from None
    reader = _Reader(str(path))
    entries = reader.get(reader.get(document, "log", dict, ""), "entries", list, "log")
    return Replay([reader.entry(entry, f"log.entries[{index}]") for index, entry in enumerate(entries)])


class _Reader:
    """Takes a HAR document apart; every complaint says where."""

    def __init__(self, file: str) -> None:
        self.file = file

    def get(self, value: Any, name: str, kind: type, path: str) -> Any:
        where = f"{path}.{name}".lstrip(".")
        if not isinstance(value, dict) or name not in value:
            raise HarError(f"{self.file}: {where}: is not there; that is no HAR")
        if not isinstance(value[name], kind) or isinstance(value[name], bool):
            raise HarError(f"{self.file}: {where}: must be {_KINDS[kind]}")
        return value[name]

    def entry(self, value: Any, path: str) -> tuple[Request, Mapping[str, Any] | None, Reply]:
        request = self.get(value, "request", dict, path)
        response = self.get(value, "response", dict, path)
        path = f"{path}.request"
        url = self.get(request, "url", str, path)
        try:
            split = urlsplit(url)
        except ValueError:
            raise HarError(f"{self.file}: {path}.url: is no URL") from None
        body, form = b"", None
        if "postData" in request:
            data = self.get(request, "postData", dict, path)
            content_type = str(data.get("mimeType", ""))
            if "text" in data:
                body = self.get(data, "text", str, f"{path}.postData").encode("utf-8", "replace")
            elif content_type.startswith("multipart/"):
                form = self.form(
                    self.get(data, "params", list, f"{path}.postData"), f"{path}.postData.params"
                )
        method = self.get(request, "method", str, path)
        asked = Request(method, unquote(split.path), split.query.encode(), body)
        return asked, form, self.reply(response, path.replace(".request", ".response"))

    def form(self, params: list[Any], path: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for index, part in enumerate(params):
            name = self.get(part, "name", str, f"{path}[{index}]")
            if "value" in part:
                found[name] = {"filelength": len(str(part["value"]).encode("utf-8", "replace"))}
                continue
            told: dict[str, Any] = {"filelength": part.get("_fileLength", 0)}
            for called, given in (("fileName", "filename"), ("contentType", "content_type")):
                if called in part:
                    told[given] = part[called]
            found[name] = told
        return found

    def reply(self, response: Any, path: str) -> Reply:
        status = self.get(response, "status", int, path)
        if not 100 <= status <= 599:
            raise HarError(f"{self.file}: {path}.status: {status} is no status of HTTP")
        content = self.get(response, "content", dict, path)
        text = content.get("text", "")
        if not isinstance(text, str):
            raise HarError(f"{self.file}: {path}.content.text: must be text")
        body = text.encode("utf-8", "replace")
        if content.get("encoding") == "base64":
            try:
                body = base64.b64decode(text, validate=True)
            except ValueError:
                raise HarError(f"{self.file}: {path}.content.text: is no base64") from None
        headers: list[tuple[str, str]] = []
        for index, header in enumerate(self.get(response, "headers", list, path)):
            where = f"{path}.headers[{index}]"
            name = self.get(header, "name", str, where)
            value = self.get(header, "value", str, where)
            if name.lower() in _KEPT or name.lower().startswith(_KEPT_PREFIX):
                headers.append((ascii_safe(name), ascii_safe(value)))
        return Reply(status, (("Server", "nginx"), ("Content-Length", str(len(body))), *headers), body)


_KINDS = {dict: "an object", list: "a list", str: "text", int: "a whole number"}
