"""Step 1: what customers will ask for, how sure that is, who has not spoken, and what people changed."""

from __future__ import annotations

import numpy as np

from sandop.calendar import year_before
from sandop.pack.figures import NAN, cells, known, months, number, rows, share, sheet, text, total
from sandop.pack.page import Beside, Cell, Part
from sandop.pack.pages import demand
from sandop.pack.places import row_place, span
from sandop_web.queries.steps.content import Needs, Reading, StepContent, Tile, Told, filled
from sandop_web.queries.steps.demand_by_family import families
from sandop_web.queries.steps.demand_exceptions import exceptions
from sandop_web.queries.steps.demand_made_of import made_of, since_last_plan, stream_waterfall
from sandop_web.queries.steps.forecast_accuracy import accuracy, error_trend, value_added
from sandop_web.queries.steps.key_figures import figure_tile
from sandop_web.queries.steps.opinions import assumed, overrides
from sandop_web.queries.steps.outlook import counted_together, of_all, outlook
from sandop_web.queries.steps.streams import silent_customers, stream_differences
from sandop_web.queries.steps.substitutes import substitutes
from sandop_web.queries.steps.words import Words, in_plan_units

YEAR = 12


def tell(reading: Reading) -> Told:
    """Demand and what it is made of, the way from the last plan, accuracy, opinions; exceptions first."""
    words = Words(reading.reader)
    sections = (
        exceptions(reading, words),
        families(reading, words),
        *substitutes(reading, words),
        made_of(reading, words),
        since_last_plan(reading, words),
        accuracy(reading, words),
        value_added(reading, words),
        stream_differences(reading, words),
        overrides(reading, words),
        assumed(reading, words),
    )
    return Told(headline(reading, words), filled(sections), tiles=_tiles(reading, words), lead=_lead(reading, words))


def headline(reading: Reading, words: Words) -> str:
    """Demand of the horizon, how far from the plan signed last, and how many customers sales is silent about."""
    month = reading.month
    amounts = in_plan_units(month, "demand")
    said = words.counted("demand.total", len(months(month)), quantities=words.quantities(amounts))
    said += _since_last_plan(reading, words)
    silent = silent_customers(month)
    return said + (words.counted("demand.silent", silent) if silent else words.say("demand.all_spoke"))


def _since_last_plan(reading: Reading, words: Words) -> str:
    """The change in the months that both plans know; of families counted in different units at standard cost."""
    month = reading.month
    now, before = sheet(month, "demand"), month.plan.previous.get("demand")
    if now is None or before is None:
        return ""
    items = month.plan.network.items
    both = [label for label in now.periods.labels if label in before.periods.position]
    one_unit = len(in_plan_units(month, "demand")) == 1
    weight = items.plan_factor if one_unit else items.value
    sums = [
        float(
            np.nansum(
                found.values[:, [found.periods.position[label] for label in both]]
                * weight[items.places(found.rows.column("item"))][:, None]
            )
        )
        for found in (now, before)
    ]
    return words.versus(sums[0], sums[1], "last_plan")


def _lead(reading: Reading, words: Words) -> tuple[Part, ...]:
    """The way demand went and goes, beside what it is made of."""
    charts, streams = outlook(reading, words), stream_waterfall(reading, words)
    return (Beside(charts, streams),) if charts and streams else (*charts, *streams)


def _tiles(reading: Reading, words: Words) -> tuple[Tile, ...]:
    found = (
        year_ahead(reading, words),
        _error_tile(reading, words),
        figure_tile(reading, words, "forecast_bias", section="accuracy", title=words.say("tile.forecast_bias")),
        _added(reading, words),
        _touched(reading, words),
    )
    return tuple(tile for tile in found if tile is not None)


def year_ahead(reading: Reading, words: Words) -> Tile | None:
    """Demand of the next twelve months against the same months of last year, of the families counted together."""
    month, group = reading.month, counted_together(reading.month)
    ahead = months(month)[:YEAR]
    asked, past = (
        of_all(month, name, group.families, labels)
        for name, labels in (("demand", ahead), ("orders", year_before(ahead)))
    )
    if not known(total(asked)):
        return None
    both = np.where(np.isnan(past), NAN, asked)
    note = words.against(total(both), total(past), "last_year")
    unit = reading.reader.word("unit_of", group.unit)
    return Tile(
        words.counted("tile.demand", len(ahead)),
        Cell(total(asked), "whole", place=group.place("demand", span(ahead[0], ahead[-1]))),
        unit,
        note,
        "quiet",
        cells(of_all(month, "demand", group.families, months(month))),
        "demand",
    )


def _error_tile(reading: Reading, words: Words) -> Tile | None:
    """How far forecasts were off, and how they sharpened as the month came near."""
    title, trend = words.say("tile.forecast_wmape"), error_trend(reading.month)
    return figure_tile(reading, words, "forecast_wmape", section="accuracy", title=title, trend=trend)


def _added(reading: Reading, words: Words) -> Tile | None:
    """What the last step of the forecast, the people's, added to the one before."""
    found = [row for row in rows(reading.month, "value_added") if row["level"] == "total"]
    if not found:
        return None
    row = found[-1]
    added = number(row["added"])
    said = {name: reading.reader.word("stream", text(row[name])) for name in ("step", "reference")}
    title, note = words.say("tile.added", step=said["step"]), words.say("tile.added_to", stream=said["reference"])
    return Tile(
        title,
        Cell(added, "share+", place=row_place("value_added", row, "added")),
        "",
        note,
        "bad" if added < 0 else "good",
        section="value-added",
    )


def _touched(reading: Reading, words: Words) -> Tile | None:
    """How much of demand rests on people's judgement rather than on statistics."""
    month, group = reading.month, counted_together(reading.month)
    labels = months(month)
    parts = (of_all(month, name, group.families, labels) for name in ("consensus", "baseline", "override_effect"))
    agreed, baseline, changed = (np.nan_to_num(values) for values in parts)
    asked = total(of_all(month, "demand", group.families, labels))
    touched = share(float(np.abs(agreed - baseline).sum() + np.abs(changed).sum()), asked)
    if not known(touched):
        return None
    count = len(rows(month, "overrides"))
    return Tile(
        words.say("tile.touched"),
        Cell(touched, "share"),
        "",
        words.counted("tile.overrides", count),
        "quiet",
        section="overrides" if count else "made-of",
    )


CONTENT = StepContent(
    Needs(
        sheets=demand.SHEETS,
        inputs=("orders", "sales_forecast"),
        previous=("demand",),
        reports=(
            "accuracy",
            "value_added",
            "waterfall",
            "segmentation",
            "risks_opportunities",
            "kpis",
            "overrides",
            "forecast_report",
        ),
    ),
    made_by="demand",
    tell=tell,
)
