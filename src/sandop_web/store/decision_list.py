"""The decision list of a cycle: what the results propose, matched with what is on the list already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.db.models import Max

from sandop.tables import Report, Table
from sandop.wording import LANGUAGES, Language, in_a_row
from sandop_web.store.looking import once
from sandop_web.store.models import Alternative, Cycle, Decision, DecisionEvent, Member
from sandop_web.store.plans import read_network
from sandop_web.store.spoken import Spoken, named
from sandop_web.wording import say

State = Decision.State
DECIDED = (State.APPROVED, State.CONDITIONAL, State.REJECTED)
ONE_OF_A_KIND = ("cuts", "excess")  # a list holds one of them, whatever customers or items it names this time
KINDS = ("extra_shift", "expedite", "opportunity", "cuts", "excess", "other")
_NAMED = 2  # ids that a title names
_NAMED_TABLES = ("resources", "suppliers", "sites", "items", "families", "customers", "activities")
_AMOUNTS = ("money", "worth", "cost", "revenue", "margin", "units")


@dataclass(frozen=True)
class Proposal:
    """A decision as the results propose it; `alternatives` holds the columns of `Alternative`."""

    kind: str
    subject: str
    owner: str
    last_responsible: dt.date
    alternatives: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class TakenUp:
    """How many decisions came to the list, changed on it, and lapsed."""

    added: int = 0
    changed: int = 0
    lapsed: int = 0


def proposals(report: Report) -> list[Proposal]:
    """The decisions of a version's report `decisions`, in its order."""
    return [_proposal(list(rows)) for _, rows in groupby(report, key=lambda row: row["number"])]


def _proposal(rows: Sequence[Mapping[str, Any]]) -> Proposal:
    first = rows[0]
    alternatives = tuple(
        {
            "letter": row["alternative"],
            "text_en": row["text_en"],
            "text_zh": row["text_zh"],
            "recommended": bool(row["recommended"]),
            **{name: float(row[name] or 0.0) for name in _AMOUNTS},
        }
        for row in rows
    )
    return Proposal(
        str(first["kind"]),
        str(first["subject"])[:200],
        str(first["owner"] or ""),
        dt.date.fromisoformat(str(first["last_responsible"])),
        alternatives,
    )


def priced(proposed: Iterable[Proposal], unserved: Report) -> list[Proposal]:
    """The proposals, to accept the cuts priced at what late and lost demand costs: the library's decision has no
    money of its own, for a penalty is a price and no payment."""
    penalty = sum(float(row["penalty"] or 0.0) for row in unserved)
    return [replace(one, alternatives=_priced(one, penalty)) if one.kind == "cuts" else one for one in proposed]


def _priced(proposal: Proposal, penalty: float) -> tuple[Mapping[str, Any], ...]:
    return tuple(
        {**way, "worth": -penalty} if way["letter"] == "a" and not way["worth"] else way
        for way in proposal.alternatives
    )


def take_up(*, cycle: Cycle, proposed: Iterable[Proposal], person: str, role: str, at: dt.datetime) -> TakenUp:
    """Bring the list of the cycle up to what the results propose. What has been decided stays as it was decided, a
    decision keeps its number, and what the results no longer ask for lapses until they ask again."""
    listed = list(cycle.decisions.filter(by_hand=False).prefetch_related("alternatives"))
    owners = {member.person: member for member in Member.objects.filter(company_id=cycle.company_id, active=True)}
    told = {"person": person, "role": role, "at": at}
    seen: set[int] = set()
    added = changed = 0
    for proposal in proposed:
        decision = _on_the_list(proposal, listed, seen)
        if decision is None:
            decision = _raised(cycle, proposal, owners.get(proposal.owner))
            _tell_apart(decision, "raised", told)
            added += 1
        elif decision.state not in DECIDED and _brought_up_to(decision, proposal, owners.get(proposal.owner)):
            _tell_apart(decision, "changed", told)
            changed += 1
        seen.add(decision.pk)
    gone = [one for one in listed if one.state == State.OPEN and one.pk not in seen]
    for decision in gone:
        decision.state = State.LAPSED
        decision.save(update_fields=["state"])
        _tell_apart(decision, "lapsed", told)
    return TakenUp(added, changed, len(gone))


def _on_the_list(proposal: Proposal, listed: Sequence[Decision], seen: set[int]) -> Decision | None:
    """The decision that the proposal speaks of; None where the list has none."""
    free = [one for one in listed if one.pk not in seen and one.kind == proposal.kind]
    same = [one for one in free if one.subject == proposal.subject]
    if not same and proposal.kind in ONE_OF_A_KIND:
        same = [one for one in free if one.state not in DECIDED]
    return same[0] if same else None


def _raised(cycle: Cycle, proposal: Proposal, owner: Member | None) -> Decision:
    decision = Decision.objects.create(
        cycle=cycle,
        number=next_number(cycle),
        kind=proposal.kind,
        subject=proposal.subject,
        owner=owner,
        due=cycle.meeting,
        last_responsible=proposal.last_responsible,
    )
    replace_alternatives(decision, proposal.alternatives)
    return decision


def _brought_up_to(decision: Decision, proposal: Proposal, owner: Member | None) -> bool:
    """Bring an undecided decision up to the proposal; True where that changed anything."""
    fields = ("letter", "text_en", "text_zh", "recommended", *_AMOUNTS)
    known = [{name: getattr(one, name) for name in fields} for one in decision.alternatives.all()]
    wanted = sorted((dict(one) for one in proposal.alternatives), key=lambda one: str(one["letter"]))
    same = known == wanted and (decision.state, decision.subject) == (State.OPEN, proposal.subject)
    if same and decision.last_responsible == proposal.last_responsible:
        return False
    decision.state, decision.subject = State.OPEN, proposal.subject
    decision.last_responsible = proposal.last_responsible
    decision.owner = decision.owner or owner
    decision.save(update_fields=["state", "subject", "last_responsible", "owner"])
    replace_alternatives(decision, proposal.alternatives)
    return True


def replace_alternatives(decision: Decision, alternatives: Iterable[Mapping[str, Any]]) -> None:
    """The decision has these alternatives from now on."""
    decision.alternatives.all().delete()
    Alternative.objects.bulk_create(Alternative(decision=decision, **one) for one in alternatives)


def next_number(cycle: Cycle) -> int:
    """Number of the next decision of the cycle."""
    last: int | None = cycle.decisions.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _tell_apart(decision: Decision, what: str, told: Mapping[str, Any]) -> None:
    DecisionEvent.objects.create(decision=decision, what=what, **told)


def at_stake(alternative: Alternative) -> float:
    """Money at stake with an alternative, plan currency: what it earns or what it costs, whichever is larger."""
    return max(abs(alternative.money), abs(alternative.cost))


def recommended(decision: Decision) -> Alternative | None:
    """The alternative that is recommended; None where none is."""
    return next((one for one in decision.alternatives.all() if one.recommended), None)


def weight(decision: Decision) -> float:
    """Money at stake with a decision, plan currency: that of its largest alternative. Of cuts it is what late and
    lost demand is priced at."""
    ways = decision.alternatives.all()
    worth = (abs(one.worth) for one in ways if decision.kind == "cuts")
    return max((*(at_stake(one) for one in ways), *worth), default=0.0)


def agenda(decisions: Iterable[Decision]) -> list[Decision]:
    """Decisions in the order of the agenda: most money first, then the last responsible moment, then the number."""
    return sorted(decisions, key=lambda one: (-weight(one), one.last_responsible or dt.date.max, one.number))


def decision_spoken(decision: Decision) -> Spoken:
    """What a decision is called: "Extra shifts: Winding". One written by hand carries its own title."""
    if decision.by_hand and decision.kind not in ONE_OF_A_KIND:
        return {"en": decision.subject, "zh": decision.subject}
    subject = subject_spoken(decision)
    return {
        language: say("decisions.called", language, kind=kind_said, subject=subject[language])
        for language, kind_said in kind_spoken(decision.kind).items()
    }


def subject_spoken(decision: Decision) -> Spoken:
    """What a decision is about: the names of the ids it lists, the first of many and how many more there are."""
    ids = [part.strip() for part in decision.subject.split(", ") if part.strip()]
    names = [name_spoken(decision, one) for one in ids[:_NAMED]]
    more = len(ids) - len(names)
    said_of: dict[Language, str] = {}
    for language in LANGUAGES:
        joined = in_a_row((name[language] for name in names), language)
        said_of[language] = say("decisions.and_more", language, names=joined, more=more) if more else joined
    return said_of


def name_spoken(decision: Decision, id: str) -> Spoken:
    """The name of a resource, supplier, item, customer … in the plan of the decision's cycle; else the id."""
    version = decision.cycle.version
    tables = once(("named tables", version.pk), lambda: read_network(version).tables())
    parts = id.split("@") if "@" in id else [id]
    spoken = [_name_in(tables, part) for part in parts]
    return {language: " · ".join(word[language] for word in spoken) for language in LANGUAGES}


def _name_in(tables: Mapping[str, Table], id: str) -> Spoken:
    for name in _NAMED_TABLES:
        place = tables[name].position.get(id)
        if place is not None:
            found: Any = tables[name]
            return named(str(found.name[place]) or id, str(found.name_zh[place]))
    return named(id)


def kind_spoken(kind: str) -> Spoken:
    """What a kind of decision is called; one that nobody knows is called other."""
    known = kind if kind in KINDS else "other"
    return {language: say(f"decisions.kind.{known}", language) for language in LANGUAGES}


def alternative_spoken(alternative: Alternative) -> Spoken:
    """An alternative in words; written by hand it reads the same in both languages."""
    return {"en": alternative.text_en, "zh": alternative.text_zh or alternative.text_en}
