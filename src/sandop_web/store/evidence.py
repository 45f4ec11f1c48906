"""Is an input of a step there? What its evidence lacks, in words that both languages have."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from sandop.cycle import Evidence, input_of
from sandop.measures import measure
from sandop.plan import Sheet
from sandop.wording import LANGUAGES
from sandop_web.store.models import CycleStep, StepInput, Version
from sandop_web.store.plans import change_count, read_network, read_sheet
from sandop_web.store.spoken import Spoken, content_spoken, listed, named, said, step_spoken
from sandop_web.store.standing import inputs_of, is_signed, steps_of
from sandop_web.store.steps import customers_of
from sandop_web.wording import say

_NAMED = 5  # customers named in a sentence


def missing_inputs(step: CycleStep) -> list[StepInput]:
    """The inputs the step still waits for, in the order of the template. What is there by itself is not among them
    once its evidence holds."""
    waiting = (given for given in inputs_of(step) if given.state == StepInput.State.MISSING)
    return [given for given in waiting if not (input_of(given.input).itself and not lacks(given))]


def lacks(given: StepInput) -> list[Spoken]:
    """What is not there of an input's evidence; empty where all is there or its owner's word is enough."""
    return [word for evidence in input_of(given.input).evidence for word in _LOOKS[evidence.kind](given, evidence)]


def is_fresh(version: Version, made: str) -> bool:
    """True where this step of the chain has been computed from the numbers as they stand."""
    return made in version.steps and version.results_of == change_count(version)


def _measure_lacks(given: StepInput, evidence: Evidence) -> Iterator[Spoken]:
    title = content_spoken(evidence.name)
    sheet = read_sheet(given.step.cycle.version, "input", evidence.name)
    if sheet is None or not _says_something(sheet):
        yield said("cycle.lacks_measure", measure=title)
    elif given.for_person:
        silent = silent_customers(sheet, customers_of(given.step.cycle.version, given))
        if silent:
            yield said("cycle.lacks_customers", measure=title, customers=_some(silent))


def silent_customers(sheet: Sheet, customers: list[str]) -> list[str]:
    """Those of the customers for whom the sheet has no number in any of its rows."""
    spoken = set(sheet.rows.column("customer")[np.any(~np.isnan(sheet.values), axis=1)])
    return [customer for customer in customers if customer not in spoken]


def _says_something(sheet: Sheet) -> bool:
    """History must reach to the last closed month; of what is planned any number will do."""
    values = sheet.values[:, -1:] if measure(sheet.name).span == "history" else sheet.values
    return bool(np.any(~np.isnan(values)))


def _some(names: list[str]) -> Spoken:
    if len(names) <= _NAMED:
        return listed(named(name) for name in names)
    more = {language: say("cycle.and_more", language, count=len(names) - _NAMED) for language in LANGUAGES}
    return listed([*(named(name) for name in names[:_NAMED]), more])


def _table_lacks(given: StepInput, evidence: Evidence) -> Iterator[Spoken]:
    if not len(read_network(given.step.cycle.version).tables()[evidence.name]):
        yield said("cycle.lacks_table", table=content_spoken(evidence.name))


def _made_lacks(given: StepInput, evidence: Evidence) -> Iterator[Spoken]:
    if evidence.name not in given.step.cycle.version.steps:
        yield said("cycle.lacks_made", made=said(f"cycle.made.{evidence.name}"))


def _fresh_lacks(given: StepInput, evidence: Evidence) -> Iterator[Spoken]:
    if evidence.name not in given.step.cycle.version.steps:
        yield from _made_lacks(given, evidence)
    elif not is_fresh(given.step.cycle.version, evidence.name):
        yield said("cycle.lacks_fresh", made=said(f"cycle.made.{evidence.name}"))


def _step_lacks(given: StepInput, evidence: Evidence) -> Iterator[Spoken]:
    signed = {one.step for one in steps_of(given.step.cycle) if one.state == CycleStep.State.SIGNED}
    if evidence.name not in signed:
        yield said("cycle.lacks_step", step=step_spoken(evidence.name))


def _signature_lacks(given: StepInput, _: Evidence) -> Iterator[Spoken]:
    if not is_signed(given.step.cycle.version_id):
        yield said("cycle.lacks_signature")


_LOOKS: dict[str, Callable[[StepInput, Evidence], Iterator[Spoken]]] = {
    "measure": _measure_lacks,
    "table": _table_lacks,
    "made": _made_lacks,
    "fresh": _fresh_lacks,
    "step": _step_lacks,
    "signed": _signature_lacks,
}
