"""The record of deeds: who did what, when, through which door, and why."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from sandop_web.access import Actor, query
from sandop_web.access.roles import permissions
from sandop_web.store.models import Deed, Member

DEEDS_ON_A_PAGE = 100


@dataclass(frozen=True)
class DeedRow:
    """One deed. `title` is the action as a person would say it; `arguments` what it was done with, (name, value)."""

    at: dt.datetime
    person: str
    role: str
    action: str
    title: str
    through: str
    why: str
    arguments: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DeedsPage:
    """A page of the record, newest first. `page` counts from 1 to `pages`, `count` is of all deeds asked for."""

    rows: tuple[DeedRow, ...]
    count: int
    page: int
    pages: int
    person: str
    action: str
    people: tuple[str, ...]
    actions: tuple[tuple[str, str], ...]


@query
def deeds_of(*, by: Actor, person: str = "", action: str = "", page: int = 1) -> DeedsPage:
    """The company's deeds, of one person or one action where these are given. A reader whose scope is limited sees
    that something was done, but not with which numbers."""
    deeds = Deed.objects.filter(company_id=by.company_id)
    if person:
        deeds = deeds.filter(person=person)
    if action:
        deeds = deeds.filter(action=action)
    count = deeds.count()
    pages = max(1, -(-count // DEEDS_ON_A_PAGE))
    page = min(max(1, page), pages)
    first = (page - 1) * DEEDS_ON_A_PAGE
    shown = deeds.order_by("-at", "-pk")[first : first + DEEDS_ON_A_PAGE]
    people = Member.objects.filter(company_id=by.company_id).order_by("person").values_list("person", flat=True)
    rows = tuple(_row(by, deed) for deed in shown)
    return DeedsPage(rows, count, page, pages, person, action, tuple(people), _actions(by))


def _actions(by: Actor) -> tuple[tuple[str, str], ...]:
    titles = ((name, permission.titles[by.language]) for name, permission in permissions().items())
    return tuple(sorted(titles, key=lambda pair: pair[1]))


def _row(by: Actor, deed: Deed) -> DeedRow:
    known = permissions().get(deed.action)
    arguments = deed.arguments.items() if by.everywhere else ()
    return DeedRow(
        at=deed.at,
        person=deed.person,
        role=deed.role,
        action=deed.action,
        title=known.titles[by.language] if known else deed.action,
        through=deed.through,
        why=deed.why,
        arguments=tuple((name, _shown(value)) for name, value in arguments),
    )


def _shown(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
