"""`sandop forecast IN --horizon N --out OUT`: a plain long table in, a plain long table out."""

from __future__ import annotations

from pathlib import Path

from sandop.demand.forecast import check_table, forecast_table, read_long, write_long
from sandop.findings import exit_code, has_errors
from sandop_cli.screen import Screen


def forecast_long_table(source: Path, horizon: int | None, out: Path | None, screen: Screen) -> int:
    """Forecast every series of the table from its own last row on."""
    if horizon is None or out is None:
        screen.say("error.needs_out")
        return 2
    table, findings = read_long(path=source)
    if table is not None:
        findings += check_table(table=table, file=source.name)
        if not has_errors(findings):
            forecast = forecast_table(table=table, horizon=horizon)
            write_long(table=forecast, path=out)
            series = forecast["unique_id"].n_unique()
            screen.say("forecast.table_done", series=series, horizon=horizon, out=out)
            screen.answer(series=series, horizon=horizon, out=str(out))
    screen.findings(findings)
    return exit_code(findings)
