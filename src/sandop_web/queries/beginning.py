"""A company's first hour: an empty workbook to fill, and what is left to do before its first review."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sandop.calendar import month_label, month_number
from sandop.cycle import steps
from sandop.io import write_template_workbook
from sandop.plan import Settings
from sandop.scenario import ARBITER
from sandop.wording import in_a_row
from sandop_web.access import Actor, NotUnderstood, may_take, query, roles_for
from sandop_web.access.roles import SOP_MANAGER
from sandop_web.access.versions import newest_plan
from sandop_web.store.models import Cycle, Member, Version
from sandop_web.store.plans import change_count, read_network
from sandop_web.store.spoken import role_spoken
from sandop_web.store.standing import holders_of
from sandop_web.wording import say

_MOST_YEARS = 10  # of history that a workbook has columns for


@dataclass(frozen=True)
class FirstThing:
    """One of the things that stand between a new company and its first review.

    name    data, people, run, cycle
    done    it is done
    text    how far it is, in the reader's language
    may     this reader may do it
    who     titles of the roles that may
    """

    name: str
    done: bool
    text: str
    may: bool
    who: str


@dataclass(frozen=True)
class Beginning:
    """What is left to do before the first review. `version` is the id of the plan, 0 where there is none."""

    version: int
    things: tuple[FirstThing, ...]

    @property
    def done(self) -> int:
        """How many of the things are done."""
        return sum(thing.done for thing in self.things)


@query
def beginning_of(*, by: Actor) -> Beginning | None:
    """What stands between the company and its first review; None once a cycle has been opened."""
    if Cycle.objects.filter(company_id=by.company_id).exists():
        return None
    version = newest_plan(company_id=by.company_id)
    things = (_the_plan(by, version), _the_people(by), _the_run(by, version), _the_cycle(by))
    return Beginning(version.pk if version else 0, things)


@query
def empty_workbook(*, by: Actor, name: str, currency: str, start: str, years: int, whole: bool) -> bytes:
    """An Excel workbook to fill with a company's own data, its headings explained in the reader's language.

    start   first planned month, such as 2026-01
    years   years of history before it
    whole   every table and measure; else those that a first plan is made of

    Raises NotUnderstood for a name, a currency or a span that no plan can have.
    """
    _require(bool(name), "name", name, by)
    _require(bool(re.fullmatch("[A-Z]{3}", currency)), "currency", currency, by)
    _require(0 <= years <= _MOST_YEARS, "years", str(years), by)
    history = month_label(month_number(start) - 12 * years)
    settings = Settings.model_validate(
        {"company": {"name": name, "currency": currency}, "time": {"start": start, "history_start": history}}
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template_workbook(path=path, settings=settings, language=by.language, whole=whole)
        return path.read_bytes()


def _require(good: bool, field: str, value: str, by: Actor) -> None:
    if not good:
        named, wanted = (say(f"jobs.template.{message}", by.language) for message in (field, f"wanted.{field}"))
        raise NotUnderstood(field=named, value=value or "–", wanted=wanted)


def _the_plan(by: Actor, version: Version | None) -> FirstThing:
    if version is None:
        return _thing(by, "data", "import_next_month", False, say("home.first.no_data", by.language))
    network = read_network(version)
    counts = {"items": len(network.items), "customers": len(network.customers), "sites": len(network.sites)}
    return _thing(by, "data", "import_next_month", True, say("home.first.data_in", by.language, **counts))


def _the_people(by: Actor) -> FirstThing:
    needed = dict.fromkeys((ARBITER, SOP_MANAGER, *(step.chair for step in steps())))
    lacking = [role_spoken(role)[by.language] for role in needed if not holders_of(by.company_id, role)]
    members = Member.objects.filter(company_id=by.company_id, active=True).select_related("user")
    here = [member.user.claimed for member in members]
    told = say("home.first.signed_in", by.language, here=sum(here), all=len(here))
    if lacking:
        told = say("home.first.no_chair", by.language, roles=in_a_row(lacking, by.language))
    return _thing(by, "people", "add_member", not lacking and all(here), told)


def _the_run(by: Actor, version: Version | None) -> FirstThing:
    if version is None or not version.steps:
        return _thing(by, "run", "start_month", False, say("home.first.not_run", by.language))
    changes = change_count(version) - (version.results_of or 0)
    message = "home.first.stale" if changes else "home.first.is_run"
    return _thing(by, "run", "start_month", not changes, say(message, by.language, count=changes))


def _the_cycle(by: Actor) -> FirstThing:
    return _thing(by, "cycle", "open_cycle", False, say("home.first.no_cycle", by.language))


def _thing(by: Actor, name: str, action: str, done: bool, text: str) -> FirstThing:
    return FirstThing(name, done, text, may_take(by=by, action=action), roles_for(action, by.language))
