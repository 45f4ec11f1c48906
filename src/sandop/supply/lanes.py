"""Which items stand at which sites, and which lanes lead from one to another."""

from __future__ import annotations

from sandop.network import Network
from sandop.plan import Plan, Rows, Sheet

Lane = tuple[str, str, str]  # item, origin, destination


def lay_lanes(*, plan: Plan, demand: Sheet, targets: Sheet) -> dict[Lane, int]:
    """(item, origin, destination) → row of the lanes table. A lane for every item is laid out for the items
    that are made, bought or stocked at its origin and wanted at its destination."""
    lanes, network = plan.network.lanes, plan.network
    said = {key: row for row, key in enumerate(lanes.keys) if key[0]}
    general = [(row, key[1], key[2]) for row, key in enumerate(lanes.keys) if not key[0]]
    if not general:
        return said
    held = _held(network) | {(item, end) for item, _, end in said}
    laid: dict[Lane, int] = {}
    by_site: dict[str, set[str]] = {}
    for item, site in held:
        by_site.setdefault(site, set()).add(item)
    grew = True
    while grew:
        grew = False
        for _, origin, destination in general:
            new = by_site.get(origin, set()) - by_site.setdefault(destination, set())
            by_site[destination] |= new
            grew |= bool(new)
    for row, origin, destination in general:
        laid.update({(item, origin, destination): row for item in by_site.get(origin, set())})
    wanted = {(key[0], key[1]) for key in demand.rows.keys} | set(targets.rows.keys) | _used(network)
    wanted |= {(item, origin) for item, origin, _ in said}
    wanted |= set(_customer_points(plan.network)) | set(plan.sheet_or_blank("closing_stock_minimum").rows.keys)
    kept: dict[Lane, int] = {}
    while True:
        new_lanes = {k: row for k, row in laid.items() if k not in kept and (k[0], k[2]) in wanted}
        if not new_lanes:
            return {**kept, **said}
        kept.update(new_lanes)
        wanted |= {(item, origin) for item, origin, _ in new_lanes}


def stock_points(*, plan: Plan, demand: Sheet, targets: Sheet, lanes: dict[Lane, int]) -> Rows:
    minimum = plan.sheet_or_blank("closing_stock_minimum").rows.keys
    return Rows.of(
        ("item", "site"),
        [
            *_held(plan.network),
            *_used(plan.network),
            *_customer_points(plan.network),
            *targets.rows.keys,
            *minimum,
            *((item, site) for item, site, _ in demand.rows.keys),
            *((item, origin) for item, origin, _ in lanes),
            *((item, end) for item, _, end in lanes),
        ],
    )


def _held(network: Network) -> set[tuple[str, str]]:
    orders = network.open_orders
    return {
        *zip(network.processes.item, network.processes.site),
        *zip(network.sources.item, network.sources.site),
        *zip(network.opening_stock.item, network.opening_stock.site),
        *((i, s) for i, s, kind in zip(orders.item, orders.site, orders.kind) if kind != "customer"),
    }


def _used(network: Network) -> set[tuple[str, str]]:
    site = dict(zip(network.processes.keys, network.processes.site))
    return {(part, site[process]) for process, part in network.bills.keys}


def _customer_points(network: Network) -> list[tuple[str, str]]:
    orders = network.open_orders
    return [(i, s) for i, s, kind in zip(orders.item, orders.site, orders.kind) if kind == "customer"]
