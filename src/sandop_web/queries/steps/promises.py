"""Action items: what people have promised to do, and how far they are."""

from __future__ import annotations

from sandop.pack.page import Cell, Column, Row, Table, Tone
from sandop.pack.reader import scale_of, signed
from sandop_web.queries.steps.content import Reading, Section
from sandop_web.queries.steps.words import Words
from sandop_web.store.models import ActionItem


def actions(reading: Reading, words: Words) -> Section:
    """Actions that are not done, and those done since the cycle was opened; the overdue ones first."""
    by, reader = reading.by, reading.reader
    items = ActionItem.objects.filter(company_id=by.company_id).select_related("owner")
    items = items.order_by("due", "number")
    waiting = list(items.filter(state__in=ActionItem.RUNNING))
    done = items.exclude(state__in=ActionItem.RUNNING).filter(done_at__gte=reading.version.made_at)
    listed = [*waiting, *done]
    scale = scale_of(item.effect_expected for item in listed)
    columns = (
        Column(reader.say("head.number"), "symbol"),
        Column(words.say("head.action"), wrap=True),
        Column(reader.say("head.owner")),
        Column(words.say("head.due"), "date"),
        Column(reader.say("head.status")),
        Column(words.say("head.effect_expected", unit=reader.money_unit(scale)), signed(scale)),
        Column(words.say("head.effect_seen", unit=reader.money_unit(scale)), signed(scale)),
    )
    lines = tuple(_line(reading, words, item) for item in listed)
    overdue = sum(1 for item in waiting if item.due < by.today)
    conclusion = words.counted("actions.open", len(waiting))
    conclusion += words.say("actions.overdue", count=overdue) if overdue else ""
    parts = (Table(columns, lines, words.say("actions.table")),) if lines else ()
    return Section("actions", words.say("actions.title"), conclusion, "", parts)


def _line(reading: Reading, words: Words, item: ActionItem) -> Row:
    return Row(
        (
            str(item.number),
            Cell(item.title, tone="strong"),
            reading.reader.name("people", item.owner.person),
            item.due,
            _state(reading, words, item),
            item.effect_expected,
            item.effect_seen,
        )
    )


def _state(reading: Reading, words: Words, item: ActionItem) -> Cell:
    if item.state in ActionItem.RUNNING and item.due < reading.by.today:
        return Cell(words.say("action.overdue"), tone="bad")
    tones: dict[str, Tone] = {"done": "good", "given_up": "quiet"}
    return Cell(words.say(f"action.{item.state}"), tone=tones.get(item.state))
