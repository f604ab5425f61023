"""The console: pages for people, at ``/_mock/`` of every mock. Needs Jinja2."""

from .pages import answer

__all__ = ["answer"]
