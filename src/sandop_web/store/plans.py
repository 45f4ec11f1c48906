"""Plans in the store: a version written whole, read whole or sheet by sheet.

    version → entries (kind, name, block) → chunks

Content is packed before the transaction begins, so that the transaction is short; one that is broken off leaves no
version behind.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Max

from sandop.findings import Finding
from sandop.network import TABLES, Network
from sandop.plan import Change as PlanChange
from sandop.plan import Plan, Settings, Sheet
from sandop.scenario import Month
from sandop.tables import Report
from sandop_web.store import contents, locks
from sandop_web.store.blanks import none_if_blank
from sandop_web.store.entries import SHEET_KINDS, WHOLE, Piece, Place, opened, write_pieces
from sandop_web.store.looking import once
from sandop_web.store.models import Change, Company, Entry, MasterChange, Member, Version
from sandop_web.store.models.plan import HEAD
from sandop_web.store.remembering import remembered
from sandop_web.store.sheets import Head, joined, pieces

Kind = Entry.Kind
BROUGHT = (Kind.SETTINGS, Kind.TABLE, Kind.INPUT, Kind.VINTAGE, Kind.PREVIOUS)
_COMPUTED = (Kind.RESULT, Kind.REPORT, Kind.FINDINGS, Kind.PROOF)
_FINDINGS = "findings"
_SETTINGS = "settings"
_INDEXED = 200  # bytes that the indexes of a network take for a row, about


def write_version(
    *,
    company: Company,
    title: str,
    purpose: str,
    plan: Plan,
    month: Month | None,
    made_by: Member | None,
    at: dt.datetime,
    parent: Version | None = None,
) -> Version:
    """A new draft of the company that holds the plan, and the month's results where there are any.

    The plan's changes are applied to its sheets and kept as changes. All of it is written, or nothing.
    """
    brought = [*_plan_pieces(plan), *_month_pieces(month or Month(plan))]
    with locks.writing():
        locks.numbering(company)
        version = Version.objects.create(
            company=company,
            number=next_number(company),
            title=title,
            purpose=purpose,
            parent=parent,
            start=plan.settings.time.start,
            steps=list(month.steps) if month else [],
            results_of=len(plan.changes) if month and month.steps else None,
            made_by=made_by,
            made_at=at,
        )
        write_pieces(version=version, pieces=brought)
        Change.objects.bulk_create(_as_rows(version, plan.changes), batch_size=500)
    return version


def write_results(version: Version, month: Month, changes: int, *, verified: str = "") -> None:
    """Replace what was computed: results, reports, findings, proofs, steps.

    changes     `change_count` of the inputs that the month was computed from
    verified    result hash, where the certificate was checked again and holds
    Raises VersionIsPublished.
    """
    computed = list(_month_pieces(month))
    with locks.replacing(version) as held:
        Entry.objects.filter(version=held, kind__in=_COMPUTED).delete()
        write_pieces(version=held, pieces=computed)
        for each in (held, version):
            each.steps, each.results_of, each.verified = list(month.steps), changes, verified
        held.save(update_fields=["steps", "results_of", "verified"])


def next_number(company: Company) -> int:
    """The number of the company's next version. The caller holds `locks.numbering`."""
    last: int | None = Version.objects.filter(company=company).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def change_count(version: Version) -> int:
    """How many cells of the version have been changed, in sheets and in master tables. Its results are stale where
    `version.results_of` is another number."""
    return once(("changes", version.pk), lambda: _counted(Change, version) + _counted(MasterChange, version))


def _counted(kind: type[Change] | type[MasterChange], version: Version) -> int:
    return kind._default_manager.filter(version=version).count()


def read_plan(version: Version) -> Plan:
    """The inputs of the version, its changes applied."""
    return plan_of(opened(version, kinds=BROUGHT))


def read_month(version: Version) -> Month:
    """The plan of the version and what was computed from it."""
    steps = Version.objects.values_list("steps", flat=True).get(pk=version.pk)
    return month_of(opened(version), steps=steps)


def plan_of(found: Mapping[Place, Any]) -> Plan:
    """The plan of a version's contents."""
    sheets = _sheets(found)
    return Plan(
        settings=_only(found, Kind.SETTINGS),
        network=_network(found),
        sheets=sheets.get(Kind.INPUT, {}),
        vintages=sheets.get(Kind.VINTAGE, {}),
        previous=sheets.get(Kind.PREVIOUS, {}),
    )


def month_of(found: Mapping[Place, Any], *, steps: Sequence[str] = ()) -> Month:
    """The plan of a version's contents with what was computed from it."""
    return Month(
        plan=plan_of(found),
        sheets=_sheets(found).get(Kind.RESULT, {}),
        reports=_named(found, Kind.REPORT),
        findings=_findings(found),
        proofs=_named(found, Kind.PROOF),
        steps=tuple(steps),
    )


def read_settings(version: Version) -> Settings:
    """The settings of the version's plan."""
    settings: Settings = once(
        ("settings", version.pk), lambda: _only(opened(version, kinds=[Kind.SETTINGS]), Kind.SETTINGS)
    )
    return settings


def read_network(version: Version) -> Network:
    """The master tables of the version."""
    return once(("network", version.pk), lambda: _network(opened(version, kinds=[Kind.TABLE])))


def read_sheet(version: Version, kind: str, name: str) -> Sheet | None:
    """One sheet of the version; None where it holds none of this name. A vintage is named by its month."""
    return read_sheets(version, kind, [name]).get(name)


def read_sheets(version: Version, kind: str, names: Sequence[str] | None = None) -> dict[str, Sheet]:
    """Name → sheet, for the names the version holds; all of the kind where none are named."""
    what = ("sheets", version.pk, kind, None if names is None else tuple(names))
    return dict(once(what, lambda: _sheets(opened(version, kinds=[kind], names=names)).get(kind, {})))


def sheet_names(version: Version, kind: str) -> list[str]:
    """Names of the version's sheets of this kind, sorted."""
    return _names(version, kind, HEAD)


def read_report(version: Version, name: str) -> Report:
    """A report of the version; empty where it holds none of this name."""
    report: Report = _named(opened(version, kinds=[Kind.REPORT], names=[name]), Kind.REPORT).get(name, ())
    return report


def report_names(version: Version) -> list[str]:
    """Names of the version's reports, sorted."""
    return _names(version, Kind.REPORT, WHOLE)


def read_findings(version: Version) -> tuple[Finding, ...]:
    """What the steps noticed."""
    return _findings(opened(version, kinds=[Kind.FINDINGS]))


def _names(version: Version, kind: str, block: int) -> list[str]:
    found = Entry.objects.filter(version=version, kind=kind, block=block)
    return sorted(found.values_list("name", flat=True))


def _plan_pieces(plan: Plan) -> Iterator[Piece]:
    yield Piece(Kind.SETTINGS, _SETTINGS, WHOLE, contents.pack_settings(plan.settings))
    for name, table in plan.network.tables().items():
        yield Piece(Kind.TABLE, name, WHOLE, contents.pack_table(table))
    yield from _sheet_pieces(Kind.INPUT, {name: plan.sheet(name) for name in plan.sheets})
    yield from _sheet_pieces(Kind.VINTAGE, plan.vintages)
    yield from _sheet_pieces(Kind.PREVIOUS, plan.previous)


def _month_pieces(month: Month) -> Iterator[Piece]:
    yield from _sheet_pieces(Kind.RESULT, month.sheets)
    for name, report in month.reports.items():
        yield Piece(Kind.REPORT, name, WHOLE, contents.pack_report(name, report))
    if month.findings:
        yield Piece(Kind.FINDINGS, _FINDINGS, WHOLE, contents.pack_findings(month.findings))
    for name, proof in month.proofs.items():
        yield Piece(Kind.PROOF, name, WHOLE, contents.pack_proof(proof))


def _sheet_pieces(kind: str, sheets: Mapping[str, Sheet]) -> Iterator[Piece]:
    for name, sheet in sheets.items():
        for block, packed in pieces(sheet):
            yield Piece(kind, name, block, packed)


def _sheets(found: Mapping[Place, Any]) -> dict[str, dict[str, Sheet]]:
    """Kind → name → sheet. A vintage is a sheet of `demand` that is named by its month."""
    heads: dict[tuple[str, str], Head] = {}
    blocks: dict[tuple[str, str], list[Any]] = {}
    for place, content in found.items():
        if place.kind not in SHEET_KINDS:
            continue
        if place.block == HEAD:
            heads[place.kind, place.name] = content
        else:
            blocks.setdefault((place.kind, place.name), []).append(content)
    sheets: dict[str, dict[str, Sheet]] = {}
    for (kind, name), head in heads.items():
        measure = "demand" if kind == Kind.VINTAGE else name
        sheets.setdefault(kind, {})[name] = joined(measure, head, blocks.get((kind, name), []))
    return sheets


def _network(found: Mapping[Place, Any]) -> Network:
    """The tables are kept in the order of their keys, which is the order a network wants. The network is remembered
    with its indexes, which take longer to make than to read the tables."""
    name = " ".join(sorted(f"{place.name}:{place.hash}" for place in found if place.kind == Kind.TABLE))
    network: Network | None = remembered.get(name)
    if network is None:
        kept = _named(found, Kind.TABLE)
        tables: dict[str, Any] = {table.file: kept.get(table.file, table.of()) for table in TABLES}
        network = Network(**tables)
        remembered.keep(name, network, len(name) + _INDEXED * sum(map(len, tables.values())))
    return network


def _named(found: Mapping[Place, Any], kind: str) -> dict[str, Any]:
    return {place.name: content for place, content in found.items() if place.kind == kind}


def _only(found: Mapping[Place, Any], kind: str) -> Any:
    return next(content for place, content in found.items() if place.kind == kind)


def _findings(found: Mapping[Place, Any]) -> tuple[Finding, ...]:
    return tuple(finding for findings in _named(found, Kind.FINDINGS).values() for finding in findings)


def _as_rows(version: Version, changes: Sequence[PlanChange]) -> Iterator[Change]:
    """The changes of a plan that comes from elsewhere; those of one person, time and reason were made together."""
    zone = ZoneInfo(version.company.time_zone)
    batches: dict[tuple[str, dt.datetime, str], uuid.UUID] = {}
    for change in changes:
        yield Change(
            version=version,
            person=change.who,
            at=change.when if change.when.tzinfo else change.when.replace(tzinfo=zone),
            measure=change.measure,
            row=list(change.row),
            period=change.period,
            before=none_if_blank(change.before),
            after=none_if_blank(change.after),
            why=change.why,
            batch=batches.setdefault((change.who, change.when, change.why), uuid.uuid4()),
        )
