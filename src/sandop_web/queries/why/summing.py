"""Numbers of a measure at a level: over the rows that a question chooses, in one unit, period by period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandop.measures import measure
from sandop.network import Network
from sandop.pack.places import ends
from sandop.plan import Rows, Sheet, by_month, in_plan_units, level
from sandop.wording import Language, messages, say
from sandop_web.access import Actor, sheet_in_scope
from sandop_web.access.sheet_rows import LEVELS, Part, chosen, labels, levels_of, part_named
from sandop_web.store.models import Version
from sandop_web.store.plans import read_sheets

UNIT = "unit"  # the plan unit as a level above the families: what is counted in pumps
ASKED_LEVELS = (*LEVELS, UNIT)
_WEEK = "W"  # in the label of a week, never in that of a month


@dataclass(frozen=True)
class Asked:
    """Which number: a measure over the rows of all the labels (level → label; empty is all), in a period or from one
    to another ("2026-01..2026-12"; empty is the whole span)."""

    measure: str
    at: Mapping[str, str]
    period: str = ""


def sheets_held(*, by: Actor, version: Version, names: Iterable[str], network: Network) -> dict[str, Sheet]:
    """Those of the measures that the version holds, brought or computed, in the reader's scope."""
    wanted = tuple(names)
    held = {**read_sheets(version, "input", wanted), **read_sheets(version, "result", wanted)}
    return {
        name: sheet_in_scope(by=by, sheet=held[name], network=network)
        for name in dict.fromkeys(wanted)
        if name in held
    }


def scope_of(*, by: Actor, network: Network) -> str:
    """The family and the region to which the reader's numbers are cut, by name; empty for the whole company."""
    cut = (("family", by.family), ("region", by.region))
    names = (
        name_at(network=network, level=level, label=label, language=by.language) for level, label in cut if label
    )
    return " · ".join(names)


def asked_of(*, sheet: Sheet, network: Network, asked: Asked) -> Sheet:
    """The rows of the sheet that the question chooses, as months where it names none of the sheet's weeks."""
    rows = sheet.take(rows_asked(rows=sheet.rows, network=network, at=asked.at))
    in_weeks = rows.periods.bucket == "week"
    return by_month(rows) if in_weeks and _WEEK not in asked.period and len(rows.rows) else rows


def rows_asked(*, rows: Rows, network: Network, at: Mapping[str, str]) -> NDArray[np.bool_]:
    """True for the rows of all the labels, (row,); of a plan unit where the rows have one."""
    mask = chosen(rows=rows, network=network, wanted=at)
    if at.get(UNIT) and "family" in levels_of(rows.grain):
        mask &= units_of(rows=rows, network=network) == at[UNIT]
    return mask


def units_of(*, rows: Rows, network: Network) -> NDArray[np.object_]:
    """The plan unit in which each row's family is counted, (row,)."""
    unit = dict(zip(network.families.keys, network.families.unit))
    families = labels(rows=rows, network=network, level="family")
    return np.array([unit.get(family, "") for family in families], dtype=object)


def named_part(*, network: Network, level: str, label: str) -> Part:
    """A label of a level with its names, a plan unit too."""
    if level != UNIT:
        return part_named(network=network, level=level, label=label)
    message = f"pack.unit_of.{label}"
    return Part(label, say(message, "en"), say(message, "zh")) if message in messages() else Part(label, label, "")


def name_at(*, network: Network, level: str, label: str, language: Language) -> str:
    """A label of a level by its name in the reader's language."""
    part = named_part(network=network, level=level, label=label)
    return (part.name_zh if language == "zh" else "") or part.name


def one_item(sheet: Sheet) -> bool:
    """All rows speak of one item, so that its own unit counts them."""
    return "item" in sheet.rows.grain and len(set(sheet.rows.column("item"))) == 1


def along(*, sheet: Sheet, network: Network, own_unit: bool = True) -> NDArray[np.float64] | None:
    """The rows' total in each period, (period,): in plan units where several items meet, in the measure's own unit
    for one item (`own_unit`; else in plan units too, beside others). None where they do not add up: a rate over
    several rows, or families of different plan units."""
    if not len(sheet.rows):
        return None
    if len(sheet.rows) == 1 and (own_unit or measure(sheet.name).over_rows != "sum"):
        alone: NDArray[np.float64] = sheet.values[0]
        return alone
    if measure(sheet.name).over_rows != "sum":
        return None
    if own_unit and one_item(sheet):
        said = ~np.isnan(sheet.values)
        summed: NDArray[np.float64] = np.where(
            said.any(axis=0), np.where(said, sheet.values, 0.0).sum(axis=0), np.nan
        )
        return summed
    at = level(sheet.rows, network, ())
    try:
        total: NDArray[np.float64] = at.total(in_plan_units(sheet, network, at))[0]
    except ValueError:  # families of different plan units have no total
        return None
    return total


def knows(rows: Sheet, period: str) -> bool:
    """The rows speak of both ends of the period; of the whole span they all do."""
    return not period or all(end in rows.periods.position for end in ends(period))


def number_of(*, rows: Sheet, network: Network, asked: Asked) -> float | None:
    """The one number that the rows asked for say in the period; None where they have none."""
    values = along(sheet=rows, network=network)
    if values is None:
        return None
    return in_period(name=rows.name, values=values, labels=rows.periods.labels, period=asked.period)


def in_period(*, name: str, values: NDArray[np.float64], labels: tuple[str, ...], period: str) -> float | None:
    """The number of a period among `values`, (period,), which `labels` name; over the whole span flows are summed,
    levels take the last. None for a blank, and where the measure has no number over time."""
    within = slice(None)
    if period:
        first, last = ends(period)
        if first not in labels or last not in labels:
            return None
        within = slice(labels.index(first), labels.index(last) + 1)
    inside = values[within]
    if not np.isfinite(inside).any():
        return None
    over_time = measure(name).over_time
    if len(inside) > 1 and over_time not in ("sum", "last"):
        return None
    found = np.nansum(inside) if over_time == "sum" else inside[-1]
    return float(found) if np.isfinite(found) else None
