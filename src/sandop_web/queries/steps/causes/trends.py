"""The way of every key figure through the months, as far as each can be told by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sandop.pack.figures import Numbers, cells
from sandop_web.queries.steps.causes.kinds import KINDS
from sandop_web.queries.steps.causes.ratio import Ratio
from sandop_web.queries.steps.content import Needs, Reading

PAST = 12  # closed months that a trend begins with
Trend = tuple[float | None, ...]

NEEDS = Needs(
    sheets=tuple(sorted({name for kind in KINDS.values() for name in kind.needs.sheets})),
    inputs=tuple(sorted({name for kind in KINDS.values() for name in kind.needs.inputs})),
    previous=tuple(sorted({name for kind in KINDS.values() for name in kind.needs.previous})),
    reports=tuple(sorted({name for kind in KINDS.values() for name in kind.needs.reports})),
)


def trends_of(reading: Reading) -> Mapping[str, Trend]:
    """Key figure → its values in the last closed months and the planned ones; empty where fewer than two are known.
    The reading holds what `NEEDS` names."""
    return {kpi: _line(kind.made(reading)[:1]) for kpi, kind in KINDS.items()}


def shown_months(ratio: Ratio) -> slice:
    """The last closed months and all planned ones."""
    return slice(max(ratio.closed - PAST, 0), len(ratio.months))


def _line(ratios: Sequence[Ratio]) -> Trend:
    if not ratios:
        return ()
    values: Numbers = ratios[0].by_month()[shown_months(ratios[0])]
    return cells(values) if int((~np.isnan(values)).sum()) > 1 else ()
