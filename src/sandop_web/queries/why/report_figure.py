"""A number of a report as a figure that explains itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sandop.measures import measure
from sandop.pack.figures import number, text
from sandop.pack.page import Cell, Place
from sandop.pack.pages.kpis import form_of
from sandop.pack.places import row_place
from sandop.pack.reader import Reader
from sandop.wording import currency_name, messages
from sandop_web.access import Actor
from sandop_web.queries.steps.content import Needs
from sandop_web.queries.steps.reading import read_step
from sandop_web.queries.why.computed import Computed, Line, largest_first, summed, told
from sandop_web.queries.why.key_figure import lines_of_key_figure
from sandop_web.queries.why.report_beside import Found
from sandop_web.queries.why.report_cells import RATIOS, ReportCell, report_cell
from sandop_web.queries.why.report_sums import lines_of_bridge, lines_of_gap
from sandop_web.queries.why.report_words import about_of, amount_of, column_title, named_row, title_of
from sandop_web.store.models import Version
from sandop_web.wording import say

_KPIS = Needs(
    sheets=(
        "demand",
        "deliveries",
        "backlog",
        "revenue",
        "margin",
        "cogs",
        "stock_value",
        "hours_regular",
        "hours_overtime",
        "hours_available",
    ),
    inputs=("production_actual",),
    previous=("production_finished",),
    reports=("money", "kpis", "accuracy"),
)
_MONEY = {
    ("bridge", "amount"),
    ("costs", "amount"),
    ("fence_breaks", "value"),
    ("gap", "amount"),
    ("levers", "revenue"),
    ("risks_opportunities", "value_at_cost"),
    ("segmentation", "revenue"),
    ("surpluses", "value"),
    ("unserved", "penalty"),
    *(("decisions", column) for column in ("money", "worth", "cost", "revenue", "margin")),
    *(("shortages", column) for column in ("unit_value", "worth", "saves_1", "saves_5", "saves_10")),
}
_LEAST = 0.005  # of an amount: the cent that rounding may move
_SHARE = 5e-6  # of a key figure: the scorecard states six digits


def report_figure(
    *, by: Actor, version: Version, report: str, column: str, key: Mapping[str, str], period: str
) -> Computed:
    """The number, in the reader's scope. Raises NothingThere."""
    cell = report_cell(by=by, version=version, report=report, column=column, key=key, period=period)
    reader = read_step(by=by, version=version, needs=Needs()).reader
    lines = _ratio(cell, reader) or _lines(by, version, cell)
    value = number(cell.row[column])
    return Computed(
        figure=f"report.{report}.{column}",
        title=title_of(cell=cell, reader=reader),
        about=about_of(cell=cell, reader=reader),
        amount=_amount(cell),
        unit=_unit(cell, reader),
        how=_how(cell, by),
        lines=lines,
        adds_up=_adds_up(report, value, lines) if lines else None,
        portions=_portions(cell, reader, value),
        beside=_beside(cell, reader),
        inputs=tuple(name for name, _ in cell.said),
        report=report,
        same=lines[0].amount.place if report == "gap" and len(lines) == 1 else None,
        causes=str(cell.row["kpi"]) if report == "kpis" and column == "value" else "",
        stated=not cell.parts,
    )


def _amount(cell: ReportCell) -> Cell:
    if (cell.report, cell.column) in _MONEY:
        return told(number(cell.row[cell.column]), "decimal")
    return _written(cell, cell.column)


def _adds_up(report: str, value: float, lines: tuple[Line, ...]) -> bool:
    allowed = _SHARE if report == "kpis" else _LEAST * len(lines)
    return abs(summed(lines) - value) <= allowed


def _unit(cell: ReportCell, reader: Reader) -> str:
    if (cell.report, cell.column) in _MONEY:
        return currency_name(reader.plan.settings.company.currency, reader.language)
    if cell.row.get("unit") in (None, "", "share"):
        return ""
    return reader.word("unit_of", text(cell.row["unit"])) if f"pack.unit_of.{cell.row['unit']}" in messages() else ""


def _how(cell: ReportCell, by: Actor) -> str:
    """The formula in words: of the key figure, of the effect, of the column, of the report."""
    about = [f"pack.measured.{cell.row.get('kpi')}"] if cell.column == "value" else []
    about += [f"drill.effect.{cell.row.get('effect')}", f"drill.cell.{cell.report}.{cell.column}"]
    about += [f"drill.report.{cell.report}"]
    return next((say(message, by.language) for message in about if message in messages()), "")


def _lines(by: Actor, version: Version, cell: ReportCell) -> tuple[Line, ...]:
    """What gives the number exactly; nothing where no few numbers do."""
    if cell.report == "kpis" and cell.column == "value" and by.everywhere:
        month = read_step(by=by, version=version, needs=_KPIS).month
        return lines_of_key_figure(month=month, kpi=str(cell.row["kpi"]), language=by.language)
    if cell.report in ("bridge", "gap"):
        reading = read_step(by=by, version=version, needs=Needs(reports=(cell.report, "money")))
        lines_of = lines_of_bridge if cell.report == "bridge" else lines_of_gap
        return lines_of(month=reading.month, reader=reading.reader, row=cell.row)
    return ()


def _ratio(cell: ReportCell, reader: Reader) -> tuple[Line, ...]:
    """The two numbers of a row that a page divides; nothing for a number that the report states itself."""
    names = RATIOS.get((cell.report, cell.column), ())
    found = []
    for name, sign in zip(names, ("", "÷")):
        amount = replace(amount_of(column=name, value=number(cell.row[name])), place=cell.others[name])
        found.append(Line(column_title(name, reader), amount, sign))
    return tuple(found)


def _beside(cell: ReportCell, reader: Reader) -> tuple[Line, ...]:
    """What the plan says at the same place, then the other numbers of the row."""
    said = (Line(measure(name).title(reader.language), amount) for name, amount in cell.said)
    row = (
        Line(column_title(column, reader), replace(_written(cell, column), place=place))
        for column, place in cell.others.items()
    )
    return (*said, *row)


def _written(cell: ReportCell, column: str) -> Cell:
    """A number of the row as its kind deserves."""
    value = number(cell.row[column])
    if cell.report == "kpis":
        return told(value, form_of(cell.row))
    return amount_of(column=column, value=value)


def _portions(cell: ReportCell, reader: Reader, total: float) -> tuple[Line, ...]:
    """The rows of a total."""

    def named(row: Found) -> tuple[str, Place | None]:
        return named_row(cell=cell, row=row, reader=reader), row_place(cell.report, row, cell.column)

    return largest_first(
        ((row, number(row[cell.column])) for row in cell.parts),
        total=total,
        named=named,
        written=lambda amount: amount_of(column=cell.column, value=amount),
        language=reader.language,
    )
