"""What is signed, what would be signed now, and whether a signature still holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sandop.findings import Refusal
from sandop.tables import Report
from sandop_web.access import Actor, NothingThere, may_take, query, report_in_scope
from sandop_web.access.cycles import open_cycle_in
from sandop_web.access.signing import obstacles
from sandop_web.access.versions import version_of
from sandop_web.queries.decision_views import DecisionLine, DecisionList
from sandop_web.queries.decisions import decisions_of_cycle
from sandop_web.store.models import Signature
from sandop_web.store.plans import read_network, read_report
from sandop_web.store.sealing import grouped, hash_of_content, hash_to_be_signed
from sandop_web.store.spoken import input_spoken
from sandop_web.store.steps import substitutes_report
from sandop_web.wording import say

MONEY_LINES = ("revenue", "margin", "stock_value", "working_capital")


@dataclass(frozen=True)
class SignatureLine:
    """A name over a plan.

    start       first planned month
    root_hash   of the version; `grouped` is the same to be read aloud
    decisions   outcome of each decision as it was signed
    """

    version: int
    number: int
    title: str
    start: str
    root_hash: str
    grouped: str
    name: str
    name_zh: str
    role: str
    at: dt.datetime
    why: str
    conditions: tuple[str, ...]
    decisions: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Checked:
    """A signature checked against the content it covers; `found` is empty where content is missing or altered."""

    signed: str
    found: str
    found_grouped: str
    holds: bool


@dataclass(frozen=True)
class MoneyRow:
    """A line of the plan by year, plan currency; None is a blank."""

    line: str
    title: str
    year: str
    plan: float | None
    budget: float | None
    le: float | None
    last_year: float | None


@dataclass(frozen=True)
class KpiRow:
    """A key figure; status: green, amber, red, none. Unit: share, day and so on."""

    kpi: str
    title: str
    value: float | None
    target: float | None
    previous: float | None
    status: str
    unit: str


@dataclass(frozen=True)
class SubstituteRow:
    """What stands in for an input that nobody gave; `input` and `substitute` in the reader's language."""

    input: str
    owner: str
    customer: str
    substitute: str
    by: str
    on: str
    why: str


@dataclass(frozen=True)
class Obstacle:
    """Something that stands in the way of signing, and what to do about it."""

    text: str
    remedy: str


@dataclass(frozen=True)
class SigningSheet:
    """What lies before the signer.

    root_hash   of everything as it would be signed now
    substitutes what stands in for inputs nobody gave
    may_sign    the reader signs and nothing stands in the way
    signature   where it is signed already
    """

    version: int
    number: int
    title: str
    month: str
    root_hash: str
    grouped: str
    kpis: tuple[KpiRow, ...]
    money: tuple[MoneyRow, ...]
    substitutes: tuple[SubstituteRow, ...]
    decisions: tuple[DecisionLine, ...]
    obstacles: tuple[Obstacle, ...]
    may_sign: bool
    is_signer: bool
    signature: SignatureLine | None


@query
def signatures(*, by: Actor) -> tuple[SignatureLine, ...]:
    """Every plan of the company that was signed, newest first."""
    found = Signature.objects.filter(version__company_id=by.company_id).select_related("version", "member")
    return tuple(_line(one) for one in found.order_by("-at", "-pk"))


@query
def verify_signature(*, by: Actor, version: int) -> Checked:
    """Take the hash of a signed version's content again. Raises NothingThere where it was not signed."""
    found = version_of(by=by, version=version)
    signature = Signature.objects.filter(version=found).first()
    if signature is None:
        raise NothingThere()
    now = hash_of_content(found)
    return Checked(signature.root_hash, now, grouped(now), now == signature.root_hash)


@query
def signing_sheet(*, by: Actor) -> SigningSheet | None:
    """The plan of the open cycle as it would be signed now, or as it was signed; None where no cycle is open."""
    cycle = open_cycle_in(by.company_id)
    if cycle is None:
        return None
    version = cycle.version
    signature = Signature.objects.filter(version=version).select_related("version", "member").first()
    in_the_way = () if signature else tuple(_obstacle(by, one) for one in obstacles(cycle=cycle, version=version))
    signs = may_take(by=by, action="sign_plan") and signature is None
    root_hash = signature.root_hash if signature else hash_to_be_signed(version)
    substitutes = report_in_scope(by=by, report=substitutes_report(version), network=read_network(version))
    listed: DecisionList = decisions_of_cycle(by=by)
    return SigningSheet(
        version=version.pk,
        number=version.number,
        title=version.title,
        month=cycle.month,
        root_hash=root_hash,
        grouped=grouped(root_hash),
        kpis=tuple(_kpis(by, read_report(version, "kpis"))),
        money=tuple(_money(by, read_report(version, "money"))),
        substitutes=tuple(_substitute(by, row) for row in substitutes),
        decisions=listed.lines,
        obstacles=in_the_way,
        may_sign=signs and not in_the_way,
        is_signer=signs,
        signature=_line(signature) if signature else None,
    )


def _line(signature: Signature) -> SignatureLine:
    version, member = signature.version, signature.member
    return SignatureLine(
        version=version.pk,
        number=version.number,
        title=version.title,
        start=version.start,
        root_hash=signature.root_hash,
        grouped=grouped(signature.root_hash),
        name=member.name,
        name_zh=member.name_zh,
        role=signature.role,
        at=signature.at,
        why=signature.why,
        conditions=tuple(signature.conditions),
        decisions=tuple(signature.decisions),
    )


def _obstacle(by: Actor, refusal: Refusal) -> Obstacle:
    return Obstacle(refusal.text(by.language), refusal.remedy(by.language))


def _substitute(by: Actor, row: Mapping[str, object]) -> SubstituteRow:
    texts = {name: str(row[name] or "") for name in ("owner", "customer", "by", "on", "why")}
    return SubstituteRow(
        input=input_spoken(str(row["input"]))[by.language],
        substitute=say(f"decisions.substitute.{row['substitute']}", by.language),
        **texts,
    )


def _kpis(by: Actor, report: Report) -> Iterable[KpiRow]:
    for row in report:
        yield KpiRow(
            kpi=str(row["kpi"]),
            title=say(f"pack.kpi.{row['kpi']}", by.language),
            value=_number(row["value"]),
            target=_number(row["target"]),
            previous=_number(row["previous"]),
            status=str(row["status"]),
            unit=str(row["unit"]),
        )


def _money(by: Actor, report: Report) -> Iterable[MoneyRow]:
    for row in report:
        if row["scope"] == "year" and row["line"] in MONEY_LINES:
            yield MoneyRow(
                line=str(row["line"]),
                title=say(f"decisions.money_line.{row['line']}", by.language),
                year=str(row["period"]),
                plan=_number(row["plan"]),
                budget=_number(row["budget"]),
                le=_number(row["le"]),
                last_year=_number(row["last_year"]),
            )


def _number(cell: object) -> float | None:
    return float(cell) if isinstance(cell, int | float) and cell == cell else None
