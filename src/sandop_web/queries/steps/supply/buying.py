"""Who supplies: what is bought from whom, whose limit it reaches, and what comes from one source only."""

from __future__ import annotations

import numpy as np

from sandop.pack.figures import NAN, Numbers, cells, months, sheet
from sandop.pack.page import Cell, Column, Place, Row, Table, Tone, placed
from sandop.pack.places import made_place
from sandop.pack.reader import scale_of
from sandop_web.queries.steps.content import Reading, Section
from sandop_web.queries.steps.ways_on import to_grid
from sandop_web.queries.steps.words import Words

RECEIVED = "purchases_received"  # a limit holds what arrives in the month
AT_LIMIT = 0.9995  # share of a limit from which it counts as reached


def suppliers(reading: Reading, words: Words) -> Section:
    """Suppliers with what is bought, and the share of their limit that is used by month."""
    used = _use_of_limits(reading)
    table = _table(reading, words, used)
    parts = tuple(part for part in (_heat(reading, words, used), table) if part is not None)
    full = any((np.nan_to_num(share) >= AT_LIMIT).any() for share in used.values())
    tone: Tone = "watch" if full else "plain"
    title, scope = words.say("supply.suppliers.title"), words.say("supply.suppliers.scope")
    onward = (to_grid(words, "purchases"),)
    return Section("suppliers", title, _conclusion(reading, words, used), scope, parts, "", tone, onward)


def _bought(reading: Reading, measure: str) -> tuple[list[tuple[str, ...]], Numbers]:
    """Keys (item, site, supplier) and quantities of a measure of purchases by planned month, (row, month)."""
    found = sheet(reading.month, measure)
    if found is None or not len(found.rows):
        return [], np.zeros((0, len(months(reading.month))))
    columns = [found.periods.position[label] for label in months(reading.month)]
    return list(found.rows.keys), np.nan_to_num(found.values[:, columns])


def _use_of_limits(reading: Reading) -> dict[str, Numbers]:
    """Supplier with a limit → share of it that is used, (month,); the highest first."""
    limits = sheet(reading.month, "supplier_limit")
    if limits is None:
        return {}
    sources, labels = reading.month.plan.network.sources, months(reading.month)
    weight = dict(zip(sources.keys, sources.limit_units, strict=True))
    taken = {key[0]: np.zeros(len(labels)) for key in limits.rows.keys}
    for key, values in zip(*_bought(reading, RECEIVED), strict=True):
        if key[2] in taken:
            taken[key[2]] += values * float(weight.get(key, 1.0))
    columns = [limits.periods.position.get(label, -1) for label in labels]
    allowed = {key[0]: row[columns] for key, row in zip(limits.rows.keys, limits.values, strict=True)}
    used = {
        supplier: np.divide(
            units, allowed[supplier], out=np.full(units.shape, NAN), where=np.nan_to_num(allowed[supplier]) > 0
        )
        for supplier, units in taken.items()
    }
    return dict(sorted(used.items(), key=lambda pair: -np.nanmax(pair[1], initial=0.0)))


def _heat(reading: Reading, words: Words, used: dict[str, Numbers]) -> Table | None:
    reader, labels = reading.reader, months(reading.month)
    if not used:
        return None
    columns = (Column(words.say("supply.suppliers.head.supplier")), *reader.months(labels, "percent"))
    lines = tuple(
        Row((reader.name("suppliers", supplier), *placed(cells(np.round(shares, 3)), _received(supplier), labels)))
        for supplier, shares in used.items()
    )
    return Table(columns, lines, words.say("supply.suppliers.heat"), heat=True)


def _received(supplier: str) -> Place:
    return made_place("share", RECEIVED, "supplier_limit", at=(("supplier", supplier),))


def _table(reading: Reading, words: Words, used: dict[str, Numbers]) -> Table | None:
    """A row each supplier: money, items, those that nobody else supplies, days until it arrives, months at limit."""
    reader, network = reading.reader, reading.month.plan.network
    keys, values = _bought(reading, "purchases")
    if not keys:
        return None
    worth = network.items.value[network.items.places([key[0] for key in keys])]
    money: dict[str, float] = {}
    for key, amount in zip(keys, values.sum(axis=1) * worth, strict=True):
        money[key[2]] = money.get(key[2], 0.0) + float(amount)
    scale = scale_of(money.values())
    columns = (
        Column(words.say("supply.suppliers.head.supplier")),
        Column(words.say("supply.suppliers.head.bought", unit=reader.money_unit(scale)), scale),
        Column(words.say("supply.suppliers.head.share"), "share"),
        Column(words.say("supply.suppliers.head.items"), "whole"),
        Column(words.say("supply.suppliers.head.single"), "whole"),
        Column(words.say("supply.suppliers.head.days"), "whole"),
        Column(words.say("supply.suppliers.head.at_limit"), "whole"),
    )
    whole, alone = sum(money.values()), _single(reading)
    lines = tuple(
        _line(reading, supplier, amount, whole, alone, used)
        for supplier, amount in sorted(money.items(), key=lambda pair: -pair[1])
    )
    return Table(columns, lines, words.say("supply.suppliers.table", count=len(months(reading.month))))


def _line(
    reading: Reading, supplier: str, amount: float, whole: float, alone: list[str], used: dict[str, Numbers]
) -> Row:
    sources = reading.month.plan.network.sources
    mine = sources.supplier == supplier
    days = sources.lead_time_days[mine]
    full = int((np.nan_to_num(used[supplier]) >= AT_LIMIT).sum()) if supplier in used else None
    single = sum(1 for one in alone if one == supplier)
    return Row(
        (
            reading.reader.name("suppliers", supplier),
            Cell(amount, place=made_place("at_cost", "purchases", at=(("supplier", supplier),))),
            amount / whole if whole else None,
            len(set(sources.item[mine])),
            Cell(single, tone="watch" if single else None),
            float(days.max()) if len(days) else None,
            Cell(full, tone="bad" if full else None),
        )
    )


def _single(reading: Reading) -> list[str]:
    """Of every item that one supplier alone can bring: the supplier."""
    sources = reading.month.plan.network.sources
    ways: dict[str, set[str]] = {}
    for item, supplier in zip(sources.item, sources.supplier, strict=True):
        ways.setdefault(str(item), set()).add(str(supplier))
    return [next(iter(found)) for found in ways.values() if len(found) == 1]


def _conclusion(reading: Reading, words: Words, used: dict[str, Numbers]) -> str:
    single = words.counted("supply.suppliers.single", len(_single(reading)))
    for supplier, shares in used.items():
        full = int((np.nan_to_num(shares) >= AT_LIMIT).sum())
        if full:
            named = reading.reader.name("suppliers", supplier)
            return words.say("supply.suppliers.full", supplier=named, count=full, total=len(shares), single=single)
    return words.say("supply.suppliers.free", single=single)
