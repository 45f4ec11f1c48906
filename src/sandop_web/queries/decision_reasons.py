"""Why a way of deciding is recommended, and how the last responsible moment came to be: sentences for a decision."""

from __future__ import annotations

import datetime as dt
import math

from babel.dates import format_date

from sandop.network import Network
from sandop.wording import Language
from sandop_web.store.decision_list import name_spoken, recommended, weight
from sandop_web.store.models import Alternative, Decision
from sandop_web.store.plans import read_network
from sandop_web.wording import say

_APART = " · "  # between the parts of a subject: item, site, supplier


def recommendation_of(decision: Decision, language: Language) -> str:
    """Why the recommended alternative is recommended; empty where none is."""
    best = recommended(decision)
    if best is None:
        return ""
    told = {"letter": best.letter.upper(), "money": best.money, "worth": best.worth}
    if decision.by_hand:
        return say("causes.why.by_hand", language, **told)
    if decision.kind == "cuts":
        return say("causes.why.cuts", language, **told, priced=weight(decision))
    others = [one for one in decision.alternatives.all() if one.letter != best.letter]
    if best.money > 0:
        beyond = best.worth - best.money
        said = say("causes.why.earns", language, **told)
        return said + (say("causes.why.service_too", language, beyond=beyond) if beyond >= 1 else "")
    return _no_other(others, language, told) if others else say("causes.why.by_hand", language, **told)


def _no_other(others: list[Alternative], language: Language, told: dict[str, object]) -> str:
    """The plan as it is: no lever earns its cost; what service would be worth is for the meeting to say."""
    best = max(others, key=lambda one: one.worth)
    said = say("causes.why.no_other", language, **told, other=best.letter.upper(), loss=-best.money)
    beyond = best.worth - best.money
    return said + (say("causes.why.service_asks", language, beyond=beyond) if beyond >= 1 else "")


def moment_of(decision: Decision, language: Language) -> str:
    """How the last responsible moment was found; empty where it has none."""
    day = decision.last_responsible
    if day is None:
        return ""
    if decision.by_hand:
        return say("causes.moment.by_hand", language)
    days = _days_to_arrange(decision)
    if days is not None:
        name = name_spoken(decision, decision.subject.split(_APART)[-1])[language]
        first = day + dt.timedelta(days=math.floor(days))
        return say(
            f"causes.moment.{decision.kind}", language, name=name, days=math.floor(days), first=_said(first, language)
        )
    known = decision.kind if decision.kind in ("opportunity", "cuts", "excess") else "by_hand"
    return say(f"causes.moment.{known}", language)


def _days_to_arrange(decision: Decision) -> float | None:
    """Days it takes to arrange more of what is short, as the master tables of the plan say; None for what is not
    arranged."""
    network: Network = read_network(decision.cycle.version)
    id = decision.subject.split(_APART)[-1]
    if decision.kind == "extra_shift" and id in network.resources.position:
        return float(network.resources.extra_lead_days[network.resources.position[id]])
    if decision.kind == "expedite" and id in network.suppliers.position:
        return float(network.suppliers.extra_lead_days[network.suppliers.position[id]])
    return None


def _said(day: dt.date, language: Language) -> str:
    return str(format_date(day, "medium", locale="zh_Hans" if language == "zh" else "en"))
