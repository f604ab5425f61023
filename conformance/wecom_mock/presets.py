"""Every setting under three names, and settings from text.

Each line below is a decision. Where two columns differ, the sources do:

======================== ================ ================ =============== ====================================
contradiction            documented       observed-2026    strict          setting
======================== ================ ================ =============== ====================================
group without a sender   refused          owner sends      refused         ``group_sender_absent``
empty optional texts     refused          refused          refused         ``empty_optionals``
fields that are ignored  accepted         accepted         refused         ``ignored_fields``
status of the confirmed  2                2                2               ``confirmed_status``
create_time of a task    number           number           number          ``list_create_time``
created_at of an upload  text             text             text            ``upload_created_at``
msgtype file             accepted         accepted         accepted        ``file_attachments``
limit over its maximum   default          default          default         ``list_limit_over_maximum``
quota of a customer      days of month    1 a day          1 a day         ``quota_policy``
quota used up            at the creation  in the result    at the creation ``quota_surfaces``
size of an image         10 MB            10 MB            5 MB            ``image_megabytes``
text of a moment         2000 characters  2000 characters  both            ``moment_text_limit``
rows of a group task     those sent       all              those sent      ``group_result_rows``
a token that is none     40014            40014            40014           ``bad_token_code``
a wrong secret           40091            40091            40091           ``bad_secret_code``
======================== ================ ================ =============== ====================================

``documented`` is the vendor's page, and what a mock does by default. ``observed-2026`` is what was written down by
people with a company of their own, where they wrote something down. ``strict`` takes, of what is said today, the side
that refuses more, and looks at media ids: what passes there passes anywhere.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping
from typing import Any, Literal, get_args, get_origin, get_type_hints

from attrs import evolve, fields

from .settings import Settings

#: setting → documented, observed in 2026, strict
_TABLE: Mapping[str, tuple[object, object, object]] = {
    "group_sender_absent": ("refuse", "owner", "refuse"),
    # An SDK sends them all the time; whoever looked at the answer saw a refusal.
    "empty_optionals": ("refuse", "refuse", "refuse"),
    "ignored_fields": ("accept", "accept", "refuse"),
    # The vendor's sample has a file: no reader of the page can mean to refuse it.
    "file_attachments": ("accept", "accept", "accept"),
    "confirmed_status": (2, 2, 2),
    "list_create_time": ("number", "number", "number"),
    "upload_created_at": ("text", "text", "text"),
    "image_megabytes": (10, 10, 5),
    "moment_text_limit": ("characters", "characters", "both"),
    "bad_token_code": (40014, 40014, 40014),
    # Four a month is the least that ever held, and no longer does.
    "quota_policy": ("days-of-month", "per-day-1", "per-day-1"),
    "quota_surfaces": ("create", "result", "create"),
    "group_result_rows": ("sent", "all", "sent"),
    "list_limit_over_maximum": ("default", "default", "default"),
    "escapes_refused": (True, True, True),
    "bad_secret_code": (40091, 40091, 40091),
    # How long was never noted, and with a clock that stands still any time is for ever.
    "dispatch_seconds": (0.0, 0.0, 0.0),
    "dispatch_code": (41063, 41047, 41063),
    # The page's own example sends the literal MEDIA_ID.
    "check_media": (False, False, True),
    "used_welcome_code": (41050, 41050, 41050),
    "moment_dispatch_seconds": (0.0, 0.0, 0.0),
    "moments_per_minute": (10, 10, 10),
    "bare_success": (False, False, False),
    "ticket_seconds": (1800.0, 1800.0, 1800.0),
    # Older pages have 100 a day.
    "images_per_day": (1000, 1000, 100),
    "images_per_month": (3000, 3000, 3000),
    # The page has these limits; a test that reaches one by accident would be a riddle, so only strict has them.
    "calls_per_minute": (None, None, 10_000),
    "calls_per_hour": (None, None, 150_000),
    "calls_per_minute_of_address": (None, None, 20_000),
    "calls_per_hour_of_address": (None, None, 600_000),
    # That there is a ban is on record, after how many is not.
    "wrong_secrets_allowed": (None, None, None),
    # Of the mock itself.
    "max_body_bytes": (2 * 1024 * 1024,) * 3,
    "max_upload_bytes": (32 * 1024 * 1024,) * 3,
}

#: By name, every setting.
PRESETS: Mapping[str, Mapping[str, Any]] = {
    name: {setting: values[number] for setting, values in _TABLE.items()}
    for number, name in enumerate(("documented", "observed-2026", "strict"))
}


def changed(settings: Settings, changes: Iterable[str]) -> Settings:
    """Settings after changes as they are written in a shell.

    Args:
        settings: what holds for the rest.
        changes: ``name=value`` each; the last one of a name counts. Yes and no are ``true`` and ``false``, no limit
            is ``none``.

    Raises:
        ValueError: no such setting, or not such a value; the text is one line and names what there is.
    """
    hints = get_type_hints(Settings)
    known = [field.name for field in fields(Settings)]
    for change in changes:
        name, equals, text = change.partition("=")
        if not equals:
            raise ValueError(f"setting {change!r}: write name=value")
        if name not in known:
            raise ValueError(f"no setting {name!r}; there are {', '.join(known)}")
        try:
            settings = evolve(settings, **{name: _value(hints[name], text)})
        except ValueError:
            raise ValueError(f"setting {name}: {text!r} is not {_wanted(hints[name])}") from None
    return settings


def _value(hint: Any, text: str) -> Any:
    if get_origin(hint) is Literal:
        return {str(one): one for one in get_args(hint)}.get(text, text)
    if get_origin(hint) is types.UnionType:
        return None if text == "none" else _value(get_args(hint)[0], text)
    if hint is bool:
        if text not in {"true", "false"}:
            raise ValueError
        return text == "true"
    number: int | float = hint(text)
    if not 0 <= number < 2**53:
        raise ValueError
    return number


def _wanted(hint: Any) -> str:
    if get_origin(hint) is Literal:
        return "one of " + ", ".join(str(one) for one in get_args(hint))
    if get_origin(hint) is types.UnionType:
        return f"{_wanted(get_args(hint)[0])}, or none"
    if hint is bool:
        return "true or false"
    return "a whole number that it can be" if hint is int else "a number from 0 on"
