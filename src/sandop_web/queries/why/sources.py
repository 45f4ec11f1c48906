"""Where the numbers of a measure come from: who brought them or which job computed them, and what changed since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max

from sandop.measures import measure
from sandop_web.access import Actor, query
from sandop_web.access.sheet_rows import Part
from sandop_web.access.versions import version_of
from sandop_web.store.models import Change, Job, Member, Version
from sandop_web.store.plans import sheet_names

_COMPUTES = "run_month"  # the work that computes results


@dataclass(frozen=True)
class Source:
    """Where a measure comes from.

    kind     "input" (brought), "result" (computed)
    person   who brought the version, or who asked for the job; None where nobody is known
    at       when
    job      the job that computed it; None for what was brought, or computed before it came here
    version  title of the version it was branched from; empty for one that was brought
    changes  cells changed since in this version, the last of them at `changed_at`
    """

    measure: str
    kind: str
    person: Part | None
    at: dt.datetime | None
    job: int | None
    version: str
    changes: int
    changed_at: dt.datetime | None


@query
def sources_of(*, by: Actor, version: int, names: Iterable[str]) -> tuple[Source, ...]:
    """The source of each of the measures that the version holds. Raises NothingThere."""
    found = version_of(by=by, version=version)
    there = {*sheet_names(found, "input"), *sheet_names(found, "result")}
    held = [name for name in dict.fromkeys(names) if name in there]
    if not held:
        return ()
    job, changed = _job(found), _changed(found, held)
    return tuple(_source(found, name, job, *changed.get(name, (0, None))) for name in held)


def _source(version: Version, name: str, job: Job | None, changes: int, last: dt.datetime | None) -> Source:
    computed = measure(name).direction == "result"
    made_by = job if computed else None
    return Source(
        measure=name,
        kind="result" if computed else "input",
        person=_asker(made_by, version) if made_by else _part(version.made_by),
        at=made_by.ended_at if made_by else version.made_at,
        job=made_by.pk if made_by else None,
        version=version.parent.title if version.parent and not computed else "",
        changes=changes,
        changed_at=last,
    )


def _part(member: Member | None) -> Part | None:
    return Part(member.person, member.name, member.name_zh) if member else None


def _asker(job: Job, version: Version) -> Part:
    """Who asked for the job: the member, or the account's own name of somebody who is none here."""
    member = Member.objects.filter(company_id=version.company_id, user_id=job.user_id).first()
    return _part(member) or Part(job.user.get_username(), job.user.get_username(), "")


def _changed(version: Version, names: list[str]) -> dict[str, tuple[int, dt.datetime | None]]:
    """Measure → how many of its cells were changed, and when the last of them."""
    found = Change.objects.filter(version=version, measure__in=names).order_by().values("measure")
    counted = found.annotate(count=Count("pk"), last=Max("at"))
    return {row["measure"]: (row["count"], row["last"]) for row in counted}


def _job(version: Version) -> Job | None:
    """The job that computed the version's results last."""
    done = Job.objects.filter(company_id=version.company_id, work=_COMPUTES, state=Job.State.DONE)
    return done.filter(arguments__version=version.pk).select_related("user").order_by("-ended_at").first()
