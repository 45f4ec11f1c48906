"""What stands around every page of a company: its name, the open cycle, what waits for the reader."""

from __future__ import annotations

from dataclasses import dataclass

from sandop_web.access import Actor
from sandop_web.store.models import Company, Cycle, Notice


@dataclass(frozen=True)
class CompanyFrame:
    """The company a page belongs to.

    month   first planned month of the open cycle; empty where none is open
    notices     how many notices the reader has not read
    """

    slug: str
    name: str
    name_zh: str
    currency: str
    invented: bool
    month: str
    notices: int


def company_frame(*, by: Actor) -> CompanyFrame:
    """The frame of the company that `by` is in."""
    company = Company.objects.get(pk=by.company_id)
    month = Cycle.objects.filter(company=company, state=Cycle.State.OPEN).values_list("month", flat=True).first()
    unread = Notice.objects.filter(member_id=by.member_id, read_at=None).count()
    return CompanyFrame(
        company.slug, company.name, company.name_zh, company.currency, company.invented, month or "", unread
    )
