"""The ground rules as they hold, and whether what a cycle rests on is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sandop.cycle import steps
from sandop.scenario import ARBITER
from sandop_web.access import Actor, may_take, query
from sandop_web.access.cycles import open_cycle_in
from sandop_web.access.roles import SOP_MANAGER
from sandop_web.access.versions import newest_plan
from sandop_web.store.ground_rules import RULES, Rule, ground_rules
from sandop_web.store.models import Company, Cycle, CycleStep, StepInput
from sandop_web.store.plans import read_network
from sandop_web.store.spoken import input_spoken, role_spoken, step_spoken
from sandop_web.store.standing import holders_of, steps_of


@dataclass(frozen=True)
class RuleView:
    """A ground rule. kind: yes_no, hours, minutes, share."""

    name: str
    kind: str
    value: Rule
    default: Rule


@dataclass(frozen=True)
class RulesView:
    """All ground rules of the company."""

    rules: tuple[RuleView, ...]
    may_change: bool


@dataclass(frozen=True)
class Prerequisite:
    """Something a cycle rests on.

    name      sponsor, sop_manager, families, pilot, data_ready, chairs, inputs
    holds     it is there
    lacking   what is not, in the reader's language
    who       role that must act
    """

    name: str
    holds: bool
    lacking: tuple[str, ...]
    who: str


@query
def rules_of(*, by: Actor) -> RulesView:
    """The ground rules that hold in the company, and their defaults."""
    held = ground_rules(Company.objects.get(pk=by.company_id))
    kinds = {name: _kind(name, default) for name, default in RULES.items()}
    rules = tuple(RuleView(name, kinds[name], getattr(held, name), RULES[name]) for name in RULES)
    return RulesView(rules, may_take(by=by, action="change_rule"))


def _kind(name: str, value: Rule) -> str:
    if isinstance(value, bool):
        return "yes_no"
    if isinstance(value, int):
        return "minutes" if name.endswith("_minutes") else "hours"
    return "share"


@query
def prerequisites(*, by: Actor) -> tuple[Prerequisite, ...]:
    """What a cycle rests on: whether it is there, and who must act where it is not."""
    cycle = open_cycle_in(by.company_id)
    return tuple(
        Prerequisite(name, not lacking, tuple(lacking), who)
        for name, who, look in _LOOKS
        for lacking in [look(by, cycle)]
    )


def _held(by: Actor, role: str) -> list[str]:
    """The role where nobody holds it."""
    return [] if holders_of(by.company_id, role) else [role_spoken(role)[by.language]]


def _sponsor(by: Actor, _: Cycle | None) -> list[str]:
    return _held(by, ARBITER)


def _sop_manager(by: Actor, _: Cycle | None) -> list[str]:
    return _held(by, SOP_MANAGER)


def _chairs(by: Actor, _: Cycle | None) -> list[str]:
    """Steps whose chair nobody is."""
    return [
        f"{step.title(by.language)}: {role_spoken(step.chair)[by.language]}"
        for step in steps()
        if not holders_of(by.company_id, step.chair)
    ]


def _families(by: Actor, cycle: Cycle | None) -> list[str]:
    """Items without a family that there is; everything where there is no plan."""
    version = cycle.version if cycle else newest_plan(company_id=by.company_id)
    if version is None:
        return ["–"]
    network = read_network(version)
    known = set(network.families.keys)
    return [str(item) for item, family in zip(network.items.keys, network.items.family) if family not in known]


def _data_closed(by: Actor, cycle: Cycle | None) -> list[str]:
    if cycle is None:
        return ["–"]
    signed = any(one.step == "data_close" and one.state == CycleStep.State.SIGNED for one in steps_of(cycle))
    return [] if signed else [step_spoken("data_close")[by.language]]


def _inputs(by: Actor, cycle: Cycle | None) -> list[str]:
    """Inputs that nobody owes."""
    if cycle is None:
        return []
    orphans = StepInput.objects.filter(step__cycle=cycle, owner=None).order_by("pk")
    return [input_spoken(one.input)[by.language] for one in orphans]


def _pilot(by: Actor, _: Cycle | None) -> list[str]:
    """A whole cycle has been gone through to a signed plan."""
    done = Cycle.objects.filter(company_id=by.company_id, outcome="approved").exists()
    return [] if done else ["–"]


_Look = Callable[[Actor, Cycle | None], list[str]]
_LOOKS: tuple[tuple[str, str, _Look], ...] = (
    ("sponsor", SOP_MANAGER, _sponsor),
    ("sop_manager", ARBITER, _sop_manager),
    ("chairs", SOP_MANAGER, _chairs),
    ("families", "data_owner", _families),
    ("inputs", SOP_MANAGER, _inputs),
    ("data_ready", "data_owner", _data_closed),
    ("pilot", ARBITER, _pilot),
)
