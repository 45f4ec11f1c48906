"""The classical S&OP sheet of each family: what was promised before, what is promised now, what came of it, and
whether its lines agree with each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sandop.pack.figures import distinct, flag, known, number, rows, share, text
from sandop.pack.page import Place
from sandop_web.access import Actor, NothingThere, query
from sandop_web.queries.family_places import MEASURES, PlacesOfFamily, places_of_family
from sandop_web.queries.plans import current_version
from sandop_web.queries.steps.content import Needs, Reading
from sandop_web.queries.steps.reading import read_step
from sandop_web.queries.steps.supply.parameters import strategy_of
from sandop_web.store.models import Version

FLOWS = ("bookings", "shipments", "production", "adjustments")
# Order of the lines: make to stock looks at stock, make to order at the backlog.
TO_STOCK = ("bookings", "shipments", "production", "adjustments", "stock", "backlog")
TO_ORDER = ("bookings", "shipments", "backlog", "production", "adjustments", "stock")
COMPARED = ("bookings", "shipments", "production")  # lines whose distance from the old plan is told
_ROWS = ("old", "now", "difference", "cumulative")
_REPORTS = Needs(reports=("family_sheet", "identities"))


@dataclass(frozen=True)
class Deviation:
    """How far a line is from the old plan in a month: `difference` in plan units, `share` of the old plan."""

    line: str
    period: str
    difference: float
    share: float


@dataclass(frozen=True)
class FamilyLine:
    """A family in the list: how many checks there are, how many fail, which fails first and in which month."""

    family: str
    name: str
    unit: str
    strategy: str
    checks: int
    broken: int
    failing: str
    failing_in: str
    deviation: Deviation | None


@dataclass(frozen=True)
class FamilySheets:
    """The families of the version people work on; `version` None without a plan, no lines before the month is run."""

    version: int | None
    lines: tuple[FamilyLine, ...]


@dataclass(frozen=True)
class SheetRow:
    """One row of a line: `what` is old, now (actual in closed months, the new plan after), difference, cumulative.
    Values in plan units by month, blank is None; `places` say where each stands."""

    what: str
    values: tuple[float | None, ...]
    places: tuple[Place | None, ...]


@dataclass(frozen=True)
class SheetLine:
    """A line of the sheet: bookings, shipments, backlog, production, stock, adjustments."""

    line: str
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True)
class Check:
    """An identity: both sides by month, plan units, None where it is not asked; `first` the first month it fails."""

    identity: str
    left: tuple[float | None, ...]
    right: tuple[float | None, ...]
    holds: tuple[bool | None, ...]
    first: str

    @property
    def residuals(self) -> tuple[float | None, ...]:
        """Left less right."""
        return tuple(None if a is None or b is None else a - b for a, b in zip(self.left, self.right, strict=True))

    @property
    def asked(self) -> int:
        """In how many months it is asked."""
        return sum(one is not None for one in self.holds)

    @property
    def broken(self) -> int:
        """In how many months it fails."""
        return sum(one is False for one in self.holds)


@dataclass(frozen=True)
class FamilySheet:
    """The sheet of a family. `closed` counts the months before the plan; `before` and `after` are its neighbours."""

    version: int
    family: str
    name: str
    unit: str
    strategy: str
    periods: tuple[str, ...]
    closed: int
    lines: tuple[SheetLine, ...]
    checks: tuple[Check, ...]
    deviation: Deviation | None
    before: FamilyLine | None
    after: FamilyLine | None

    @property
    def broken(self) -> int:
        """How many checks fail."""
        return sum(check.broken for check in self.checks)


@query
def family_sheets(*, by: Actor) -> FamilySheets:
    """Every family with its checks and its largest distance from the old plan: what fails first, then the furthest
    away."""
    version = _version(by)
    if version is None:
        return FamilySheets(None, ())
    reading = read_step(by=by, version=version, needs=_REPORTS)
    return FamilySheets(version.pk, _lines(reading))


@query
def family_sheet(*, by: Actor, family: str, months: int | None = None) -> FamilySheet:
    """The sheet of a family, of the first `months` planned months. Raises NothingThere for a family that has none."""
    version = _version(by)
    if version is None:
        raise NothingThere()
    inputs, sheets = (tuple(measure for measure in found.values()) for found in MEASURES)
    needs = Needs(sheets=sheets, inputs=inputs, reports=_REPORTS.reports)
    reading = read_step(by=by, version=version, needs=needs)
    order = _lines(reading)
    place = next((place for place, line in enumerate(order) if line.family == family), None)
    if place is None:
        raise NothingThere()
    periods, closed = _periods(reading, family, months)
    line = order[place]
    return FamilySheet(
        version=version.pk,
        family=family,
        name=line.name,
        unit=line.unit,
        strategy=line.strategy,
        periods=periods,
        closed=closed,
        lines=_sheet_lines(reading, line, periods, closed),
        checks=_checks(reading, family, periods),
        deviation=line.deviation,
        before=order[place - 1] if place else None,
        after=order[place + 1] if place + 1 < len(order) else None,
    )


def _version(by: Actor) -> Version | None:
    current = current_version(by=by)
    return None if current is None else Version.objects.get(company_id=by.company_id, pk=current)


def _lines(reading: Reading) -> tuple[FamilyLine, ...]:
    found = [_line(reading, family) for family in distinct(rows(reading.month, "family_sheet"), "family")]
    return tuple(
        sorted(found, key=lambda line: (-line.broken, -abs(line.deviation.share if line.deviation else 0.0)))
    )


def _line(reading: Reading, family: str) -> FamilyLine:
    checks = rows(reading.month, "identities", family=family)
    failing = sorted((row for row in checks if not flag(row.get("holds"))), key=lambda row: text(row["period"]))
    reader = reading.reader
    return FamilyLine(
        family=family,
        name=reader.family(family),
        unit=reader.word("unit_of", reader.plan_unit(family)),
        strategy=strategy_of(reading, family),
        checks=len(checks),
        broken=len(failing),
        failing=text(failing[0]["identity"]) if failing else "",
        failing_in=text(failing[0]["period"]) if failing else "",
        deviation=_furthest(reading, family),
    )


def _furthest(reading: Reading, family: str) -> Deviation | None:
    """The largest difference from the old plan among the planned months; None where there is no old plan."""
    figures, closed = _figures(reading, family), set(reading.month.plan.calendar.history.labels)
    found = [
        Deviation(line, period, value, share(value, abs(figures.get((line, "old", period), float("nan")))))
        for (line, version, period), value in figures.items()
        if version == "difference" and line in COMPARED and period not in closed and known(value)
    ]
    return max(found, key=lambda one: abs(one.difference), default=None)


def _figures(reading: Reading, family: str) -> Mapping[tuple[str, str, str], float]:
    """Line, version and month → plan units."""
    found = rows(reading.month, "family_sheet", family=family)
    return {(text(row["line"]), text(row["version"]), text(row["period"])): number(row["value"]) for row in found}


def _periods(reading: Reading, family: str, months: int | None) -> tuple[tuple[str, ...], int]:
    """Months of the sheet in order, and how many of them are closed."""
    past = set(reading.month.plan.calendar.history.labels)
    labels = sorted(distinct(rows(reading.month, "family_sheet", family=family), "period"))
    closed = [label for label in labels if label in past]
    planned = [label for label in labels if label not in past]
    return (*closed, *planned[:months]), len(closed)


def _sheet_lines(reading: Reading, line: FamilyLine, periods: Sequence[str], closed: int) -> tuple[SheetLine, ...]:
    figures, order = _figures(reading, line.family), TO_STOCK if line.strategy == "MTS" else TO_ORDER
    places = places_of_family(reading.month, line.family, periods)
    made = (SheetLine(name, tuple(_rows(figures, places, name, periods, closed))) for name in order)
    return tuple(one for one in made if one.rows)


def _rows(
    figures: Mapping[tuple[str, str, str], float],
    places: PlacesOfFamily,
    line: str,
    periods: Sequence[str],
    closed: int,
) -> Iterable[SheetRow]:
    for what in _ROWS:
        if what == "cumulative" and line not in FLOWS:
            continue
        versions = ["actual" if place < closed else "new" for place in range(len(periods))]
        versions = versions if what == "now" else [what] * len(periods)
        values = [figures.get((line, version, label), float("nan")) for version, label in zip(versions, periods)]
        if any(map(known, values)):
            stands = [
                places.of(line, version, label, value) for version, label, value in zip(versions, periods, values)
            ]
            yield SheetRow(what, tuple(value if known(value) else None for value in values), tuple(stands))


def _checks(reading: Reading, family: str, periods: Sequence[str]) -> tuple[Check, ...]:
    found = rows(reading.month, "identities", family=family)
    made = []
    for identity in distinct(found, "identity"):
        at = {text(row["period"]): row for row in found if row["identity"] == identity}
        failing = sorted(label for label, row in at.items() if not flag(row["holds"]))
        made.append(
            Check(
                identity=identity,
                left=tuple(number(at[label]["left"]) if label in at else None for label in periods),
                right=tuple(number(at[label]["right"]) if label in at else None for label in periods),
                holds=tuple(flag(at[label]["holds"]) if label in at else None for label in periods),
                first=failing[0] if failing else "",
            )
        )
    return tuple(made)
