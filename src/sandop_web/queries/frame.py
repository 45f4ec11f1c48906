"""What stands around every page of a company: its name, the open cycle and its steps, the plan, what waits."""

from __future__ import annotations

from dataclasses import dataclass

from sandop_web.access import Actor
from sandop_web.access.cycles import open_cycle_in
from sandop_web.access.versions import newest_plan, version_in
from sandop_web.store.models import Company, Notice, Version
from sandop_web.store.plans import change_count
from sandop_web.store.standing import signed_last, steps_of


@dataclass(frozen=True)
class PlanFrame:
    """A version as the context bar names it.

    stale     changes since its results were made; None where it has no results
    """

    version: int
    number: int
    title: str
    purpose: str
    published: bool
    stale: int | None


@dataclass(frozen=True)
class CompanyFrame:
    """The company a page belongs to.

    month       first planned month of the open cycle; empty where none is open
    steps       (step, state) of the open cycle in the order of the month; empty where none is open
    plan        the version the page is about, else the one people work on; None where there is none
    in_force    the version signed last; None where none was
    notices     how many notices the reader has not read
    """

    slug: str
    name: str
    name_zh: str
    currency: str
    invented: bool
    month: str
    steps: tuple[tuple[str, str], ...]
    plan: PlanFrame | None
    in_force: PlanFrame | None
    notices: int


def company_frame(*, by: Actor, version: int | None = None) -> CompanyFrame:
    """The frame of the company that `by` is in; `version` is the id of the version the page is about, if any."""
    cycle, signature = open_cycle_in(by.company_id), signed_last(by.company_id)
    company = cycle.company if cycle else Company.objects.get(pk=by.company_id)
    shown = version_in(by=by, version=version) if version is not None else None
    return CompanyFrame(
        slug=company.slug,
        name=company.name,
        name_zh=company.name_zh,
        currency=company.currency,
        invented=company.invented,
        month=cycle.month if cycle else "",
        steps=tuple((step.step, step.state) for step in steps_of(cycle)) if cycle else (),
        plan=_plan(shown or (cycle.version if cycle else newest_plan(company_id=by.company_id))),
        in_force=_plan(signature.version if signature else None),
        notices=Notice.objects.filter(member_id=by.member_id, read_at=None).count(),
    )


def _plan(version: Version | None) -> PlanFrame | None:
    if version is None:
        return None
    return PlanFrame(
        version=version.pk,
        number=version.number,
        title=version.title,
        purpose=version.purpose,
        published=version.state == Version.State.PUBLISHED,
        stale=None if version.results_of is None else change_count(version) - version.results_of,
    )
