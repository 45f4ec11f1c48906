"""How good and how fast the statistical forecast is, on figures nobody made up.

    .venv/bin/python tests/bench/forecast_bench.py [--quick]

Prints one markdown table: the engine with and without its learned correction beside the seasonal naive of the
same run. OWA, MASE, RMSSE and WMAPE (mean of the series) and bias as `../shared/bench/forecast_scores.py`
defines them; coverage of p10-p90 should be .80. `all` WMAPE weighs series by their size. Needs `../shared`;
says so where it is not present.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import numpy.typing as npt
import polars as pl

from sandop.demand.forecast import ForecastSettings, forecast_series

Floats = npt.NDArray[np.float64]

SHARED = Path(__file__).resolve().parents[3] / "shared"
HORIZON = 18
HEADER = "| figures | series | forecast | OWA | MASE | RMSSE | WMAPE | WMAPE all | bias | p10-p90 | CPU s/series |"


@dataclass(frozen=True)
class Case:
    """`train` one history a series, `actual` (series, HORIZON)."""

    name: str
    train: list[Floats]
    actual: Floats


def competition(name: str, file: str) -> Case:
    folder = SHARED / "data" / "forecast"
    train = pl.read_parquet(folder / f"{file}_train.parquet").sort("unique_id", "t")
    test = pl.read_parquet(folder / f"{file}_test.parquet").sort("unique_id", "h")
    histories = [np.array(y, dtype=float) for y in train.group_by("unique_id", maintain_order=True).agg("y")["y"]]
    actual = [
        np.array(y[:HORIZON], dtype=float) for y in test.group_by("unique_id", maintain_order=True).agg("y")["y"]
    ]
    return Case(name, histories, np.array(actual))


def m4_tails(draw: int) -> Case:
    table = pl.read_parquet(SHARED / "data" / "forecast" / "m4_monthly_tails.parquet")
    tails = [np.array(y, dtype=float) for y in table.group_by("unique_id", maintain_order=True).agg("y")["y"]]
    tails = [y for y in tails if len(y) >= 66]
    chosen = sorted(np.random.default_rng(0).choice(len(tails), min(draw, len(tails)), replace=False))
    train = [tails[i][:-HORIZON] for i in chosen]
    return Case(f"M4 tails, {len(chosen):,}", train, np.array([tails[i][-HORIZON:] for i in chosen]))


def medicines() -> Case:
    """History 2000 to 2006, the 18 months from 2007-01; series that sold nothing in 2006 are left out."""
    table = pl.read_csv(SHARED / "data" / "pbs" / "pbs_monthly.csv.gz").filter(pl.col("month") >= "2000-01")
    wide = table.pivot(on="month", index=["item", "segment"], values="scripts").sort("item", "segment")
    months = sorted(name for name in wide.columns if name[:2] == "20")
    values = wide.select(months).to_numpy().astype(float)
    now = months.index("2007-01")
    alive = np.nan_to_num(values[:, now - 12 : now]).sum(axis=1) > 0
    actual = np.nan_to_num(values[alive, now : now + HORIZON])
    train = [np.nan_to_num(row[np.argmax(~np.isnan(row)) :]) for row in values[alive, :now]]
    return Case("medicines 2007-01", train, actual)


def cases(quick: bool) -> Iterator[Case]:
    yield competition("M1 monthly", "m1_monthly")
    yield competition("tourism, first 18", "tourism_monthly")
    yield m4_tails(200 if quick else 1000)
    yield medicines()
    if not quick:
        yield m4_tails(100_000)


def right_aligned(train: list[Floats]) -> Floats:
    out = np.full((len(train), max(map(len, train))), np.nan)
    for row, values in enumerate(train):
        out[row, -len(values) :] = values
    return out


def seasonal_naive(history: Floats) -> Floats:
    last = np.where(np.isnan(history[:, -12:]), history[:, -1:], history[:, -12:])
    return np.asarray(last[:, np.arange(HORIZON) % 12])


def line(
    case: Case, name: str, point: Floats, coverage: float | None, seconds: float, scores: Callable[..., Any]
) -> str:
    found = scores(case.train, case.actual, point)
    whole = np.abs(point - case.actual).sum() / np.abs(case.actual).sum()
    figures = [found[key] for key in ("OWA", "MASE", "RMSSE", "WMAPE")]
    cells = [case.name, f"{len(case.train):,}", name, *(f"{figure:.3f}" for figure in figures), f"{whole:.3f}"]
    cells += [
        f"{found['bias']:+.3f}",
        "" if coverage is None else f"{coverage:.3f}",
        f"{seconds / len(case.train):.5f}",
    ]
    return "| " + " | ".join(cells) + " |"


def measure(case: Case, scores: Callable[..., Any]) -> None:
    history = right_aligned(case.train)
    began = time.process_time()
    naive = seasonal_naive(history)
    print(line(case, "seasonal naive", naive, None, time.process_time() - began, scores), flush=True)
    for name, learned in (("portfolio mean", False), ("+ learned", True)):
        began = time.process_time()
        forecast = forecast_series(history=history, horizon=HORIZON, settings=ForecastSettings(learned=learned))
        seconds = time.process_time() - began
        inside = (case.actual >= forecast.p10) & (case.actual <= forecast.p90)
        print(line(case, name, forecast.point, float(inside.mean()), seconds, scores), flush=True)


def speed(sizes: list[int]) -> None:
    """CPU seconds and memory of made-up companies of 48 months, a quarter of their series spare parts."""
    print("\n| series x 48 months, 18 ahead | CPU s | peak MB |\n|---|---|---|")
    for series in sizes:
        draw = np.random.default_rng(series)
        months = np.arange(48)
        level = np.exp(draw.normal(5, 1.5, (series, 1)))
        season = draw.uniform(0, 0.5, (series, 1)) * np.sin(months / 6 * np.pi + draw.uniform(0, 6, (series, 1)))
        history = np.round(level * np.exp(season + draw.normal(0, 0.2, (series, 48))))
        spare = np.arange(series) % 4 == 3
        parts = np.where(draw.random((series, 48)) < 0.3, 1.0 + draw.poisson(3, (series, 48)), 0.0)
        history[spare] = parts[spare]
        began = time.process_time()
        forecast_series(history=history, horizon=HORIZON)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"| {series:,} | {time.process_time() - began:.1f} | {peak:,.0f} |", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the statistical forecast.")
    parser.add_argument("--quick", action="store_true", help="fewer series, about a minute")
    quick = parser.parse_args().quick
    file = SHARED / "bench" / "forecast_scores.py"
    if not file.is_file():
        print("Forecast bench: ../shared is not present, nothing measured.")
        return 0
    spec = importlib.util.spec_from_file_location("forecast_scores", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    print(HEADER + "\n|" + "---|" * 11)
    for case in cases(quick):
        measure(case, module.scores)
    speed([2_000] if quick else [500, 2_000, 10_000, 50_000])
    return 0


if __name__ == "__main__":
    sys.exit(main())
