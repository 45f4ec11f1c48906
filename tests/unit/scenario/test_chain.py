"""The month of a small company: every step hands on what the next needs, and the meeting gets its decisions."""

from dataclasses import replace

import numpy as np
import pytest

from sandop.network import Activities, Network
from sandop.plan import Plan, sheets_hash
from sandop.scenario import CERTIFICATE, STEPS, Month, chain, cover_of, require_signable, run_steps, verify_month
from sandop.scenario.approval import CertificateFails, NobodyOfThatName, NotTheArbiter, PlanNotComplete, ReasonMissing
from sandop.scenario.chain import NothingToPlan
from small_company import plan, without


@pytest.fixture(scope="module")
def month() -> Month:
    return run_steps(month=Month(plan()))


def test_every_step_is_made_and_remembered(month: Month) -> None:
    assert month.steps == tuple(STEPS)
    for name in ("statistical", "demand", "safety_stock", "deliveries", "revenue", "mps"):
        assert np.isfinite(month.sheets[name].values).any(), name


def test_demand_is_delivered_kept_waiting_or_lost(month: Month) -> None:
    """Σ demand = Σ deliveries + Σ lost + what is owed at the end."""
    total = {name: np.nansum(month.sheets[name].values) for name in ("demand", "deliveries", "lost")}
    owed = month.sheets["backlog"].values[:, -1].sum()
    assert total["demand"] == pytest.approx(total["deliveries"] + total["lost"] + owed, abs=0.05)


def test_the_line_is_short_in_the_season_and_an_extra_shift_is_proposed(month: Month) -> None:
    short = {row["period"] for row in month.reports["shortages"] if row["limit"] == "LINE"}
    assert short
    shift = [row for row in month.reports["decisions"] if row["kind"] == "extra_shift"]
    assert [row["alternative"] for row in shift] == ["a", "b", "c"]
    assert sum(bool(row["recommended"]) for row in shift) == 1
    best = next(row for row in shift if row["recommended"])
    assert best["money"] > 0 and best["units"] > 0 and best["owner"] == "sam"
    assert "Assembly" in best["text_en"] and "总装线" in best["text_zh"]


def test_a_lever_is_decided_in_time_for_the_first_period_it_raises(month: Month) -> None:
    """An extra shift takes 30 days to arrange: nothing before February can be raised, February by 2 January."""
    shift = next(row for row in month.reports["decisions"] if row["kind"] == "extra_shift" and row["recommended"])
    assert shift["last_responsible"] == "2026-01-02"
    assert "Feb 2026 to" in str(shift["text_en"])


def test_sales_is_asked_to_accept_what_is_not_served(month: Month) -> None:
    assert any(row["kind"] == "cuts" for row in month.reports["decisions"])
    assert {row["reason"] for row in month.reports["unserved"]} <= {"limit", "lead_time", "price"}


def test_the_gap_to_budget_adds_up(month: Month) -> None:
    """budget + gap = plan, and gap + covered + uncovered = 0."""
    gap = month.reports["gap"]
    amount = {row["line"]: float(row["amount"]) for row in gap if row["line"] != "lever"}
    assert amount["budget"] + amount["gap"] == pytest.approx(amount["plan"], abs=0.02)
    assert amount["gap"] + amount.get("covered", 0.0) + amount["uncovered"] == pytest.approx(0.0, abs=0.05)
    levers = sum(float(row["amount"]) for row in gap if row["line"] == "lever")
    assert levers == pytest.approx(amount.get("covered", 0.0), abs=0.05)
    assert 0.0 <= cover_of(gap) <= 1.0


def test_levers_pulled_one_after_the_other_never_deliver_less(month: Month) -> None:
    by_lever: dict[int, float] = {}
    for row in month.reports["levers"]:
        by_lever[int(row["number"])] = by_lever.get(int(row["number"]), 0.0) + float(row["revenue"])
    assert by_lever and min(by_lever.values()) >= -0.05


def test_without_a_budget_there_is_no_gap() -> None:
    month = run_steps(month=Month(without(plan(), "budget_revenue")))
    assert month.reports["gap"] == []
    assert cover_of(month.reports["gap"]) == 1.0


def test_with_hours_enough_nothing_is_short_and_nothing_need_be_decided() -> None:
    month = run_steps(month=Month(plan(hours=5000.0)))
    assert not [row for row in month.reports["shortages"] if row["limit"] == "LINE"]
    assert not [row for row in month.reports["decisions"] if row["kind"] == "extra_shift"]


def test_the_same_inputs_give_the_same_results(month: Month) -> None:
    again = run_steps(month=Month(plan()))
    assert sheets_hash(again.sheets) == month.result_hash
    assert again.proofs == month.proofs


def test_a_folder_without_any_demand_is_refused_with_what_to_bring() -> None:
    with pytest.raises(NothingToPlan) as refused:
        run_steps(month=Month(without(plan(), "orders", "shipments", "revenue_actual")))
    assert "orders.csv" in refused.value.remedy("en")


def test_the_general_manager_signs_a_whole_and_proven_plan(month: Month) -> None:
    require_signable(month=month, by="eve", why="agreed")
    assert verify_month(month=month).holds


@pytest.mark.parametrize(
    ("by", "why", "refusal"),
    [("sam", "agreed", NotTheArbiter), ("mallory", "agreed", NobodyOfThatName), ("eve", "  ", ReasonMissing)],
)
def test_nobody_else_signs_and_never_without_a_reason(month: Month, by: str, why: str, refusal: type) -> None:
    with pytest.raises(refusal) as refused:
        require_signable(month=month, by=by, why=why)
    assert refused.value.remedy("en") and refused.value.remedy("zh")


def test_a_plan_with_a_step_missing_is_not_signed(month: Month) -> None:
    with pytest.raises(PlanNotComplete, match="review"):
        require_signable(month=replace(month, steps=month.steps[:-1]), by="eve", why="agreed")
    with pytest.raises(PlanNotComplete, match="supply"):
        verify_month(month=replace(month, proofs={}))


def test_a_plan_whose_numbers_were_changed_is_not_signed(month: Month) -> None:
    production = month.sheets["production"]
    forged = replace(month, sheets={**month.sheets, "production": production.with_values(production.values + 1.0)})
    with pytest.raises(CertificateFails):
        require_signable(month=forged, by="eve", why="agreed")


def test_a_certificate_for_other_inputs_does_not_hold(month: Month) -> None:
    other: Plan = plan(hours=550.0)
    assert not verify_month(month=replace(month, plan=other)).holds
    assert CERTIFICATE in month.proofs


def test_no_row_of_a_result_is_nameless(month: Month) -> None:
    """A blank id cannot be read back from a workbook."""
    for name, sheet in month.sheets.items():
        assert all(all(key) for key in sheet.rows.keys), name


def test_a_plan_too_large_for_what_ifs_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "RESOLVED_UP_TO", 0)
    large = run_steps(month=Month(plan()), steps=("forecast", "demand", "supply"))
    assert any(finding.message == "too_large_to_solve_again" for finding in large.findings)
    assert {row["kind"] for row in large.reports["decisions"]} <= {"cuts", "excess"}
    assert not any(row["saves_10"] for row in large.reports["shortages"])


def test_an_unlikely_activity_is_an_opportunity_with_the_money_the_plants_could_deliver() -> None:
    """300 pumps a month for a quarter, one chance in three: not in the plan, but on the decision list."""
    made = plan(hours=900.0)
    tender = {
        "activity": "TENDER",
        "name": "Tender",
        "name_zh": "投标",
        "item": "A",
        "customer": "W",
        "start": "2026-07",
        "months": 3.0,
        "quantity": 300.0,
        "probability": 0.33,
        "owner": "dana",
    }
    tables = {**made.network.tables(), "activities": Activities.of([tender])}
    month = run_steps(month=Month(made.with_network(Network.of(**tables))), steps=("forecast", "demand", "supply"))
    pursue = next(row for row in month.reports["decisions"] if row["kind"] == "opportunity" and row["recommended"])
    assert pursue["units"] == pytest.approx(900.0, rel=0.2)
    assert pursue["revenue"] == pytest.approx(float(pursue["units"]) * 100.0, rel=0.01)
    assert "投标" in str(pursue["text_zh"]) and pursue["owner"] == "dana"
