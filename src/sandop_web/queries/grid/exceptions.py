"""Exceptions first: where the plan differs most in money from what it is compared with, each in a short sentence."""

from __future__ import annotations

import numpy as np

from sandop.pack.reader import Reader
from sandop.plan import Plan, Values
from sandop_web.access.grid.ground import Ground
from sandop_web.access.grid.money import worth
from sandop_web.queries.grid.shape import GridExceptions
from sandop_web.store.plans import read_settings
from sandop_web.wording import say

_SPOKEN = 400  # nodes that get a sentence, the largest first
_LEAST = 0.005  # a deviation under half a percent is not worth a sentence


def exceptions_of(ground: Ground, held: dict[str, Values]) -> GridExceptions | None:
    """The view's plan measure against what it is compared with; None where the view compares nothing. `held` is what
    the rows hold by measure, each (row, period) in its own unit."""
    view = ground.view
    if not view.against or not len(ground.rows):
        return None
    plan, against = (held.get(name) for name in (view.plan, view.against))
    plan = ground.held(view.plan) if plan is None else plan
    against = ground.held(view.against) if against is None else against
    apart = ground.hierarchy.totals(_apart(ground, plan - against))
    return GridExceptions(
        measure=view.plan,
        against=view.against,
        title=say(
            "gridrules.exceptions" if view.priced else "gridrules.exceptions_hours",
            ground.by.language,
            plan=view.title(view.plan, ground.by.language),
            against=view.title(view.against, ground.by.language),
        ),
        score=tuple(np.round(np.nansum(np.abs(apart), axis=1), 2).tolist()),
        text=_sentences(ground, plan, against, apart),
    )


def _apart(ground: Ground, difference: Values) -> Values:
    """The difference in money, (row, period); where only what lies above counts, the rest is none."""
    weighed = difference * _weight(ground)
    return np.where(weighed < 0, 0.0, weighed) if ground.view.only_above else weighed


def _weight(ground: Ground) -> Values:
    """Money of one unit, (row, period); hours weigh one each."""
    by = worth(ground)
    return np.ones((len(ground.rows), len(ground.periods))) if by is None else by


def _sentences(ground: Ground, plan: Values, against: Values, apart: Values) -> tuple[str, ...]:
    """A sentence for each of the largest nodes, (node,): the month that differs most."""
    both = ~np.isnan(plan) & ~np.isnan(against)
    now, then = (ground.at_nodes(ground.view.plan, np.where(both, values, np.nan)) for values in (plan, against))
    size = np.abs(np.nan_to_num(apart))
    worst = size.argmax(axis=1)
    largest = size[np.arange(len(size)), worst]
    texts = [""] * len(size)
    reader = Reader(Plan(read_settings(ground.version), ground.network), ground.by.language, ground.by.large_numbers)
    for node in np.argsort(-largest, kind="stable")[:_SPOKEN]:
        month = worst[node]
        if largest[node] > 0:
            share = now[node, month] / then[node, month] - 1.0 if then[node, month] > 0 else np.nan
            if ground.view.only_above and not ground.layout.single[node]:
                share = np.nan  # what one line has to spare does not help another
            texts[node] = _sentence(ground, reader, month, float(share), float(apart[node, month]))
    return tuple(texts)


def _sentence(ground: Ground, reader: Reader, month: int, share: float, apart: float) -> str:
    """ "Mar 26: 38% above Statistical forecast (+1.2 M CNY)"; a node of several units speaks of money alone."""
    if abs(share) < _LEAST:
        return ""
    side = "above" if apart > 0 else "below"
    known = share == share and (share > 0) == (apart > 0)
    return say(
        f"gridrules.exception.{side}" if known else f"gridrules.exception.{side}_money",
        ground.by.language,
        month=reader.month(ground.periods.labels[month]),
        share=f"{abs(share):.0%}" if known else "",
        against=ground.view.title(ground.view.against, ground.by.language),
        amount=_amount(ground, reader, apart),
    )


def _amount(ground: Ground, reader: Reader, apart: float) -> str:
    sign = "+" if apart > 0 else "−"
    if ground.view.priced:
        return sign + reader.money(abs(apart))
    return say("gridrules.hours", ground.by.language, hours=f"{sign}{abs(apart):,.0f}")
