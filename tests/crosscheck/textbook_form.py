"""The supply plan in its textbook form, written naively with dictionaries and loops and solved by scipy: explicit
sales, stock, shortfalls, arrivals. It shares no code with the product's model and is its oracle."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

from sandop.plan import Plan, Sheet

Name = tuple[Any, ...]


class Naive:
    """Variables by name, rows as dictionaries."""

    def __init__(self) -> None:
        self.place: dict[Name, int] = {}
        self.cost: list[float] = []
        self.most: list[float] = []
        self.equal: list[tuple[dict[Name, float], float]] = []
        self.less: list[tuple[dict[Name, float], float]] = []

    def add(self, name: Name, cost: float, most: float = np.inf) -> Name:
        self.place[name] = len(self.cost)
        self.cost.append(cost)
        self.most.append(most)
        return name

    def solve(self) -> float:
        def matrix(rows: list[tuple[dict[Name, float], float]]) -> tuple[Any, Any]:
            if not rows:
                return None, None
            cells = [(r, self.place[name], v) for r, (terms, _) in enumerate(rows) for name, v in terms.items()]
            r, c, v = zip(*cells)
            return coo_array((v, (r, c)), shape=(len(rows), len(self.cost))).tocsr(), [b for _, b in rows]

        a_eq, b_eq = matrix(self.equal)
        a_ub, b_ub = matrix(self.less)
        result = linprog(
            self.cost,
            A_ub=a_ub,
            b_ub=b_ub,
            A_eq=a_eq,
            b_eq=b_eq,
            bounds=[(0, None if np.isinf(m) else m) for m in self.most],
            method="highs-ipm",
        )
        assert result.status == 0, result.message
        return float(result.fun)


def said(plan: Plan, name: str, key: tuple[str, ...], t: int, default: float) -> float:
    if name not in plan.sheets or key not in plan.sheets[name].rows.position:
        return default
    value = plan.sheets[name].values[plan.sheets[name].rows.position[key], t]
    return default if np.isnan(value) else float(value)


def shares(plan: Plan, days: float, t: int, first: int) -> dict[int, float]:
    """Period → share of what arrives in t that leaves there; empty where nothing can arrive."""
    horizon = plan.calendar.horizon
    left: dict[int, float] = defaultdict(float)
    if horizon.bucket == "month":
        whole, part = divmod(days / 30.4375, 1.0)
        left[t - int(whole)] += 1 - part
        left[t - int(whole) - 1] += part
    else:
        day, end = horizon.starts[t], horizon.ends[t]
        length = (end - day).days
        while day < end:
            sent = day - dt.timedelta(days=int(days))
            left[horizon.holding(sent) if sent >= horizon.starts[0] else -1] += 1 / length
            day += dt.timedelta(days=1)
    inside = {p: s for p, s in left.items() if p >= first and s > 1e-12}
    if not inside:
        return {}
    late = sum(s for p, s in left.items() if p < first)
    inside[first] = inside.get(first, 0.0) + late
    return inside


def least_cost(plan: Plan, demand: Sheet, targets: Sheet) -> float:
    """Cost of the best plan."""
    net, horizon, lp = plan.network, plan.calendar.horizon, Naive()
    T = len(horizon)
    months = [1.0 if horizon.bucket == "month" else d / 30.4375 for d in horizon.days]
    items = {r["item"]: r for r in net.items.rows()}
    sites = {r["site"]: r for r in net.sites.rows()}
    processes = {r["process"]: r for r in net.processes.rows()}
    bills, routes = net.bills.rows(), net.routings.rows()
    lanes = {(r["item"], r["origin"], r["destination"]): r for r in net.lanes.rows() if r["item"]}
    points = {(p["item"], p["site"]) for p in processes.values()}
    points |= {(b["component"], processes[b["process"]]["site"]) for b in bills}
    points |= {(r["item"], r["site"]) for r in net.opening_stock.rows()}
    points |= {(i, s) for i, s, _ in demand.rows.keys} | set(targets.rows.keys)
    for lane in net.lanes.rows():
        if not lane["item"]:
            wanted = {i for i, s in points if s == lane["destination"]}
            for item in sorted({i for i, s in points if s == lane["origin"]} & wanted):
                lanes.setdefault((item, lane["origin"], lane["destination"]), lane)
    flow: dict[tuple[tuple[str, str], int], dict[Name, float]] = defaultdict(dict)  # what changes a stock
    given: dict[tuple[tuple[str, str], int], float] = defaultdict(float)
    hours: dict[tuple[str, int], dict[Name, float]] = defaultdict(dict)
    fixed_hours: dict[tuple[str, int], float] = defaultdict(float)

    def change(where: dict[Name, float], name: Name, value: float) -> None:
        where[name] = where.get(name, 0.0) + value

    resources = {r["resource"]: r for r in net.resources.rows()}
    for key, p in processes.items():
        fixed = [said(plan, "frozen_production", (key,), t, np.nan) for t in range(T)]
        first = max((t + 1 for t in range(T) if not np.isnan(fixed[t])), default=0)
        work = [(r["resource"], r["hours"] / p["good_share"]) for r in routes if r["process"] == key]
        parts = [(b["component"], b["quantity"] / p["good_share"]) for b in bills if b["process"] == key]
        cost = p["cost"] + sum(h * resources[r]["regular_cost"] for r, h in work)
        output = [0.0] * T
        for t in range(T):
            quantity = 0.0 if np.isnan(fixed[t]) else fixed[t]
            for r, h in work:
                fixed_hours[r, t] += h * quantity
            for c, q in parts:
                given[(c, p["site"]), t] -= q * quantity
            for arrival in range(t, T):  # what starts in t comes into stock as the lead time says
                output[arrival] += quantity * forward(plan, p["lead_time_days"], t).get(arrival, 0.0)
        for t in range(T):
            given[(p["item"], p["site"]), t] += output[t]
            left = shares(plan, p["lead_time_days"], t, first)
            if not left:
                continue
            limit = max(said(plan, "process_limit", (key,), t, np.inf) - output[t], 0.0)
            x = lp.add(("x", key, t), cost, limit)
            change(flow[(p["item"], p["site"]), t], x, 1.0)
            for period, share in left.items():
                for c, q in parts:
                    change(flow[(c, p["site"]), period], x, -q * share)
                for r, h in work:
                    change(hours[r, period], x, h * share)
    for (item, origin, end), lane in lanes.items():
        for t in range(T):
            left = shares(plan, lane["lead_time_days"], t, 0)
            if left:
                y = lp.add(("y", item, origin, end, t), lane["cost"])
                change(flow[(item, end), t], y, 1.0)
                for period, share in left.items():
                    change(flow[(item, origin), period], y, -share)
    for s in net.sources.rows():
        for t in range(T):
            if shares(plan, s["lead_time_days"], t, 0):
                price = s["price"] * said(plan, "rate", (s["currency"],), t, 1.0)
                key = (s["item"], s["site"], s["supplier"])
                u = lp.add(("u", *key, t), price, said(plan, "purchase_limit", key, t, np.inf))
                change(flow[(s["item"], s["site"]), t], u, 1.0)
    for supplier in net.suppliers.keys:
        for t in range(T):
            most = said(plan, "supplier_limit", (supplier,), t, np.inf)
            terms = {
                ("u", s["item"], s["site"], supplier, t): s["limit_units"]
                for s in net.sources.rows()
                if s["supplier"] == supplier and ("u", s["item"], s["site"], supplier, t) in lp.place
            }
            if terms and np.isfinite(most):
                lp.less.append((terms, most))
    for key, r in resources.items():
        staffed = not np.isnan(r["hours_per_worker"])
        for t in range(T):
            regular = said(plan, "capacity_regular", (key,), t, np.inf) * r["demonstrated"]
            most = said(plan, "capacity_overtime", (key,), t, np.inf if staffed else 0.0)
            o = lp.add(("o", key, t), r["overtime_cost"] - r["regular_cost"], most)
            e = lp.add(
                ("e", key, t),
                r["outsourced_cost"] - r["regular_cost"],
                said(plan, "capacity_outsourced", (key,), t, 0.0),
            )
            terms = {**hours[key, t], o: -1.0, e: -1.0}
            if staffed:
                w, h, f = (
                    lp.add((n, key, t), r[c], np.inf)
                    for n, c in (("w", "wage"), ("hire", "hire_cost"), ("fire", "layoff_cost"))
                )
                carry = {w: 1.0, h: -1.0, f: 1.0}
                if t:
                    carry[("w", key, t - 1)] = -1.0
                lp.equal.append((carry, 0.0 if t else r["workers"]))
                lp.less.append(({**terms, w: -r["hours_per_worker"]}, -fixed_hours[key, t]))
                lp.less.append(({o: 1.0, w: -r["overtime_per_worker"]}, 0.0))
            elif np.isfinite(regular):
                extra = lp.most[lp.place[o]] + lp.most[lp.place[e]]
                broken = max(fixed_hours[key, t] - regular - extra, 0.0)
                lp.less.append((terms, regular - fixed_hours[key, t] + broken))
    for r in net.opening_stock.rows():
        given[(r["item"], r["site"]), 0] += r["quantity"]
    backlog: dict[tuple[str, str, str], float] = defaultdict(float)
    for o in net.open_orders.rows():
        due = o["due"].item()
        if o["kind"] == "customer":
            if due < horizon.starts[0]:
                backlog[o["item"], o["site"], o["party"]] += o["quantity"]
        elif due < horizon.end:
            given[(o["item"], o["site"]), horizon.holding(due)] += o["quantity"]
    customers = {c["customer"]: c["priority"] for c in net.customers.rows()}
    ranks = {r["priority"]: r for r in net.priorities.rows()}
    terms_of = {(r["item"], r["customer"]): r for r in net.terms.rows()}
    for key in sorted({*demand.rows.keys, *backlog}):
        item, site, customer = key
        rank, own = ranks[customers[customer]], terms_of.get((item, customer), {})
        wait = rank["wait_periods"]
        settled = bool(own.get("no_backlog_at_end", False))
        late = [own.get("late_cost", rank["late"] * items[item]["value"] * m) for m in months]
        lost_price = rank["lost"] * items[item]["value"]
        asked = [
            float(demand.values[demand.rows.position[key], t]) if key in demand.rows.position else 0.0
            for t in range(T)
        ]
        for t in range(T):
            young = np.inf
            if not np.isnan(wait):
                young = sum(asked[max(t - int(wait) + 1, 0) : t + 1])
                young += backlog[key] if t - int(wait) + 1 <= -1 else 0.0
            if settled and t == T - 1:
                young = 0.0
            sale = lp.add(("s", *key, t), 0.0)
            b = lp.add(("b", *key, t), late[t] + (lost_price if t == T - 1 else 0.0), young)
            gives_up = settled or not np.isnan(wait)
            lost = lp.add(("l", *key, t), lost_price, np.inf if gives_up else 0.0)
            before = {("b", *key, t - 1): -1.0} if t else {}
            lp.equal.append(({sale: 1.0, b: 1.0, lost: 1.0, **before}, asked[t] + (0.0 if t else backlog[key])))
            change(flow[(item, site), t], sale, -1.0)
    settings = plan.settings.supply
    for point in sorted(points):
        item, site = point
        value = items[item]["value"]
        rate = sites[site]["holding_rate"]
        rate = settings.holding_rate if np.isnan(rate) else rate
        for t in range(T):
            i = lp.add(("i", *point, t), rate * value * months[t])
            before = {("i", *point, t - 1): -1.0} if t else {}
            moved = {name: -v for name, v in flow[point, t].items()}
            if any(fixed < 0 for fixed in [fact_use(plan, point, t, T)]):
                emergency = lp.add(("emergency", *point, t), 100.0 * max(value, 1.0), -fact_use(plan, point, t, T))
                moved[emergency] = -1.0
            lp.equal.append(({i: 1.0, **before, **moved}, given[point, t]))
            needed = said(plan, "closing_stock_minimum", point, t, 0.0)
            target = 0.0
            if point in targets.rows.position:
                target = float(np.nan_to_num(targets.values[targets.rows.position[point], t]))
            missing = settings.shortfall_rate * value * months[t] + (value if t == T - 1 else 0.0)
            if max(target, needed) > 0:
                below = lp.add(("below", *point, t), missing)
                lp.less.append(({below: -1.0, i: -1.0}, -max(target, needed)))
            if needed > 0:
                owed = lp.add(("owed", *point, t), 20.0 * value - missing)
                lp.less.append(({owed: -1.0, i: -1.0}, -needed))
    for site in sites:
        dearest = max(r["value"] / r["storage"] for i, r in items.items() if any(p[0] == i for p in points))
        for t in range(T):
            space = said(plan, "storage_limit", (site,), t, np.inf)
            if np.isfinite(space):
                over = lp.add(("over", site, t), 10.0 * dearest)
                used = {("i", *p, t): items[p[0]]["storage"] for p in points if p[1] == site}
                lp.less.append(({**used, over: -1.0}, space))
    return lp.solve()


def forward(plan: Plan, days: float, t: int) -> dict[int, float]:
    """Period → share of what leaves in t that arrives there."""
    horizon = plan.calendar.horizon
    arrives: dict[int, float] = defaultdict(float)
    if horizon.bucket == "month":
        whole, part = divmod(days / 30.4375, 1.0)
        arrives[t + int(whole)] += 1 - part
        arrives[t + int(whole) + 1] += part
    else:
        day, end = horizon.starts[t], horizon.ends[t]
        length = (end - day).days
        while day < end:
            arrives[horizon.holding(day + dt.timedelta(days=int(days)))] += 1 / length
            day += dt.timedelta(days=1)
    return arrives


def fact_use(plan: Plan, point: tuple[str, str], t: int, periods: int) -> float:
    """Components that fixed production takes from a stock point, as a negative number."""
    assert t < periods
    total = 0.0
    sites = {p["process"]: p for p in plan.network.processes.rows()}
    for b in plan.network.bills.rows():
        p = sites[b["process"]]
        if (b["component"], p["site"]) == point:
            total -= said(plan, "frozen_production", (b["process"],), t, 0.0) * b["quantity"] / p["good_share"]
    return total
