"""The matrix of agreement: what sales, supply and finance say to the plan of each family."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sandop.pack.figures import known, rows
from sandop_web.access import Actor, may_take, query
from sandop_web.access.agreeing import FUNCTIONS, function_of, speaks_for_family
from sandop_web.access.cycles import open_cycle_in
from sandop_web.queries.decision_views import Person
from sandop_web.queries.decisions import person_of
from sandop_web.queries.steps.content import Needs, Reading
from sandop_web.queries.steps.cuts import WAITING
from sandop_web.queries.steps.family_streams import NEEDS, FamilyStreams, family_streams
from sandop_web.queries.steps.reading import read_step
from sandop_web.store.blanks import none_if_blank
from sandop_web.store.cuts import Cut, answers_to, cuts_of_report, state_of
from sandop_web.store.evidence import is_fresh
from sandop_web.store.models import CutAnswer, FamilyAgreement, Version
from sandop_web.store.plans import change_count
from sandop_web.store.standing import is_signed

_NEEDS = Needs(sheets=NEEDS.sheets, inputs=NEEDS.inputs, reports=("unserved",))


@dataclass(frozen=True)
class AgreementWord:
    """What a function says to a family's plan. state: open (nobody spoke), agreed, disagreed, outdated."""

    function: str
    state: str
    person: Person | None = None
    at: dt.datetime | None = None
    why: str = ""


@dataclass(frozen=True)
class AgreementLine:
    """A family in the matrix; quantities in plan units over the horizon, money in plan currency; None is a blank.

    demand     what customers ask for; `evaluated` the same less the cuts that sales accepted
    supply     what the plan delivers
    cuts       how many series are cut; `waiting` of them without an answer
    state      agreed (all three), disagreed (one says no), open
    may_speak  the reader may say their function's word
    """

    family: str
    name: str
    unit: str
    demand: float | None
    evaluated: float | None
    supply: float | None
    revenue: float | None
    to_budget: float | None
    cuts: int
    waiting: int
    words: tuple[AgreementWord, ...]
    state: str
    may_speak: bool


@dataclass(frozen=True)
class Agreements:
    """The matrix of the open cycle's plan; `function` is the one the reader speaks for, empty for none."""

    month: str
    version: int | None
    fresh: bool
    families: tuple[AgreementLine, ...]
    agreed: int
    disagreed: int
    function: str
    may_speak: bool


@query
def agreements_of(*, by: Actor) -> Agreements:
    """What sales, supply and finance say to each family of the open cycle's plan, disagreements first."""
    cycle = open_cycle_in(by.company_id)
    if cycle is None or "supply" not in cycle.version.steps:
        return Agreements(cycle.month if cycle else "", None, False, (), 0, 0, "", False)
    version = cycle.version
    reading = read_step(by=by, version=version, needs=_NEEDS)
    fresh = is_fresh(version, "supply")
    signed = is_signed(version.pk)
    speaks = bool(function_of(by)) and fresh and not signed and may_take(by=by, action="agree_on_families")
    lines = _lines(reading, version, speaks)
    order = {"disagreed": 0, "open": 1, "agreed": 2}
    return Agreements(
        month=cycle.month,
        version=version.pk,
        fresh=fresh,
        families=tuple(sorted(lines, key=lambda line: order[line.state])),
        agreed=sum(line.state == "agreed" for line in lines),
        disagreed=sum(line.state == "disagreed" for line in lines),
        function=function_of(by),
        may_speak=any(line.may_speak for line in lines),
    )


def _lines(reading: Reading, version: Version, speaks: bool) -> list[AgreementLine]:
    found = cuts_of_report(rows(reading.month, "unserved"), reading.month.plan.network)
    answers = answers_to(version)
    words = _words(version)
    return [
        _line(
            reading,
            streams,
            [cut for cut in found if cut.family == streams.family],
            answers,
            tuple(words.get((streams.family, function), AgreementWord(function, "open")) for function in FUNCTIONS),
            speaks,
        )
        for streams in family_streams(reading)
    ]


def _line(
    reading: Reading,
    streams: FamilyStreams,
    cuts: list[Cut],
    answers: Mapping[tuple[str, ...], CutAnswer],
    words: tuple[AgreementWord, ...],
    speaks: bool,
) -> AgreementLine:
    states = [state_of(cut, answers) for cut in cuts]
    accepted = sum(cut.lost for cut, state in zip(cuts, states) if state == "accepted")
    return AgreementLine(
        family=streams.family,
        name=reading.reader.family(streams.family),
        unit=reading.reader.word("unit_of", reading.reader.plan_unit(streams.family)),
        demand=none_if_blank(streams.demand),
        evaluated=streams.demand - accepted if known(streams.demand) else None,
        supply=none_if_blank(streams.supply),
        revenue=none_if_blank(streams.revenue),
        to_budget=none_if_blank(streams.to_budget),
        cuts=len(cuts),
        waiting=sum(state in WAITING for state in states),
        words=words,
        state=_state(words),
        may_speak=speaks and speaks_for_family(by=reading.by, family=streams.family),
    )


def _state(words: tuple[AgreementWord, ...]) -> str:
    if any(word.state == "disagreed" for word in words):
        return "disagreed"
    return "agreed" if all(word.state == "agreed" for word in words) else "open"


def _words(version: Version) -> dict[tuple[str, str], AgreementWord]:
    """Family and function → its newest word, outdated where the version has changed since."""
    changes = change_count(version)
    given = FamilyAgreement.objects.filter(version=version).select_related("member").order_by("pk")
    return {(one.family, one.function): _word(one, changes) for one in given}


def _word(one: FamilyAgreement, changes: int) -> AgreementWord:
    state = "outdated" if one.changes != changes else "agreed" if one.agrees else "disagreed"
    return AgreementWord(one.function, state, person_of(one.member), one.at, one.why)
