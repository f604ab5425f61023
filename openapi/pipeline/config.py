"""The profile of one API: ``api.toml`` beside its documents."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import PipelineError, kind_of
from pipeline.evidence import is_date


@dataclass(frozen=True, slots=True)
class Envelope:
    """How an answer says whether it is a success: the field of the code, the field of its text, the code of success."""

    code: str
    message: str
    ok: int


@dataclass(frozen=True, slots=True)
class Vendor:
    """One dated capture of the vendor's document."""

    date: str
    document: Path
    annotations: tuple[str, ...]
    """Extension keywords of ours in the capture (where each part was read); they don't reach the contract."""


@dataclass(frozen=True, slots=True)
class Api:
    """What the build needs to know of one API. All paths are absolute."""

    root: Path
    vendor: Mapping[str, Vendor]
    current: str
    """The capture that the contract is built from; every other one must give the same contract."""
    corrections: tuple[Path, ...]
    contract: Path
    errcodes: Path
    package: Path
    """The importable contract: its ``data`` folder is written by the build."""
    client: Path
    reference: Path
    lock: Path
    golden: Path
    """Folder of the golden requests: the bytes that each operation must put on the wire."""
    default_errcode: int
    envelope: Envelope

    def vendor_document(self, date: str) -> Vendor:
        """The capture of ``date``. Raises PipelineError that lists the known ones."""
        try:
            return self.vendor[date]
        except KeyError:
            known = ", ".join(sorted(self.vendor))
            raise PipelineError("api.toml", f"no vendor document of {date}; there are: {known}") from None


KEYS: Mapping[str, Mapping[str, type]] = {
    "vendor": {"current": str, "annotations": list, "documents": dict},
    "corrections": {"files": list},
    "outputs": {"contract": str, "package": str, "client": str, "reference": str, "lock": str},
    "gates": {"golden": str},
    "errors": {"codes": str, "default": int},
    "envelope": {"code": str, "message": str, "ok": int},
}
"""Every table and key that ``api.toml`` has, and no other."""


def load_api(path: Path) -> Api:
    """Read and check a profile.

    Args:
        path: the ``api.toml``; paths in it are relative to its folder.

    Raises:
        PipelineError: unreadable, not TOML, an unknown or missing key, a value of the wrong type, a missing file.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PipelineError(str(path), error.strerror or "unreadable") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PipelineError(str(path), f"not TOML: {error}") from None
    _check_keys(path, data)
    _check_values(path, data)
    root = path.resolve().parent
    annotations = tuple(data["vendor"]["annotations"])
    vendor = {
        date: Vendor(date, _existing(path, root / file), annotations)
        for date, file in data["vendor"]["documents"].items()
    }
    current = data["vendor"]["current"]
    outputs = data["outputs"]
    api = Api(
        root=root,
        vendor=vendor,
        current=current,
        corrections=tuple(_existing(path, root / file) for file in data["corrections"]["files"]),
        contract=(root / outputs["contract"]).resolve(),
        errcodes=_existing(path, root / data["errors"]["codes"]),
        package=(root / outputs["package"]).resolve(),
        client=(root / outputs["client"]).resolve(),
        reference=(root / outputs["reference"]).resolve(),
        lock=(root / outputs["lock"]).resolve(),
        golden=(root / data["gates"]["golden"]).resolve(),
        default_errcode=data["errors"]["default"],
        envelope=Envelope(**data["envelope"]),
    )
    _check_outputs(path, api)
    return api


def _check_keys(path: Path, data: Mapping[str, Any]) -> None:
    for table in data:
        if table not in KEYS:
            raise PipelineError(str(path), f"unknown table [{table}]; known: {', '.join(KEYS)}")
    for table, keys in KEYS.items():
        if not isinstance(data.get(table), dict):
            raise PipelineError(str(path), f"table [{table}] is missing")
        for key in data[table]:
            if key not in keys:
                raise PipelineError(str(path), f"unknown key {table}.{key}; known: {', '.join(keys)}")
        for key, kind in keys.items():
            if key not in data[table]:
                raise PipelineError(str(path), f"key {table}.{key} is missing")
            if type(data[table][key]) is not kind:
                given = kind_of(type(data[table][key]))
                raise PipelineError(str(path), f"{table}.{key} must be {kind_of(kind)}, not {given}")


def _check_values(path: Path, data: Mapping[str, Any]) -> None:
    vendor, files = data["vendor"], data["corrections"]["files"]
    for name, values in (
        ("vendor.annotations", vendor["annotations"]),
        ("vendor.documents", list(vendor["documents"].values())),
        ("corrections.files", files),
    ):
        if not all(isinstance(value, str) and value for value in values):
            raise PipelineError(str(path), f"{name} may hold text alone")
    for date in vendor["documents"]:
        if not is_date(date):
            raise PipelineError(str(path), f"vendor.documents: {date} is no day, YYYY-MM-DD")
    if vendor["current"] not in vendor["documents"]:
        known = ", ".join(sorted(vendor["documents"])) or "none"
        raise PipelineError(
            str(path), f"vendor.current is {vendor['current']}, but vendor.documents has: {known}"
        )
    for file in files:
        if files.count(file) > 1:
            raise PipelineError(str(path), f"corrections.files names {file} twice")


def _check_outputs(path: Path, api: Api) -> None:
    """All that a build touches is beneath the lock's folder, and nothing it writes is on top of anything else."""
    root = api.lock.parent
    read = [
        path.resolve(),
        api.errcodes,
        api.golden,
        *(v.document for v in api.vendor.values()),
        *api.corrections,
    ]
    written = [api.contract, api.package / "data", api.client, api.reference]
    for place in (*read, *written):
        if place == root or not place.is_relative_to(root):
            raise PipelineError(str(path), f"{place} is outside of {root}, the folder of the lock")
    for index, target in enumerate(written):
        for place in (*read, *written[:index], *written[index + 1 :], api.package, api.lock):
            if place.is_relative_to(target):
                raise PipelineError(str(path), f"{place} is inside of {target}, which is written too")


def _existing(profile: Path, file: Path) -> Path:
    if not file.is_file():
        raise PipelineError(str(profile), f"no such file: {file}")
    return file.resolve()
