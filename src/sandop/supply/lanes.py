"""Which items stand at which sites, and which lanes lead from one to another."""

from __future__ import annotations

from sandop.network import Network
from sandop.plan import Plan, Rows, Sheet

Point = tuple[str, str]  # item, site
Lane = tuple[str, str, str]  # item, origin, destination


def lay_lanes(*, plan: Plan, demand: Sheet, targets: Sheet) -> dict[Lane, int]:
    """(item, origin, destination) → row of the lanes table. A lane for every item is laid out for the items
    that are made, bought or stocked at its origin and wanted at its destination; a lane of an item's own replaces
    it."""
    keys = plan.network.lanes.keys
    said = {key: row for row, key in enumerate(keys) if key[0]}
    general = [(row, key[1], key[2]) for row, key in enumerate(keys) if not key[0]]
    if not general:
        return said
    laid = _carried(general, _held(plan.network) | {(item, end) for item, _, end in said})
    wanted = {(item, site) for item, site, _ in demand.rows.keys} | {(item, origin) for item, origin, _ in said}
    wanted |= {(item, site) for item, site in _stocked(plan, targets)} | _used(plan.network)
    return {**_leading_to(wanted, laid), **said}


def _carried(general: list[tuple[int, str, str]], held: set[Point]) -> dict[Lane, int]:
    """Lanes for every item with all that can reach their origin, over other such lanes too."""
    at: dict[str, set[str]] = {}
    for item, site in held:
        at.setdefault(site, set()).add(item)
    before = -1
    while before != (before := sum(map(len, at.values()))):
        for _, origin, destination in general:
            at.setdefault(destination, set()).update(at.get(origin, set()))
    return {(item, origin, end): row for row, origin, end in general for item in at.get(origin, set())}


def _leading_to(wanted: set[Point], laid: dict[Lane, int]) -> dict[Lane, int]:
    """The lanes that end where the item is wanted, or where a lane that does so begins."""
    kept: dict[Lane, int] = {}
    while True:
        more = {lane: row for lane, row in laid.items() if lane not in kept and (lane[0], lane[2]) in wanted}
        if not more:
            return kept
        kept.update(more)
        wanted = wanted | {(item, origin) for item, origin, _ in more}


def _stocked(plan: Plan, targets: Sheet) -> list[Point]:
    """Where stock is wanted or customers have ordered."""
    minimum = plan.sheet_or_blank("closing_stock_minimum")
    return [(item, site) for item, site in (*targets.rows.keys, *minimum.rows.keys, *_customer_points(plan.network))]


def stock_points(*, plan: Plan, demand: Sheet, targets: Sheet, lanes: dict[Lane, int]) -> Rows:
    """All items at sites that the plan speaks of."""
    return Rows.of(
        ("item", "site"),
        [
            *_held(plan.network),
            *_used(plan.network),
            *_stocked(plan, targets),
            *((item, site) for item, site, _ in demand.rows.keys),
            *((item, origin) for item, origin, _ in lanes),
            *((item, end) for item, _, end in lanes),
        ],
    )


def _held(network: Network) -> set[Point]:
    orders = network.open_orders
    return {
        *zip(network.processes.item, network.processes.site),
        *zip(network.sources.item, network.sources.site),
        *zip(network.opening_stock.item, network.opening_stock.site),
        *((i, s) for i, s, kind in zip(orders.item, orders.site, orders.kind) if kind != "customer"),
    }


def _used(network: Network) -> set[Point]:
    site = dict(zip(network.processes.keys, network.processes.site))
    return {(part, site[process]) for process, part in network.bills.keys}


def _customer_points(network: Network) -> list[Point]:
    orders = network.open_orders
    return [(i, s) for i, s, kind in zip(orders.item, orders.site, orders.kind) if kind == "customer"]
