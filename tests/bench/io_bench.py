"""Seconds and memory of reading, checking and writing plans; run: python tests/bench/io_bench.py [rows]

A plan of `rows` order series over 48 months is written and read as a folder and as a workbook, and once more with its
history as one long file. With the messy order lines beside the project, they are read too.
"""

from __future__ import annotations

import gzip
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np

from sandop.io import Loaded, read_folder, read_workbook, write_folder, write_workbook
from sandop.network import Customers, Families, Items, Network, Priorities, Sites
from sandop.plan import Plan, Rows, Settings, Sheet

Result = TypeVar("Result")
MESSY = Path(__file__).parents[3] / "shared" / "data" / "messy" / "historical_product_demand_sample.csv.gz"


def company(series: int) -> Plan:
    """Items sold to ten customers from one site, 48 months of history, 18 months planned."""
    items, customers = [f"ITEM-{i:05d}" for i in range(series // 10)], [f"CUSTOMER-{i}" for i in range(10)]
    network = Network.of(
        families=Families.of([{"family": "F"}]),
        items=Items.of([{"item": item, "family": "F", "value": 1.0} for item in items]),
        sites=Sites.of([{"site": "DC"}]),
        customers=Customers.of([{"customer": c, "site": "DC", "priority": "1"} for c in customers]),
        priorities=Priorities.of([{"priority": "1", "late": 1.0, "lost": 5.0}]),
    )
    settings = Settings.model_validate(
        {
            "company": {"name": "Bench", "currency": "CNY"},
            "time": {"start": "2026-01", "months": 18, "history_start": "2022-01"},
        }
    )
    plan = Plan(settings, network)
    rows = Rows.of(("item", "site", "customer"), [(item, "DC", c) for item in items for c in customers])
    history = plan.calendar.history
    values = np.random.default_rng(7).gamma(2.0, 50.0, (len(rows), len(history))).round(3)
    return plan.with_sheets(orders=Sheet("orders", rows, history, values))


def timed(name: str, work: Callable[[], Result]) -> Result:
    """Run it and print seconds and the peak memory of the process so far."""
    start = time.perf_counter()
    result = work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:<44}{time.perf_counter() - start:8.2f} s{peak:9.0f} MB", flush=True)
    return result


def long_file(folder: Path, plan: Plan) -> int:
    """The history as one line per series and month."""
    sheet = plan.sheets["orders"]
    lines = ["item,site,customer,period,value"]
    for key, values in zip(sheet.rows.keys, sheet.values.tolist()):
        lines += [f"{','.join(key)},{label},{value}" for label, value in zip(sheet.periods.labels, values)]
    (folder / "orders.csv").write_text("\n".join(lines) + "\n")
    return len(lines) - 1


def dirty(folder: Path) -> int:
    """Every tenth line of the long file with something wrong in it."""
    lines = (folder / "orders.csv").read_text().splitlines()
    for i in range(1, len(lines), 10):
        lines[i] = lines[i].replace("ITEM", "item") + (" pcs" if i % 20 == 1 else "")
    (folder / "orders.csv").write_text("\n".join(lines) + "\n")
    return len(lines) - 1


def messy(folder: Path) -> None:
    """The real order lines as a long history; ids are those of the lines."""
    with gzip.open(MESSY, "rt") as file:
        rows = [line.strip().split(",") for line in file][1:]
    (folder / "orders.csv").write_text(
        "item,site,customer,period,value\n" + "".join(f"{r[0]},{r[1]},ALL,{r[3]},{r[4]}\n" for r in rows)
    )
    items = sorted({(r[0], r[2]) for r in rows})
    (folder / "items.csv").write_text("item,family,value\n" + "".join(f"{i},{f},1\n" for i, f in items))
    (folder / "families.csv").write_text("family\n" + "".join(f"{f}\n" for f in sorted({r[2] for r in rows})))
    (folder / "sites.csv").write_text("site\n" + "".join(f"{s}\n" for s in sorted({r[1] for r in rows})))
    (folder / "priorities.csv").write_text("priority,late,lost\n1,1,5\n")
    (folder / "customers.csv").write_text("customer,site,priority\nALL,Whse_J,1\n")
    (folder / "plan.toml").write_text(
        '[company]\nname = "M"\ncurrency = "CNY"\n[time]\nstart = "2017-01"\nhistory_start = "2011-01"\n'
    )


def said(loaded: Loaded) -> None:
    """What the check made of it."""
    counts = ", ".join(f"{count:,} {severity}s" for severity, count in loaded.counts.items())
    kinds = dict.fromkeys(finding.message for finding in loaded.findings)
    print(f"    {counts}: {', '.join(kinds) or 'nothing to say'}", flush=True)


def main() -> None:
    """Print one line per step."""
    series = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    plan = company(series)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "plan"
        print(f"{series:,} series x 48 months")
        timed("write folder", lambda: write_folder(plan, folder))
        said(timed("read folder, wide", lambda: read_folder(folder)))
        timed("write workbook", lambda: write_workbook(plan, Path(place) / "plan.xlsx"))
        said(timed("read workbook", lambda: read_workbook(Path(place) / "plan.xlsx")))
        lines = long_file(folder, plan)
        said(timed(f"read folder, long ({lines:,} lines)", lambda: read_folder(folder)))
        lines = dirty(folder)
        said(timed(f"read folder, long, every tenth line wrong ({lines:,})", lambda: read_folder(folder)))
        if MESSY.is_file():
            messy_folder = Path(place) / "messy"
            messy_folder.mkdir()
            messy(messy_folder)
            said(timed("read the messy order lines", lambda: read_folder(messy_folder)))


if __name__ == "__main__":
    main()
