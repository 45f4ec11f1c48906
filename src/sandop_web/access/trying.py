"""What may be tried out in a scenario: the measures of its levers, and their rows in a person's scope."""

from __future__ import annotations

from collections.abc import Mapping

from sandop.calendar import Periods
from sandop.network import Network
from sandop.plan import Rows
from sandop_web.access.actor import Actor
from sandop_web.access.scope import in_scope
from sandop_web.access.sheet_rows import chosen, levels_of, rows_to_fill
from sandop_web.store.models import Version

# Measure that a lever changes → its row parts that people choose by beside the levels above them.
TRIED: Mapping[str, tuple[str, ...]] = {
    "demand_given": (),
    "capacity_regular": (),
    "capacity_overtime": (),
    "capacity_outsourced": (),
    "price": (),
    "supplier_limit": (),
    "purchase_limit": (),
    "rate": ("currency",),
}


def rows_tried(*, by: Actor, version: Version, name: str, network: Network, wanted: Mapping[str, str]) -> Rows:
    """The rows of the measure in the person's scope that answer to `wanted` (level or part → label)."""
    rows = rows_to_fill(version=version, name=name, network=network)
    mask = in_scope(by=by, rows=rows, network=network) & chosen(rows=rows, network=network, wanted=wanted)
    for part in TRIED[name]:
        if wanted.get(part):
            mask &= rows.column(part) == wanted[part]
    return Rows(rows.grain, tuple(key for key, keep in zip(rows.keys, mask) if keep))


def choosable(name: str, grain: tuple[str, ...]) -> tuple[str, ...]:
    """The levels and parts by which rows of the measure are chosen."""
    return (*levels_of(grain), *TRIED[name])


def months_between(periods: Periods, first: str, last: str) -> Periods:
    """The periods that lie in the months from `first` to `last`, both included; none where there are none."""
    months = [f"{start:%Y-%m}" for start in periods.starts]
    places = [place for place, month in enumerate(months) if first <= month <= last]
    return periods.slice(places[0], places[-1] + 1) if places else periods.slice(0, 0)
