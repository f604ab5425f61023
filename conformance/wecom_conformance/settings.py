"""Whom a run may know and use: ids from a small YAML file, secrets from the environment and from nowhere else."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from attrs import field, frozen

from .known_ids import KnownIds, KnownSuite

LARGEST = 1024 * 1024
IDS = ("corpid", "member", "customers", "groups", "tag", "tag_group", "departments", "suite_id")
GIVEN = ("msgid", "template_id", "jobid", "moment_id")
SECRETS: Mapping[str, str] = {
    "WECOM_CORPSECRET": "the secret of an app that may call the customer contact API",
    "WECOM_CORPSECRET_FILE": "a file with it, instead",
    "WECOM_SUITE_SECRET": "of the third-party app, where suite_id is given",
    "WECOM_SUITE_TICKET": "a ticket of it that stays good for as long as the run takes",
    "WECOM_PERMANENT_CODE": "of the corp's authorisation of it",
}


class SettingsError(ValueError):
    """The settings can't be read or used; the text is one line that says which and why."""


@frozen
class Settings:
    """Who is under test.

    Attributes:
        known: the company's ids.
        given: things that are there and may be asked about, by field: ``msgid``, ``template_id`` and the like.
    """

    known: KnownIds = field(repr=False)
    given: Mapping[str, str] = field(factory=dict)


def load_settings(file: Path | None, environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings.

    Args:
        file: a YAML mapping with keys of `IDS` and `GIVEN`; without one, ``WECOM_CORPID`` alone is known.
        environment: variables; ``WECOM_CORPID`` counts before the file.

    Raises:
        SettingsError: an unreadable file, an unknown key, a value of the wrong kind, a secret in the file, or
            nothing where something is needed.
    """
    told = _read(file) if file is not None else {}
    corpid = environment.get("WECOM_CORPID") or told.get("corpid", "")
    if not corpid:
        raise SettingsError("corpid: not set; it is needed, in WECOM_CORPID or in the settings file")
    return Settings(
        KnownIds(
            corpid=corpid,
            corpsecret=_secret(environment),
            member=told.get("member", ""),
            customers=told.get("customers", []),
            groups=told.get("groups", []),
            tag=told.get("tag", ""),
            tag_group=told.get("tag_group", ""),
            departments=told.get("departments", []),
            suite=_suite(told.get("suite_id", ""), environment),
        ),
        {name: told[name] for name in GIVEN if told.get(name)},
    )


def _read(file: Path) -> dict[str, Any]:
    try:
        with file.open("rb") as opened:
            raw = opened.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise SettingsError(f"{file}: larger than {LARGEST} bytes")
        told = yaml.safe_load(raw.decode("utf-8"))
    except OSError as error:
        raise SettingsError(f"{file}: {error.strerror or error}") from None
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        if isinstance(error, SettingsError):
            raise
        raise SettingsError(f"{file}: no YAML: {' '.join(str(error).split())[:200]}") from None
    if not isinstance(told, dict):
        raise SettingsError(f"{file}: not a mapping of {', '.join((*IDS, *GIVEN))}")
    for name, value in told.items():
        _check(file, name, value)
    return told


def _check(file: Path, name: object, value: object) -> None:
    if isinstance(name, str) and (
        "secret" in name or name in ("suite_ticket", "permanent_code", "access_token")
    ):
        raise SettingsError(f"{file}: {name}: secrets come from the environment: {', '.join(SECRETS)}")
    if name not in (*IDS, *GIVEN):
        raise SettingsError(f"{file}: {name}: no such setting; there are {', '.join((*IDS, *GIVEN))}")
    if name in ("customers", "groups"):
        good = _is_list_of(value, str) and all(value)  # type: ignore[arg-type]
        kind = "a list of ids that are strings"
    elif name == "departments":
        good, kind = _is_list_of(value, int), "a list of numbers"
    else:
        good, kind = isinstance(value, str) and value != "", "a string that isn't empty"
    if not good:
        raise SettingsError(f"{file}: {name}: not {kind}")


def _is_list_of(value: object, kind: type) -> bool:
    return (
        isinstance(value, Sequence) and not isinstance(value, str) and all(type(one) is kind for one in value)
    )


def _secret(environment: Mapping[str, str]) -> str:
    plain, file = environment.get("WECOM_CORPSECRET", ""), environment.get("WECOM_CORPSECRET_FILE", "")
    if plain and file:
        raise SettingsError("WECOM_CORPSECRET and WECOM_CORPSECRET_FILE are both set; set one of them")
    if file:
        try:
            with Path(file).open(encoding="utf-8") as opened:
                plain = opened.read(4096).strip()
        except (OSError, ValueError) as error:
            told = getattr(error, "strerror", None) or "no text"
            raise SettingsError(f"WECOM_CORPSECRET_FILE: {file}: {told}") from None
    if not plain:
        raise SettingsError("WECOM_CORPSECRET: not set; it is needed, or WECOM_CORPSECRET_FILE")
    return plain


def _suite(suite_id: str, environment: Mapping[str, str]) -> KnownSuite | None:
    if not suite_id:
        return None
    names = ("WECOM_SUITE_SECRET", "WECOM_SUITE_TICKET", "WECOM_PERMANENT_CODE")
    missing = [name for name in names if not environment.get(name)]
    if missing:
        raise SettingsError(f"{missing[0]}: not set; it is needed where suite_id is given")
    return KnownSuite(suite_id, *(environment[name] for name in names))
