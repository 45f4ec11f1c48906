"""A scenario laid anew over its plan as it is now: what was tried stays, everything else comes from the plan."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction

from sandop.plan import Key
from sandop_web.access import Actor, action
from sandop_web.access.members import acting_member
from sandop_web.actions.merging import NothingToMergeInto
from sandop_web.actions.merging_masters import master_moves, take_over
from sandop_web.actions.scenarios import ScenarioIsInUse, own_draft
from sandop_web.store.blanks import none_if_blank
from sandop_web.store.branches import branch
from sandop_web.store.edits import Edit, edit_cells
from sandop_web.store.models import Change, Cycle, Job, Version
from sandop_web.store.plans import read_sheet


@dataclass(frozen=True)
class _Tried:
    """What a scenario makes of one cell, and why."""

    before: float | None
    after: float | None
    why: str


@action
def renew_scenario(*, by: Actor, version: int, why: str) -> int:
    """Branch the scenario off its plan as it is now, with the numbers and master cells that were tried in it, and
    throw the old one away; returns the new one's id. Where the plan has moved the same cell the scenario's stays.

    Raises NothingThere, NotAScenario, NotYourScenario, NothingToMergeInto, and ScenarioIsInUse where something rests
    on the old one or it is being solved.
    """
    old = own_draft(by=by, version=version)
    if old.parent is None:
        raise NothingToMergeInto()
    going = Job.objects.filter(once=f"run_month:{old.pk}", state__in=Job.GOING)
    if old.branches.exists() or Cycle.objects.filter(version=old).exists() or going.exists():
        raise ScenarioIsInUse(title=old.title)
    with transaction.atomic():
        made = branch(version=old.parent, title=old.title, made_by=old.made_by, at=by.at)
        _cells_again(by, old, made)
        for move in master_moves(scenario=old, plan=made):
            take_over(plan=made, move=move, member=acting_member(by=by), by=by, why=why)
        old.delete()
    return made.pk


def _cells_again(by: Actor, old: Version, made: Version) -> None:
    """The cells that were tried, once more, each with the reason that was given for it."""
    by_reason: dict[str, list[Edit]] = defaultdict(list)
    for (name, row, period), tried in _tried(old).items():
        sheet = read_sheet(made, "input", name)
        known = sheet is not None and row in sheet.rows.position and period in sheet.periods.position
        now = none_if_blank(sheet.at(row, period)) if sheet is not None and known else None
        if now != tried.after:
            by_reason[tried.why].append(Edit(name, row, period, now, tried.after))
    for reason, edits in by_reason.items():
        edit_cells(version=made, edits=edits, member=acting_member(by=by), at=by.at, why=reason)


def _tried(old: Version) -> dict[tuple[str, Key, str], _Tried]:
    """What the scenario's changes come to, cell by cell; what was taken back again is left out."""
    found: dict[tuple[str, Key, str], _Tried] = {}
    for change in Change.objects.filter(version=old).order_by("pk").iterator():
        place = change.measure, tuple(change.row), change.period
        before = found[place].before if place in found else change.before
        found[place] = _Tried(before, change.after, change.why)
    return {place: tried for place, tried in found.items() if tried.before != tried.after}
