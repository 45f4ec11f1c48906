"""Step 3: demand, supply and money side by side in one plan; the gap, what closes it, what must be decided."""

from __future__ import annotations

from sandop.pack.figures import number, rows
from sandop.pack.page import Cell, Column, Part, Place, Row, Sentence, Table, Tone
from sandop.pack.pages import decide, kpis, money
from sandop.pack.pages.shortages import unserved
from sandop.pack.places import report_place
from sandop.pack.reader import scale_of
from sandop_web.access.cycles import open_cycle_in
from sandop_web.queries.steps.agreements import Agreements, agreements_of
from sandop_web.queries.steps.content import Needs, Reading, Section, StepContent, Tile, Told, filled, section_of
from sandop_web.queries.steps.cuts import CutGroup, CutList, cuts_of
from sandop_web.queries.steps.family_streams import NEEDS as STREAMS
from sandop_web.queries.steps.side_by_side import side_by_side
from sandop_web.queries.steps.substitutes import substitutes
from sandop_web.queries.steps.words import Words
from sandop_web.queries.steps.year_tiles import count_tile, gap_tile, year_tiles
from sandop_web.store.models import Decision
from sandop_web.wording import say

_MOST_GROUPS = 15
_TONES: dict[str, Tone] = {"open": "quiet", "agreed": "good", "disagreed": "bad", "outdated": "watch"}


def tell(reading: Reading) -> Told:
    """Where the year stands, the cuts sales answers, the streams side by side, who agrees, the gap, the decisions."""
    month, reader, words = reading.month, reading.reader, Words(reading.reader)
    cuts, agreed = cuts_of(by=reading.by), agreements_of(by=reading.by)
    sections = (
        _cuts(reading, words, cuts),
        side_by_side(reading, words),
        _agreement(reading, agreed),
        *substitutes(reading, words),
        _gap(reading, words),
        decisions(reading, words),
        *section_of(money.page(month, reader), report="money"),
        *section_of(kpis.page(month, reader), report="kpis"),
    )
    chart = decide.gap_chart(month, reader)
    return Told(
        decide.headline(month, reader),
        filled(sections),
        tiles=_tiles(reading, cuts, agreed),
        lead=(chart,) if chart else (),
    )


def _gap(reading: Reading, words: Words) -> Section:
    """Budget, plan, what each recommended decision adds, what stays open."""
    month, reader = reading.month, reading.reader
    chart = decide.gap_chart(month, reader)
    parts: tuple[Part, ...] = (chart,) if chart else (Sentence(reader.say("decide.no_gap"), "quiet"),)
    closed = decide.closed_share(month)
    conclusion = ""
    if chart:
        conclusion = words.say("gap.closed", share=f"{closed:.0%}") if closed else words.say("gap.not_closed")
        if not any(step.missing or step.amount < 0 for step in chart.steps):
            conclusion = words.say("gap.none")
    return Section("gap", words.say("gap.title"), conclusion, "", parts, "gap")


def decisions(reading: Reading, words: Words) -> Section:
    """Every decision with its alternatives, as the plan proposes them."""
    month, reader = reading.month, reading.reader
    groups = list(decide.decision_groups(month).values())
    parts: tuple[Part, ...] = (decide.decision_table(month, reader, groups),) if groups else ()
    conclusion = words.counted("decisions.count", len(groups))
    scope = reader.say("decisions.scope")
    return Section("decisions", reader.say("tab.decisions"), conclusion, scope, parts, "decisions")


def _tiles(reading: Reading, cuts: CutList, agreed: Agreements) -> tuple[Tile, ...]:
    language = reading.reader.language
    still_open = _open_decisions(reading)
    waiting = say("meeting.tile.of", language, count=cuts.count) if cuts.count else ""
    families = say("meeting.tile.of", language, count=len(agreed.families)) if agreed.families else ""
    missing = len(agreed.families) - agreed.agreed
    return (
        *year_tiles(reading, section="money"),
        *gap_tile(reading, section="gap"),
        count_tile(reading, "decisions_open", still_open, "", section="decisions"),
        count_tile(reading, "cuts_waiting", cuts.waiting, waiting, section="cuts", tone="bad"),
        count_tile(reading, "families_missing", missing, families, section="agreement"),
    )


def _open_decisions(reading: Reading) -> int:
    """Decisions that nobody has made; before the list is taken up those that the plan asks for."""
    cycle = open_cycle_in(reading.by.company_id)
    if cycle is None or cycle.version_id != reading.version.pk:
        return len(decide.decision_groups(reading.month))
    return Decision.objects.filter(cycle=cycle, state=Decision.State.OPEN).count()


def _cuts(reading: Reading, words: Words, cuts: CutList) -> Section:
    """Demand that the plan does not serve on time, by family and customer: sales accepts each cut or escalates it."""
    reader, language = reading.reader, reading.reader.language
    if not rows(reading.month, "unserved"):
        return Section("cuts", words.say("cuts.title"), "", "", ())
    if cuts.version != reading.version.pk:  # a plan of another cycle, or a scenario: nobody answers its cuts
        return _cuts_as_planned(reading, words)
    scale = scale_of(group.penalty for group in cuts.groups)
    columns = (
        Column(reader.say("head.family")),
        Column(reader.say("head.customer")),
        Column(say("meeting.head.cuts", language), "whole"),
        Column(reader.say("head.given_up"), "whole"),
        Column(reader.say("head.unit")),
        Column(say("meeting.head.penalty", language, unit=reader.money_unit(scale)), scale),
        Column(reader.say("head.why")),
        Column(say("meeting.head.waiting", language), "whole"),
    )
    lines = tuple(Row(_cut_cells(group)) for group in cuts.groups[:_MOST_GROUPS])
    table = Table(columns, lines, say("meeting.cuts.table", language))
    said = say("meeting.cuts.waiting", language, count=cuts.waiting, money=reader.money(cuts.waiting_money))
    conclusion = said if cuts.waiting else say("meeting.cuts.answered", language, count=cuts.count)
    tone: Tone = "bad" if cuts.waiting else "plain"
    return Section("cuts", words.say("cuts.title"), conclusion, words.say("cuts.scope"), (table,), "unserved", tone)


def _cut_cells(group: CutGroup) -> tuple[Cell | str | float | None, ...]:
    key = {"family": group.family, "customer": group.customer}
    return (
        group.family_name,
        group.customer_name,
        group.count,
        Cell(group.lost if group.lost >= 0.5 else None, place=report_place("unserved", "lost", **key)),
        group.unit,
        Cell(group.penalty, tone="strong", place=report_place("unserved", "penalty", **key)),
        group.reason,
        Cell(group.waiting, tone="bad" if group.waiting else None),
    )


def _cuts_as_planned(reading: Reading, words: Words) -> Section:
    found = rows(reading.month, "unserved")
    penalty = sum(number(row["penalty"]) for row in found)
    conclusion = words.counted("cuts.count", len(found), money=reading.reader.money(penalty))
    parts = unserved(reading.month, reading.reader)
    return Section("cuts", words.say("cuts.title"), conclusion, words.say("cuts.scope"), parts, "unserved")


def _agreement(reading: Reading, agreed: Agreements) -> Section:
    """Who agrees to the plan of each family."""
    language = reading.reader.language
    title = say("meeting.agreement.title", language)
    if agreed.version != reading.version.pk:
        return Section("agreement", title, "", "", ())
    columns = (
        Column(reading.reader.say("head.family")),
        Column(say("meeting.head.demand", language), "whole"),
        Column(say("meeting.head.evaluated", language), "whole"),
        Column(say("meeting.head.supply", language), "whole"),
        *(Column(say(f"meeting.function.{word.function}", language)) for word in agreed.families[0].words),
    )
    lines = tuple(
        Row(
            (
                line.name,
                Cell(line.demand, place=Place("demand", (("family", line.family),))),
                line.evaluated,
                Cell(line.supply, place=Place("deliveries", (("family", line.family),))),
                *(Cell(say(f"meeting.word.{word.state}", language), tone=_TONES[word.state]) for word in line.words),
            )
        )
        for line in agreed.families
    )
    message = "all" if agreed.agreed == len(lines) else "some" if agreed.agreed or agreed.disagreed else "none"
    counts = {"agreed": agreed.agreed, "count": len(lines), "disagreed": agreed.disagreed}
    conclusion = say(f"meeting.agreement.{message}", language, **counts)
    tone: Tone = "bad" if agreed.disagreed else "plain" if agreed.agreed == len(lines) else "watch"
    table = Table(columns, lines, title)
    return Section("agreement", title, conclusion, say("meeting.agreement.scope", language), (table,), tone=tone)


CONTENT = StepContent(
    Needs(
        sheets=STREAMS.sheets,
        inputs=STREAMS.inputs,
        reports=("money", "gap", "decisions", "levers", "kpis", "identities", "unserved", "certificate", "shortages"),
    ),
    made_by="review",
    tell=tell,
    live=True,
)
