"""Cuts: sales accepts what the plan does not serve on time, or escalates it to the meeting."""

from __future__ import annotations

from collections.abc import Sequence

from sandop.plan import Key, Rows
from sandop.scenario import ARBITER
from sandop.wording import LANGUAGES, in_a_row
from sandop_web.access import Actor, WebRefusal, action, in_scope, require_in_scope
from sandop_web.access.cycles import held_cycle
from sandop_web.access.deciding import require_unsigned
from sandop_web.actions.decision_history import note, tell_owner
from sandop_web.actions.decisions import ResultsDoNotSpeak
from sandop_web.actions.telling import tell_everybody
from sandop_web.store.cuts import Cut, cuts_of_report
from sandop_web.store.decision_list import decision_spoken, name_spoken, next_number, replace_alternatives
from sandop_web.store.evidence import is_fresh
from sandop_web.store.models import CutAnswer, Cycle, Decision, Member
from sandop_web.store.plans import read_network, read_report
from sandop_web.store.spoken import named
from sandop_web.wording import say

GRAIN = ("item", "site", "customer")
_NAMED = 4  # customers that a decision names
Answer = CutAnswer.Answer


class NothingIsTicked(WebRefusal):
    """No cut was named."""

    message = "meeting.nothing_ticked"
    status = 400


class CutIsGone(WebRefusal):
    """The plan serves this demand by now."""

    message = "meeting.cut_is_gone"


@action
def accept_cuts(*, by: Actor, why: str, cuts: Sequence[Key] = (), groups: Sequence[Key] = ()) -> int:
    """Sales accepts that this demand is served late or not at all; how many cuts were answered.

    cuts     series: item, site, customer
    groups   family and customer: every cut of the two in the person's scope

    Raises NoCycleOpen, PlanIsSigned, ResultsDoNotSpeak, NothingIsTicked, CutIsGone, OutsideYourScope.
    """
    cycle = held_cycle(by=by)
    wanted = _wanted(by, cycle, cuts, groups)
    _answer(cycle, by, wanted, Answer.ACCEPTED, why, None)
    return len(wanted)


@action
def escalate_cuts(*, by: Actor, why: str, cuts: Sequence[Key] = (), groups: Sequence[Key] = ()) -> int:
    """Sales does not accept these cuts: they join the open decision on cuts, or become one; its number. The general
    manager is told. Takes and raises what `accept_cuts` does."""
    cycle = held_cycle(by=by)
    wanted = _wanted(by, cycle, cuts, groups)
    decision = _decision_on_cuts(cycle) or _raised(cycle, by, wanted)
    _answer(cycle, by, wanted, Answer.ESCALATED, why, decision)
    note(decision=decision, what="escalated", by=by, why=why)
    if decision.escalated_at is None:
        decision.escalated_at = by.at
        decision.save(update_fields=["escalated_at"])
        _tell(decision, by, why)
    return decision.number


def _wanted(by: Actor, cycle: Cycle, cuts: Sequence[Key], groups: Sequence[Key]) -> list[Cut]:
    """The cuts that are meant, each once."""
    require_unsigned(cycle=cycle)
    version = cycle.version
    if not is_fresh(version, "supply"):
        raise ResultsDoNotSpeak(title=version.title)
    network = read_network(version)
    require_in_scope(by=by, grain=GRAIN, keys=[tuple(key) for key in cuts], network=network)
    found = {cut.key: cut for cut in cuts_of_report(read_report(version, "unserved"), network)}
    for key in cuts:
        if tuple(key) not in found:
            raise CutIsGone(row=" · ".join(key))
    families = {tuple(group) for group in groups}
    named_cuts = {tuple(key) for key in cuts}
    mine = _keys_in_scope(by, found, cycle)
    wanted = [
        cut
        for key, cut in found.items()
        if key in named_cuts or (key in mine and (cut.family, cut.customer) in families)
    ]
    if not wanted:
        raise NothingIsTicked()
    return wanted


def _keys_in_scope(by: Actor, found: dict[Key, Cut], cycle: Cycle) -> set[Key]:
    rows = Rows.of(GRAIN, found)
    mask = in_scope(by=by, rows=rows, network=read_network(cycle.version))
    return {key for key, inside in zip(rows.keys, mask) if inside}


def _answer(cycle: Cycle, by: Actor, cuts: Sequence[Cut], answer: str, why: str, decision: Decision | None) -> None:
    CutAnswer.objects.bulk_create(
        CutAnswer(
            version=cycle.version,
            item=cut.key[0],
            site=cut.key[1],
            customer=cut.key[2],
            period=cut.period,
            answer=answer,
            late=cut.late,
            lost=cut.lost,
            penalty=cut.penalty,
            decision=decision,
            why=why.strip(),
            member_id=by.member_id,
            role=by.role,
            at=by.at,
        )
        for cut in cuts
    )


def _decision_on_cuts(cycle: Cycle) -> Decision | None:
    """The open decision on cuts, held; None where there is none."""
    waiting = cycle.decisions.filter(kind="cuts", state=Decision.State.OPEN)
    return waiting.select_for_update().order_by("number").first()


def _raised(cycle: Cycle, by: Actor, cuts: Sequence[Cut]) -> Decision:
    """A decision on these cuts, owned by the head of sales: to accept them, or to give a customer precedence."""
    heads = Member.objects.filter(company_id=by.company_id, active=True, role="sales_head").order_by("person")
    customers = sorted({cut.customer for cut in cuts})
    decision = Decision.objects.create(
        cycle=cycle,
        number=next_number(cycle),
        kind="cuts",
        subject=", ".join(customers[:_NAMED])[:200],
        by_hand=True,
        owner=heads.first(),
        due=cycle.meeting,
        last_responsible=cycle.meeting,
    )
    late, lost = sum(cut.late for cut in cuts), sum(cut.lost for cut in cuts)
    accept = {
        f"text_{language}": say(
            "decision.accept_cuts",
            language,
            series=len(cuts),
            customers=in_a_row((name_spoken(decision, one)[language] for one in customers), language),
            late=late,
            lost=lost,
        )
        for language in LANGUAGES
    }
    precede = {f"text_{language}": say("decision.escalate_cuts", language) for language in LANGUAGES}
    worth = -sum(cut.penalty for cut in cuts)
    replace_alternatives(
        decision, [{"letter": "a", **accept, "worth": worth, "recommended": True}, {"letter": "b", **precede}]
    )
    note(decision=decision, what="raised", by=by)
    tell_owner(decision=decision, by=by, message="decisions.told.owned")
    return decision


def _tell(decision: Decision, by: Actor, why: str) -> None:
    tell_everybody(
        company_id=by.company_id,
        roles=(ARBITER,),
        message="decisions.told.escalated",
        values={
            "number": decision.number,
            "title": decision_spoken(decision),
            "name": named(by.name, by.name_zh),
            "why": why,
        },
        link=f"decisions/{decision.number}/",
        at=by.at,
    )
