"""Next month's data: a plan that was brought becomes a new version, joined to the plan in force."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from django.db.models import QuerySet

from sandop.network import Network
from sandop.plan import Plan, Sheet
from sandop_web.access import Actor, WebRefusal, action
from sandop_web.access.members import acting_member
from sandop_web.store.masters import record_masters
from sandop_web.store.models import Company, Entry, Version
from sandop_web.store.plans import read_plan, read_sheet, read_sheets, write_version


class MonthHasPassed(WebRefusal):
    """The plan that was brought starts before the plan in force."""

    message = "jobs.month_has_passed"


class OtherCurrency(WebRefusal):
    """The plan that was brought counts in another currency than the company."""

    message = "jobs.other_currency"


@action
def take_in_plan(*, by: Actor, plan: Plan, why: str) -> int:
    """A new version of the company with this plan; its id. The masters register takes what is new in it from the
    plan's first month on. Members stay as they are: the people table of the plan changes nobody's role.

    Raises MonthHasPassed, OtherCurrency.
    """
    company = Company.objects.get(pk=by.company_id)
    require_next(by=by, plan=plan)
    start = plan.settings.time.start
    version = write_version(
        company=company,
        title=start,
        purpose=Version.Purpose.PLAN,
        plan=plan,
        month=None,
        made_by=acting_member(by=by),
        at=by.at,
    )
    record_masters(company=company, network=plan.network, effective=start, person=by.person, at=by.at, why=why)
    return version.pk


def require_next(*, by: Actor, plan: Plan) -> None:
    """Raises MonthHasPassed where the plan starts before the one in force, OtherCurrency."""
    company = Company.objects.get(pk=by.company_id)
    currency, start = plan.settings.company.currency, plan.settings.time.start
    if currency != company.currency:
        raise OtherCurrency(brought=currency, company=company.currency)
    agreed = _agreed(by.company_id).first()
    if agreed is not None and start < agreed.start:
        raise MonthHasPassed(start=start, agreed=agreed.start)


def joined_to_last(*, by: Actor, plan: Plan) -> Plan:
    """The plan with what the company's plan agreed last knows: its results as the previous plan, its past forecasts
    and its own demand as one more of them. What was brought goes before. Without an agreed plan it stays as it is."""
    agreed = _agreed(by.company_id).filter(start__lt=plan.settings.time.start).first()
    if agreed is None:
        return plan
    before = read_plan(agreed)
    demand = read_sheet(agreed, Entry.Kind.RESULT, "demand")
    own = {agreed.start: demand} if demand is not None else {}
    known = {month: _of_known_rows(sheet, plan.network) for month, sheet in {**before.vintages, **own}.items()}
    vintages = {month: sheet for month, sheet in known.items() if len(sheet.rows)}
    return replace(plan, previous=read_sheets(agreed, Entry.Kind.RESULT), vintages={**vintages, **plan.vintages})


def _agreed(company_id: int) -> QuerySet[Version]:
    """The company's signed plans, the newest first."""
    return Version.objects.filter(
        company_id=company_id, purpose=Version.Purpose.PLAN, state=Version.State.PUBLISHED
    ).order_by("-start", "-published_at")


def _of_known_rows(sheet: Sheet, network: Network) -> Sheet:
    """The rows whose item, site and customer the network still knows."""
    known = {"item": network.items, "site": network.sites, "customer": network.customers}
    mask = np.ones(len(sheet.rows), dtype=bool)
    for part in sheet.rows.grain:
        ids = set(known[part].keys)
        mask &= np.array([label in ids for label in sheet.rows.column(part)], dtype=bool)
    return sheet.take(mask)
