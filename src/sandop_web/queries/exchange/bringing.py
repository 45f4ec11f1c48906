"""A workbook that comes back: looked through, opened by a process that may fail alone, and compared with what went
out. Rows and months are found by their keys, wherever people have moved them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from sandop.findings import Severity
from sandop.io.ledger import Ledger
from sandop.io.workbook import worksheets
from sandop.io.workbook_scan import Limits, scan_workbook
from sandop_web.access import Actor, query
from sandop_web.access.doors import require_may
from sandop_web.access.exchange.brought import Brought
from sandop_web.access.exchange.refusals import (
    DamagedKeys,
    NotOurFile,
    NotReadable,
    OtherCompany,
    OtherVersion,
    TooManyCells,
)
from sandop_web.access.grid.locks import MoneyIsRead
from sandop_web.access.versions import version_of
from sandop_web.queries.exchange import keys
from sandop_web.queries.exchange.differences import MOST_CELLS, differing
from sandop_web.queries.exchange.formulas import live_totals
from sandop_web.queries.exchange.places import places_of
from sandop_web.store.models import Version
from sandop_web.store.refusals import VersionIsPublished

LIMITS = Limits(
    file_bytes=60_000_000, entries=500, unpacked_bytes=400_000_000, rows=120_000, columns=400, cells=12_000_000
)
MEMORY_BYTES = 2_000_000_000
SECONDS = 60.0
Rows = Sequence[Sequence[str]]


@query
def read_exchange(*, by: Actor, version: int, name: str, content: bytes) -> Brought:
    """What the workbook holds otherwise than when it went out; nothing is written.

    Raises NothingThere, NotReadable with the first thing that is wrong in the file, NotOurFile, OtherCompany,
    DamagedKeys, OtherVersion, VersionIsPublished, MoneyIsRead, KeysMissing, KeyTwice, KeyUnknown, RowAdded,
    PeriodMissing, NotNumbers, TooManyCells.
    """
    require_may(by, "bring_exchange")
    found = version_of(by=by, version=version)
    with TemporaryDirectory(prefix="sandop-exchange-") as made:
        path = Path(made) / "exchange.xlsx"
        path.write_bytes(content)
        sheets = _opened(path)
        lines = _keys_of(sheets)
        provenance = _provenance(by, found, lines)
        title, places = places_of(sheets, provenance)
        totals = live_totals(path, title)
    rows = keys.rows_of(lines)
    cells = differing(provenance=provenance, keyed=rows, rows=sheets[title], places=places, totals=totals)
    if len(cells) > MOST_CELLS:
        raise TooManyCells(cells=len(cells), most=MOST_CELLS)
    return Brought(
        version=found.pk,
        asked=provenance.asked,
        made_by=provenance.made_by,
        made_at=provenance.made_at,
        cells=tuple(cells),
        missing=len(rows) - len(places.rows.keys() & {row.key for row in rows}),
        name=name,
        content=content,
    )


def _opened(path: Path) -> dict[str, list[list[str]]]:
    """Worksheet → rows of text. Raises NotReadable."""
    ledger = Ledger()
    sheets = None
    if scan_workbook(path, ledger, limits=LIMITS):
        sheets = worksheets(path, ledger, memory_bytes=MEMORY_BYTES, seconds=SECONDS)
    if sheets is None:
        wrong = next(finding for finding in ledger.findings() if finding.severity is Severity.ERROR)
        raise NotReadable.of(wrong)
    return sheets


def _keys_of(sheets: dict[str, list[list[str]]]) -> list[str]:
    """The hidden column. Raises NotOurFile where there is none, or more than one."""
    columns = [[row[0] if row else "" for row in rows] for rows in sheets.values() if rows]
    found = [column for column in columns if keys.is_keys(column)]
    if len(found) != 1:
        raise NotOurFile()
    lines = found[0]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _provenance(by: Actor, version: Version, lines: list[str]) -> keys.Provenance:
    try:
        provenance = keys.provenance_of(lines)
    except keys.NotUnderstoodKeys:
        raise DamagedKeys() from None
    if provenance.company != by.company:
        raise OtherCompany(title=provenance.title[:80])
    if not keys.is_sealed(lines):
        raise DamagedKeys()
    if provenance.version != version.pk:
        raise OtherVersion(
            title=provenance.version_title, number=provenance.number, here=version.title, here_number=version.number
        )
    if version.state == Version.State.PUBLISHED:
        raise VersionIsPublished.of(version)
    if provenance.asked.unit == "money":
        raise MoneyIsRead()
    return provenance
