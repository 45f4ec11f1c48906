"""Does the network hang together: bills without circles, ways to every place of sale, hours, units, currencies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Calendar
from sandop.findings import Severity, Where
from sandop.io.ledger import Ledger
from sandop.io.read_tables import TableRead, TablesRead

Pair = tuple[str, str]


def check_network(tables: TablesRead, ledger: Ledger) -> None:
    """All checks that need the master tables only."""
    _something_to_plan(tables, ledger)
    _circular_bills(tables, ledger)
    _bare_processes(tables, ledger)
    _work_elsewhere(tables["routings"], tables, ledger)
    _unit_factors(tables["items"], tables["families"], ledger)
    _launch_after_phase_out(tables["items"], ledger)
    _regions(tables, ledger)
    _parties(tables["open_orders"], tables, ledger)
    _override_scope(tables["overrides"], tables["items"], ledger)


def _something_to_plan(tables: TablesRead, ledger: Ledger) -> None:
    for name in ("items", "sites"):
        if tables[name].file and not len(tables[name].table):
            ledger.error("io.nothing_to_plan", Where(tables[name].file), table=name)
        elif not tables[name].file:
            ledger.add_once(Severity.ERROR, "io.file_needed", Where(name), table=name)


def _circular_bills(tables: TablesRead, ledger: Ledger) -> None:
    bills, processes = tables["bills"], tables["processes"]
    makes = dict(zip(processes.texts("process"), processes.texts("item")))
    uses: dict[str, dict[str, int]] = defaultdict(dict)
    for place, (process, component) in enumerate(zip(bills.texts("process"), bills.texts("component"))):
        if process in makes:
            uses[makes[process]].setdefault(component, place)
    for circle in circles({item: list(parts) for item, parts in uses.items()}):
        place = uses[circle[-2]][circle[-1]]
        ledger.error("io.circular_bill", bills.where(place, "component"), circle=" → ".join(circle))


def circles(uses: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """The circles of a graph (item → what it uses), each spelled out from its first item back to it."""
    done: set[str] = set()
    for start in sorted(uses):
        path: list[str] = []
        on_path: dict[str, int] = {}
        waiting: list[tuple[str, Iterator[str]]] = []
        todo = [start] if start not in done else []
        while todo or waiting:
            if todo:
                item = todo.pop()
                on_path[item] = len(path)
                path.append(item)
                waiting.append((item, iter(sorted(uses.get(item, ())))))
            item, parts = waiting[-1]
            part = next(parts, None)
            if part is None:
                waiting.pop()
                done.add(item)
                del on_path[path.pop()]
            elif part in on_path:
                yield [*path[on_path[part] :], part]
            elif part not in done:
                todo.append(part)


def _bare_processes(tables: TablesRead, ledger: Ledger) -> None:
    processes = tables["processes"]
    with_bill, with_hours = set(tables["bills"].texts("process")), set(tables["routings"].texts("process"))
    names, kinds = processes.texts("process"), processes.texts("kind")
    own = [place for place, kind in enumerate(kinds) if kind == "make"]
    bare = [place for place in own if names[place] not in with_bill and names[place] not in with_hours]
    ledger.each(
        Severity.NOTE,
        "io.bare_process",
        processes.file,
        bare,
        lambda i: (processes.rows[i], "process", {"process": names[i]}),
    )


def _work_elsewhere(routings: TableRead, tables: TablesRead, ledger: Ledger) -> None:
    at = dict(zip(tables["processes"].texts("process"), tables["processes"].texts("site")))
    stands = dict(zip(tables["resources"].texts("resource"), tables["resources"].texts("site")))
    pairs = list(zip(routings.texts("process"), routings.texts("resource")))
    apart = [
        place
        for place, (process, resource) in enumerate(pairs)
        if process in at and resource in stands and at[process] != stands[resource]
    ]
    ledger.each(
        Severity.WARNING,
        "io.work_elsewhere",
        routings.file,
        apart,
        lambda i: (
            routings.rows[i],
            "resource",
            {
                "process": pairs[i][0],
                "site": at[pairs[i][0]],
                "resource": pairs[i][1],
                "other": stands[pairs[i][1]],
            },
        ),
    )


def _unit_factors(items: TableRead, families: TableRead, ledger: Ledger) -> None:
    plan_unit = dict(zip(families.texts("family"), families.texts("unit")))
    rows = list(zip(items.texts("family"), items.texts("unit"), items.table.plan_factor.tolist()))  # type: ignore[attr-defined]
    odd = [i for i, (family, unit, factor) in enumerate(rows) if plan_unit.get(family) == unit and factor != 1.0]
    ledger.each(
        Severity.WARNING,
        "io.factor_of_same_unit",
        items.file,
        odd,
        lambda i: (items.rows[i], "plan_factor", {"unit": rows[i][1], "factor": f"{rows[i][2]:g}"}),
    )
    other: dict[tuple[str, str], list[int]] = defaultdict(list)
    sold = [kind == "finished" for kind in items.texts("kind")]
    for i, (family, unit, factor) in enumerate(rows):
        if sold[i] and family in plan_unit and plan_unit[family] != unit and factor == 1.0:
            other[family, unit].append(i)
    for (family, unit), places in other.items():
        ledger.note(
            "io.other_unit",
            items.where(places[0], "unit"),
            family=family,
            unit=unit,
            plan_unit=plan_unit[family],
            count=len(places),
        )


def _launch_after_phase_out(items: TableRead, ledger: Ledger) -> None:
    for i, (launch, end) in enumerate(zip(items.texts("launch"), items.texts("phase_out"))):
        if launch and end and launch > end:
            ledger.error("io.launch_after_phase_out", items.where(i, "phase_out"), launch=launch, phase_out=end)


def _regions(tables: TablesRead, ledger: Ledger) -> None:
    """An activity or override of a region without customers would change nothing."""
    regions = set(tables["customers"].texts("region")) - {""}
    for name in ("activities", "overrides"):
        read = tables[name]
        for i, region in enumerate(read.texts("region")):
            if region and region not in regions:
                known = ", ".join(sorted(regions)[:8]) or "–"
                ledger.error("io.unknown_region", read.where(i, "region"), region=region, known=known)


_PARTIES = {"purchase": "suppliers", "production": "processes", "transfer": "sites", "customer": "customers"}


def _parties(orders: TableRead, tables: TablesRead, ledger: Ledger) -> None:
    """A customer order must say whose it is; other parties are worth a warning where they are unknown."""
    for i, (kind, party) in enumerate(zip(orders.texts("kind"), orders.texts("party"))):
        target = tables[_PARTIES.get(kind, "suppliers")]
        if kind == "customer" and not party:
            ledger.error("io.order_without_customer", orders.where(i, "party"))
        elif party and party not in target.table.position:
            severity = Severity.ERROR if kind == "customer" else Severity.WARNING
            ledger.each(
                severity,
                "io.unknown_party",
                orders.file,
                [i],
                lambda i, party=party, kind=kind: (  # type: ignore[misc]
                    orders.rows[i],
                    "party",
                    {"party": party, "target": _PARTIES.get(kind, "")},
                ),
            )


def _override_scope(overrides: TableRead, items: TableRead, ledger: Ledger) -> None:
    family_of = dict(zip(items.texts("item"), items.texts("family")))
    for i, (item, family) in enumerate(zip(overrides.texts("item"), overrides.texts("family"))):
        if item and family and family_of.get(item, family) != family:
            ledger.error(
                "io.override_scope", overrides.where(i, "item"), item=item, family=family, other=family_of[item]
            )


def check_lead_times(tables: TablesRead, calendar: Calendar, ledger: Ledger) -> None:
    """What takes longer than the plan looks ahead arrives after its end."""
    days = float((calendar.horizon.end - calendar.horizon.starts[0]).days)
    for name in ("processes", "lanes", "sources"):
        read = tables[name]
        lead = np.asarray(read.table.lead_time_days)  # type: ignore[attr-defined]
        _too_long(read, lead, days, ledger)


def _too_long(read: TableRead, lead: NDArray[np.float64], days: float, ledger: Ledger) -> None:
    ledger.each(
        Severity.WARNING,
        "io.long_lead_time",
        read.file,
        np.flatnonzero(lead > days).tolist(),
        lambda i: (read.rows[i], "lead_time_days", {"days": f"{lead[i]:g}", "horizon": f"{days:g}"}),
    )


def reachable(tables: TablesRead, beginning: Sequence[str] = ("processes", "sources", "opening_stock")) -> set[Pair]:
    """(item, site) that can be supplied: made, bought or in stock there (`beginning`), or sent there from such a
    place."""
    start: set[Pair] = set()
    for name in beginning:
        start.update(zip(tables[name].texts("item"), tables[name].texts("site")))
    ways: dict[str, list[Pair]] = defaultdict(list)
    lanes = tables["lanes"]
    for item, origin, destination in zip(lanes.texts("item"), lanes.texts("origin"), lanes.texts("destination")):
        ways[origin].append((item, destination))
    found, todo = set(start), list(start)
    while todo:
        item, site = todo.pop()
        for wanted, destination in ways[site]:
            if wanted in ("", item) and (item, destination) not in found:
                found.add((item, destination))
                todo.append((item, destination))
    return found


def check_ways(tables: TablesRead, sold: Mapping[Pair, Where], ledger: Ledger) -> None:
    """Everything sold at a site, and every component used at one, has a way to get there."""
    ways, renewed = reachable(tables), reachable(tables, ("processes", "sources"))
    items = tables["items"]
    ending = {item for item, end in zip(items.texts("item"), items.texts("phase_out")) if end}
    for pair, where in sold.items():
        if pair not in ways:
            ledger.warning("io.no_way", where, item=pair[0], site=pair[1])
        elif pair not in renewed and pair[0] not in ending:
            ledger.warning("io.only_stock", where, item=pair[0], site=pair[1])
    processes, bills = tables["processes"], tables["bills"]
    at = dict(zip(processes.texts("process"), processes.texts("site")))
    for i, (process, component) in enumerate(zip(bills.texts("process"), bills.texts("component"))):
        if process in at and (component, at[process]) not in ways:
            ledger.warning(
                "io.no_way_component",
                bills.where(i, "component"),
                component=component,
                site=at[process],
                process=process,
            )
