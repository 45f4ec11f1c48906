"""What the plan takes for granted: how a family is fulfilled, its fences and service, what resources really give."""

from __future__ import annotations

from collections import Counter

from sandop.execution import first_changeable
from sandop.pack.figures import known, months, number, text
from sandop.pack.page import Cell, Column, Row, Table
from sandop_web.queries.steps.content import Reading, Section
from sandop_web.queries.steps.words import Words


def parameters(reading: Reading, words: Words) -> Section:
    """Strategy, service, fences and lead times by family; rated against demonstrated hours by resource."""
    parts = tuple(table for table in (_families(reading, words), _resources(reading, words)) if table.rows)
    counts = Counter(strategy_of(reading, family) for family in _sold(reading))
    said = reading.reader.joined(
        words.say("supply.rules.families", count=count, strategy=words.say(f"supply.strategy.{strategy.lower()}"))
        for strategy, count in counts.most_common()
    )
    return Section("parameters", words.say("supply.rules.title"), said, words.say("supply.rules.scope"), parts)


def strategy_of(reading: Reading, family: str) -> str:
    """How most items of the family are fulfilled: MTS, MTO, ATO, ETO."""
    items = reading.month.plan.network.items
    found = Counter(str(one) for one in items.strategy[items.family == family])
    return found.most_common(1)[0][0] if found else "MTS"


def _sold(reading: Reading) -> list[str]:
    """Families with a finished item; where no item is called finished, all of them."""
    items = reading.month.plan.network.items
    finished = {str(family) for family in items.family[items.kind == "finished"]}
    return [key for key in map(str, reading.month.plan.network.families.keys) if key in finished or not finished]


def _families(reading: Reading, words: Words) -> Table:
    plan, reader = reading.month.plan, reading.reader
    first = {text(row["family"]): row for row in first_changeable(plan=plan, decided=plan.calendar.horizon.starts[0])}
    columns = (
        Column(reader.say("head.family")),
        Column(words.say("supply.rules.head.strategy")),
        Column(words.say("supply.rules.head.buffer")),
        Column(words.say("supply.rules.head.service"), "share"),
        Column(words.say("supply.rules.head.frozen"), "whole"),
        Column(words.say("supply.rules.head.firm"), "whole"),
        Column(words.say("supply.rules.head.make_days"), "tenth"),
        Column(words.say("supply.rules.head.first_made")),
        Column(words.say("supply.rules.head.buy_days"), "tenth"),
        Column(words.say("supply.rules.head.first_bought")),
    )
    families, time = plan.network.families, plan.settings.time
    lines = []
    for family in _sold(reading):
        place, row = families.position[family], first.get(family, {})
        strategy = strategy_of(reading, family).lower()
        service, firm = number(families.service_level[place]), number(families.firm_periods[place])
        lines.append(
            Row(
                (
                    Cell(reader.family(family), tone="strong"),
                    words.say(f"supply.strategy.{strategy}"),
                    words.say(f"supply.buffer.{strategy}"),
                    service if known(service) else plan.settings.supply.service_level,
                    number(row.get("frozen")),
                    firm if known(firm) else float(time.firm_periods),
                    number(row.get("make_days")),
                    first_reached(reading, words, text(row.get("first_made"))),
                    number(row.get("buy_days")),
                    first_reached(reading, words, text(row.get("first_bought"))),
                )
            )
        )
    return Table(columns, tuple(lines), words.say("supply.rules.by_family"))


def first_reached(reading: Reading, words: Words, label: str) -> str:
    """The first month that a decision still reaches, in words; empty labels lie after the plan."""
    return reading.reader.month(label) if label else words.say("supply.rules.after", count=len(months(reading.month)))


def _resources(reading: Reading, words: Words) -> Table:
    reader, resources = reading.reader, reading.month.plan.network.resources
    columns = (
        Column(reader.say("head.resource")),
        Column(reader.say("head.site")),
        Column(words.say("supply.rules.head.demonstrated"), "share"),
        *(
            Column(words.say(f"supply.rules.head.{name}"), "decimal")
            for name in ("regular", "overtime", "outsourced")
        ),
        Column(words.say("supply.rules.head.extend_days"), "whole"),
    )
    lines = tuple(
        Row(
            (
                Cell(reader.name("resources", str(key)), tone="strong"),
                reader.name("sites", str(resources.site[place])),
                float(resources.demonstrated[place]),
                float(resources.regular_cost[place]),
                float(resources.overtime_cost[place]),
                float(resources.outsourced_cost[place]) or None,
                float(resources.extra_lead_days[place]),
            )
        )
        for place, key in enumerate(resources.keys)
    )
    currency = reading.month.plan.settings.company.currency
    return Table(columns, lines, words.say("supply.rules.by_resource", currency=currency))
