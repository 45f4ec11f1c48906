"""Seconds and memory of the supply plan: `python tests/bench/supply_bench.py [--sizes 500 2000] [--models]`.

CPU seconds of one thread, each size in a process of its own, printed as it ends. Needs the shared bench folder beside
the project (`../shared/bench`): its generators are neutral, and what they draw goes through a Sandop plan here.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import process_time
from typing import Any

SHARED = Path(__file__).resolve().parents[3] / "shared" / "bench"
HERE = Path(__file__).resolve()
# What frePPLe 9.18 scored on the same models (lower is better), from the notes beside the generator.
FREPPLE = {
    ("--items 1000 --resources 20 --peak 1.05"): 12_314,
    ("--items 1000 --resources 20 --avg 1.02"): 567_151,
    ("--items 1000 --resources 20 --pack 10 --peak 1.05"): 19_081,
    ("--items 1000 --resources 20 --pack 10 --avg 1.02"): 705_615,
    ("--items 5000 --resources 30 --peak 1.05"): 85_096,
    ("--items 5000 --resources 30 --pack 10 --peak 1.05"): 69_802,
    ("--items 10000 --resources 50 --peak 1.05"): 168_255,
}


class Clock:
    """CPU seconds by step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._before = process_time()

    def lap(self, step: str) -> None:
        now = process_time()
        self.seconds[step] = round(now - self._before, 3)
        self._before = now


def measure_network(size: int, peak: float, light: bool) -> dict[str, Any]:
    """One size in this process."""
    sys.path.insert(0, str(SHARED))
    import supply_network
    from bench_network import plan_of

    from sandop.supply import Certificate, check_file, plan_supply, verify_supply
    from sandop.supply.draw import draw_chain
    from sandop.supply.model import build_program
    from sandop.supply.primary import load_before_limits
    from sandop.supply.results import sheets_of
    from sandop.supply.solver import LiveModel
    from sandop.supply.supply_model import good_start

    network = supply_network.generate(size, 7, peak=peak)
    clock = Clock()
    plan, demand, targets = plan_of(network)
    clock.lap("plan")
    chain = draw_chain(plan=plan, demand=demand, targets=targets)
    clock.lap("draw")
    program = build_program(chain)
    clock.lap("build")
    start = good_start(chain, program)
    clock.lap("start")
    load_before_limits(chain, program)
    clock.lap("load")
    live = LiveModel(program, start=start)
    clock.lap("hand over")
    answer = live.solve()
    clock.lap("solve")
    certificate = live.certify(answer)
    clock.lap("certify")
    solving_mb = _memory()
    sheets = sheets_of(chain=chain, program=program, x=answer.x, y=answer.y)
    clock.lap("sheets")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "certificate.npz"
        certificate.save(file)
        clock.lap("save")
        checked = check_file(file)
        clock.lap("check file")
        stored = Certificate.load(file)
    clock.lap("read")
    verified = verify_supply(plan=plan, demand=demand, targets=targets, sheets=sheets, certificate=stored)
    clock.lap("verify")
    row = int(program.rules["capacity"].index[0, 9])
    with live.with_more(row=row, more=1.0):
        live.least_cost()
    clock.lap("what-if 1 h")
    result = {
        "items": size,
        "peak": peak,
        "rows": len(program.row_lower),
        "columns": len(program.cost),
        "values": len(program.values),
        "cost": answer.cost,
        "gap": checked.gap,
        "proven best": certificate.is_best,
        "verified": verified.holds,
        "solving MB": solving_mb,
    }
    if not light:
        plan_supply(plan=plan, demand=demand, targets=targets)
        clock.lap("all of plan_supply")
    return {**result, "MB": _memory(), **clock.seconds}


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def measure_models(arguments: str) -> dict[str, Any]:
    """One of the models on which other planners have been scored."""
    import numpy as np
    from bench_network import sheet_of

    from sandop.calendar import Periods
    from sandop.network import TABLES, Network
    from sandop.plan import Plan, Rows, Settings, Sheet
    from sandop.supply import SupplyModel
    from sandop.supply.results import backlog_and_lost

    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, str(SHARED / "supply_models.py"), *arguments.split(), "--seed", "7", "--out", folder],
            check=True,
            capture_output=True,
        )
        read = {
            name: list(csv.DictReader((Path(folder) / f"{name}.csv").open()))
            for name in ("items", "demand", "capacity")
        }
    clock = Clock()
    items, weight = read["items"], (9.0, 3.0, 1.0)
    works = [(i["item"], i["resource"], i["usage"]) for i in items]
    works += [(i["item"], i["resource2"], i["usage2"]) for i in items if "resource2" in i]
    rows: dict[str, list[dict[str, Any]]] = {
        "families": [{"family": "ALL"}],
        "sites": [{"site": "P"}],
        "suppliers": [{"supplier": "S"}],
        "items": [{"item": i[name], "family": "ALL", "value": 1.0} for i in items for name in ("item", "raw")],
        "priorities": [{"priority": str(k + 1), "late": weight[k], "lost": 0.0} for k in range(3)],
        "customers": [{"customer": f"C{k}", "site": "P", "priority": k} for k in "123"],
        "resources": [{"resource": r, "site": "P"} for r in {c["resource"] for c in read["capacity"]}],
        "processes": [{"process": i["item"], "item": i["item"], "site": "P"} for i in items],
        "bills": [{"process": i["item"], "component": i["raw"], "quantity": 1.0} for i in items],
        "routings": [{"process": p, "resource": r, "hours": float(h)} for p, r, h in works],
        "sources": [
            {"item": i["raw"], "site": "P", "supplier": "S", "price": 0.0, "lead_time_days": 30.4375} for i in items
        ],
        "opening_stock": [{"item": i["raw"], "site": "P", "quantity": float(i["raw_onhand"])} for i in items],
    }
    settings = Settings.model_validate(
        {
            "company": {"name": "Bench", "currency": "CNY", "invented": True},
            "supply": {"holding_rate": 0.01},
            "time": {"start": "2027-01", "months": 18, "history_start": "2026-01"},
        }
    )
    table = {t.file: t for t in TABLES}
    network = Network.of(**{name: table[name].of(made) for name, made in rows.items()})
    periods = Periods.months("2027-01", 18)
    priority = {i["item"]: i["priority"] for i in items}
    demand: dict[tuple[str, ...], Any] = {(i["item"], "P", f"C{priority[i['item']]}"): np.zeros(18) for i in items}
    for d in read["demand"]:
        demand[d["item"], "P", f"C{priority[d['item']]}"][int(d["month"])] += float(d["qty"])
    hours: dict[tuple[str, ...], Any] = {(c["resource"],): np.zeros(18) for c in read["capacity"]}
    for c in read["capacity"]:
        hours[c["resource"],][int(c["month"])] = float(c["capacity"])
    capacity = sheet_of("capacity_regular", periods, ("resource",), list(hours), list(hours.values()))
    plan = Plan(settings, network, {"capacity_regular": capacity})
    wanted = sheet_of("demand", periods, ("item", "site", "customer"), list(demand), list(demand.values()))
    targets = Sheet.blank("safety_stock", Rows(("item", "site"), ()), periods)
    clock.lap("plan")
    model = SupplyModel.of(plan=plan, demand=wanted, targets=targets)
    clock.lap("build and start")
    answer, certificate = model.solve()
    clock.lap("solve")
    backlog, _ = backlog_and_lost(model.chain, model.program, answer.x)
    score = float((np.array(weight)[model.chain.demand.rank][:, None] * backlog).sum())
    return {
        "model": arguments,
        "score": round(score),
        "frepple": FREPPLE[arguments],
        "gap": certificate.gap,
        "MB": _memory(),
        **clock.seconds,
    }


def _in_a_process(*arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(HERE), *arguments],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[500, 2000, 10000])
    parser.add_argument("--peak", type=float, default=1.05)
    parser.add_argument("--models", action="store_true", help="score the planner-neutral models too")
    parser.add_argument("--light", action="store_true", help="leave out the confirmed shortages")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--model", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if not SHARED.is_dir():
        print("the shared bench folder is not beside the project: nothing to measure")
        return
    if chosen.one:
        print(json.dumps(measure_network(chosen.one, chosen.peak, chosen.light)))
        return
    if chosen.model:
        print(json.dumps(measure_models(chosen.model)))
        return
    for size in chosen.sizes:
        light = ["--light"] if chosen.light or size > 2000 else []
        print(json.dumps(_in_a_process("--one", str(size), "--peak", str(chosen.peak), *light)), flush=True)
    for arguments in FREPPLE if chosen.models else ():
        print(json.dumps(_in_a_process("--model", arguments)), flush=True)


if __name__ == "__main__":
    main()
