"""Key figures opened: what is divided by what, to the last digit the scorecard states."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sandop.pack.page import Form, Place
from sandop.pack.places import ledger_place, report_place
from sandop.scenario import Month
from sandop.scenario.kpis import KEY_FIGURES
from sandop.wording import Language
from sandop_web.queries.why.computed import Line, told
from sandop_web.wording import say


def lines_of_key_figure(*, month: Month, kpi: str, language: Language) -> tuple[Line, ...]:
    """What the figure divides and by what, each with its place where the plan states it; the peak's hours at the
    resource and in the period where it stands. Nothing for what nobody can reckon from two numbers."""
    figure = next((one for one in KEY_FIGURES if one.kpi == kpi), None)
    if figure is None:
        return ()
    if kpi == "utilisation_peak":
        return _peak(month, language)
    if kpi == "forecast_bias":
        return _bias(month, language)
    if figure.parts is None:
        return ()
    amounts = figure.parts(month)
    places = _places(month, kpi)
    return tuple(
        Line(say(f"drill.kpi.{kpi}.{name}", language), told(amount, _form(amount), place), sign)
        for name, amount, place, sign in zip(("upper", "lower"), amounts, places, ("", "÷"))
    )


def _form(amount: float) -> Form:
    return "whole" if abs(amount) >= 1_000 else "decimal"


def _places(month: Month, kpi: str) -> tuple[Place | None, Place | None]:
    """Where the two numbers stand; None where no single number of the plan says them."""
    years = [str(row["period"]) for row in month.reports.get("money", ()) if row["scope"] == "year"]
    if not years:
        return None, None
    year = years[0]
    if kpi == "revenue_to_budget":
        return ledger_place("revenue", "plan", year), ledger_place("revenue", "budget", year)
    if kpi == "margin_share":
        return ledger_place("margin", "plan", year), ledger_place("revenue", "plan", year)
    return None, None


def _peak(month: Month, language: Language) -> tuple[Line, ...]:
    """Hours worked and hours available where the load is highest."""
    names = ("hours_regular", "hours_overtime", "hours_available")
    if not set(names) <= month.sheets.keys():
        return ()
    regular, overtime, available = (month.sheets[name].values for name in names)
    with np.errstate(divide="ignore", invalid="ignore"):
        load = np.where(available > 0, (regular + overtime) / available, -1.0)
    row, column = np.unravel_index(int(load.argmax()), load.shape)
    sheet = month.sheets[names[0]]
    at, period = (("resource", str(sheet.rows.keys[row][0])),), sheet.periods.labels[column]
    return tuple(
        Line(
            say(f"drill.kpi.utilisation_peak.{name}", language),
            told(float(month.sheets[name].values[row, column]), "tenth", Place(name, at, period)),
            sign,
        )
        for name, sign in zip(names, ("", "+", "÷"))
    )


def _bias(month: Month, language: Language) -> tuple[Line, ...]:
    """What was forecast and what was ordered, from the report of accuracy."""
    row = next(_judged(month), None)
    if row is None:
        return ()
    key = {name: str(row[name]) for name in ("stream", "level", "lag")}
    found = []
    for name, sign in (("forecast", ""), ("actual", "−"), ("actual", "÷")):
        place = report_place("accuracy", name, **key)
        found.append(Line(say(f"drill.kpi.bias.{name}", language), told(float(str(row[name])), "whole", place), sign))
    return tuple(found)


def _judged(month: Month) -> Iterator[dict[str, object]]:
    """The rows that the scorecard takes: all items, one month ahead, the demand plan before the statistics."""
    for stream in ("demand", "statistical"):
        for row in month.reports.get("accuracy", ()):
            if (row["stream"], row["level"], row["lag"], row["node"]) == (stream, "item", 1, ""):
                yield dict(row)
