"""What a meeting packet says, as plain values that are kept: numbers as numbers, words in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sandop.pack.figures import number, rows, said, text
from sandop.pack.pages import decide
from sandop.wording import LANGUAGES, Language
from sandop_web.access import Actor
from sandop_web.access.cycles import cycle_now
from sandop_web.queries.decision_views import Person
from sandop_web.queries.meeting import AgendaPoint, meeting_of
from sandop_web.queries.steps.content import Needs, Reading
from sandop_web.queries.steps.reading import read_step
from sandop_web.store.agenda import decisions_on
from sandop_web.store.decision_list import alternative_spoken, decision_spoken, recommended, weight
from sandop_web.store.models import Alternative, Cycle, Decision
from sandop_web.store.spoken import named

NEEDS = Needs(reports=("money", "gap", "kpis", "decisions", "levers", "certificate", "shortages"))
_AMOUNTS = ("money", "cost", "revenue", "margin", "worth", "units")


def packet_content(*, by: Actor) -> dict[str, Any]:
    """Headline, agenda, decisions and key figures of the open cycle's plan as they are now. Raises NoCycleOpen."""
    cycle = cycle_now(by=by)
    readings = {language: _reading(by, cycle, language) for language in LANGUAGES}
    return {
        "headline": {language: decide.headline(one.month, one.reader) for language, one in readings.items()},
        "agenda": _agenda(by),
        "decisions": [_decision(one) for one in decisions_on(cycle)],
        "figures": [_figure(row) for row in rows(readings["en"].month, "kpis")],
    }


def _reading(by: Actor, cycle: Cycle, language: Language) -> Reading:
    return read_step(by=replace(by, language=language), version=cycle.version, needs=NEEDS)


def _agenda(by: Actor) -> list[dict[str, Any]]:
    """The points in their order; titles are the same in both languages but for the words."""
    points: dict[Language, tuple[AgendaPoint, ...]] = {}
    for language in LANGUAGES:
        held = meeting_of(by=replace(by, language=language))
        points[language] = held.points if held else ()
    return [
        {
            "id": one.id,
            "number": one.number,
            "title": {language: points[language][place].title for language in LANGUAGES},
            "money": one.money,
            "due": one.due.isoformat() if one.due else None,
            "minutes": one.minutes,
            "presenter": _name(one.presenter),
        }
        for place, one in enumerate(points["en"])
    ]


def _decision(decision: Decision) -> dict[str, Any]:
    ways = list(decision.alternatives.all())
    chosen = next((one for one in ways if one.letter == decision.chosen), None) or recommended(decision)
    owner = decision.owner
    return {
        "number": decision.number,
        "title": dict(decision_spoken(decision)),
        "weight": weight(decision),
        "state": decision.state,
        "way": chosen.letter if chosen else "",
        "owner": dict(named(owner.name, owner.name_zh)) if owner else None,
        "last_responsible": decision.last_responsible.isoformat() if decision.last_responsible else None,
        "ways": [_way(one) for one in ways],
    }


def _way(one: Alternative) -> dict[str, Any]:
    amounts = {name: getattr(one, name) for name in _AMOUNTS}
    return {"letter": one.letter, "text": dict(alternative_spoken(one)), "recommended": one.recommended, **amounts}


def _figure(row: Mapping[str, Any]) -> dict[str, Any]:
    amounts = {name: said(number(row.get(name))) for name in ("value", "target")}
    return {
        "kpi": text(row.get("kpi")),
        "unit": text(row.get("unit")),
        "status": text(row.get("status")),
        "before": said(number(row.get("previous"))),
        **amounts,
    }


def _name(person: Person | None) -> dict[Language, str] | None:
    return dict(named(person.name, person.name_zh)) if person else None
