"""Approved versions: immutable folders named by a hash over their content, and which of them is in force."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandop.findings import Refusal
from sandop.io.cell_texts import write_whole
from sandop.io.results import INDEX, read_results, results_files
from sandop.io.version_hash import digest_of, name_of_parts, version_parts
from sandop.io.whole_folders import whole_folder
from sandop.plan import Sheet, sheets_hash
from sandop.tables import Report

RECORD = "version.json"
CURRENT = "current.txt"
_FIELDS = ("input_hash", "result_hash", "reports_hash", "start", "parent", "who", "when", "conditions", "files")


class NothingApproved(Refusal):
    """No version has been approved in this folder."""

    message = "io.nothing_approved"


class NoSuchVersion(Refusal):
    """No version's hash begins so."""

    message = "io.no_such_version"


class SeveralVersions(Refusal):
    """Several versions' hashes begin so."""

    message = "io.several_versions"


class VersionDamaged(Refusal):
    """The content of a version is not what was signed."""

    message = "io.version_damaged"


@dataclass(frozen=True)
class Version:
    """An approved plan as it was signed.

    hash        name of the version: SHA-256 over input hash, result hash and reports hash
    start       first planned month; empty where it came with the plan from elsewhere
    parent      hash of the version that was in force before; empty for the first
    who, when   who signed, and when (ISO text, as given)
    conditions  conditions of the approval, one text each
    sheets, reports     the results that were signed
    """

    hash: str
    input_hash: str
    result_hash: str
    start: str
    parent: str
    who: str
    when: str
    conditions: tuple[str, ...]
    sheets: Mapping[str, Sheet]
    reports: Mapping[str, Report]


def publish(
    folder: Path,
    *,
    sheets: Mapping[str, Sheet],
    reports: Mapping[str, Report],
    input_hash: str,
    start: str,
    who: str,
    when: str,
    conditions: Sequence[str] = (),
    others: Mapping[str, bytes] | None = None,
) -> str:
    """Write `versions/<hash>/`, make it the version in force, return its hash.

    Publishing the same content again keeps the version as it was first signed and only puts it in force.
    Raises VersionDamaged where a version of this hash stands there but is not what was signed.
    """
    files = results_files(sheets, reports, input_hash=input_hash, others=others)
    versions = folder / "versions"
    versions.mkdir(parents=True, exist_ok=True)
    index = json.loads(files[INDEX])
    reports_said = {report: said["hash"] for report, said in index["reports"].items()}
    content = version_parts(input_hash=input_hash, result_hash=index["result_hash"], report_hashes=reports_said)
    name = name_of_parts(content)
    if (versions / name).exists():
        read_version(folder, name)
    else:
        signed = {
            "start": start,
            "parent": _current(folder),
            "who": who,
            "when": when,
            "conditions": list(conditions),
        }
        hashes = {file: hashlib.sha256(text).hexdigest() for file, text in sorted(files.items())}
        record = {**content, **signed, "files": hashes}
        files[RECORD] = _json({**record, "seal": digest_of(record)})
        _freeze(versions / name, files)
    write_whole(versions / CURRENT, f"{name}\n".encode())
    return name


def carry_over(folder: Path, sheets: Mapping[str, Sheet], *, before: str) -> None:
    """Put the last plan that came with a plan from elsewhere into the folder's versions.

    Nobody signed it here, so it is the plan's `previous` and never in force. Nothing is done where the version
    approved last before the month `before` holds these sheets already.
    """
    last = last_approved(folder, before=before)
    if last is None or last.result_hash != sheets_hash(sheets):
        publish(folder, sheets=sheets, reports={}, input_hash="", start="", who="", when="")


def read_version(folder: Path, hash_prefix: str = "") -> Version:
    """The version whose hash begins so; without a prefix the one in force.

    Its files are hashed again. Raises NothingApproved, NoSuchVersion, SeveralVersions, VersionDamaged.
    """
    name = _name(folder, hash_prefix)
    path = folder / "versions" / name
    record = _record(path, name)
    read = read_results(path)
    if read.findings:
        raise VersionDamaged(hash=name[:12], file=read.findings[0].where.file)
    if sheets_hash(read.sheets) != record["result_hash"] or read.index.get("input_hash") != record["input_hash"]:
        raise VersionDamaged(hash=name[:12], file=INDEX)
    return Version(
        hash=name,
        input_hash=record["input_hash"],
        result_hash=record["result_hash"],
        start=record["start"],
        parent=record["parent"],
        who=record["who"],
        when=record["when"],
        conditions=tuple(record["conditions"]),
        sheets=read.sheets,
        reports=read.reports,
    )


def version_names(folder: Path) -> tuple[str, ...]:
    """Hashes of all versions in the folder, sorted."""
    return tuple(sorted(path.name for path in (folder / "versions").glob("*") if _is_hash(path.name)))


def version_in_force(folder: Path) -> str:
    """Hash of the version in force. Raises NothingApproved."""
    return _name(folder, "")


def last_approved(folder: Path, *, before: str) -> Version | None:
    """The version in force when the month `before` was planned: the newest that starts earlier.

    A version approved for the same month is passed over, so that planning a month again, after it was approved,
    starts from the same inputs and gives the same hash. None where there is no earlier one.
    """
    name = _current(folder)
    seen: set[str] = set()
    while name and name not in seen:
        seen.add(name)
        record = _record(folder / "versions" / name, name)
        if record["start"] < before:
            return read_version(folder, name)
        name = record["parent"]
    return None


def _name(folder: Path, prefix: str) -> str:
    if not prefix:
        current = _current(folder)
        if not current or not _record(folder / "versions" / current, current)["who"]:
            raise NothingApproved()
        return current
    names = [name for name in version_names(folder) if name.startswith(prefix)]
    if not names:
        raise NoSuchVersion(prefix=prefix)
    if len(names) > 1:
        raise SeveralVersions(prefix=prefix, names=", ".join(name[:12] for name in names[:5]))
    return names[0]


def _current(folder: Path) -> str:
    try:
        name = (folder / "versions" / CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError):
        raise VersionDamaged(hash=CURRENT, file=CURRENT) from None
    if not _is_hash(name):
        raise VersionDamaged(hash=name[:12], file=CURRENT)
    return name


def _is_hash(name: str) -> bool:
    return len(name) == 64 and set(name) <= set("0123456789abcdef")


def _record(path: Path, name: str) -> dict[str, Any]:
    """version.json, its seal, its name and the hash of every file checked."""
    try:
        record = json.loads((path / RECORD).read_text(encoding="utf-8"))
        seal = record.pop("seal")
        content = {key: record[key] for key in ("input_hash", "result_hash", "reports_hash")}
        good = set(record) == set(_FIELDS) and digest_of(record) == seal and name_of_parts(content) == name
        files = dict(record["files"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise VersionDamaged(hash=name[:12], file=RECORD) from None
    if not good:
        raise VersionDamaged(hash=name[:12], file=RECORD)
    for file, said in files.items():
        found = path / Path(file).name
        if not found.is_file() or hashlib.sha256(found.read_bytes()).hexdigest() != said:
            raise VersionDamaged(hash=name[:12], file=file)
    return dict(record)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8")


def _freeze(path: Path, files: Mapping[str, bytes]) -> None:
    """The folder appears complete, its files read-only."""
    with whole_folder(path) as new:
        for name, content in files.items():
            (new / name).write_bytes(content)
            (new / name).chmod(0o444)
