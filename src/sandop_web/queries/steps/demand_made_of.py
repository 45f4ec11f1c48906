"""What the demand plan is made of, and how it came from the last plan to this one."""

from __future__ import annotations

import numpy as np

from sandop.pack.figures import by_family, distinct, known, months, number, rows, share, text, total
from sandop.pack.page import Cell, Column, Part, Place, Row, Step, Table, Tone, Waterfall
from sandop_web.queries.steps.content import Onward, Reading, Section
from sandop_web.queries.steps.outlook import Together, counted_together, of_all
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
    steps = [Step(words.say("stream.statistical"), amounts["statistical"], total=True)]
    steps += [
        Step(words.say(f"stream.{name}"), amounts[name])
        for name in STREAMS[1:]
        if known(amounts[name]) and abs(amounts[name]) >= 0.5
    ]
    rest = wanted - sum(step.amount for step in steps)
    if abs(rest) >= 0.5:
        steps.append(Step(words.say("stream.rest"), rest))
    steps.append(Step(words.say("stream.demand"), wanted, total=True))
    unit = reader.word("unit_of", group.unit)
    title = words.counted("made_of.chart", len(months(month)), unit=unit)
    return (Waterfall(title, tuple(steps), "whole", unit, reader.say("axis_cut")),)


def _streams(reading: Reading, group: Together) -> dict[str, float]:
    month = reading.month
    found = {name: total(of_all(month, name, group.families, months(month))) for name in STREAMS if name != "opinion"}
    agreed, baseline = (
        total(of_all(month, name, group.families, months(month))) for name in ("consensus", "baseline")
    )
    return {**found, "opinion": agreed - baseline}


def made_of(reading: Reading, words: Words) -> Section:
    """Each stream's part in the demand of each family, plan units over the horizon."""
    month, reader = reading.month, reading.reader
    labels = months(month)
    found = {name: by_family(month, name, labels) for name in (*STREAMS, "baseline", "consensus", "demand")}
    columns = (
        Column(reader.say("head.family")),
        Column(reader.say("head.unit")),
        *(Column(words.say(f"stream.{name}"), "whole" if name == "statistical" else "whole+") for name in STREAMS),
        Column(words.say("stream.demand"), "whole"),
        Column(words.say("head.judgement"), "share"),
    )
    lines = []
    for family, wanted in found["demand"].items():
        amounts = {
            name: total(found[name].get(family, wanted * np.nan)) for name in (*STREAMS, "baseline", "consensus")
        }
        amounts["opinion"] = amounts["consensus"] - amounts["baseline"]
        if not total(np.abs(wanted)) > 0:
            continue
        touched = sum(abs(amounts[name]) for name in ("opinion", "override_effect") if known(amounts[name]))
        at = (("family", family),)
        lines.append(
            Row(
                (
                    reader.family(family),
                    reader.word("unit_of", reader.plan_unit(family)),
                    *(Cell(amounts[name], place=_place(name, at)) for name in STREAMS),
                    Cell(total(wanted), tone="strong", place=Place("demand", at)),
                    share(touched, total(wanted)),
                )
            )
        )
    lines.sort(key=lambda row: -float(row.cells[-1] or 0.0))  # type: ignore[arg-type]
    parts: tuple[Part, ...] = (
        *stream_waterfall(reading, words),
        Table(columns, tuple(lines), words.say("made_of.table")),
    )
    conclusion = _most_judged(words, lines)
    onward = (Onward(words.say("onward.grid"), "grid", (("view", "demand"),)),)
    return Section(
        "made-of",
        words.say("made_of.title"),
        conclusion,
        words.say("made_of.scope"),
        parts if lines else (),
        onward=onward,
    )


def _place(name: str, at: tuple[tuple[str, str], ...]) -> Place | None:
    return None if name == "opinion" else Place(name, at)


def _most_judged(words: Words, lines: list[Row]) -> str:
    if not lines:
        return ""
    name, judged = lines[0].cells[0], lines[0].cells[-1]
    if not isinstance(judged, float) or not known(judged) or judged < 0.0005:
        return words.say("made_of.nobody")
    return words.say("made_of.most", family=name, share=words.reader.share(judged))


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
    tone: Tone | None = "strong" if cause == "to" else None
    return Cell(amount, tone=tone, place=Place("demand", (("family", family),)) if cause == "to" else None)


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
