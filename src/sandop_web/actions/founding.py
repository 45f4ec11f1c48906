"""A company comes to the workbench: with its own data, or as one of the demo companies."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from sandop.plan import Plan
from sandop.plan.settings import Company as StatedCompany
from sandop.scenario import Month
from sandop_demo.companies import companies
from sandop_web.access import Actor, NothingThere, NotUnderstood, action
from sandop_web.access.actor import day_in
from sandop_web.actions.documents import keep_plan_file
from sandop_web.actions.enrolling import enroll
from sandop_web.actions.jobs import require_not_ended
from sandop_web.store import jobs
from sandop_web.store.masters import record_masters
from sandop_web.store.models import Company, Job, Member, User, Version
from sandop_web.store.plans import write_version


@action
def import_company(*, by: Actor, file_name: str, content: bytes) -> int:
    """Open a company with the plan in a workbook or a zipped plan folder; the number of the job that looks through
    it. Raises FileTooLarge, FileIsEmpty, NotAPlanFile, and SuchWorkIsRunning where the same file is being read."""
    document = keep_plan_file(by=by, name=file_name, content=content)
    same = hashlib.sha256(content).hexdigest()[:16]
    return _queue(by, "found_company", {"document": document}, once=f"found_company:{by.user_id}:{same}")


@action
def open_demo_company(*, by: Actor, company: str) -> int:
    """Open a demo company ("pumps", "medicines"), its month run; the job's number. Raises NotUnderstood, and
    SuchWorkIsRunning."""
    if company not in companies():
        raise NotUnderstood(field="company", value=company, wanted=" / ".join(companies()))
    return _queue(by, "found_demo", {"company": company}, once=f"found_demo:{by.user_id}:{company}")


@action
def open_company(
    *,
    by: Actor,
    plan: Plan,
    month: Month | None = None,
    verified: str = "",
    lives_on: dt.date | None = None,
    joining: bool = True,
) -> str:
    """The company of this plan: its people become members, its masters the register, the plan its first version.

    month       what has been computed from the plan, if anything
    verified    result hash of the month, where its certificate was checked and holds
    lives_on    a demo company lives in the month of its plan: the day that today is there
    joining     whoever opens it becomes S&OP manager unless they are among its people

    Returns the company's short name in addresses. Raises RoleUnknown where the people table names a role that there
    is not.
    """
    company = _company(plan.settings.company, by.at, lives_on)
    founder = User.objects.get(pk=by.user_id)
    enroll(
        company=company,
        people=plan.network.people,
        at=by.at,
        founder=founder if joining else None,
        language=by.language,
    )
    version = write_version(
        company=company,
        title=plan.settings.time.start,
        purpose=Version.Purpose.PLAN,
        plan=plan,
        month=month,
        made_by=Member.objects.filter(company=company, user=founder).first(),
        at=by.at,
    )
    if verified:
        Version.objects.filter(pk=version.pk).update(verified=verified)
    record_masters(company=company, network=plan.network, effective="", person=by.person, at=by.at, why="")
    return company.slug


def _company(stated: StatedCompany, at: dt.datetime, lives_on: dt.date | None) -> Company:
    company = Company(
        slug=_free_slug(stated.name),
        name=stated.name,
        name_zh=stated.name_zh,
        currency=stated.currency,
        invented=stated.invented,
        made_at=at,
    )
    if lives_on is not None:
        here = day_in(time_zone=company.time_zone, days_behind=0, at=at)
        company.days_behind = max((here - lives_on).days, 0)
    company.save()
    return company


@action
def cancel_founding(*, by: Actor, job: int) -> None:
    """Call off the opening of a company that one has asked for. Raises NothingThere, JobHasEnded."""
    found = Job.objects.filter(company=None, user_id=by.user_id, pk=job).first()
    if found is None:
        raise NothingThere()
    require_not_ended(found)
    jobs.call_off(found, at=by.at)


def make_founder(*, name: str, password: str, at: dt.datetime) -> bool:
    """An account that may open companies; False where the name is taken. For the command line: whoever has the
    machine needs no permission."""
    if User.objects.filter(username=name).exists():
        return False
    founder = User(username=name, is_staff=True, date_joined=at)
    founder.set_password(password)
    founder.save()
    return True


def give_passwords(*, company: str, passwords: Mapping[str, str]) -> None:
    """Passwords for the people of a demo company (person → password). For the command line alone."""
    members = list(Member.objects.filter(company__slug=company, person__in=passwords).select_related("user"))
    with ThreadPoolExecutor() as pool:  # hashing takes long on purpose and leaves the other threads alone
        hashed = list(pool.map(lambda member: make_password(passwords[member.person]), members))
    for member, password in zip(members, hashed):
        User.objects.filter(pk=member.user_id).update(password=password)


def _free_slug(name: str) -> str:
    """A short name for addresses that no company has yet; a name without Latin letters gives "company"."""
    wanted = slugify(name)[:40].strip("-") or "company"
    taken = set(Company.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    tried, number = wanted, 1
    while tried in taken:
        number += 1
        tried = f"{wanted}-{number}"
    return tried


def _queue(by: Actor, work: str, arguments: dict[str, object], once: str) -> int:
    return jobs.queue(
        work=work, arguments=arguments, user_id=by.user_id, company_id=None, language=by.language, at=by.at, once=once
    )
