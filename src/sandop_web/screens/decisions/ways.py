"""The alternatives of a decision as people fill them in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict

from sandop.wording import Language
from sandop_web.actions.decisions import WayToDecide
from sandop_web.queries.decisions import AlternativeLine, DecisionView
from sandop_web.screens.typed import number_of
from sandop_web.screens.written import BLANK, grouped
from sandop_web.wording import say

WAYS = 4  # alternatives a form offers room for
AMOUNTS = ("money", "cost", "revenue", "margin", "worth", "units", "at_stake")


@dataclass(frozen=True)
class TypedWay:
    """An alternative as the form holds it: what somebody typed, or nothing yet."""

    place: int
    letter: str
    text: str
    money: str
    cost: str
    units: str
    recommended: bool


def typed_ways(form: QueryDict) -> list[TypedWay]:
    """Room for every alternative, filled with what was typed."""
    return [
        TypedWay(
            place=place,
            letter="ABCDEFGH"[place - 1],
            text=form.get(f"text-{place}", ""),
            money=form.get(f"money-{place}", ""),
            cost=form.get(f"cost-{place}", ""),
            units=form.get(f"units-{place}", ""),
            recommended=form.get("recommended") == str(place),
        )
        for place in range(1, WAYS + 1)
    ]


def figures_of(seen: DecisionView, language: Language) -> list[tuple[str, list[tuple[str, bool]]]]:
    """The amounts of the alternatives side by side, those that say nothing left out: title, then text and whether it
    is the recommended one's."""
    return [
        (say(f"decisions.{name}", language), list(_texts(seen.alternatives, name)))
        for name in AMOUNTS
        if any(getattr(one, name) for one in seen.alternatives)
    ]


def _texts(ways: Iterable[AlternativeLine], name: str) -> Iterable[tuple[str, bool]]:
    for one in ways:
        amount = getattr(one, name)
        yield (grouped(amount) if amount else BLANK), one.recommended


def ways_of(form: QueryDict, language: Language) -> list[WayToDecide]:
    """The alternatives somebody wrote, those left blank aside. Raises NotUnderstood."""
    return [
        WayToDecide(
            text=form.get(f"text-{place}", ""),
            money=number_of(form.get(f"money-{place}", ""), field="decisions.money", language=language) or 0.0,
            cost=number_of(form.get(f"cost-{place}", ""), field="decisions.cost", language=language) or 0.0,
            units=number_of(form.get(f"units-{place}", ""), field="decisions.units", language=language) or 0.0,
            recommended=form.get("recommended") == str(place),
        )
        for place in range(1, WAYS + 1)
        if form.get(f"text-{place}", "").strip()
    ]
