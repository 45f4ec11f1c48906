"""Two versions side by side: what differs in numbers, master tables and settings, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from sandop.measures import measure
from sandop.network import Network
from sandop.plan import Key, Rows, Sheet, Values
from sandop.plan.compare import CellDifference, side_by_side
from sandop.tables import Report
from sandop_web.access import Actor, in_scope, query, report_in_scope, sheet_in_scope
from sandop_web.access.sheet_rows import Part, known_measure, parts_of
from sandop_web.access.versions import version_of
from sandop_web.queries.plans import VersionLine, version_facts
from sandop_web.store.blanks import none_if_blank
from sandop_web.store.branches import differences
from sandop_web.store.models import Version
from sandop_web.store.plans import read_network, read_report, read_sheet
from sandop_web.store.table_differences import TableDifference, table_differences

CELLS_SHOWN = 100
_SETTINGS = "settings"


@dataclass(frozen=True)
class TotalLine:
    """The total of a measure in one period, before and after; None is a blank."""

    period: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class MeasureDifference:
    """A measure with differing cells.

    cells       how many in the reader's scope
    before, after   total over rows and periods in the measure's unit; None where it does not add up
    """

    measure: str
    direction: str
    unit: str
    decimals: int
    cells: int
    before: float | None
    after: float | None


@dataclass(frozen=True)
class CellLine:
    """One differing cell; None is a blank."""

    parts: tuple[Part, ...]
    key: Key
    period: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class MeasureCells:
    """The differing cells of one measure, a page of them, and its totals by period."""

    measure: str
    unit: str
    decimals: int
    totals: tuple[TotalLine, ...]
    cells: tuple[CellLine, ...]
    count: int
    page: int
    pages: int


@dataclass(frozen=True)
class FigureLine:
    """A key figure or an amount in both versions; None where a version has none."""

    name: str
    period: str
    unit: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class VersionComparison:
    """Everything that sets `after` apart from `before`, in the reader's scope; results only where both versions hold
    some. A setting is a row of "settings" whose
    key is its section."""

    before: VersionLine
    after: VersionLine
    measures: tuple[MeasureDifference, ...]
    tables: tuple[TableDifference, ...]
    settings: tuple[TableDifference, ...]
    kpis: tuple[FigureLine, ...]
    money: tuple[FigureLine, ...]

    @property
    def both_computed(self) -> bool:
        """True where both versions hold results, so that results can be compared."""
        return self.before.behind is not None and self.after.behind is not None

    @property
    def cells(self) -> int:
        """Differing cells of inputs and results."""
        return sum(line.cells for line in self.measures)

    def __bool__(self) -> bool:
        return bool(self.measures or self.tables or self.settings)


@query
def compare_versions(*, by: Actor, a: int, b: int) -> VersionComparison:
    """What sets version `b` apart from version `a`. Raises NothingThere."""
    before, after = version_of(by=by, version=a), version_of(by=by, version=b)
    of_tables = _tables(by, before, after)
    return VersionComparison(
        before=version_facts(by=by, version=a),
        after=version_facts(by=by, version=b),
        measures=tuple(_measures(by, before, after)),
        tables=tuple(one for one in of_tables if one.table != _SETTINGS),
        settings=tuple(one for one in of_tables if one.table == _SETTINGS),
        kpis=_figures(by, before, after, "kpis", "kpi", "value"),
        money=_figures(by, before, after, "money", "line", "plan"),
    )


@query
def compare_measure(*, by: Actor, a: int, b: int, measure: str, page: int = 1) -> MeasureCells:
    """The cells of one measure that differ from `a` to `b`, and its totals. Raises NothingThere, NotUnderstood."""
    before, after = version_of(by=by, version=a), version_of(by=by, version=b)
    known = known_measure(by=by, name=measure)
    network = read_network(after)
    found = _seen(by, differences(before, after, known.direction, [measure]), network)
    pages = max(-(-len(found) // CELLS_SHOWN), 1)
    page = min(max(page, 1), pages)
    return MeasureCells(
        measure=measure,
        unit=known.unit,
        decimals=known.decimals,
        totals=_totals(by, before, after, measure) if known.over_rows == "sum" and found else (),
        cells=tuple(
            CellLine(
                parts_of(grain=known.grain, key=cell.row, network=network),
                cell.row,
                cell.period,
                none_if_blank(cell.before),
                none_if_blank(cell.after),
            )
            for cell in found[(page - 1) * CELLS_SHOWN : page * CELLS_SHOWN]
        ),
        count=len(found),
        page=page,
        pages=pages,
    )


def _measures(by: Actor, before: Version, after: Version) -> Iterable[MeasureDifference]:
    network = read_network(after)
    computed = before.results_of is not None and after.results_of is not None
    for kind in ("input", "result") if computed else ("input",):
        for name, cells in groupby(differences(before, after, kind), key=lambda cell: cell.measure):
            count = len(_seen(by, tuple(cells), network))
            if count:
                yield _measure(by, before, after, name, count)


def _measure(by: Actor, before: Version, after: Version, name: str, count: int) -> MeasureDifference:
    known = measure(name)
    adds_up = known.over_rows == "sum" and known.over_time == "sum"
    totals = _totals(by, before, after, name) if adds_up else ()
    return MeasureDifference(
        measure=name,
        direction=known.direction,
        unit=known.unit,
        decimals=known.decimals,
        cells=count,
        before=_total([line.before for line in totals]),
        after=_total([line.after for line in totals]),
    )


def _totals(by: Actor, before: Version, after: Version, name: str) -> tuple[TotalLine, ...]:
    sides = [_sheet(by, version, name) for version in (before, after)]
    _, periods, *values = side_by_side(name, *sides)
    return tuple(
        TotalLine(period, _sum(values[0], place), _sum(values[1], place))
        for place, period in enumerate(periods.labels)
    )


def _sheet(by: Actor, version: Version, name: str) -> Sheet | None:
    sheet = read_sheet(version, measure(name).direction, name)
    return None if sheet is None else sheet_in_scope(by=by, sheet=sheet, network=read_network(version))


def _sum(values: Values, place: int) -> float | None:
    return _total([none_if_blank(value) for value in values[:, place]])


def _total(values: list[float | None]) -> float | None:
    """The sum of what is known; a blank where nothing is."""
    known = [value for value in values if value is not None]
    return float(sum(known)) if known else None


def _seen(by: Actor, cells: tuple[CellDifference, ...], network: Network) -> tuple[CellDifference, ...]:
    """The cells of one measure in the reader's scope."""
    if by.everywhere or not cells:
        return cells
    rows = Rows.of(measure(cells[0].measure).grain, (cell.row for cell in cells))
    mine = dict(zip(rows.keys, in_scope(by=by, rows=rows, network=network)))
    return tuple(cell for cell in cells if mine[cell.row])


def _tables(by: Actor, before: Version, after: Version) -> list[TableDifference]:
    """Differing cells of settings and master tables whose row the reader may see, then or now."""
    found = table_differences(before, after)
    networks = [read_network(version) for version in (before, after)]
    return [one for one in found if by.everywhere or any(_sees_row(by, one, network) for network in networks)]


def _sees_row(by: Actor, one: TableDifference, network: Network) -> bool:
    if one.table == _SETTINGS:
        return True
    table = network.tables()[one.table]
    place = table.position.get(one.key[0] if len(one.key) == 1 else one.key)
    return place is not None and bool(report_in_scope(by=by, report=[table.row(place)], network=network))


def _figures(
    by: Actor, before: Version, after: Version, report: str, name: str, value: str
) -> tuple[FigureLine, ...]:
    """Lines of a report that both or either holds, in its order; of the money, its years."""
    sides = [_by_line(by, version, report, name, value) for version in (before, after)]
    return tuple(
        FigureLine(line, period, unit, sides[0].get((line, period, unit)), sides[1].get((line, period, unit)))
        for line, period, unit in dict.fromkeys((*sides[0], *sides[1]))
    )


def _by_line(
    by: Actor, version: Version, report: str, name: str, value: str
) -> dict[tuple[str, str, str], float | None]:
    rows: Report = read_report(version, report)
    rows = rows if by.everywhere else report_in_scope(by=by, report=rows, network=read_network(version))
    lines: dict[tuple[str, str, str], float | None] = {}
    for row in rows:
        if row.get("scope", "year") == "year":
            number = row[value]
            key = str(row[name]), str(row.get("period", "")), str(row.get("unit", ""))
            lines[key] = float(number) if isinstance(number, int | float) else None
    return lines
