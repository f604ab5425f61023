"""A page of the console as text: what a person reads or hears on it, and what its links and forms send."""

from __future__ import annotations

import html.parser

_INLINE = {"a", "b", "button", "code", "label", "mark", "meter", "small", "span", "strong", "time", "i", "em"}
_SKIPPED = {"svg", "circle", "path", "rect"}
_READ_OUT = ("aria-label", "alt", "title", "placeholder", "data-label", "datetime")
_STATES = ("aria-current", "aria-pressed", "checked", "required", "selected", "autofocus", "list", "lang")


class _Reader(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._line: list[str] = []
        self._raw = False

    def end_line(self) -> None:
        text = " ".join("".join(self._line).split())
        if text:
            self.lines.append(text)
        self._line.clear()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self._raw = tag == "pre"
        if tag in _SKIPPED:
            return
        if tag not in _INLINE and told.get("type") != "hidden":
            self.end_line()
        words = [f"{name}={told[name]}" for name in _READ_OUT if told.get(name)]
        words += [f"{name}={told[name]}" if told[name] else name for name in _STATES if name in told]
        match tag:
            case "form":
                words.insert(0, f"form {told['method']} {told['action']}")
            case "input":
                kind = told.get("type", "text")
                words.insert(0, f"{kind} {told['name']}={told.get('value', '')}")
            case "select" | "button" if "name" in told:
                words.insert(0, f"{tag} {told['name']}={told.get('value', '')}")
            case "h1" | "h2" | "h3" | "legend" | "summary" | "option" | "button":
                words.insert(0, tag)
            case "a":
                words.insert(0, f"to {told['href']}")
        if words:
            self._line.append(f" <{' '.join(words)}> ")

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE | _SKIPPED:
            self.end_line()
        self._raw = False

    def handle_data(self, data: str) -> None:
        if self._raw:
            self.lines += data.splitlines()
        else:
            self._line.append(data)


def page_text(source: str) -> str:
    """A page of the console as lines of text.

    Args:
        source: its HTML.
    """
    reader = _Reader()
    reader.feed(source)
    reader.close()
    reader.end_line()
    return "\n".join(reader.lines) + "\n"
