"""Two measures set against each other, or one at standard cost: load of a resource, use of a supplier's limit, stock
against its target, what sales added to the statistics.

`made.share.load.hours_available` divides, `made.less.consensus.baseline` takes away, `made.at_cost.purchases` values
at standard cost, `made.less_at_cost.closing_stock.safety_stock` does both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sandop.measures import measure, measures
from sandop.network import Network
from sandop.pack.page import Cell, Form, Place
from sandop.pack.places import made_place
from sandop.pack.reader import Reader
from sandop.plan import Sheet
from sandop_web.access import Actor, NothingThere, NotUnderstood
from sandop_web.access.sheet_rows import labels, levels_of
from sandop_web.queries.steps.content import Needs
from sandop_web.queries.steps.reading import read_step
from sandop_web.queries.why.computed import Computed, Line, largest_first, pairs, told
from sandop_web.queries.why.summing import UNIT, Asked, along, asked_of, in_period, name_at, number_of, sheets_held
from sandop_web.store.models import Version
from sandop_web.store.plans import read_network
from sandop_web.wording import say

LIMIT_UNITS = "purchases_received"  # weighed with the units in which a supplier's limit is stated
_KINDS = {"share": 2, "less": 2, "at_cost": 1, "less_at_cost": 2}


@dataclass(frozen=True, eq=False)
class _Ground:
    """Where the numbers are read: the sheets in the reader's scope, the rows and periods asked for."""

    network: Network
    sheets: Mapping[str, Sheet]
    at: Mapping[str, str]
    period: str
    at_cost: bool
    of_limit: bool

    def rows(self, name: str) -> Sheet:
        """The rows of a measure that are asked for. Raises NothingThere."""
        if name not in self.sheets:
            raise NothingThere()
        return asked_of(sheet=self.sheets[name], network=self.network, asked=self.asked(name))

    def asked(self, name: str) -> Asked:
        """The question put to a measure, at those of the levels that its rows know."""
        levels = {*levels_of(self.sheets[name].rows.grain), UNIT}
        known = {level: label for level, label in self.at.items() if level in levels}
        return Asked(name, known, self.period)

    def weighed(self, name: str) -> Sheet:
        """The rows in money at standard cost, or in the units of the supplier's limit."""
        rows = self.rows(name)
        if self.of_limit and name == LIMIT_UNITS:
            units = dict(zip(self.network.sources.keys, self.network.sources.limit_units))
            return rows.with_values(
                rows.values * np.array([float(units.get(key, 1.0)) for key in rows.rows.keys])[:, None]
            )
        cost = self.network.items.value[self.network.items.places(rows.rows.column("item"))]
        return rows.with_values(rows.values * cost[:, None])

    def amount(self, name: str) -> float:
        """The measure's number at the place; NaN where it says nothing."""
        if self.at_cost or (self.of_limit and name == LIMIT_UNITS):
            rows = self.weighed(name)
            values = np.nansum(rows.values, axis=0)
        else:
            rows = self.rows(name)
            found = along(sheet=rows, network=self.network)
            if found is None:
                raise NothingThere()
            values = found
        value = in_period(name=name, values=values, labels=rows.periods.labels, period=self.period)
        return float("nan") if value is None else value


def made_figure(*, by: Actor, version: Version, rest: str, at: Mapping[str, str], period: str) -> Computed:
    """The figure, in the reader's scope. Raises NotUnderstood for one that does not exist, NothingThere."""
    kind, *names = rest.split(".")
    if _KINDS.get(kind) != len(names) or any(name not in measures() for name in names):
        title = say("drill.figure", by.language)
        raise NotUnderstood(field=title, value=rest[:80], wanted="share.load.hours_available")
    ground = _ground(by, version, kind, names, at, period)
    amounts = [ground.amount(name) for name in names]
    value = _put_together(kind, amounts)
    reader = read_step(by=by, version=version, needs=Needs()).reader
    several = len(names) > 1
    form: Form = "percent" if kind == "share" else "whole" if abs(value) >= 1_000 else "decimal"
    return Computed(
        figure=f"made.{rest}",
        title=say(f"drill.made.{kind}", by.language, **_titles(names, by)),
        about=(*_about(ground, reader), *_when(period, reader)),
        amount=told(value, form),
        unit=reader.currency.strip() if ground.at_cost else "",
        how=say(f"drill.made.how.{kind}", by.language),
        lines=_lines(ground, kind, names, amounts, by) if several else (),
        adds_up=True if several else None,
        beside=() if several else _quantity(ground, names[0], by),
        portions=() if several else _portions(ground, names[0], value, reader),
        inputs=tuple(names),
    )


def _ground(by: Actor, version: Version, kind: str, names: list[str], at: Mapping[str, str], period: str) -> _Ground:
    network = read_network(version)
    sheets = sheets_held(by=by, version=version, names=names, network=network)
    return _Ground(network, sheets, at, period, kind.endswith("at_cost"), "supplier_limit" in names)


def _put_together(kind: str, amounts: list[float]) -> float:
    if kind == "at_cost":
        return amounts[0]
    first, second = amounts
    if kind == "share":
        return first / second if second else float("nan")
    return first - second


def _titles(names: list[str], by: Actor) -> dict[str, str]:
    first, *others = (measure(name).title(by.language) for name in names)
    return {"first": first, "second": others[0] if others else ""}


def _about(ground: _Ground, reader: Reader) -> list[str]:
    return [
        name_at(network=ground.network, level=level, label=label, language=reader.language)
        for level, label in ground.at.items()
    ]


def _when(period: str, reader: Reader) -> list[str]:
    if not period or "W" in period:
        return [period] if period else []
    first, _, last = period.partition("..")
    return [reader.span((first, last)) if last else reader.month(first)]


def _lines(ground: _Ground, kind: str, names: list[str], amounts: list[float], by: Actor) -> tuple[Line, ...]:
    """Both numbers, the second with what is done with it."""
    signs = ("", "÷" if kind == "share" else "−")
    return tuple(
        Line(_line_title(ground, name, by), _line_amount(ground, name, amount), sign)
        for name, amount, sign in zip(names, amounts, signs, strict=True)
    )


def _line_title(ground: _Ground, name: str, by: Actor) -> str:
    title = measure(name).title(by.language)
    if ground.at_cost:
        return say("drill.made.at_cost", by.language, first=title)
    if ground.of_limit and name == LIMIT_UNITS:
        return say("drill.made.in_limit_units", by.language, first=title)
    return title


def _line_amount(ground: _Ground, name: str, amount: float) -> Cell:
    stands = Place(name, pairs(ground.at), ground.period)
    if ground.at_cost:
        stands = made_place("at_cost", name, at=pairs(ground.at), period=ground.period)
    return told(amount, "whole" if abs(amount) >= 100 else "decimal", stands)


def _quantity(ground: _Ground, name: str, by: Actor) -> tuple[Line, ...]:
    """The quantity behind the money; none where it is counted in several units."""
    value = number_of(rows=ground.rows(name), network=ground.network, asked=ground.asked(name))
    if value is None:
        return ()
    form: Form = "whole" if abs(value) >= 100 else "decimal"
    return (Line(measure(name).title(by.language), told(value, form, Place(name, pairs(ground.at), ground.period))),)


def _portions(ground: _Ground, name: str, total: float, reader: Reader) -> tuple[Line, ...]:
    """The money by item, each with the quantity behind it."""
    if "item" in ground.at:
        return ()
    rows = ground.weighed(name)
    items = labels(rows=rows.rows, network=ground.network, level="item")
    sums: dict[str, float] = {}
    for item in sorted(set(items)):
        values = np.nansum(rows.values[items == item], axis=0)
        amount = in_period(name=name, values=values, labels=rows.periods.labels, period=ground.period)
        sums[item] = amount or 0.0

    def named(item: str) -> tuple[str, Place]:
        place = made_place("at_cost", name, at=pairs(ground.at, item=item), period=ground.period)
        return reader.name("items", item), place

    return largest_first(
        sums.items(),
        total=total,
        named=named,
        written=lambda amount: told(amount, "whole"),
        language=reader.language,
    )
