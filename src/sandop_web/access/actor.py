"""Who acts: a member of a company with role, scope and authority, at a moment, through a door."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from sandop.scenario import ARBITER
from sandop.wording import Language, LargeNumbers

FOUNDER = "founder"  # role of somebody who may open a company, outside every company
GUEST = "guest"  # role of somebody signed in who acts for no company, on their own account only


def day_in(*, time_zone: str, days_behind: int, at: dt.datetime) -> dt.date:
    """The day it is at the moment `at` in a company of this time zone that lives so many days before our today."""
    return at.astimezone(ZoneInfo(time_zone)).date() - dt.timedelta(days=days_behind)


@dataclass(frozen=True)
class Actor:
    """Whoever reads or acts, as the rules see them. Rules take the time from here and never from a clock.

    company     slug; empty for a founder or a guest outside every company
    person      id in the plan's people table
    region, family   scope; empty is all
    authority   plan currency that may be decided alone
    authority_units   plan units that may be decided alone; None is no limit in volume
    at          the moment of the request (aware)
    days_behind a demo company lives in its own month: how many days before our today
    read_only   came with a token that may only read
    large_numbers   how a Chinese reader wants large amounts: in millions (百万) or in 万 and 亿
    looking_at  id of the version a page is to show instead of the one people work on; only ever on pages that read
    """

    user_id: int
    at: dt.datetime
    company: str = ""
    company_id: int = 0
    member_id: int = 0
    person: str = ""
    name: str = ""
    name_zh: str = ""
    role: str = FOUNDER
    region: str = ""
    family: str = ""
    authority: float = 0.0
    authority_units: float | None = None
    time_zone: str = "UTC"
    days_behind: int = 0
    language: Language = "en"
    through: Literal["page", "api", "job"] = "page"
    read_only: bool = False
    large_numbers: LargeNumbers = "million"
    looking_at: int | None = None

    @property
    def today(self) -> dt.date:
        """The day it is in the company."""
        return self.day_of(self.at)

    def day_of(self, moment: dt.datetime) -> dt.date:
        """The day it was in the company at that moment."""
        return day_in(time_zone=self.time_zone, days_behind=self.days_behind, at=moment)

    @property
    def arbiter(self) -> bool:
        """The general manager: the final arbiter, whose authority has no limit."""
        return self.role == ARBITER

    @property
    def everywhere(self) -> bool:
        """True where neither family nor region limits what they see."""
        return not self.region and not self.family
