"""Where the numbers of a family's S&OP sheet stand in the plan, as far as one measure says the same number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sandop.pack.figures import Numbers, known, sheet
from sandop.pack.page import Place
from sandop.plan import Sheet
from sandop.scenario import Month

# Line → the measure it is read from: of closed months, of planned ones.
ACTUAL = {
    "bookings": "orders",
    "shipments": "shipments",
    "production": "production_actual",
    "stock": "stock_actual",
}
PLANNED = {
    "bookings": "demand",
    "shipments": "deliveries",
    "backlog": "backlog",
    "production": "production_finished",
    "stock": "closing_stock",
}
MEASURES = (ACTUAL, PLANNED)


@dataclass(frozen=True)
class PlacesOfFamily:
    """Measure and month → what the measure says for the family, plan units."""

    family: str
    said: Mapping[tuple[str, str], float]

    def of(self, line: str, version: str, period: str, value: float) -> Place | None:
        """Where a number of the sheet stands; None where no single measure says it: a line may also hold purchases
        and open orders."""
        measure = {"actual": ACTUAL, "new": PLANNED}.get(version, {}).get(line, "")
        found = self.said.get((measure, period), float("nan"))
        if not known(found) or not known(value) or abs(found - value) > 0.5 + 1e-4 * abs(value):
            return None
        return Place(measure, (("family", self.family),), period)


def places_of_family(month: Month, family: str, periods: Sequence[str]) -> PlacesOfFamily:
    """What the measures behind the sheet say for the family in these months."""
    said: dict[tuple[str, str], float] = {}
    for measure in (*ACTUAL.values(), *PLANNED.values()):
        found = sheet(month, measure)
        if found is not None and len(found.rows):
            sums = _of_family(month, found, family)
            known_labels = (label for label in periods if label in found.periods.position)
            said.update({(measure, label): float(sums[found.periods.position[label]]) for label in known_labels})
    return PlacesOfFamily(family, said)


def _of_family(month: Month, found: Sheet, family: str) -> Numbers:
    """What the sheet says of the family's items, plan units, (month,); a blank adds nothing."""
    network = month.plan.network
    if "item" in found.rows.grain:
        item = network.items.places(found.rows.column("item"))
    else:
        processes = network.processes
        item = network.items.places(processes.item[processes.places(found.rows.column("process"))])
    mine = network.items.family[item] == family
    sums: Numbers = (np.nan_to_num(found.values[mine]) * network.items.plan_factor[item[mine]][:, None]).sum(axis=0)
    return sums
