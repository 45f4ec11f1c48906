"""The causes of a key figure as parts of a page: a bridge from target to value, tables that add up, its months."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sandop.pack.figures import Numbers, cells, known, share
from sandop.pack.page import Cell, Chart, Column, Form, Row, Series, Step, Table, Waterfall
from sandop.pack.reader import scale_of, signed
from sandop_web.queries.steps.causes.ratio import Flags, Peak, Portion, Ratio
from sandop_web.queries.steps.causes.trends import shown_months
from sandop_web.queries.steps.content import Reading
from sandop_web.queries.steps.key_figures import KeyFigure
from sandop_web.wording import say

MOST_BARS = 5  # nodes that a bridge names
MOST_ROWS = 12  # and a table
_TABLES = {"family": "families", "customer": "customers", "item": "items", "resource": "resources"}
Sorted = tuple[Ratio, list[Portion]]


def name_of(reading: Reading, level: str, node: str) -> str:
    """What a node is called."""
    if level == "part":
        return say(f"causes.part.{node}", reading.reader.language)
    return reading.reader.name(_TABLES[level], node)


def bridge(
    reading: Reading, figure: KeyFigure, found: Sequence[Sorted], base: float
) -> tuple[Waterfall | Chart, ...]:
    """From the target to the figure by what each node contributes; of a peak the load of each node."""
    if not found or not found[0][1]:
        return ()
    ratio, portions = found[0]
    if isinstance(ratio, Peak):
        return (_peaks(reading, figure, ratio, portions),)
    shown, rest = portions[:MOST_BARS], portions[MOST_BARS:]
    effects = [(name_of(reading, ratio.level, one.node), one.effect) for one in shown]
    if rest:
        effects.append((_others(reading, rest), sum(one.effect for one in rest)))
    return (_bridge(reading, figure, effects, base, ratio.value),)


def _bridge(
    reading: Reading, figure: KeyFigure, effects: Sequence[tuple[str, float]], base: float, value: float
) -> Waterfall | Chart:
    """Bars that hang from one another; side by side where they would run below zero."""
    reader, language = reading.reader, reading.reader.language
    title = say("causes.bridge", language) if base else say("causes.made_of", language)
    now = say("causes.now", language)
    if min(np.cumsum([base, *(effect for _, effect in effects)])) < 0 or value < 0:
        names, amounts = zip(*effects, (now, value))
        series = Series(figure.title, tuple(amounts), "plan")
        return Chart(title, tuple(names), (series,), signed(_plain(figure)), figure.unit)
    first = (Step(reader.say("head.target"), base, total=True),) if base else ()
    steps = (*first, *(Step(*one) for one in effects), Step(now, value, total=True))
    return Waterfall(title, steps, _plain(figure), figure.unit, reader.say("axis_cut"), rows=14)


def _peaks(reading: Reading, figure: KeyFigure, ratio: Peak, portions: Sequence[Portion]) -> Chart:
    """The highest load of each node beside the target."""
    shown = portions[:MOST_BARS]
    language = reading.reader.language
    series = [Series(say("causes.highest", language), tuple(one.figure for one in shown), "plan")]
    if known(figure.target):
        series.append(Series(reading.reader.say("head.target"), (figure.target,) * len(shown), "limit", "line"))
    names = tuple(name_of(reading, ratio.level, one.node) for one in shown)
    return Chart(say("causes.peaks", language), names, tuple(series), _plain(figure), figure.unit)


def portions_table(
    reading: Reading, figure: KeyFigure, ratio: Ratio, portions: Sequence[Portion], base: float
) -> Table:
    """One row a node: its own figure, what it weighs, what it contributes; the others together, and the sum."""
    language = reading.reader.language
    weight = sum(one.lower for one in portions)
    scale = scale_of(amount for one in portions for amount in (one.upper, one.lower))
    hours = isinstance(ratio, Peak)
    unit = say("causes.hours", language) if hours else reading.reader.money_unit(scale)
    plain: Form = "whole" if hours else scale
    head = figure.kpi
    columns = [Column(say(f"causes.level.{ratio.level}", language))]
    columns += (
        []
        if ratio.level == "part"
        else [
            Column(say(f"causes.upper.{head}", language, unit=unit), plain),
            Column(say(f"causes.lower.{head}", language, unit=unit), plain),
            Column(say("causes.own_figure", language), _plain(figure)),
        ]
    )
    columns += [Column(say("causes.at", language))] if hours else []
    columns.append(_effect_column(reading, figure, ratio, base))
    lines = [_line(reading, ratio, one, name_of(reading, ratio.level, one.node)) for one in portions[:MOST_ROWS]]
    rest = portions[MOST_ROWS:]
    if rest:
        lines.append(_line(reading, ratio, _together(rest), _others(reading, rest)))
    if not hours:
        lines.append(_sum(reading, ratio, portions, weight))
    else:
        lines.append(_beyond(reading, portions))
    return Table(tuple(columns), tuple(lines), say(f"causes.by.{ratio.level}", language))


def _effect_column(reading: Reading, figure: KeyFigure, ratio: Ratio, base: float) -> Column:
    language = reading.reader.language
    if isinstance(ratio, Peak):
        return Column(say("causes.beyond", language, target=figure.written(base)), "whole")
    message = "causes.effect" if base else "causes.effect_plain"
    unit = figure.unit or say("causes.points", language)
    return Column(say(message, language, unit=unit, target=figure.written(base)), signed(_plain(figure)))


def _line(reading: Reading, ratio: Ratio, one: Portion, name: str) -> Row:
    cells_of: list[Cell | str | float] = [name]
    if ratio.level != "part":
        cells_of += [one.upper, one.lower, one.figure]
    if isinstance(ratio, Peak):
        cells_of.append(reading.reader.month(ratio.month_of(one.node)) if one.node else "")
    return Row((*cells_of, Cell(one.effect, tone="strong")))


def _together(portions: Sequence[Portion]) -> Portion:
    upper, lower, effect = (sum(getattr(one, name) for one in portions) for name in ("upper", "lower", "effect"))
    return Portion("", upper, lower, effect)


def _others(reading: Reading, rest: Sequence[Portion]) -> str:
    return say("causes.others", reading.reader.language, count=len(rest))


def _sum(reading: Reading, ratio: Ratio, portions: Sequence[Portion], weight: float) -> Row:
    """All together: the figure itself, and its distance from the base."""
    whole = _together(portions)
    name = say("causes.together", reading.reader.language)
    if ratio.level == "part":
        return Row((name, whole.effect), "total")
    return Row((name, whole.upper, whole.lower, share(whole.upper, weight), whole.effect), "total")


def _beyond(reading: Reading, portions: Sequence[Portion]) -> Row:
    """Of a peak: all hours beyond the target. The peak itself is one resource in one month and adds up with none."""
    name = say("causes.together", reading.reader.language)
    return Row((name, None, None, None, "", sum(one.effect for one in portions)), "total")


def trend_chart(reading: Reading, figure: KeyFigure, ratios: Sequence[Ratio]) -> tuple[Chart, ...]:
    """By month: what happened, what the plan says, and the target; none with fewer than two months."""
    if not ratios:
        return ()
    ratio, window = ratios[0], shown_months(ratios[0])
    values, labels = ratio.by_month()[window], ratio.months[window]
    if int((~np.isnan(values)).sum()) < 2:
        return ()
    happened = np.array([label in ratio.months[: ratio.closed] for label in labels])
    reader, language = reading.reader, reading.reader.language
    lines = [
        Series(say(f"causes.line.{name}", language), cells(np.where(mask, values, np.nan)), role, "line")
        for name, mask, role in (("past", happened, "past"), ("plan", ~happened, "plan"))
        if _heard(values, mask)
    ]
    if known(figure.target):
        lines.append(Series(reader.say("head.target"), (figure.target,) * len(labels), "limit", "line"))
    names = tuple(reader.month(label) for label in labels)
    return (Chart(say("causes.trend", language), names, tuple(lines), _plain(figure), figure.unit, periods=labels),)


def _heard(values: Numbers, mask: Flags) -> bool:
    return bool((~np.isnan(values[mask])).any())


def untold(reading: Reading, ratios: Sequence[Ratio]) -> tuple[str, ...]:
    """What cannot be told by month, and why."""
    language = reading.reader.language
    if not ratios:
        return (say("causes.no_causes", language),)
    values, closed = ratios[0].by_month(), ratios[0].closed
    past, plan = (bool((~np.isnan(part)).any()) for part in (values[:closed], values[closed:]))
    if int((~np.isnan(values)).sum()) < 2:
        return (say("causes.one_month", language),)
    return () if past and plan else (say(f"causes.only.{'past' if past else 'plan'}", language),)


def _plain(figure: KeyFigure) -> Form:
    form: Form = (
        "share" if figure.form.startswith("share") else "tenth" if figure.form.startswith("tenth") else figure.form
    )
    return form
