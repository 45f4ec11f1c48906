"""What an address asks of the grid; the same words for the page, its numbers and its workbook."""

from __future__ import annotations

from typing import Literal, TypeAlias

from django.http import QueryDict

from sandop.wording import Language
from sandop_web.access import NotUnderstood
from sandop_web.access.grid.asked import MOST_PERIODS, PERIODS_SHOWN, GridAsked, Unit
from sandop_web.screens.typed import whole_number

Sums: TypeAlias = Literal["months", "quarters", "years"]

_FILTERS = ("family", "region", "customer")
UNITS: tuple[Unit, ...] = ("quantity", "money")
SUMS: tuple[Sums, ...] = ("months", "quarters", "years")


def grid_asked(query: QueryDict, language: Language) -> GridAsked:
    """What the part of an address behind its question mark asks for: `view`, `measures` and `levels` (repeated, or
    between commas), `family`, `region`, `customer`, `from`, `periods`, `unit`. Raises NotUnderstood."""
    unit = query.get("unit", "") or UNITS[0]
    if unit not in UNITS:
        raise NotUnderstood(field="unit", value=unit[:80], wanted=", ".join(UNITS))
    return GridAsked(
        view=query.get("view", "") or "demand",
        measures=_several(query, "measures"),
        levels=_several(query, "levels"),
        wanted={name: query.get(name, "") for name in _FILTERS if query.get(name)},
        first=query.get("from", ""),
        periods=_periods(query.get("periods", ""), language),
        unit=unit,
    )


def sums_asked(query: QueryDict) -> Sums:
    """Months, or sums of them; months where the address says nothing that is known."""
    wanted = query.get("period", "")
    return wanted if wanted in SUMS else "months"


def _several(query: QueryDict, name: str) -> tuple[str, ...]:
    return tuple(part for text in query.getlist(name) for part in text.split(",") if part)


def _periods(text: str, language: Language) -> int:
    count = whole_number(text, field="periods", language=language) if text else PERIODS_SHOWN
    if not 0 < count <= MOST_PERIODS:
        raise NotUnderstood(field="periods", value=count, wanted=f"1–{MOST_PERIODS}")
    return count
