"""What a number of a report is called, whom it is about, and how it is written."""

from __future__ import annotations

from sandop.measures import measures
from sandop.pack.figures import text
from sandop.pack.page import Cell, Form
from sandop.pack.places import REPORT_KEYS, WHEN
from sandop.pack.reader import Reader
from sandop.wording import messages
from sandop_web.queries.why.computed import told
from sandop_web.queries.why.report_beside import Found
from sandop_web.queries.why.report_cells import ReportCell
from sandop_web.wording import say

_SHARES = ("load_share", "wmape", "bias", "share", "probability", "added", "before", "attention", "gap")
_TABLES = {
    "family": "families",
    "item": "items",
    "customer": "customers",
    "site": "sites",
    "resource": "resources",
    "supplier": "suppliers",
}
_SAYS_NOTHING = ("amount", "value", "quantity")  # columns whose name adds nothing to that of their report
_ANY = ("node", "limit", "id", "subject")
# Report and column → where the words of its cells begin.
_WORDS = {
    "kpi": ("pack.kpi.",),
    "line": ("pack.line.", "pack.family_line.", "pack.gap.", "steps.line."),
    "region": ("pack.region.",),
    "status": ("pack.solver_status.",),
    "identity": ("",),
    "compare": ("pack.compare.",),
    "effect": ("pack.effect.", "plans.word."),
    "stream": ("pack.stream.",),
    "step": ("pack.stream.",),
    "reference": ("pack.stream.",),
    "level": ("pack.level.", "steps.level."),
    "kind": ("pack.limit_kind.", "pack.surplus_kind.", "pack.decision_kind.", "pack.risk_kind.", "plans.cost."),
    "cause": ("steps.cause.", "plans.word."),
    "version": ("pack.version.",),
    "scope": ("plans.word.",),
    "span": ("plans.word.",),
    "zone": ("plans.word.",),
}


def title_of(*, cell: ReportCell, reader: Reader) -> str:
    """What the number is: the key figure, or its column in its report."""
    if cell.report == "kpis" and cell.column == "value":
        return reader.word("kpi", text(cell.row["kpi"]))
    if cell.column in _SAYS_NOTHING:
        return _known(f"plans.report.{cell.report}", cell.report, reader)
    report, column = _known(f"plans.report.{cell.report}", cell.report, reader), column_title(cell.column, reader)
    return say("drill.title", reader.language, line=report, side=column)


def column_title(column: str, reader: Reader) -> str:
    """What a column of a report is called; its name where nobody has given it words."""
    return _known(f"plans.column.{column}", column, reader)


def about_of(*, cell: ReportCell, reader: Reader) -> tuple[str, ...]:
    """What names its row, in words."""
    named = [name for name in cell.key if not (cell.report == "kpis" and cell.column == "value" and name == "kpi")]
    if cell.row.get("level") == "company":
        named = [name for name in named if name != "level"]
    return tuple(said for said in (_worded(name, text(cell.row[name]), reader) for name in named) if said)


def named_row(*, cell: ReportCell, row: Found, reader: Reader) -> str:
    """A row of a total by what the others do not share with it."""
    names = [name for name in REPORT_KEYS[cell.report] if name not in cell.key and row.get(name) not in (None, "")]
    return " · ".join(filter(None, (_worded(name, text(row[name]), reader) for name in names)))


def amount_of(*, column: str, value: float) -> Cell:
    """The number as its size and kind deserve."""
    form: Form = "whole" if abs(value) >= 1_000 or value % 1 == 0 else "decimal"
    if column in _SHARES and abs(value) <= 5:
        form = "share"
    return told(value, form)


def _worded(column: str, value: str, reader: Reader) -> str:
    if column in WHEN:
        return reader.year(value) if value.isdigit() else value if "W" in value else reader.month(value)
    if column in _TABLES:
        return reader.name(_TABLES[column], value)
    if column in _ANY:
        return reader.any_name(value)
    if value in measures():
        return measures()[value].title(reader.language)
    for beginning in _WORDS.get(column, ()):
        if beginning + value in messages():
            return say(beginning + value, reader.language)
    if column in ("number", "lag"):
        return f"{column_title(column, reader)} {value}"
    return value


def _known(message: str, otherwise: str, reader: Reader) -> str:
    return say(message, reader.language) if message in messages() else otherwise
