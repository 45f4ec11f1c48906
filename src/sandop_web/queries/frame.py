"""What stands around every page of a company: its name, the open cycle and its steps, the plan, what waits."""

from __future__ import annotations

from dataclasses import dataclass

from sandop_web.access import Actor
from sandop_web.access.versions import newest_plan
from sandop_web.store.models import Company, Cycle, Notice, Signature, Version
from sandop_web.store.plans import change_count


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
    company = Company.objects.get(pk=by.company_id)
    cycle = (
        Cycle.objects.filter(company=company, state=Cycle.State.OPEN)
        .select_related("version")
        .prefetch_related("steps")
        .first()
    )
    return CompanyFrame(
        slug=company.slug,
        name=company.name,
        name_zh=company.name_zh,
        currency=company.currency,
        invented=company.invented,
        month=cycle.month if cycle else "",
        steps=tuple((step.step, step.state) for step in cycle.steps.all()) if cycle else (),
        plan=_plan(_shown(by, version) or (cycle.version if cycle else newest_plan(company_id=by.company_id))),
        in_force=_plan(_in_force(by)),
        notices=Notice.objects.filter(member_id=by.member_id, read_at=None).count(),
    )


def _shown(by: Actor, version: int | None) -> Version | None:
    if version is None:
        return None
    return Version.objects.filter(company_id=by.company_id, pk=version).first()


def _in_force(by: Actor) -> Version | None:
    signed = Signature.objects.filter(version__company_id=by.company_id).select_related("version")
    newest = signed.order_by("-at").first()
    return newest.version if newest else None


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
