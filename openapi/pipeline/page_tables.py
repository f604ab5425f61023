"""Reads a capture of a page, HTML or text, as tables of fields. It is anybody's text: bounded, and only read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.page_words import Words

LONGEST = 2 * 1024 * 1024
"""Bytes of a capture."""
ROWS = 5000
"""Rows of all tables together."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.\[\]-]{0,199}")
_MARKS = "└├─∟│+·•> \u00a0-"
"""What pages draw before a name to show that it belongs to the one above."""
_TYPE = re.compile(r"([A-Za-z0-9]+)\s*(?:[\[<{(].{0,40})?")
_COUNT = re.compile(r"\{\s*([0-9]{1,3})\s*\}")

Line = str | list[str]
"""Of a page: a line of text, or a row of a table."""


@dataclass(frozen=True, slots=True)
class Field:
    """A row of a table."""

    name: str
    required: bool | None
    """None where the page doesn't say."""
    type: str | None
    """A type of JSON, or None where the page doesn't say."""
    text: str


@dataclass(slots=True)
class Table:
    """A table of fields and what stands above it."""

    path: str
    """The path of the call that was named last; empty where there was none."""
    answer: bool
    fields: list[Field] = field(default_factory=list)


@dataclass(slots=True)
class Page:
    """A capture, taken apart."""

    tables: list[Table]
    prose: list[str]
    """What stands outside of the tables, line by line, each with the path that was named last."""
    paths: list[str]


def read_page(file: Path, words: Words, prefixes: frozenset[str]) -> Page:
    """Read a capture.

    Args:
        file: HTML or text in UTF-8.
        words: how this vendor writes.
        prefixes: how the path of a call begins, such as ``/api/``.

    Raises:
        PipelineError: unreadable, too long, or not UTF-8.
    """
    try:
        with file.open("rb") as stream:
            raw = stream.read(LONGEST + 1)
    except OSError as error:
        raise PipelineError(str(file), error.strerror or "unreadable") from None
    if len(raw) > LONGEST:
        raise PipelineError(str(file), f"longer than the {LONGEST} bytes of a page")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PipelineError(str(file), f"byte {error.start} is not UTF-8; save the page as UTF-8") from None
    return _Reader(words, prefixes).read(_lines(text), str(file))


def _lines(text: str) -> list[Line]:
    if re.search(r"<(?:html|body|table|div|p)\b", text, re.IGNORECASE):
        parser = _Html()
        parser.feed(text)
        parser.close()
        return parser.finished()
    return [_row(line) or line.strip() for line in text.splitlines() if not line.isspace() and line]


def _row(line: str) -> list[str] | None:
    """A line of text as a row, where tabs or bars part it."""
    if "\t" in line:
        return [cell.strip() for cell in line.split("\t")]
    if line.count("|") >= 2:
        return [cell.strip() for cell in line.strip().strip("|").split("|")]
    return None


class _Html(HTMLParser):
    """Text and rows of a page in the order in which they are seen. Nothing of it is run or fetched."""

    BREAKS = frozenset("p div br li h1 h2 h3 h4 h5 h6 pre section article ul ol table tr dt dd".split())
    UNSEEN = frozenset({"script", "style", "template", "noscript"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[Line] = []
        self._text: list[str] = []
        self._row: list[str] | None = None
        self._cell = False
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in self.UNSEEN:
            self._unseen += 1
        elif tag == "tr":
            self.handle_endtag("tr")
            self._flush()
            self._row = []
        elif tag in ("td", "th"):
            self._end_cell()
            self._cell = True
        elif tag in self.BREAKS and not self._cell:
            self._flush()
        elif tag == "br":
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table"):
            self._end_cell()
            if self._row:
                self._lines.append(self._row)
            self._row = None
        elif tag in self.BREAKS and not self._cell:
            self._flush()

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._text.append(data)

    def finished(self) -> list[Line]:
        """All lines; a row that was never closed is one too."""
        self.handle_endtag("tr")
        self._flush()
        return self._lines

    def _end_cell(self) -> None:
        if self._cell and self._row is not None:
            self._row.append(" ".join("".join(self._text).split()))
            self._text.clear()
        self._cell = False

    def _flush(self) -> None:
        lines = "".join(self._text).splitlines()
        self._lines.extend(stripped for line in lines if (stripped := " ".join(line.split())))
        self._text.clear()


class _Reader:
    def __init__(self, words: Words, prefixes: frozenset[str]) -> None:
        self.words = words
        starts = "|".join(re.escape(prefix) for prefix in sorted(prefixes))
        self.path = re.compile(rf"(?:{starts})[A-Za-z0-9_/-]{{1,200}}")
        self.page = Page([], [], [])
        self.answer = False
        self.heads: list[str | None] | None = None
        self.rows = 0

    def read(self, lines: Sequence[Line], where: str) -> Page:
        index = 0
        while index < len(lines):
            line = lines[index]
            if isinstance(line, list):
                self.row(line)
                index += 1
            else:
                self.heads = None
                taken = self.listed(lines, index)
                if not taken:
                    self.text(line)
                index += taken or 1
            if self.rows > ROWS:
                raise PipelineError(where, f"has more than {ROWS} rows of tables")
        self.page.tables = [table for table in self.page.tables if table.fields]
        return self.page

    def text(self, line: str) -> None:
        for path in self.path.findall(line):
            self.page.paths.append(path.rstrip("/"))
        for kind in ("request", "answer"):
            if len(line) <= 40 and any(word in line for word in self.words.sections[kind]):
                self.answer = kind == "answer"
        if line:
            self.page.prose.append(line)

    def row(self, cells: list[str]) -> None:
        heads = [self.head(cell) for cell in cells]
        if "name" in heads and len({head for head in heads if head}) > 1:
            self.heads = heads
            self.table()
            return
        if self.heads is None:
            self.text(" ".join(cells))
            return
        found: dict[str, str] = {}
        for head, cell in zip(self.heads, cells, strict=False):
            if head is not None:
                found.setdefault(head, cell)
        name = found.get("name", "").strip(_MARKS)
        if _NAME.fullmatch(name):
            self.add(name, found.get("required", ""), found.get("type", ""), found.get("text", ""))

    def head(self, cell: str) -> str | None:
        return next((key for key, words in self.words.columns.items() if cell in words), None)

    def table(self) -> Table:
        last = self.page.paths[-1] if self.page.paths else ""
        self.page.tables.append(Table(last, self.answer))
        return self.page.tables[-1]

    def add(self, name: str, required: str, kind: str, text: str) -> None:
        self.rows += 1
        self.page.tables[-1].fields.append(Field(name, self.must(required), self.type(kind), text))

    def must(self, word: str) -> bool | None:
        word = word.strip()
        return (
            True
            if word in self.words.required["yes"]
            else False
            if word in self.words.required["no"]
            else None
        )

    def type(self, word: str) -> str | None:
        match = _TYPE.fullmatch(word.strip())
        base = (match[1] if match else word).lower()
        return next((kind for kind, words in self.words.types.items() if base in words), None)

    def listed(self, lines: Sequence[Line], index: int) -> int:
        """Fields that stand line beneath line: name, type, whether it is required, words. How many lines they take."""
        start, fields = index, list[tuple[str, str, str, str]]()
        while (entry := self.entry(lines, index)) is not None:
            fields.append(entry[0])
            index += entry[1]
        if not fields:
            return 0
        self.table()
        for name, kind, required, text in _nested(fields):
            self.add(name, required, kind, text)
        return index - start

    def entry(self, lines: Sequence[Line], index: int) -> tuple[tuple[str, str, str, str], int] | None:
        if not self.begins(lines, index):
            return None
        name, kind = (str(lines[at]) for at in (index, index + 1))
        taken, required, text = 2, "", list[str]()
        for at in range(index + 2, min(index + 8, len(lines))):
            line = lines[at]
            if not isinstance(line, str) or self.begins(lines, at) or line[0] in "{[":
                break
            if self.must(line) is not None:
                required = line
            elif any(word in line for each in self.words.sections.values() for word in each):
                break
            elif self.words_of(line):
                text.append(line)
            else:
                break
            taken += 1
        return (name, kind, required, " ".join(text)), taken

    def begins(self, lines: Sequence[Line], index: int) -> bool:
        """Whether a name and a type stand here, one beneath the other."""
        name, kind = (lines[at] if at < len(lines) else "" for at in (index, index + 1))
        if not isinstance(name, str) or not isinstance(kind, str) or not _NAME.fullmatch(name):
            return False
        return self.type(kind) is not None and self.type(name) is None

    def words_of(self, line: str) -> bool:
        """Whether a line is what a field is said to be; a line of a page that only follows is longer, or a head."""
        return len(line) <= 300 and not _NAME.fullmatch(line)


def _nested(fields: list[tuple[str, str, str, str]]) -> Iterator[tuple[str, str, str, str]]:
    """With the names of the parents, where a type says how many fields belong to it."""
    open_: list[tuple[str, int]] = []
    for name, kind, required, text in fields:
        prefix = ".".join(parent for parent, _ in open_)
        yield f"{prefix}.{name}" if prefix else name, kind, required, text
        if open_:
            open_[-1] = (open_[-1][0], open_[-1][1] - 1)
        if count := _COUNT.search(kind):
            open_.append((name, int(count[1])))
        while open_ and open_[-1][1] <= 0:
            open_.pop()
