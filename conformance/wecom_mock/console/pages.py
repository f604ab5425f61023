"""The console's answers: a page, the part of it that changes by itself, or what a button did.

All of it works without a script: links and forms. With htmx, which the package carries, a press changes the page in
place, and the part that is alive asks for itself every two seconds. Nothing is loaded from elsewhere, and the
Content-Security-Policy lets nothing run that is not one of the package's own files.
"""

from __future__ import annotations

import datetime
import functools
import hashlib
from collections.abc import Callable, Mapping
from importlib import resources
from typing import Any
from urllib.parse import parse_qsl, urlencode

import jinja2

from wecom_mock.admin_api import Nonsense, perform, problem, reply
from wecom_mock.guard import header_map
from wecom_mock.state import State
from wecom_mock.wire import Reply, Request

from . import views
from .actions import ACTIONS
from .words import COLONS, Language, language_of, word

BASE = "/_mock"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HTML = "text/html; charset=utf-8"
_SECURITY = (
    ("Content-Security-Policy", POLICY),
    ("Referrer-Policy", "same-origin"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)
_FIELDS = 64
_CHINA = datetime.timezone(datetime.timedelta(hours=8))
_STATIC = {
    "htmx.min.js": "text/javascript; charset=utf-8",
    "console.css": "text/css; charset=utf-8",
    "icon.svg": "image/svg+xml",
    "htmx.LICENSE.txt": "text/plain; charset=utf-8",
}

View = Callable[[State, Mapping[str, str], float], dict[str, Any]]
PAGES: dict[str, tuple[str, View]] = {
    "desk": (f"{BASE}/", views.desk),
    "company": (f"{BASE}/company", views.company),
    "calls": (f"{BASE}/calls", views.calls),
    "faults": (f"{BASE}/faults", views.faults),
    "settings": (f"{BASE}/settings", views.settings),
}
"""Pages by name: the path and what they show."""
KEPT = ("member", "find")
"""What of an address stays when a button is pressed."""


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("wecom_mock.console"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["clock"] = _shown_time
    return environment


def _shown_time(unix: float, pattern: str = "%m-%d %H:%M:%S") -> str:
    return datetime.datetime.fromtimestamp(unix, _CHINA).strftime(pattern)


def _pairs(text: bytes) -> dict[str, str]:
    """A query or a form; of what stands there twice, the last.

    Raises:
        ValueError: too many fields.
    """
    found = parse_qsl(
        text.decode("ascii", "replace"), keep_blank_values=True, errors="replace", max_num_fields=_FIELDS
    )
    return dict(found)


def answer(state: State, request: Request, now: float) -> Reply:
    """Answer a request for the console."""
    reads = request.method in ("GET", "HEAD")
    if request.path == BASE and reads:
        return reply(308, b"", _HTML, (("Location", f"{BASE}/"),))
    folder, _, name = request.path.rpartition("/")
    try:
        query = _pairs(request.query)
        form = {} if reads else _pairs(request.body)
    except ValueError:
        return problem(400, "too many fields")
    page = _Page(state, header_map(request), {**query, **form}, now)
    if folder == f"{BASE}/static" and reads and name in _STATIC:
        return _static(name)
    if folder == f"{BASE}/do" and name in ACTIONS:
        return page.do(name, form) if request.method == "POST" else _only("POST")
    found = next((one for one, (path, _) in PAGES.items() if path == request.path), None)
    if found is None:
        return page.render("desk", 404, wrong=page.word("not-found"))
    return page.render(found) if reads else _only("GET")


def _only(method: str) -> Reply:
    return problem(405, f"only {method} here", extra=(("Allow", method),))


def _static(name: str) -> Reply:
    body = resources.files(__package__).joinpath("static", name).read_bytes()
    return reply(200, body, _STATIC[name], (("Content-Security-Policy", "default-src 'none'"),))


class _Page:
    """One answer in the making: whose, in which language, of when."""

    def __init__(
        self, state: State, headers: Mapping[str, list[str]], query: Mapping[str, str], now: float
    ) -> None:
        self.state, self.query, self.now = state, query, now
        self.asked = query.get("lang") if query.get("lang") in ("en", "zh") else None
        self.language: Language = language_of(self.asked, headers.get("accept-language", []))

    def word(self, key: str) -> str:
        return word(key, self.language)

    def told(self, key: str, what: object) -> str:
        """A word and what is told of it."""
        return f"{self.word(key)}{COLONS[self.language]}{what}"

    def link(self, page: str, **parameters: str) -> str:
        """The address of a page, in the language that was asked for."""
        told = {"lang": self.asked, **parameters}
        query = urlencode({name: value for name, value in told.items() if value})
        return PAGES[page][0] + (f"?{query}" if query else "")

    def kept(self) -> dict[str, str]:
        """What a press of a button must not lose."""
        return {name: self.query[name] for name in KEPT if self.query.get(name)}

    def do(self, name: str, form: Mapping[str, str]) -> Reply:
        """Do what a button says, then show the page it stands on."""
        page = form.get("page", "desk")
        page = page if page in PAGES else "desk"
        action = ACTIONS[name]
        try:
            done = perform(self.state, action.operation, action.arguments(form), self.now)
        except Nonsense as nonsense:
            where = f" ({nonsense.where})" if nonsense.where else ""
            return self.render(page, 400, wrong=self.told("wrong", f"{nonsense}{where}"))
        if action.tell is not None:
            # What is told only once must not stand in an address.
            return self.render(page, said=self.told(action.said, done[action.tell]))
        address = self.link(page, **self.kept(), said=action.said)
        return reply(303, b"", _HTML, (("Location", address), *_SECURITY))

    def render(self, page: str, status: int = 200, *, said: str = "", wrong: str = "") -> Reply:
        """A page, or its living part where the browser has the rest."""
        told = self.query.get("said")
        if not said and told in {action.said for action in ACTIONS.values()}:
            said = self.word(told)
        with self.state.lock:
            now = self.state.clock() if self.state.clock is not None else self.now
            self.state.script.run(self.state, now)
            shown = {
                **PAGES[page][1](self.state, self.query, now),
                "w": self.word,
                "colon": COLONS[self.language],
                "lang": self.language,
                "asked": self.asked or "",
                "page": page,
                "pages": list(PAGES),
                "link": self.link,
                "kept": self.kept(),
                "other": "en" if self.language == "zh" else "zh",
                "now": now,
                "state": self.state,
                "said": said,
                "wrong": wrong,
            }
            live = _environment().get_template(f"live_{page}.html").render(shown)
        seen = hashlib.sha256(live.encode("utf-8", "replace")).hexdigest()[:16]
        if status == 200 and self.query.get("seen") == seen:
            return Reply(204, (("Cache-Control", "no-store"),), b"")
        # Made by a template of its own, which has escaped what is in it: the one place that has |safe.
        shown["live"] = live
        shown["seen"] = seen
        shown["again"] = self.link(page, **self.kept(), seen=seen)
        whole = "fragment.html" if "seen" in self.query else f"page_{page}.html"
        body = _environment().get_template(whole).render(shown).encode("utf-8", "replace")
        return reply(status, body, _HTML, (*_SECURITY, ("Vary", "Accept-Language")))
