"""A plan folder in a zip: looked through before anything is unpacked, unpacked by our own hand."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sandop.findings import Where
from sandop.io import Ledger, escapes_folder

_CHUNK = 1_000_000
_STEEP_FROM = 10_000_000  # bytes unpacked above which a file must not be packed too well
_PASSED_OVER = ("__MACOSX",)  # folders that a computer adds to a zip by itself


@dataclass(frozen=True)
class Limits:
    """What a zipped plan folder may hold: files, bytes unpacked, bytes unpacked for one packed, folders deep."""

    files: int = 3_000
    unpacked_bytes: int = 1_000_000_000
    ratio: int = 300
    depth: int = 2


LIMITS = Limits()


def unpack_folder(*, content: bytes, name: str, target: Path, ledger: Ledger, limits: Limits = LIMITS) -> Path | None:
    """Unpack a zipped plan folder into `target`; the folder in which the plan lies (the zip's own single folder, if
    it has one). None where it is not to be unpacked; every reason is an error in the ledger, under the zip's name."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = [entry for entry in archive.infolist() if _wanted(entry)]
            if not _harmless(files, name, ledger, limits):
                return None
            return _unpacked(archive, files, name, target, ledger, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        ledger.error("jobs.zip_damaged", Where(name))
        return None


def _wanted(entry: zipfile.ZipInfo) -> bool:
    """False for folders and for what a computer adds by itself; a name that leads outside is never passed over."""
    if escapes_folder(entry.filename):
        return True
    parts = PurePosixPath(entry.filename).parts
    return not (entry.is_dir() or parts[0] in _PASSED_OVER or parts[-1].startswith("."))


def _harmless(files: Sequence[zipfile.ZipInfo], name: str, ledger: Ledger, limits: Limits) -> bool:
    """The directory of the zip: names, kinds, number, depth, sizes as declared."""
    before = sum(ledger.counts().values())
    where = Where(name)
    if len(files) > limits.files:
        ledger.error("jobs.zip_files", where, count=len(files), most=limits.files)
    seen: set[str] = set()
    for entry in files:
        inside = entry.filename
        if escapes_folder(inside) or inside.casefold() in seen or not _plain_file(entry):
            ledger.error("jobs.zip_name", where, name=inside[:100])
        elif len(PurePosixPath(inside).parts) > limits.depth + 2:  # the zip's own folder and the file beside
            ledger.error("jobs.zip_depth", where, name=inside[:100])
        seen.add(inside.casefold())
    if any(entry.flag_bits & 1 for entry in files):
        ledger.error("jobs.zip_locked", where)
    unpacked = sum(entry.file_size for entry in files)
    if unpacked > limits.unpacked_bytes or any(_steep(entry, limits) for entry in files):
        ledger.error("jobs.zip_bomb", where, size=unpacked)
    return sum(ledger.counts().values()) == before


def _plain_file(entry: zipfile.ZipInfo) -> bool:
    """False for links, devices and pipes; a zip made without such marks holds plain files."""
    mode = entry.external_attr >> 16
    return not stat.S_IFMT(mode) or stat.S_ISREG(mode)


def _steep(entry: zipfile.ZipInfo, limits: Limits) -> bool:
    return entry.file_size > _STEEP_FROM and entry.file_size > limits.ratio * max(entry.compress_size, 1)


def _unpacked(
    archive: zipfile.ZipFile,
    files: Sequence[zipfile.ZipInfo],
    name: str,
    target: Path,
    ledger: Ledger,
    limits: Limits,
) -> Path | None:
    """Every file as it really unpacks, whatever the directory has declared."""
    own, left = _own_folder(files), limits.unpacked_bytes
    for entry in files:
        file = target.joinpath(*PurePosixPath(entry.filename).parts[len(own) :])
        file.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(entry) as packed, file.open("wb") as plain:
            while chunk := packed.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    ledger.error("jobs.zip_bomb", Where(name), size=limits.unpacked_bytes)
                    return None
                plain.write(chunk)
    return target


def _own_folder(files: Sequence[zipfile.ZipInfo]) -> tuple[str, ...]:
    """The one folder in which everything lies; empty where files lie at the top."""
    firsts = {PurePosixPath(entry.filename).parts[0] for entry in files}
    deep = all(len(PurePosixPath(entry.filename).parts) > 1 for entry in files)
    return tuple(firsts) if len(firsts) == 1 and deep else ()


def zip_folder(folder: Path, *, named: str) -> bytes:
    """The folder and all in it as a zip, below one folder of that name; the same content gives the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(f"{named}/{file.relative_to(folder).as_posix()}", (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, file.read_bytes())
    return made.getvalue()
