"""The page of a step: which content, of which version, and whether it has been computed at all."""

from __future__ import annotations

from collections.abc import Mapping

from sandop.cycle import steps
from sandop_web.access import Actor, NothingThere, query
from sandop_web.queries.plans import current_version
from sandop_web.queries.steps import (
    business_review,
    closing,
    demand_review,
    execution,
    pre_sop,
    sop_meeting,
    supply_review,
)
from sandop_web.queries.steps.content import StepContent, StepPage
from sandop_web.queries.steps.reading import read_step
from sandop_web.queries.steps.words import scope_in_words
from sandop_web.store.models import Version
from sandop_web.store.steps import SUBSTITUTES

CONTENTS: Mapping[str, StepContent] = {
    "data_close": closing.CONTENT,
    "business_review": business_review.CONTENT,
    "demand_review": demand_review.CONTENT,
    "supply_review": supply_review.CONTENT,
    "pre_sop": pre_sop.CONTENT,
    "sop_meeting": sop_meeting.CONTENT,
    "execution": execution.CONTENT,
}
assert set(CONTENTS) == {step.step for step in steps()}


@query
def page_of_step(*, by: Actor, step: str) -> StepPage:
    """What the step shows of the version people work on, in the reader's scope and language. Raises NothingThere
    for a step that does not exist."""
    if step not in CONTENTS:
        raise NothingThere()
    current = current_version(by=by)
    if current is None:
        return StepPage(step, None, made=False)
    version = Version.objects.get(company_id=by.company_id, pk=current)
    content = CONTENTS[step]
    if content.made_by and content.made_by not in version.steps:
        return StepPage(step, version.pk, made=False)
    reading = read_step(by=by, version=version, needs=content.needs)
    told = content.tell(reading)
    marked = (section.conclusion for section in told.sections if section.id == SUBSTITUTES)
    remarks = (*scope_in_words(by, reading.reader), *told.remarks, *marked)
    return StepPage(step, version.pk, True, told.headline, remarks, told.sections)
