"""Step 2: can it be made, what is short and what one more unit of it is worth, what could be done, is it proven."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sandop.pack.figures import cells, known, months, number, rows, share
from sandop.pack.page import Beside, Cell, Part, Place, Tone
from sandop.pack.pages import shortages, stock
from sandop.pack.places import made_place, report_place
from sandop.pack.reader import scale_of
from sandop.pack.style import load_tone
from sandop_web.queries.steps.content import Needs, Reading, Section, StepContent, Tile, Told, filled, section_of
from sandop_web.queries.steps.key_figures import figure_tile, key_figure
from sandop_web.queries.steps.substitutes import substitutes
from sandop_web.queries.steps.supply.buying import suppliers
from sandop_web.queries.steps.supply.loads import bottleneck, bottleneck_chart, load_by_month, long_term
from sandop_web.queries.steps.supply.money import certificate, cost_of_plan, costs
from sandop_web.queries.steps.supply.options import options
from sandop_web.queries.steps.supply.parameters import parameters
from sandop_web.queries.steps.supply.past import performance
from sandop_web.queries.steps.supply.shortage_list import at_stake, left_over, shortage_list, waiting
from sandop_web.queries.steps.ways_on import to_grid
from sandop_web.queries.steps.words import Words, in_plan_units


def tell(reading: Reading) -> Told:
    """What is short and what it delays, what could be done, load, stock, suppliers, cost and proof."""
    words = Words(reading.reader)
    sections = (
        shortage_list(reading, words),
        waiting(reading, words),
        *substitutes(reading, words),
        options(reading, words),
        *load_by_month(reading),
        *_stock(reading, words),
        suppliers(reading, words),
        costs(reading, words),
        left_over(reading, words),
        long_term(reading, words),
        performance(reading, words),
        parameters(reading, words),
        certificate(reading, words),
    )
    return Told(headline(reading, words), filled(sections), (), _tiles(reading, words), _lead(reading))


def headline(reading: Reading, words: Words) -> str:
    """How much of demand is served on the plan, what is not, and the costliest limit."""
    month, reader = reading.month, reading.reader
    served, worst = key_figure(reading, "fill_rate"), shortages.worst_limits(month, reader)
    first = words.say("supply.served", share=reader.share(served.value)) if served else words.say("supply.planned")
    lost = {unit: amount for unit, amount in in_plan_units(month, "lost").items() if amount >= 0.5}
    if lost:
        first += words.say("supply.lost", quantities=words.quantities(lost))
    return first + (words.say("supply.worst", worst=worst[0]) if worst else words.say("supply.nothing_short"))


def _stock(reading: Reading, words: Words) -> tuple[Section, ...]:
    """Stock against target, with the way on to the planning grid."""
    found = section_of(stock.page(reading.month, reading.reader))
    return tuple(replace(section, onward=(to_grid(words, "stock"),)) for section in found)


def _lead(reading: Reading) -> tuple[Part, ...]:
    """The bottleneck's hours beside the stock."""
    load, kept = bottleneck_chart(reading), stock.chart(reading.month, reading.reader)
    if load is not None and kept is not None:
        return (Beside((load,), (kept,)),)
    return tuple(chart for chart in (load, kept) if chart is not None)


def _tiles(reading: Reading, words: Words) -> tuple[Tile, ...]:
    service = figure_tile(reading, words, "fill_rate", section="not-served", title=words.say("supply.tile.service"))
    made = (service, _peak(reading, words), _stake(reading, words), _cost(reading, words))
    return tuple(tile for tile in (*made, _stock_tile(reading, words)) if tile is not None)


def _peak(reading: Reading, words: Words) -> Tile | None:
    resource, load, label = bottleneck(reading)
    if not resource:
        return None
    named, when = reading.reader.name("resources", resource), reading.reader.month(label)
    note = words.say("supply.tile.peak_where", resource=named, month=when)
    place = made_place("share", "load", "hours_available", at=(("resource", resource),), period=label)
    figure, tone = Cell(load, "percent", place=place), load_tone(load) or "plain"
    return Tile(words.say("supply.tile.peak"), figure, "", note, tone, (), "capacity")


def _stake(reading: Reading, words: Words) -> Tile | None:
    found = rows(reading.month, "unserved")
    amount, reader = at_stake(found), reading.reader
    scale = scale_of([amount])
    lost = sum(1 for row in found if number(row.get("lost")) > 0.5)
    note = (
        words.say("supply.tile.stake_what", late=len(found) - lost, lost=lost)
        if found
        else words.say("supply.tile.all_served")
    )
    tone: Tone = "bad" if lost else "watch" if found else "good"
    return Tile(
        words.say("supply.tile.stake"),
        Cell(amount, scale, place=report_place("unserved", "penalty")),
        reader.money_unit(scale),
        note,
        tone,
        (),
        "shortages",
    )


def _cost(reading: Reading, words: Words) -> Tile | None:
    if not rows(reading.month, "costs"):
        return None
    paid, penalties = cost_of_plan(reading)
    scale, reader = scale_of([paid]), reading.reader
    note = words.say("supply.tile.penalties", money=reader.money(penalties))
    return Tile(
        words.say("supply.tile.cost"), Cell(paid, scale), reader.money_unit(scale), note, "plain", (), "costs"
    )


def _stock_tile(reading: Reading, words: Words) -> Tile | None:
    found = stock.against_target(reading.month)
    if found is None:
        return None
    kept, wanted = found
    end, scale = float(kept[-1]), scale_of([float(kept[-1])])
    away = share(end - float(wanted[-1]), float(wanted[-1]))
    short = int((np.nan_to_num(kept - wanted) < -0.005 * np.nan_to_num(wanted)).sum())
    note = words.counted("supply.tile.stock_short", short) if short else words.say("supply.tile.stock_enough")
    if not known(away):
        note = ""
    tone: Tone = "watch" if short else "good"
    unit = reading.reader.money_unit(scale)
    made = "stock_value" in reading.month.sheets
    place = Place("stock_value", (), months(reading.month)[-1]) if made else None
    return Tile(words.say("supply.tile.stock"), Cell(end, scale, place=place), unit, note, tone, cells(kept), "stock")


CONTENT = StepContent(
    Needs(
        sheets=(
            "load",
            "hours_available",
            "hours_regular",
            "hours_overtime",
            "hours_outsourced",
            "workers",
            "hired",
            "laid_off",
            "closing_stock",
            "safety_stock",
            "stock_value",
            "purchases",
            "purchases_received",
            "cogs",
            "lost",
        ),
        inputs=("budget_stock", "supplier_limit"),
        reports=(
            "shortages",
            "unserved",
            "violations",
            "surpluses",
            "costs",
            "certificate",
            "kpis",
            "decisions",
            "family_sheet",
        ),
    ),
    made_by="supply",
    tell=tell,
)
