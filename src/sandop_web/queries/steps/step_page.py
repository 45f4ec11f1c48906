"""The page of a step: which content, of which version, and whether it has been computed at all."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

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
from sandop_web.queries.steps.content import KPI, StepContent, StepPage, Tile, Told
from sandop_web.queries.steps.large_numbers import told_in_wan
from sandop_web.queries.steps.reading import name_of_reading, read_step
from sandop_web.queries.steps.words import scope_in_words
from sandop_web.store.models import Version
from sandop_web.store.steps import SUBSTITUTES, substitutes_report

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
    content, version = _of_step(by, step)
    if version is None or not _is_made(content, version):
        return StepPage(step, version.pk if version else None, made=False)
    reading = read_step(by=by, version=version, needs=content.needs)
    told = content.tell(reading)
    if reading.reader.in_wan:
        told = told_in_wan(told)
    marked = (section.conclusion for section in told.sections if section.id == SUBSTITUTES)
    return StepPage(
        step=step,
        version=version.pk,
        made=True,
        content="" if content.live else _name(by, step, version, reading.content),
        headline=told.headline,
        remarks=(*scope_in_words(by, reading.reader), *told.remarks, *marked),
        tiles=_leading_somewhere(told),
        lead=told.lead,
        sections=told.sections,
    )


@query
def content_of_step(*, by: Actor, step: str) -> str:
    """The `content` of the page that `page_of_step` would give now, which takes a hundredth of its time. Empty where
    it has none. Raises NothingThere for a step that does not exist."""
    content, version = _of_step(by, step)
    if version is None or content.live or not _is_made(content, version):
        return ""
    return _name(by, step, version, name_of_reading(version=version, needs=content.needs))


def _leading_somewhere(told: Told) -> tuple[Tile, ...]:
    """The tiles, linked only to sections that have something to show this reader, and to causes of key figures."""
    there = {section.id for section in told.sections}
    return tuple(
        tile if tile.section in there or tile.section.startswith(KPI) else replace(tile, section="")
        for tile in told.tiles
    )


def _of_step(by: Actor, step: str) -> tuple[StepContent, Version | None]:
    if step not in CONTENTS:
        raise NothingThere()
    current = current_version(by=by)
    if current is None:
        return CONTENTS[step], None
    return CONTENTS[step], Version.objects.get(company_id=by.company_id, pk=current)


def _is_made(content: StepContent, version: Version) -> bool:
    return not content.made_by or content.made_by in version.steps


def _name(by: Actor, step: str, version: Version, read: str) -> str:
    """Everything the page depends on, in one name: what was `read` of the version, what stands in for inputs, the
    reader's language and scope. Of a scope the person is a part: what they are worth is theirs alone to know."""
    scope = () if by.everywhere else (by.family, by.region, by.person)
    stand_ins = [tuple(row.items()) for row in substitutes_report(version)]
    parts = (step, by.company, version.pk, by.language, by.large_numbers, scope, stand_ins, read)
    return hashlib.sha256(repr(parts).encode()).hexdigest()
