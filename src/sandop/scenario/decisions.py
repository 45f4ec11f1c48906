"""The decision list: what the meeting must decide, its alternatives in money, a recommendation, until when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from sandop.calendar import first_day
from sandop.plan import Plan
from sandop.scenario.levers import Lever, Option, levers_of, together
from sandop.scenario.month import Month
from sandop.scenario.opportunities import Opportunity, opportunities
from sandop.scenario.words import name_of, span_of
from sandop.supply import SupplyModel, SupplyPlan
from sandop.tables import Report
from sandop.wording import LANGUAGES, Language, in_a_row, say

_OWNERS = {"extra_shift": ("production", "operations_head"), "expedite": ("purchasing", "materials")}
_LEVER_WORTH = 0.01  # a lever is worth a decision from this share of the best one's gain on
_NAMED = 4  # customers named in a sentence
_EXCESS_WORTH = 0.002  # excess stock is worth a decision from this share of all stock value on


def decisions_of(
    *, month: Month, model: SupplyModel, supplied: SupplyPlan, solve_again: bool = True
) -> dict[str, Report]:
    """`decisions` (one row per alternative) and `levers` (revenue by month that each recommended one adds). Without
    `solve_again` there are no levers and opportunities, because nothing says what they would bring."""
    plan, deliveries = month.plan, supplied.sheets["deliveries"]
    short = supplied.shortages if solve_again else ()
    levers = levers_of(plan=plan, model=model, shortages=short, deliveries=deliveries)
    most = max((lever.best.gain for lever in levers), default=0.0)
    levers = [lever for lever in levers if lever.best.gain > _LEVER_WORTH * most]
    chosen = {number: lever.recommended for number, lever in enumerate(levers, 1) if lever.recommended}
    pulled = {
        number: together(plan=plan, model=model, options=list(chosen.values())[:count], deliveries=deliveries)
        for count, number in enumerate(chosen, 1)
    }
    rows: list[dict[str, str | float | bool | None]] = []
    for lever in levers:
        rows += _lever_rows(plan, lever, _next(rows))
    targets = supplied.sheets["safety_stock"]
    chances = opportunities(month=month, targets=targets, deliveries=deliveries) if solve_again else []
    for chance in chances:
        rows += _opportunity(plan, chance, _next(rows))
    rows += _cuts(plan, supplied, _next(rows))
    rows += _excess(plan, supplied, _next(rows))
    return {"decisions": rows, "levers": list(_added_by_month(plan, pulled))}


def _next(rows: Sequence[Mapping[str, object]]) -> int:
    """Number of the next decision."""
    return len({row["number"] for row in rows}) + 1


def _opportunity(plan: Plan, chance: Opportunity, number: int) -> Iterator[dict[str, str | float | bool | None]]:
    """Leave an opportunity beside the plan, or pursue it: its money is what the plants could deliver of it."""
    common: dict[str, str | int] = {
        "number": number,
        "kind": "opportunity",
        "subject": chance.id,
        "owner": chance.owner,
        "last_responsible": max(first_day(chance.first), plan.calendar.horizon.starts[0]).isoformat(),
    }
    words = {
        language: say("decision.opportunity", language, name=name, probability=chance.probability, first=chance.first)
        for language, name in zip(LANGUAGES, chance.names)
    }
    pursued = _alternative(common, "b", words, None, recommended=True)
    yield _alternative(common, "a", _as_planned(), None, recommended=False)
    yield {
        **pursued,
        "money": round(chance.margin, 2),
        "worth": round(chance.margin, 2),
        "revenue": round(chance.revenue, 2),
        "margin": round(chance.margin, 2),
        "units": round(chance.units, 1),
    }


def _lever_rows(plan: Plan, lever: Lever, number: int) -> Iterator[dict[str, str | float | bool | None]]:
    """Leave it, or raise the limit by one of the steps."""
    common: dict[str, str | int] = {
        "number": number,
        "kind": lever.kind,
        "subject": " · ".join(lever.key),
        "owner": _owner(plan, lever.kind),
        "last_responsible": lever.decide_by.isoformat(),
    }
    best = lever.recommended
    yield _alternative(common, "a", _as_planned(), None, recommended=best is None)
    for letter, option in zip("bc", lever.options):
        words = {language: _lever_words(plan, lever, option, language) for language in LANGUAGES}
        yield _alternative(common, letter, words, option, recommended=option is best)


def _as_planned() -> dict[Language, str]:
    return {language: say("decision.as_planned", language) for language in LANGUAGES}


def _alternative(
    common: Mapping[str, str | int],
    letter: str,
    words: Mapping[Language, str],
    option: Option | None,
    *,
    recommended: bool,
) -> dict[str, str | float | bool | None]:
    return {
        **common,
        "text_en": words["en"],
        "text_zh": words["zh"],
        "alternative": letter,
        "money": 0.0 if option is None else round(option.money, 2) + 0.0,
        "worth": 0.0 if option is None else round(option.gain, 2) + 0.0,
        "cost": 0.0 if option is None else round(option.cost, 2) + 0.0,
        "revenue": 0.0 if option is None else round(option.revenue, 2) + 0.0,
        "margin": 0.0 if option is None else round(option.margin, 2) + 0.0,
        "units": 0.0 if option is None else round(option.units, 1) + 0.0,
        "recommended": recommended,
    }


def _lever_words(plan: Plan, lever: Lever, option: Option, language: Language) -> str:
    horizon = plan.calendar.horizon
    labels = [label for label in horizon.labels if label in lever.periods]
    return say(
        f"decision.{lever.kind}",
        language,
        name=_lever_name(plan, lever, language),
        share=option.share,
        span=span_of(labels, language),
        cost=option.cost,
        currency=plan.settings.company.currency,
    )


def _lever_name(plan: Plan, lever: Lever, language: Language) -> str:
    network = plan.network
    table = network.resources if lever.kind == "extra_shift" else network.suppliers
    name = name_of(table, lever.key[-1], language)
    if len(lever.key) == 1:
        return name
    return say("lever.of_item", language, name=name, item=name_of(network.items, lever.key[0], language))


def _cuts(plan: Plan, supplied: SupplyPlan, number: int) -> list[dict[str, str | float | bool | None]]:
    """Sales accepts or escalates what the plan does not serve in time."""
    missed = supplied.unserved
    if not missed:
        return []
    customers = sorted({one.key[2] for one in missed})
    common: dict[str, str | int] = {
        "number": number,
        "kind": "cuts",
        "subject": ", ".join(customers[:_NAMED]),
        "owner": _owner(plan, "sales_head", "sales"),
        "last_responsible": plan.calendar.horizon.starts[0].isoformat(),
    }
    late, lost = sum(one.late for one in missed), sum(one.lost for one in missed)
    accept: dict[Language, str] = {}
    for language in LANGUAGES:
        names = _listed([name_of(plan.network.customers, one, language) for one in customers], language)
        accept[language] = say(
            "decision.accept_cuts", language, series=len(missed), customers=names, late=late, lost=lost
        )
    escalate = {language: say("decision.escalate_cuts", language) for language in LANGUAGES}
    return [
        _alternative(common, "a", accept, None, recommended=True),
        _alternative(common, "b", escalate, None, recommended=False),
    ]


def _listed(names: Sequence[str], language: Language) -> str:
    """The first names, and how many more there are."""
    joined = in_a_row(names[:_NAMED], language)
    more = len(names) - _NAMED
    return say("listed.more", language, names=joined, more=more) if more > 0 else joined


def _excess(plan: Plan, supplied: SupplyPlan, number: int) -> list[dict[str, str | float | bool | None]]:
    """Stock that nobody draws on through the whole horizon: keep it or sell it off."""
    excess = [surplus for surplus in supplied.surpluses if surplus.kind == "excess stock"]
    value = sum(surplus.value for surplus in excess)
    stock = supplied.sheets["closing_stock"]
    items = plan.network.items
    held = float((stock.values[:, 0] * items.value[items.places(stock.rows.column("item"))]).sum())
    if not excess or value <= _EXCESS_WORTH * held:
        return []
    common: dict[str, str | int] = {
        "number": number,
        "kind": "excess",
        "subject": ", ".join(dict.fromkeys(surplus.key[0] for surplus in excess[:3])),
        "owner": _owner(plan, "sales_head", "sales"),
        "last_responsible": first_day(plan.calendar.horizon.month_labels[-1]).isoformat(),
    }
    rate = plan.settings.supply.holding_rate * len(plan.calendar.horizon.month_labels)
    facts = {"value": value, "count": len(excess), "currency": plan.settings.company.currency}
    sell = {language: say("decision.sell_excess", language, **facts) for language in LANGUAGES}
    row = _alternative(common, "b", sell, None, recommended=True)
    return [
        _alternative(common, "a", _as_planned(), None, recommended=False),
        {**row, "money": round(value * rate, 2), "worth": round(value * rate, 2)},
    ]


def _owner(plan: Plan, *roles: str) -> str:
    """The first person with one of the roles; empty where nobody has them."""
    wanted: Sequence[str] = _OWNERS.get(roles[0], roles)
    people = plan.network.people
    found = [person for role in wanted for person, has in zip(people.person, people.role) if has == role]
    return str(found[0]) if found else ""


def _added_by_month(plan: Plan, pulled: Mapping[int, Option]) -> Iterator[dict[str, str | float]]:
    """Revenue by month that each lever adds to those before it (decision number → all levers up to it together):
    pulled one after the other their effects add up, which the effects of each alone do not."""
    before = np.zeros(len(plan.calendar.horizon.month_labels))
    for number, option in pulled.items():
        reached = np.array(option.revenue_by_month)
        for period, revenue in zip(plan.calendar.horizon.month_labels, reached - before):
            yield {"number": number, "period": period, "revenue": round(float(revenue), 2)}
        before = reached
