"""The scorecard: every key figure against its target, how it went, how far off it is in a word."""

from __future__ import annotations

from dataclasses import dataclass

from sandop.pack.figures import ReportRow, known, number, rows, text
from sandop.pack.page import Cell, Form, Tone
from sandop.pack.pages.kpis import STATUS
from sandop.pack.reader import Reader
from sandop_web.queries.steps.content import Reading, Tile
from sandop_web.wording import say

_FORMS: dict[str, Form] = {"share": "share", "day": "tenth", "days": "tenth"}
_ORDER = {"red": 0, "amber": 1, "green": 2, "none": 3}
# Key figure → the lines of the money report whose ratio is its way through the months.
_BY_MONTH = {"revenue_to_budget": ("revenue", "budget"), "margin_share": ("margin", "revenue")}
# Key figure → step and section that tell its cause.
_CAUSES = {
    "revenue_to_budget": ("pre_sop", "side-by-side"),
    "margin_share": ("pre_sop", "money"),
    "fill_rate": ("pre_sop", "cuts"),
    "backlog_share": ("pre_sop", "cuts"),
    "forecast_wmape": ("demand_review", ""),
    "forecast_bias": ("demand_review", ""),
    "stock_days": ("supply_review", ""),
    "utilisation_peak": ("supply_review", ""),
    "schedule_attainment": ("execution", ""),
    "cash_conversion_days": ("pre_sop", "money"),
}


@dataclass(frozen=True)
class Score:
    """A key figure.

    status   green, amber, red, none; `word` for it
    trend    through the months of the plan; `before` is its value in the plan before, None for none
    step     and section that tell its cause
    """

    kpi: str
    title: str
    value: float | None
    target: float | None
    form: Form
    unit: str
    status: str
    word: str
    tone: Tone
    trend: tuple[float | None, ...]
    before: float | None
    step: str
    section: str


def scores(reading: Reading) -> list[Score]:
    """The key figures of the plan, those furthest from their target first."""
    found = [_score(reading, row) for row in rows(reading.month, "kpis")]
    return sorted(found, key=lambda score: _ORDER[score.status])


def score_tiles(reading: Reading, *, section: str) -> tuple[Tile, ...]:
    """The scorecard as tiles: figure, target and light, trend."""
    return tuple(
        Tile(
            score.title,
            Cell(score.value, score.form),
            score.unit,
            note_of(score, reading.reader),
            score.tone,
            score.trend,
            section,
        )
        for score in scores(reading)
    )


def note_of(score: Score, reader: Reader) -> str:
    """The light in a word, and the target: "✗ off target · target 95.0%"."""
    sign = STATUS[score.status][0]
    light = say(f"meeting.light.{score.status}", reader.language)
    if score.target is None:
        return f"{sign} {light}"
    told = {"light": f"{sign} {light}", "target": _amount(score, score.target)}
    said = say("meeting.light_and_target", reader.language, **told)
    if score.before is None:
        return said
    return say("meeting.light_and_before", reader.language, light=said, before=_amount(score, score.before))


def _amount(score: Score, value: float) -> str:
    return f"{value:.1%}" if score.form == "share" else f"{value:,.1f}"


def _score(reading: Reading, row: ReportRow) -> Score:
    reader, kpi = reading.reader, text(row.get("kpi"))
    status = text(row.get("status")) or "none"
    status = status if status in STATUS else "none"
    form = _FORMS.get(text(row.get("unit")), "decimal")
    step, section = _CAUSES.get(kpi, ("", ""))
    return Score(
        kpi=kpi,
        title=reader.word("kpi", kpi),
        value=_known(row.get("value")),
        target=_known(row.get("target")),
        form=form,
        unit="" if form == "share" else reader.word("unit_of", text(row.get("unit"))),
        status=status,
        word=reader.word("status", status),
        tone=STATUS[status][1],
        trend=_trend(reading, kpi),
        before=_known(row.get("previous")),
        step=step,
        section=section,
    )


def _trend(reading: Reading, kpi: str) -> tuple[float | None, ...]:
    """Through the months of the plan; nothing where the figure cannot be told by month."""
    if kpi not in _BY_MONTH:
        return ()
    over, under = _BY_MONTH[kpi]
    line = {text(one.get("period")): one for one in rows(reading.month, "money", line=over, scope="month")}
    base = {text(one.get("period")): one for one in rows(reading.month, "money", line="revenue", scope="month")}
    column = "budget" if under == "budget" else "plan"
    told = [(number(one.get("plan")), number(base.get(label, {}).get(column))) for label, one in line.items()]
    return tuple(value / whole if known(value) and known(whole) and whole else None for value, whole in told)


def _known(cell: object) -> float | None:
    value = number(cell)
    return value if known(value) else None
