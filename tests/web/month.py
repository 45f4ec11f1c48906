"""The month walked on the stage: inputs brought or stood in for, steps opened, submitted and signed.

Of the small company's inputs production_receipts has no numbers and sales_forecast nobody's; Max records substitutes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import cast
from stage import NOW, Act

from sandop.calendar import Periods
from sandop.cycle import input_of, steps
from sandop.cycle import step as template
from sandop.plan import Key, Plan, Sheet
from sandop_web.access.cycles import owes
from sandop_web.actions.closing import close_cycle, close_data
from sandop_web.actions.cycle import open_cycle
from sandop_web.actions.gates import open_step, sign_step, submit_step
from sandop_web.actions.inputs import deliver_input, substitute_input, tick
from sandop_web.store.evidence import lacks, missing_inputs
from sandop_web.store.models import Cycle, CycleStep, Member, Version
from sandop_web.store.plans import write_version

STEPS = tuple(step.step for step in steps())
CHAIRS = {
    "data_close": "max",
    "business_review": "max",
    "demand_review": "hana",
    "supply_review": "olaf",
    "pre_sop": "max",
    "sop_meeting": "eve",
    "execution": "cora",
}


def state_of(step: str) -> str:
    """How far the step of the open cycle is."""
    return CycleStep.objects.get(cycle__state=Cycle.State.OPEN, step=step).state


def complete(act: Act, step: str) -> None:
    """Every input of the step is there: delivered by its owner where its evidence is, else stood in for."""
    held = CycleStep.objects.get(cycle__state=Cycle.State.OPEN, step=step)
    for given in missing_inputs(held):
        owner = Member.objects.get(pk=given.owner_id).person
        if lacks(given):
            first = input_of(given.input).substitutes[-1]
            substitute_input(
                by=act("max"), step=step, input=given.input, owner=owes(given), substitute=first, why="not there"
            )
        else:
            deliver_input(by=act(owner), step=step, input=given.input, owner=owes(given))


def opened(act: Act, step: str) -> None:
    """The step is open for work, all before it signed."""
    for before in STEPS[: STEPS.index(step)]:
        if state_of(before) != "signed":
            signed(act, before)
    if state_of(step) == "waiting":
        complete(act, step)
        open_step(by=act(CHAIRS[step]), step=step)


def submitted(act: Act, step: str) -> None:
    """The work of the step is done."""
    opened(act, step)
    if state_of(step) != "open":
        return
    complete(act, step)
    if step == "data_close":
        close_data(by=act("tom"), why="the books are closed")
    submit_step(by=act(CHAIRS[step]), step=step)


def ticked(act: Act, step: str) -> None:
    """Every line of its checklist is ticked."""
    for line in range(len(template(step).checklist())):
        tick(by=act(CHAIRS[step]), step=step, line=line)


def signed(act: Act, step: str) -> None:
    """The step is signed, as all before it."""
    submitted(act, step)
    ticked(act, step)
    sign_step(by=act(CHAIRS[step]), step=step, why="no plan to sign" if step == "sop_meeting" else "")


def february(restated: Mapping[Key, float] | None = None) -> Plan:
    """The small company a month later: January closed at 200 a row; `restated` is what December reads now."""
    plan = cast.company_plan()
    history, horizon = Periods.months("2023-01", 37), Periods.months("2026-02", 12)
    settings = plan.settings.model_copy(update={"time": plan.settings.time.model_copy(update={"start": "2026-02"})})
    sheets = {}
    for name, sheet in plan.sheets.items():
        past = sheet.periods.labels[0] == "2023-01"
        values = sheet.on(sheet.rows, history if past else horizon).values.copy()
        values[:, -1] = 200.0 if past else values[:, -2]
        for row, value in (restated or {}).items():
            if name == "orders":
                values[sheet.rows.position[row], history.position["2025-12"]] = value
        sheets[name] = Sheet(name, sheet.rows, history if past else horizon, values)
    return replace(plan, settings=settings, sheets=sheets)


def in_february(act: Act, restated: Mapping[Key, float] | None = None) -> Version:
    """January's cycle is closed without approval and February's is open."""
    close_cycle(by=act("max"), why="nothing was approved")
    version = write_version(
        company=Version.objects.all()[0].company,
        title="2026-02",
        purpose="plan",
        plan=february(restated),
        month=None,
        made_by=None,
        at=NOW,
    )
    open_cycle(by=act("max"), month="2026-02", meeting=dt.date(2026, 2, 26), country="CN")
    return version
