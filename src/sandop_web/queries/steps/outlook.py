"""What was ordered and what is planned, in one line of months: of the families that are counted in the same unit."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sandop.pack.figures import (
    NAN,
    Numbers,
    by_family,
    cells,
    in_money,
    known,
    months,
    number,
    rows,
    sum_known,
    text,
    total,
)
from sandop.pack.page import Band, Chart, Place, Series
from sandop.scenario import Month
from sandop_web.queries.steps.content import Reading
from sandop_web.queries.steps.words import Words

PAST_MONTHS = 24
LEAST_JUDGED = 6  # months that must have been judged before a lag tells how far off forecasts are
# Eight of ten normal errors lie within 1.28 standard deviations, of which the mean absolute error is 0.80.
EIGHT_OF_TEN = 1.2816 * math.sqrt(math.pi / 2)
NOT_FORECASTS = ("naive", "sales")


@dataclass(frozen=True)
class Together:
    """Families that are counted in one plan unit.

    at      the rows of the plan that they are: one family, the whole company, or all that is counted in the unit;
            None for nothing
    """

    unit: str
    families: tuple[str, ...]
    at: tuple[tuple[str, str], ...] | None

    def place(self, measure: str, period: str = "") -> Place | None:
        """Where a number of theirs stands."""
        return None if self.at is None else Place(measure, self.at, period)


def counted_together(month: Month) -> Together:
    """The families with the plan unit in which most demand is counted, at standard cost."""
    return together(month, {family: total(np.abs(values)) for family, values in in_money(month, "demand").items()})


def together(month: Month, money: Mapping[str, float]) -> Together:
    """Of the families with this much money each those with the plan unit in which most of it is counted."""
    families = month.plan.network.families
    unit_of = dict(zip(families.keys, families.unit))
    size: dict[str, float] = {}
    for family, amount in money.items():
        size[unit_of[family]] = size.get(unit_of[family], 0.0) + (amount if known(amount) else 0.0)
    if not size:
        return Together("", (), None)
    unit = max(size, key=lambda name: size[name])
    chosen = tuple(family for family in money if unit_of[family] == unit)
    at = (("family", chosen[0]),) if len(chosen) == 1 else () if len(size) == 1 else (("unit", unit),)
    return Together(unit, chosen, at)


def of_all(month: Month, name: str, families: Sequence[str], labels: Sequence[str]) -> Numbers:
    """A measure of these families together in the labelled months, plan units, (month,); blank where it says
    nothing of any of them."""
    found = by_family(month, name, labels)
    values = [found[family] for family in families if family in found]
    return sum_known(np.vstack(values)) if values else np.full(len(labels), NAN)


def last_plan(month: Month, families: Sequence[str], labels: Sequence[str]) -> Numbers:
    """Demand of the plan signed last in the labelled months, plan units, (month,); blank where it did not reach."""
    before = month.plan.previous.get("demand")
    if before is None:
        return np.full(len(labels), NAN)
    return of_all(Month(month.plan.with_sheets(demand=before)), "demand", families, labels)


def outlook(reading: Reading, words: Words) -> tuple[Chart, ...]:
    """Orders of the last two years, then the plan with the last plan beside it and the range in which eight of ten
    outcomes have lain; none where nothing is asked for."""
    month, reader = reading.month, reading.reader
    group = counted_together(month)
    past, ahead = month.plan.calendar.history.labels[-PAST_MONTHS:], months(month)
    asked = of_all(month, "demand", group.families, ahead)
    if not group.families or not known(total(asked)):
        return ()
    before, after = (None,) * len(past), (None,) * len(ahead)
    series = [
        Series(
            words.say("outlook.orders"),
            (*cells(of_all(month, "orders", group.families, past)), *after),
            "past",
            "line",
            group.place("orders"),
        ),
    ]
    signed = last_plan(month, group.families, ahead)
    if known(total(signed)):
        series.append(Series(words.say("outlook.last_plan"), (*before, *cells(signed)), "compare", "line"))
    series.append(Series(words.say("outlook.plan"), (*before, *cells(asked)), "plan", "line", group.place("demand")))
    unit = reader.word("unit_of", group.unit)
    title = words.say("outlook.title", of=_of(reading, group), unit=unit)
    labels = (*past, *ahead)
    bands = _bands(reading, words, group, asked, len(past))
    named = tuple(reader.short_month(label) for label in labels)
    return (Chart(title, named, tuple(series), "whole", unit, 15, labels, bands),)


def _of(reading: Reading, group: Together) -> str:
    return reading.reader.family(group.families[0]) if len(group.families) == 1 else reading.reader.company


def _bands(reading: Reading, words: Words, group: Together, asked: Numbers, closed: int) -> tuple[Band, ...]:
    far = usual_error(reading, group.families[0] if len(group.families) == 1 else "", len(asked))
    if far is None:
        return ()
    past = (None,) * closed
    low, high = (asked * np.maximum(1.0 + sign * EIGHT_OF_TEN * far, 0.0) for sign in (-1.0, 1.0))
    return (Band(words.say("outlook.range"), (*past, *cells(low)), (*past, *cells(high))),)


def usual_error(reading: Reading, family: str, horizon: int) -> Numbers | None:
    """WMAPE of past forecasts at this level by lag, (lag,); it never shrinks with the lag, and beyond the lags that
    were judged it grows with the square root of the distance. None where too little was judged."""
    level, node = (
        ("family", family) if family else ("region", reading.by.region) if reading.by.region else ("total", "")
    )
    judged = {
        int(number(row["lag"])): number(row["wmape"])
        for row in rows(reading.month, "accuracy", level=level, node=node)
        if text(row["stream"]) not in NOT_FORECASTS and number(row["periods"]) >= LEAST_JUDGED
    }
    judged = {lag: value for lag, value in judged.items() if known(value)}
    if not judged:
        return None
    seen = np.array([judged.get(lag, 0.0) for lag in range(1, horizon + 1)])
    furthest, lags = max(judged), np.arange(1, horizon + 1)
    grown = seen.max() * np.sqrt(np.maximum(lags / furthest, 1.0))
    far: Numbers = np.where(lags <= furthest, np.maximum.accumulate(seen), grown)
    return far
