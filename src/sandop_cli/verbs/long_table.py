"""`sandop forecast IN --horizon N --out OUT`: a plain long table in, a plain long table out."""

from __future__ import annotations

from pathlib import Path

from sandop.demand.forecast import forecast_history, read_history, read_long, write_long
from sandop.demand.forecast.long_files import SUFFIXES
from sandop.findings import Where, error, exit_code
from sandop_cli.screen import Screen


def forecast_long_table(source: Path, horizon: int | None, out: Path | None, screen: Screen) -> int:
    """Forecast every series of the table from its own last row on."""
    if horizon is None or out is None:
        screen.fails("error.needs_out")
        return 2
    if out.suffix.lower() not in SUFFIXES:
        screen.findings([error("forecast.file.kind_out", Where(out.name), kind=out.suffix or "-")])
        return 2
    table, findings = read_long(path=source)
    if table is not None:
        history, found = read_history(table=table, file=source.name)
        findings += found
        if history is not None:
            forecast = forecast_history(history=history, horizon=horizon)
            write_long(table=forecast, path=out)
            series = forecast["unique_id"].n_unique()
            screen.say("forecast.table_done", series=series, horizon=horizon, out=out)
            screen.answer(series=series, horizon=horizon, out=str(out))
    screen.findings(findings)
    return exit_code(findings)
