"""Numbers that stand in for a salesperson's: the plan agreed last, or none, so that the statistics count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sandop.plan import Key, Sheet
from sandop_web.store.blanks import cell_of, none_if_blank
from sandop_web.store.edits import Edit
from sandop_web.store.models import Version
from sandop_web.store.plans import read_sheet

_SALES = "sales_forecast"


def last_agreed_edits(*, version: Version, customers: Sequence[str]) -> list[Edit]:
    """The sales forecast of these customers as the demand plan agreed last has it; months it did not plan stay as
    they are. Empty where there is no plan agreed last for any of them."""
    agreed = read_sheet(version, "previous", "demand")
    if agreed is None:
        return []
    spoken = read_sheet(version, "input", _SALES)
    return [
        Edit(_SALES, row, period, cell_of(spoken, row, period), value)
        for row, period, value in _cells_of(agreed, customers)
        if value is not None and _is_planned(version, spoken, period)
    ]


def blank_edits(*, version: Version, customers: Sequence[str]) -> list[Edit]:
    """The sales forecast of these customers made blank."""
    spoken = read_sheet(version, "input", _SALES)
    if spoken is None:
        return []
    return [
        Edit(_SALES, row, period, value, None)
        for row, period, value in _cells_of(spoken, customers)
        if value is not None
    ]


def _cells_of(sheet: Sheet, customers: Sequence[str]) -> Iterable[tuple[Key, str, float | None]]:
    wanted = set(customers)
    for place, row in enumerate(sheet.rows.keys):
        if row[sheet.rows.grain.index("customer")] in wanted:
            for period, value in zip(sheet.periods.labels, sheet.values[place].tolist()):
                yield row, period, none_if_blank(value)


def _is_planned(version: Version, spoken: Sheet | None, period: str) -> bool:
    return period >= version.start and (spoken is None or period in spoken.periods.position)
