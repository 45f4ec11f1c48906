"""A plan that goes into the store comes out as it went in: the same hashes, the same numbers, the same words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import cast
import numpy as np
import pytest

from sandop.plan import Change, Plan, Rows, Sheet, input_hash
from sandop.scenario import Month
from sandop_web.store.entries import opened
from sandop_web.store.models import Chunk, Company, Entry, Version
from sandop_web.store.plans import (
    change_count,
    read_findings,
    read_month,
    read_network,
    read_plan,
    read_report,
    read_settings,
    read_sheet,
    read_sheets,
    report_names,
    sheet_names,
    write_results,
    write_version,
)
from sandop_web.store.refusals import VersionIsPublished

AT = dt.datetime(2026, 1, 5, 1, 0, tzinfo=dt.UTC)
ROW = ("A", "DC", "E")


def written(company: Company, plan: Plan, month: Month | None = None) -> Version:
    return write_version(
        company=company, title="2026-01", purpose="plan", plan=plan, month=month, made_by=None, at=AT
    )


def test_inputs_come_out_with_the_hash_they_went_in_with(version: Version) -> None:
    assert input_hash(read_plan(version)) == input_hash(cast.company_plan())


def test_master_numbers_come_out_to_the_last_bit(version: Version) -> None:
    kept, brought = read_network(version).tables(), cast.company_plan().network.tables()
    for name, table in brought.items():
        for column in table.columns():
            before, after = getattr(table, column.name), getattr(kept[name], column.name)
            assert before.dtype == after.dtype
            np.testing.assert_array_equal(before, after)


def test_results_come_out_as_they_were_computed(version: Version) -> None:
    """Monthly sheets, weekly ones (mps), reports, findings, the certificate and the steps made."""
    month, kept = cast.company_month(), read_month(version)
    assert kept.result_hash == month.result_hash
    assert {name: list(report) for name, report in kept.reports.items()} == {
        name: [dict(row) for row in report] for name, report in month.reports.items()
    }
    assert dict(kept.proofs) == dict(month.proofs)
    assert kept.steps == month.steps
    assert [found.text("zh") for found in kept.findings] == [found.text("zh") for found in month.findings]
    assert read_findings(version) == kept.findings


def test_weeks_stay_weeks(version: Version) -> None:
    mps = read_sheet(version, Entry.Kind.RESULT, "mps")
    assert mps is not None
    assert mps.periods == cast.company_month().sheets["mps"].periods


def test_vintages_and_the_last_plan_come_out_too(company: Company) -> None:
    month = cast.company_month()
    plan = replace(cast.company_plan(), vintages={"2025-12": month.sheets["demand"]}, previous=month.sheets)
    kept = read_plan(written(company, plan))
    assert kept.vintages["2025-12"].name == "demand"
    assert input_hash(kept) == input_hash(plan)


def test_changes_brought_along_are_applied_and_kept(company: Company) -> None:
    plan = cast.company_plan()
    before = plan.sheet("price").at(("A", "E"), "2026-02")
    when = dt.datetime(2026, 1, 3, 9, 0)
    change = Change("dana", when, "price", ("A", "E"), "2026-02", before, before + 5.0, "new list")
    edited = plan.edited(change)
    version = written(company, edited)
    kept = read_plan(version)
    assert kept.changes == ()
    assert kept.sheet("price").at(("A", "E"), "2026-02") == before + 5.0
    assert input_hash(kept) == input_hash(
        replace(edited, sheets={n: edited.sheet(n) for n in edited.sheets}, changes=())
    )
    (row,) = version.changes.all()
    assert (row.person, row.before, row.after, row.why) == ("dana", before, before + 5.0, "new list")
    assert row.at == dt.datetime(2026, 1, 3, 1, 0, tzinfo=dt.UTC)  # nine in the morning in Shanghai
    assert change_count(version) == 1


def test_a_version_without_results_has_none(company: Company) -> None:
    version = written(company, cast.company_plan())
    assert version.results_of is None
    assert sheet_names(version, Entry.Kind.RESULT) == []
    assert read_report(version, "kpis") == ()
    assert read_sheet(version, Entry.Kind.INPUT, "no_such_sheet") is None


def test_names_and_settings_are_read_alone(version: Version) -> None:
    assert sheet_names(version, Entry.Kind.INPUT) == sorted(cast.company_plan().sheets)
    assert report_names(version) == sorted(cast.company_month().reports)
    assert read_settings(version) == cast.company_plan().settings
    assert sorted(read_sheets(version, Entry.Kind.INPUT, ["price", "orders"])) == ["orders", "price"]


def test_a_sheet_of_many_blocks_keeps_its_rows(company: Company) -> None:
    """600 rows lie in three blocks."""
    base = cast.company_plan()
    periods = base.sheets["price"].periods
    rows = Rows.of(("item", "customer"), ((f"I{i:04d}", "E") for i in range(600)))
    values = np.arange(600 * len(periods), dtype=np.float64).reshape(600, -1)
    values[5, 3] = np.nan
    version = written(company, base.with_sheets(price=Sheet("price", rows, periods, values)))
    kept = read_sheet(version, Entry.Kind.INPUT, "price")
    assert kept is not None and kept.rows == rows
    np.testing.assert_array_equal(kept.values, values)
    assert not kept.values.flags.writeable


def test_the_same_content_is_kept_once(company: Company, version: Version) -> None:
    chunks = Chunk.objects.count()
    second = written(company, cast.company_plan(), cast.company_month())
    assert Chunk.objects.count() == chunks
    assert second.number == version.number + 1


def test_new_results_take_the_place_of_the_old(version: Version) -> None:
    month = cast.company_month()
    fewer = replace(month, sheets={"demand": month.sheets["demand"]}, reports={}, proofs={}, steps=("forecast",))
    write_results(version, fewer, 0)
    version.refresh_from_db()
    assert sheet_names(version, Entry.Kind.RESULT) == ["demand"]
    assert report_names(version) == []
    assert (version.steps, version.results_of, version.verified) == (["forecast"], 0, "")


def test_results_of_a_published_version_stay(version: Version) -> None:
    Version.objects.filter(pk=version.pk).update(state=Version.State.PUBLISHED)
    with pytest.raises(VersionIsPublished) as refused:
        write_results(version, cast.company_month(), 0)
    assert refused.value.text("zh") and refused.value.remedy("zh")


def test_what_is_remembered_is_what_is_kept(version: Version) -> None:
    first = opened(version, kinds=[Entry.Kind.INPUT])
    again = opened(version, kinds=[Entry.Kind.INPUT])
    assert all(again[place] is content for place, content in first.items())
