"""One key figure: formula, light, way through the months, who makes it miss, and where the month deals with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sandop.pack.figures import known, rows
from sandop.pack.page import Part
from sandop_web.access import Actor, NothingThere, query
from sandop_web.queries.plans import current_version
from sandop_web.queries.steps.causes.drawn import bridge, name_of, portions_table, trend_chart, untold
from sandop_web.queries.steps.causes.kinds import KINDS, Kind
from sandop_web.queries.steps.causes.ratio import Peak, Portion, Ratio, harm
from sandop_web.queries.steps.content import Reading
from sandop_web.queries.steps.key_figures import KeyFigure, key_figures
from sandop_web.queries.steps.large_numbers import parts_in_wan
from sandop_web.queries.steps.reading import read_step
from sandop_web.queries.steps.words import scope_in_words
from sandop_web.store.models import Version
from sandop_web.wording import say

MADE_BY = "review"


@dataclass(frozen=True)
class Onward:
    """The section of a step that deals with the figure."""

    step: str
    section: str


@dataclass(frozen=True)
class KeyFigureExplained:
    """A key figure of the version people work on, in the reader's language.

    headline   what it is, against its target, and who makes it miss
    formula    how it is measured
    value, target, before, tolerance   in words; empty where nobody has said
    owner      who answers for it, by name
    causes     from target to value, and the nodes with what each contributes, adding up
    trend      by month, past and plan apart
    remarks    what the reader must know: their scope, what cannot be told by month
    judged     the target that the light was found with; a blank is NaN
    """

    kpi: str
    version: int
    title: str
    headline: str
    formula: str
    status: str
    tone: str
    value: str
    unit: str
    target: str
    tolerance: str
    before: str
    owner: str
    causes: tuple[Part, ...]
    trend: tuple[Part, ...]
    remarks: tuple[str, ...]
    onward: Onward
    judged: float

    def judged_by(self, target: float) -> bool:
        """The light was found with this target."""
        return known(self.judged) and abs(self.judged - target) < 5e-7


@query
def key_figure_explained(*, by: Actor, kpi: str) -> KeyFigureExplained:
    """The key figure with its causes. Raises NothingThere for a figure that the plan does not have."""
    kind, current = KINDS.get(kpi), current_version(by=by)
    if kind is None or current is None:
        raise NothingThere()
    version = Version.objects.get(company_id=by.company_id, pk=current)
    if MADE_BY not in version.steps:
        raise NothingThere()
    reading = read_step(by=by, version=version, needs=kind.needs)
    figure = next((one for one in key_figures(reading) if one.kpi == kpi), None)
    if figure is None:
        raise NothingThere()
    return _explained(reading, kind, figure)


def _explained(reading: Reading, kind: Kind, figure: KeyFigure) -> KeyFigureExplained:
    reader, ratios = reading.reader, tuple(kind.made(reading))
    base, sorted_out = _base(figure, ratios), [(one, _worst_first(one, kind, figure)) for one in ratios]
    causes: tuple[Part, ...] = (
        *bridge(reading, figure, sorted_out[:1], base),
        *(portions_table(reading, figure, ratio, portions, base) for ratio, portions in sorted_out),
    )
    trend: tuple[Part, ...] = trend_chart(reading, figure, ratios)
    goal = _goal(reading, figure.kpi)
    if reader.in_wan:
        causes, trend = parts_in_wan(causes), parts_in_wan(trend)
    return KeyFigureExplained(
        kpi=figure.kpi,
        version=reading.version.pk,
        title=figure.title,
        headline=_headline(reading, figure, sorted_out),
        formula=reader.say(f"measured.{figure.kpi}"),
        status=figure.status,
        tone=figure.tone,
        value=_said(figure, figure.value),
        unit=figure.unit,
        target=_said(figure, figure.target),
        tolerance=_said(figure, goal[0]),
        before=_said(figure, figure.before),
        owner=reader.name("people", goal[1]),
        causes=causes,
        trend=trend,
        remarks=(*scope_in_words(reading.by, reader), *_own_part(reading, figure, ratios), *untold(reading, ratios)),
        onward=_onward(reading, kind, ratios),
        judged=figure.target,
    )


def _base(figure: KeyFigure, ratios: Sequence[Ratio]) -> float:
    """What the nodes are held against: the target; nothing where there is none, or where the nodes are parts."""
    if not known(figure.target) or any(ratio.level == "part" for ratio in ratios):
        return 0.0
    return figure.target


def _worst_first(ratio: Ratio, kind: Kind, figure: KeyFigure) -> list[Portion]:
    base = _base(figure, (ratio,))
    found = ratio.portions(base=base)
    if isinstance(ratio, Peak):
        return sorted(found, key=lambda one: (-one.figure, one.node))
    value = ratio.value
    return sorted(found, key=lambda one: (-harm(one.effect, better=kind.better, value=value, base=base), one.node))


def _headline(reading: Reading, figure: KeyFigure, found: Sequence[tuple[Ratio, list[Portion]]]) -> str:
    """The figure against its target, and who makes it miss most."""
    language = reading.reader.language
    told = {"title": figure.title, "value": _with_unit(figure, figure.value)}
    if not known(figure.target):
        return say("causes.no_target", language, **told)
    told["target"] = _with_unit(figure, figure.target)
    said = say(f"causes.headline.{figure.status}", language, **told)
    if figure.status in ("green", "none") or not found or not found[0][1]:
        return said
    ratio, portions = max((one for one in found if one[1]), key=lambda one: abs(one[1][0].effect))
    name = name_of(reading, ratio.level, portions[0].node)
    if isinstance(ratio, Peak):
        month = reading.reader.month(ratio.month_of(portions[0].node))
        return said + say("causes.peak_at", language, name=name, month=month)
    return said + say("causes.most", language, name=name)


def _own_part(reading: Reading, figure: KeyFigure, ratios: Sequence[Ratio]) -> tuple[str, ...]:
    """The figure of the reader's own part, where they see no more."""
    if reading.by.everywhere or not ratios or not known(ratios[0].value):
        return ()
    return (say("causes.own", reading.reader.language, value=_with_unit(figure, ratios[0].value)),)


def _goal(reading: Reading, kpi: str) -> tuple[float, str]:
    """Tolerance and owner of the goal; a blank and nobody where none is set."""
    goals = reading.month.plan.network.goals
    place = goals.position.get(kpi)
    return (float("nan"), "") if place is None else (float(goals.tolerance[place]), str(goals.owner[place]))


def _onward(reading: Reading, kind: Kind, ratios: Sequence[Ratio]) -> Onward:
    """The section is there where the reader's scope has something of it; else the step itself."""
    there = any(ratio.nodes for ratio in ratios) and (not kind.when or bool(rows(reading.month, kind.when)))
    return Onward(kind.step, kind.section if there else "")


def _said(figure: KeyFigure, value: float) -> str:
    return figure.written(value) if known(value) else ""


def _with_unit(figure: KeyFigure, value: float) -> str:
    return " ".join(filter(None, (figure.written(value), figure.unit)))
