"""What the demand plan is made of, and how it came from the last plan to this one."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sandop.pack.figures import by_family, distinct, known, months, number, rows, share, text, total
from sandop.pack.page import Cell, Column, Part, Place, Row, Step, Table, Waterfall
from sandop.pack.places import At, made_place, row_place
from sandop.pack.reader import Reader
from sandop_web.queries.steps.content import Reading, Section
from sandop_web.queries.steps.outlook import Together, counted_together, of_all
from sandop_web.queries.steps.ways_on import to_grid
from sandop_web.queries.steps.words import Words

# Streams in the order of the month. The sales opinion is consensus less baseline, and no measure of its own.
STREAMS = ("statistical", "activity_effect", "launch_effect", "opinion", "override_effect")
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
NOT_NEWS = ("from", "to", "closed_months", "new_months")  # the horizon moved on: nobody changed their mind


def stream_waterfall(reading: Reading, words: Words) -> tuple[Waterfall, ...]:
    """From the statistical forecast to unconstrained demand over the horizon; none where there is no demand."""
    month, reader = reading.month, reading.reader
    group = counted_together(month)
    amounts = _streams(reading, group)
    wanted = total(of_all(month, "demand", group.families, months(month)))
    if not known(amounts["statistical"]) or not known(wanted):
        return ()
    steps = [
        Step(words.say("stream.statistical"), amounts["statistical"], total=True, place=group.place("statistical"))
    ]
    steps += [
        Step(words.say(f"stream.{name}"), amounts[name], place=_stands(name, group.at))
        for name in STREAMS[1:]
        if known(amounts[name]) and abs(amounts[name]) >= 0.5
    ]
    rest = wanted - sum(step.amount for step in steps)
    if abs(rest) >= 0.5:
        steps.append(Step(words.say("stream.rest"), rest))
    steps.append(Step(words.say("stream.demand"), wanted, total=True, place=group.place("demand")))
    unit = reader.word("unit_of", group.unit)
    title = words.counted("made_of.chart", len(months(month)), unit=unit)
    return (Waterfall(title, tuple(steps), "whole", unit, reader.say("axis_cut")),)


def _stands(name: str, at: At | None) -> Place | None:
    """Where a stream stands: the opinion is what consensus adds to the baseline."""
    if at is None:
        return None
    return made_place("less", "consensus", "baseline", at=at) if name == "opinion" else Place(name, at)


def _streams(reading: Reading, group: Together) -> dict[str, float]:
    month = reading.month
    found = {name: total(of_all(month, name, group.families, months(month))) for name in STREAMS if name != "opinion"}
    agreed, baseline = (
        total(of_all(month, name, group.families, months(month))) for name in ("consensus", "baseline")
    )
    return {**found, "opinion": agreed - baseline}


def made_of(reading: Reading, words: Words) -> Section:
    """Each stream's part in the demand of each family, plan units over the horizon; the most judged family first."""
    month, reader = reading.month, reading.reader
    found = {name: by_family(month, name, months(month)) for name in (*STREAMS, "baseline", "consensus", "demand")}
    judged = {}
    for family, wanted in found["demand"].items():
        if total(np.abs(wanted)) > 0:
            amounts = {name: total(values.get(family, wanted * np.nan)) for name, values in found.items()}
            judged[family] = amounts | {"opinion": amounts["consensus"] - amounts["baseline"]}
    order = sorted(judged, key=lambda family: -np.nan_to_num(_judgement(judged[family])))
    columns = (
        Column(reader.say("head.family")),
        Column(reader.say("head.unit")),
        *(Column(words.say(f"stream.{name}"), "whole" if name == "statistical" else "whole+") for name in STREAMS),
        Column(words.say("stream.demand"), "whole"),
        Column(words.say("head.judgement"), "share"),
    )
    table = Table(columns, tuple(_family(reader, one, judged[one]) for one in order), words.say("made_of.table"))
    return Section(
        "made-of",
        words.say("made_of.title"),
        _most_judged(words, order[0], _judgement(judged[order[0]])) if order else "",
        words.say("made_of.scope"),
        (*stream_waterfall(reading, words), table) if order else (),
        onward=(to_grid(words, "demand"),),
    )


def _judgement(amounts: Mapping[str, float]) -> float:
    """Share of demand that people's judgement moved, without sign."""
    touched = sum(abs(amounts[name]) for name in ("opinion", "override_effect") if known(amounts[name]))
    return share(touched, amounts["demand"])


def _family(reader: Reader, family: str, amounts: Mapping[str, float]) -> Row:
    """The streams of a family; the opinion is what consensus adds to the baseline."""
    at = (("family", family),)
    places = {name: _stands(name, at) for name in STREAMS}
    return Row(
        (
            reader.family(family),
            reader.word("unit_of", reader.plan_unit(family)),
            *(Cell(amounts[name], place=place) for name, place in places.items()),
            Cell(amounts["demand"], tone="strong", place=Place("demand", at)),
            _judgement(amounts),
        )
    )


def _most_judged(words: Words, family: str, judged: float) -> str:
    if not known(judged) or judged < 0.0005:
        return words.say("made_of.nobody")
    return words.say("made_of.most", family=words.reader.family(family), share=words.reader.share(judged))


def since_last_plan(reading: Reading, words: Words) -> Section:
    """From the last plan's demand to this one's, by cause: a waterfall, and a row a family."""
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
        shown = (_cause(cause, amounts.get(cause), family) for cause in told)
        lines.append((_moved(amounts), Row((reader.family(family), unit, *shown))))
    lines.sort(key=lambda line: -abs(line[0]))
    table = Table(columns, tuple(row for _, row in lines), words.say("waterfall.table"))
    parts: tuple[Part, ...] = (*_cause_waterfall(reading, words, told), table) if lines else ()
    return Section(
        "waterfall",
        words.say("waterfall.title"),
        _why_moved(reading, words, told),
        words.say("waterfall.scope"),
        parts,
        "waterfall",
    )


def _cause(cause: str, amount: float | None, family: str) -> Cell:
    if cause == "to":
        return Cell(amount, tone="strong", place=Place("demand", (("family", family),)))
    return Cell(amount, place=row_place("waterfall", {"family": family, "cause": cause}, "quantity"))


def _moved(amounts: dict[str, float]) -> float:
    """Share of the last plan that people and statistics changed."""
    news = sum(amount for cause, amount in amounts.items() if cause not in NOT_NEWS and known(amount))
    change = share(news, amounts.get("from", 0.0))
    return change if known(change) else 0.0


def _causes(reading: Reading) -> tuple[Together, dict[str, float]]:
    group = counted_together(reading.month)
    amounts: dict[str, float] = {}
    for row in rows(reading.month, "waterfall"):
        if text(row["family"]) in group.families and known(number(row["quantity"])):
            cause = text(row["cause"])
            amounts[cause] = amounts.get(cause, 0.0) + number(row["quantity"])
    return group, amounts


def _cause_waterfall(reading: Reading, words: Words, told: list[str]) -> tuple[Waterfall, ...]:
    group, amounts = _causes(reading)
    if "from" not in amounts or "to" not in amounts:
        return ()
    steps = tuple(
        Step(words.say(f"cause.{cause}"), amounts[cause], total=cause in ("from", "to"))
        for cause in told
        if cause in amounts and (cause in ("from", "to") or abs(amounts[cause]) >= 0.5)
    )
    unit = reading.reader.word("unit_of", group.unit)
    return (Waterfall(words.say("waterfall.chart", unit=unit), steps, "whole", unit, reading.reader.say("axis_cut")),)


def _why_moved(reading: Reading, words: Words, told: list[str]) -> str:
    """The largest cause of the change, once the months that only moved are left out."""
    group, amounts = _causes(reading)
    news = {cause: amounts[cause] for cause in told if cause in amounts and cause not in NOT_NEWS}
    if not news or not max(map(abs, news.values())) >= 0.5:
        return words.say("waterfall.nothing") if amounts else ""
    cause = max(news, key=lambda name: abs(news[name]))
    unit = reading.reader.word("unit_of", group.unit)
    amount = reading.reader.quantity(abs(news[cause]))
    side = "up" if news[cause] > 0 else "down"
    return words.say(f"waterfall.{side}", cause=words.say(f"cause.{cause}"), quantity=amount, unit=unit)
