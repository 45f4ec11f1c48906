"""`make bench`: every bench one after the other, each in a process of its own with one numerical thread.

Figures go to the screen as tables or JSON lines; `docs/benchmarks.md` keeps those of the last release. Benches that
need the neutral generators or the public data say so where these are not present.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
BENCHES = (
    "month_bench.py",
    "supply_bench.py",
    "forecast_bench.py",
    "finance_bench.py",
    "io_bench.py",
    "store_bench.py",
    "web_load.py",
    "grid_bench.py",
    "pages_bench.py",
)
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS"), "1")


def main(arguments: list[str]) -> int:
    """Run all benches, or those whose names begin with an argument."""
    wanted = [bench for bench in BENCHES if not arguments or any(bench.startswith(name) for name in arguments)]
    failed = 0
    for bench in wanted:
        print(f"\n## {bench.removesuffix('.py')}\n", flush=True)
        done = subprocess.run([sys.executable, HERE / bench], env=os.environ | ONE_THREAD, check=False)
        failed += done.returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
