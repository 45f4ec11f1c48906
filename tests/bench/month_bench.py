"""Seconds and memory of every step of the month: `python tests/bench/month_bench.py [SIZE ...]`.

CPU seconds of one thread at 500, 2,000 and 10,000 items x 18 months, each size in a process of its own and printed as
it ends. The network is the neutral one of `../shared/bench/supply_network.py` (peak 1.05); its history is drawn here:
36 months of the same demand with a season and noise.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from time import process_time

SHARED = Path(__file__).resolve().parents[3] / "shared" / "bench"
SIZES = (500, 2000, 10000)
HISTORY_MONTHS = 36


def measure(size: int) -> dict[str, float]:
    """CPU seconds by step, and the most memory, MB, in this process."""
    sys.path.insert(0, str(SHARED))
    import numpy as np
    import supply_network
    from bench_network import plan_of

    from sandop.calendar import Periods
    from sandop.pack import write_pack
    from sandop.plan import Sheet
    from sandop.scenario import STEPS, Month, run_steps

    began = process_time()
    plan, demand, _ = plan_of(supply_network.generate(size, 7, peak=1.05))
    history = Periods.months("2024-01", HISTORY_MONTHS)
    draw = np.random.default_rng(7)
    mean = demand.values.mean(axis=1)[:, None]
    season = 1 + 0.2 * np.sin(2 * np.pi * np.arange(HISTORY_MONTHS) / 12)
    orders = np.round(mean * season * draw.gamma(20, 1 / 20, (len(demand.rows), HISTORY_MONTHS)), 1)
    pairs = sorted({(key[0], key[2]) for key in demand.rows.keys})
    price = {pair: [2.0 * plan.network.items.value[plan.network.items.position[pair[0]]]] * 18 for pair in pairs}
    settings = plan.settings.model_copy(
        update={"time": plan.settings.time.model_copy(update={"history_start": "2024-01"})}
    )
    plan = replace(plan, settings=settings).with_sheets(
        orders=Sheet("orders", demand.rows, history, orders),
        shipments=Sheet("shipments", demand.rows, history, orders),
        price=Sheet.of("price", demand.periods, price),
    )
    seconds = {"plan": process_time() - began}
    month = Month(plan)
    for step in STEPS:
        began = process_time()
        month = run_steps(month=month, steps=(step,))
        seconds[step] = process_time() - began
    began = process_time()
    with tempfile.TemporaryDirectory() as folder:
        write_pack(month=month, path=Path(folder) / "pack.xlsx", language="en")
    seconds["pack"] = process_time() - began
    seconds["MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return seconds


def main(arguments: list[str]) -> int:
    """One line of the table per size."""
    if not SHARED.is_dir():
        print("The neutral network generator is not present.")
        return 0
    if len(arguments) == 2 and arguments[0] == "--one":
        print(json.dumps(measure(int(arguments[1]))))
        return 0
    sizes = [int(size) for size in arguments] or list(SIZES)
    for number, size in enumerate(sizes):
        done = subprocess.run(
            [sys.executable, __file__, "--one", str(size)], capture_output=True, text=True, check=False
        )
        if done.returncode:
            print(f"| {size:,} | did not end: {done.stderr.strip().splitlines()[-1:]} |", flush=True)
            continue
        seconds = json.loads(done.stdout)
        if number == 0:
            print("| items | " + " | ".join(seconds) + " |\n|---" + "|---" * len(seconds) + "|", flush=True)
        print(f"| {size:,} | " + " | ".join(f"{value:,.1f}" for value in seconds.values()) + " |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
