"""Step 2: can it be made, what is short and what one more unit of it is worth, what is left over, is it proven."""

from __future__ import annotations

from sandop.pack.figures import number, rows, text
from sandop.pack.page import Column, Row, Table
from sandop.pack.pages import capacity, shortages, stock
from sandop.pack.pages.decide import proof
from sandop.pack.reader import scale_of
from sandop_web.queries.steps.content import Needs, Reading, Section, StepContent, Told, filled, section_of
from sandop_web.queries.steps.substitutes import substitutes
from sandop_web.queries.steps.words import Words, in_plan_units


def tell(reading: Reading) -> Told:
    """Shortages with their value, load against capacity, stock, costs; the certificate in a sentence."""
    month, reader, words = reading.month, reading.reader, Words(reading.reader)
    short = shortages.page(month, reader)
    sections = (
        *section_of(short, report="shortages"),
        *substitutes(reading, words),
        *section_of(capacity.page(month, reader)),
        *section_of(stock.page(month, reader), report="surpluses"),
        _costs(reading, words),
    )
    return Told(headline(reading, words), filled(sections), (proof(month, reader),))


def headline(reading: Reading, words: Words) -> str:
    """How much of demand is served on the plan, what is not, and the costliest limit."""
    month, reader = reading.month, reading.reader
    served = rows(month, "kpis", kpi="fill_rate")
    value = number(served[0].get("value")) if served else float("nan")
    worst = shortages.worst_limits(month, reader)
    first = words.say("supply.served", share=reader.share(value)) if value == value else words.say("supply.planned")
    lost = {unit: amount for unit, amount in in_plan_units(month, "lost").items() if amount >= 0.5}
    if lost:
        first += words.say("supply.lost", quantities=words.quantities(lost))
    return first + (words.say("supply.worst", worst=worst[0]) if worst else words.say("supply.nothing_short"))


def _costs(reading: Reading, words: Words) -> Section:
    """What the supply plan costs, by kind; penalties for late and lost demand are prices, not payments."""
    reader = reading.reader
    found = [row for row in rows(reading.month, "costs") if abs(number(row["amount"])) >= 0.5]
    scale = scale_of(number(row["amount"]) for row in found)
    columns = (
        Column(reader.say("head.kind")),
        Column(words.say("head.amount", unit=reader.money_unit(scale)), scale),
    )
    lines = [Row((words.say(f"cost.{text(row['kind']).replace(' ', '_')}"), number(row["amount"]))) for row in found]
    whole = sum(number(row["amount"]) for row in found)
    lines.append(Row((reader.say("head.total"), whole), "total"))
    parts = (Table(columns, tuple(lines), words.say("costs.table")),) if found else ()
    conclusion = words.say("costs.total", money=reader.money(whole))
    return Section("costs", words.say("costs.title"), conclusion, words.say("costs.scope"), parts, "costs")


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
            "cogs",
            "lost",
        ),
        inputs=("budget_stock",),
        reports=("shortages", "unserved", "violations", "surpluses", "costs", "certificate", "kpis"),
    ),
    made_by="supply",
    tell=tell,
)
