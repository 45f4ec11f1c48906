"""The scorecard: each key figure with target, tolerance, status in sign, word and colour, and the value before."""

from __future__ import annotations

from sandop.pack.figures import ReportRow, less, number, rows, text
from sandop.pack.page import Cell, Column, Form, Page, Row, Sentence, Table, Tone
from sandop.pack.places import reported
from sandop.pack.reader import Reader, signed
from sandop.scenario.month import Month
from sandop.wording import in_brackets, messages

STATUS: dict[str, tuple[str, Tone]] = {
    "green": ("✓", "good"),
    "amber": ("!", "watch"),
    "red": ("✗", "bad"),
    "none": ("–", "quiet"),
}
_FORMS: dict[str, Form] = {"share": "share", "day": "tenth"}


def page(month: Month, reader: Reader) -> Page | None:
    """One row a key figure. None where none was computed."""
    found = rows(month, "kpis")
    if not found:
        return None
    columns = (
        Column(reader.say("head.kpi"), width=27),
        Column(reader.say("head.value"), "share", width=10),
        Column(reader.say("head.target"), "share", width=10),
        Column(reader.say("head.tolerance"), "share", width=10),
        Column(reader.say("head.status"), width=14),
        Column(reader.say("head.previous"), "share", width=10),
        Column(reader.say("head.change"), "share+", width=10),
        Column(reader.say("head.owner"), width=14),
        Column(reader.say("head.measured"), width=44, wrap=True),
    )
    lines = tuple(_row(month, reader, row) for row in found)
    note = Sentence(reader.say("kpis.legend"), "quiet")
    return Page(
        "kpis", reader.say("tab.kpis"), title(reader, found), reader.say("kpis.scope"), (Table(columns, lines), note)
    )


def title(reader: Reader, found: list[ReportRow]) -> str:
    """How many are on target, and which is furthest off."""
    judged = [row for row in found if text(row.get("status")) in ("green", "amber", "red")]
    if not judged:
        return reader.say("kpis.not_judged", total=len(found))
    green = sum(1 for row in judged if row.get("status") == "green")
    red = [reader.word("kpi", text(row.get("kpi"))) for row in judged if row.get("status") == "red"]
    if red:
        return reader.say("kpis.title_red", green=green, total=len(judged), red=reader.joined(red))
    return reader.say("kpis.title", green=green, total=len(judged))


def form_of(row: ReportRow) -> Form:
    """How a key figure, a row of the report `kpis`, is written."""
    return _FORMS.get(text(row.get("unit")), "decimal")


def _row(month: Month, reader: Reader, row: ReportRow) -> Row:
    kpi, form = text(row.get("kpi")), form_of(row)
    sign, tone = STATUS.get(text(row.get("status")), STATUS["none"])
    value, previous = number(row.get("value")), number(row.get("previous"))
    status = reader.word("status", text(row.get("status")) or "none")
    named = dict(zip(month.plan.network.goals.keys, month.plan.network.goals.owner))
    unit = "" if form == "share" else in_brackets(reader.word("unit_of", text(row.get("unit"))), reader.language)
    return Row(
        (
            Cell(reader.word("kpi", kpi) + unit, tone="strong"),
            reported("kpis", row, "value", form, "strong"),
            reported("kpis", row, "target", form),
            reported("kpis", row, "tolerance", form),
            Cell(f"{sign} {status}", tone=tone),
            reported("kpis", row, "previous", form),
            Cell(less(value, previous), signed(form)),
            reader.name("people", str(named.get(kpi, ""))),
            reader.say(f"measured.{kpi}") if f"pack.measured.{kpi}" in messages() else "",
        )
    )
