"""Step 1: what customers will ask for, how sure that is, who has not spoken, and what people changed."""

from __future__ import annotations

import numpy as np

from sandop.pack.figures import by_family, distinct, known, months, number, rows, sheet, text
from sandop.pack.page import Cell, Column, Part, Row, Table, Tone
from sandop.pack.pages import assumptions, demand
from sandop.pack.reader import Reader
from sandop_web.queries.steps.content import Needs, Reading, Section, StepContent, Told, filled, named_blocks
from sandop_web.queries.steps.streams import silent_customers, stream_differences
from sandop_web.queries.steps.substitutes import substitutes
from sandop_web.queries.steps.words import Words, in_plan_units, in_units

CAUSES = (
    "from",
    "closed_months",
    "new_months",
    "baseline",
    "activities",
    "launches",
    "sales",
    "overrides",
    "not_split",
    "to",
)
SURE = 0.05  # chance that a difference is only chance, below which it is called sure
MOST_EXCEPTIONS = 20


def tell(reading: Reading) -> Told:
    """Demand by family and what it is made of, the way from the last plan, accuracy, opinions, exceptions."""
    words = Words(reading.reader)
    sections = (
        *_demand(reading, words),
        *substitutes(reading, words),
        _waterfall(reading, words),
        _accuracy(reading, words),
        _value_added(reading, words),
        stream_differences(reading, words),
        _opinions(reading, words),
        _exceptions(reading, words),
    )
    return Told(headline(reading, words), filled(sections))


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


def _demand(reading: Reading, words: Words) -> tuple[Section, ...]:
    """The blocks of the families; accuracy has a section of its own."""
    page = demand.page(reading.month, reading.reader, with_accuracy=False)
    if page is None:
        return ()
    parts = named_blocks(page.parts, reading.reader)
    return (Section(page.id, words.say("demand.title"), page.title, page.scope, parts),)


def _waterfall(reading: Reading, words: Words) -> Section:
    """From the last plan's demand to this one's, by family and cause."""
    reader = reading.reader
    found = rows(reading.month, "waterfall")
    told = [cause for cause in CAUSES if any(row.get("cause") == cause and number(row["quantity"]) for row in found)]
    columns = (
        Column(reader.say("head.family")),
        Column(reader.say("head.unit")),
        *(Column(words.say(f"cause.{cause}"), "whole" if cause in ("from", "to") else "whole+") for cause in told),
    )
    lines = []
    for family in distinct(found, "family"):
        amounts = {text(row["cause"]): number(row["quantity"]) for row in found if row["family"] == family}
        unit = reader.word("unit_of", reader.plan_unit(family))
        lines.append(Row((reader.family(family), unit, *(amounts.get(cause) for cause in told))))
    parts: tuple[Part, ...] = (Table(columns, tuple(lines), words.say("waterfall.table")),) if lines else ()
    return Section("waterfall", words.say("waterfall.title"), "", words.say("waterfall.scope"), parts, "waterfall")


def _accuracy(reading: Reading, words: Words) -> Section:
    """Past forecasts against orders; the conclusion is the key figure everybody knows."""
    kpis = {text(row.get("kpi")): number(row.get("value")) for row in rows(reading.month, "kpis")}
    wmape, bias = kpis.get("forecast_wmape", np.nan), kpis.get("forecast_bias", np.nan)
    conclusion = ""
    if known(wmape) and known(bias):
        side = "over" if bias > 0 else "under"
        said = {"wmape": reading.reader.share(wmape), "bias": reading.reader.share(abs(bias))}
        conclusion = words.say(f"accuracy.{side}", **said)
    parts = tuple(demand.accuracy(reading.month, reading.reader))
    return Section("accuracy", words.say("accuracy.title"), conclusion, "", parts, "accuracy")


def _value_added(reading: Reading, words: Words) -> Section:
    """What each step of the forecast won or lost against the one before, and whether that may be chance."""
    reader = reading.reader
    found = rows(reading.month, "value_added")
    columns = (
        Column(words.say("head.step")),
        Column(words.say("head.compared_with")),
        Column(reader.say("head.level")),
        Column(words.say("head.node")),
        Column(words.say("head.wmape_before"), "share"),
        Column(reader.say("head.wmape"), "share"),
        Column(words.say("head.added"), "share+"),
        Column(reader.say("head.months_count"), "whole"),
        Column(words.say("head.sure")),
    )
    lines = tuple(
        Row(
            (
                reader.word("stream", text(row["step"])),
                reader.word("stream", text(row["reference"])),
                words.say(f"level.{text(row['level'])}"),
                _named(reader, text(row["level"]), text(row["node"])),
                number(row["before"]),
                number(row["wmape"]),
                Cell(number(row["added"]), tone=_sign_tone(number(row["added"]))),
                number(row["n"]),
                words.say(_sureness(number(row["p_value"]))),
            )
        )
        for row in found
    )
    total = [row for row in found if row["level"] == "total"]
    conclusion = "; ".join(_added(reader, words, number(row["added"]), text(row["step"])) for row in total)
    parts = (Table(columns, lines, words.say("value_added.table")),) if lines else ()
    scope = words.say("value_added.scope")
    return Section("value-added", words.say("value_added.title"), conclusion, scope, parts, "value_added")


def _added(reader: Reader, words: Words, added: float, step: str) -> str:
    side = "won" if added > 0 else "lost"
    return words.say(f"value_added.{side}", step=reader.word("stream", step), share=reader.share(abs(added)))


def _named(reader: Reader, level: str, node: str) -> str:
    table = {"family": "families", "contributor": "people"}.get(level)
    return reader.name(table, node) if table else node


def _sureness(chance: float) -> str:
    if not known(chance):
        return "value_added.too_few"
    return "value_added.sure" if chance < SURE else "value_added.chance"


def _sign_tone(value: float) -> Tone | None:
    return None if not known(value) or value == 0 else "good" if value > 0 else "bad"


def _opinions(reading: Reading, words: Words) -> Section:
    """Overrides with their reasons, activities and launches, and what is not in the plan but may come."""
    month, reader = reading.month, reading.reader
    ahead = assumptions.activities_ahead(month)
    network = month.plan.network
    parts = (
        *assumptions.overrides(reader, network.overrides),
        *assumptions.activities(reader, ahead),
        *assumptions.launches(month, reader),
        *assumptions.risks(month, reader),
    )
    effect = in_units(month, by_family(month, "override_effect", months(month)))
    shown = {unit: amount for unit, amount in effect.items() if abs(amount) >= 0.5}
    conclusion = words.counted("opinions.count", len(network.overrides))
    if shown:
        conclusion += words.say("opinions.effect", quantities=words.quantities(shown))
    return Section("opinions", words.say("opinions.title"), conclusion, "", parts, "risks_opportunities")


def _exceptions(reading: Reading, words: Words) -> Section:
    """The items that deserve the planners' minutes first."""
    reader = reading.reader
    found = sorted(rows(reading.month, "segmentation"), key=lambda row: number(row["attention"]))[:MOST_EXCEPTIONS]
    columns = (
        Column(words.say("head.rank"), "whole"),
        Column(reader.say("head.item")),
        Column(reader.say("head.name")),
        Column(reader.say("head.family")),
        Column("ABC"),
        Column("XYZ"),
        Column(words.say("head.share_of_money"), "share"),
        Column(words.say("head.variation"), "percent"),
        Column(words.say("head.mean"), "whole"),
    )
    lines = tuple(
        Row(
            (
                number(row["attention"]),
                text(row["item"]),
                reader.name("items", text(row["item"])),
                reader.family(text(row["family"])),
                text(row["abc"]),
                text(row["xyz"]),
                number(row["share"]),
                number(row["variation"]),
                number(row["mean"]),
            )
        )
        for row in found
    )
    parts = (Table(columns, lines, words.say("exceptions.table")),) if lines else ()
    return Section(
        "exceptions", words.say("exceptions.title"), "", words.say("exceptions.scope"), parts, "segmentation"
    )


CONTENT = StepContent(
    Needs(
        sheets=demand.SHEETS,
        inputs=("orders", "sales_forecast"),
        previous=("demand",),
        reports=("accuracy", "value_added", "waterfall", "segmentation", "risks_opportunities", "kpis"),
    ),
    made_by="demand",
    tell=tell,
)
