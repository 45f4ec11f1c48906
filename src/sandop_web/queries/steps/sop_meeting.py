"""Step 4: the key figures, what was decided and what is still open, the plan in money, how far the actions are."""

from __future__ import annotations

from sandop.pack.page import Beside, Cell, Column, Part, Row, Table, Tone
from sandop.pack.pages import decide, kpis, money
from sandop.pack.reader import scale_of, signed
from sandop_web.queries.steps.content import (
    Needs,
    Reading,
    Section,
    StepContent,
    Told,
    filled,
    first_table,
    section_of,
)
from sandop_web.queries.steps.promises import actions
from sandop_web.queries.steps.scorecard import distance_chart, score_tiles
from sandop_web.queries.steps.substitutes import substitutes
from sandop_web.queries.steps.words import Words
from sandop_web.store.agenda import decisions_on
from sandop_web.store.decision_list import decision_spoken, weight
from sandop_web.store.models import Alternative, Cycle, Decision
from sandop_web.wording import say

_TONES: dict[str, Tone] = {"open": "watch", "approved": "good", "conditional": "watch", "rejected": "quiet"}


def tell(reading: Reading) -> Told:
    """Scorecard first; decisions with their outcome, the plan in money, substitutes, actions."""
    month, reader, words = reading.month, reading.reader, Words(reading.reader)
    listed = _decisions_of(reading)
    sections = (
        _decided(reading, words, listed),
        *section_of(kpis.page(month, reader), report="kpis"),
        *section_of(first_table(money.page(month, reader)), report="money"),
        *substitutes(reading, words),
        actions(reading, words),
    )
    return Told(
        _headline(reading, words, listed),
        filled(sections),
        (decide.headline(month, reader),),
        tiles=score_tiles(reading),
        lead=_lead(reading),
    )


def _lead(reading: Reading) -> tuple[Part, ...]:
    """The gap and what covers it beside the key figures against their targets."""
    gap, distance = decide.gap_chart(reading.month, reading.reader), distance_chart(reading)
    if gap is None or distance is None:
        return tuple(chart for chart in (gap, distance) if chart is not None)
    return (Beside((gap,), (distance,)),)


def _decisions_of(reading: Reading) -> list[Decision]:
    """The decisions of the cycle that works on this version."""
    cycle = Cycle.objects.filter(version=reading.version).order_by("-pk").first()
    if cycle is None:
        return []
    return decisions_on(cycle)


def _headline(reading: Reading, words: Words, listed: list[Decision]) -> str:
    """How many decisions are taken, how many are open and what hangs on them."""
    still_open = [decision for decision in listed if decision.state == Decision.State.OPEN]
    if not listed:
        proposed = len(decide.decision_groups(reading.month))
        return words.counted("meeting.proposed", proposed) if proposed else words.say("meeting.nothing")
    if not still_open:
        return words.counted("meeting.all_decided", len(listed))
    money_at_stake = sum(weight(decision) for decision in still_open)
    said = words.counted("meeting.open", len(still_open), total=len(listed))
    return said + words.say("meeting.at_stake", money=reading.reader.money(money_at_stake))


def _decided(reading: Reading, words: Words, listed: list[Decision]) -> Section:
    """One row a decision: what it is about, the way chosen (or recommended), what it earns, who decided."""
    reader = reading.reader
    ways = [way for way in (_way(decision) for decision in listed) if way is not None]
    scale = signed(scale_of(way.money for way in ways))
    unit = reader.money_unit(scale_of(way.money for way in ways))
    columns = (
        Column(reader.say("head.number"), "symbol"),
        Column(words.say("head.decision")),
        Column(words.say("head.way"), wrap=True),
        Column(words.say("head.earns", unit=unit), scale),
        Column(words.say("head.outcome")),
        Column(reader.say("head.owner")),
        Column(reader.say("head.decide_by"), "date"),
    )
    lines = tuple(_line(reading, words, decision) for decision in listed)
    parts = (Table(columns, lines, words.say("meeting.table")),) if lines else ()
    still_open = sum(decision.state == Decision.State.OPEN for decision in listed)
    conclusion = say("meeting.decided.open", reader.language, open=still_open, count=len(listed))
    return Section(
        "decided", words.say("meeting.title"), conclusion, "", parts, tone="watch" if still_open else "plain"
    )


def _way(decision: Decision) -> Alternative | None:
    """The alternative chosen; while nobody has chosen, the recommended one."""
    ways = list(decision.alternatives.all())
    wanted = [way for way in ways if way.letter == decision.chosen] or [way for way in ways if way.recommended]
    return wanted[0] if wanted else None


def _line(reading: Reading, words: Words, decision: Decision) -> Row:
    reader, way = reading.reader, _way(decision)
    title = decision_spoken(decision)[reader.language]
    said = "" if way is None else (way.text_zh if reader.language == "zh" else "") or way.text_en
    owner = decision.owner
    return Row(
        (
            str(decision.number),
            Cell(title, tone="strong"),
            said,
            None if way is None else way.money,
            Cell(words.say(f"outcome.{decision.state}"), tone=_TONES[decision.state]),
            "" if owner is None else reader.name("people", owner.person),
            decision.last_responsible,
        )
    )


CONTENT = StepContent(
    Needs(reports=("kpis", "money", "gap", "decisions", "levers", "certificate", "shortages")),
    made_by="review",
    tell=tell,
    live=True,
)
