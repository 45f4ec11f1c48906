"""The approved plan becomes lots in weeks, on `money_company` (A in lots of 50, made at P1 on LINE)."""

import datetime as dt

import numpy as np
import pytest

from money_company import A_EAST, company, flat, horizon, network
from sandop.calendar import Periods, working_days
from sandop.execution import Schedule, by_week, fence_breaks, fences, frozen_production, release
from sandop.network import Families, Items, OpeningStock, OpenOrders, Resources
from sandop.plan import Plan, Rows, Sheet

PROCESS = ("A@P1",)


def planned(plan: Plan, *months: float) -> Sheet:
    """Production of A by month: the months given, then none."""
    values = [*months, *[0.0] * (12 - len(months))]
    return Sheet.of("production", horizon(plan), {PROCESS: values})


def carry(made: Schedule) -> dict[str, tuple[float, float, float]]:
    return {
        str(row["period"]): (float(str(row["plan"])), float(str(row["weeks"])), float(str(row["carry"])))
        for row in made.reports["schedule_carry"]
    }


def test_a_month_is_split_by_working_days_and_rounded_to_lots() -> None:
    """January 2026 has 22 working days: weeks of 2, 5, 5, 5, 5; 220 pieces are 10 a day.

    cumulative plan   20   70   120   170   220
    nearest lots       0   50   100   150   200      (20 is carried: less than a lot)
    """
    plan = company()
    made = release(plan=plan, production=planned(plan, 220.0), months=1)
    assert made.sheets["mps"].values.tolist() == [[0.0, 50.0, 50.0, 50.0, 50.0]]
    assert carry(made) == {"2026-01": (220.0, 200.0, 20.0)}


def test_what_a_month_carries_is_made_in_the_next() -> None:
    """220 + 30: the second month starts one lot, and nothing is carried in all."""
    plan = company()
    made = release(plan=plan, production=planned(plan, 220.0, 30.0), months=2)
    assert carry(made)["2026-02"] == (30.0, 50.0, -20.0)
    assert made.reports["schedule_carry"][1]["cumulative"] == 0.0


def test_holidays_take_their_share_and_make_up_days_give_it_back() -> None:
    january = Periods.weeks("2026-01", 1)
    off = [dt.date(2026, 1, 5), dt.date(2026, 1, 6)]
    assert working_days(january).tolist() == [2, 5, 5, 5, 5]
    assert working_days(january, off=off, worked=[dt.date(2026, 1, 10)]).tolist() == [2, 4, 5, 5, 5]
    plan = company()
    no_week = [dt.date(2026, 1, day) for day in range(5, 10)]
    made = release(plan=plan, production=planned(plan, 170.0), months=1, days_off=no_week)
    assert made.sheets["mps"].values.tolist() == [[0.0, 0.0, 50.0, 50.0, 50.0]]


def test_a_month_without_working_days_is_split_by_calendar_days() -> None:
    weeks = Periods.weeks("2026-02", 1)
    sheet = flat("production", Periods.months("2026-02", 1), {PROCESS: 28.0})
    assert by_week(sheet=sheet, weeks=weeks, days=np.zeros(len(weeks))).tolist() == [[1.0, 7.0, 7.0, 7.0, 6.0]]


def test_frozen_production_is_a_fact_even_where_it_is_no_whole_lot() -> None:
    """130 in 22 days: cumulative 12, 41, 71, 100, 130; nearest lots 0, 50, 50, 100, and the rest at the end."""
    plan = company().with_sheets(
        frozen_production=Sheet.of("frozen_production", Periods.months("2026-01", 1), {PROCESS: [130.0]})
    )
    made = release(plan=plan, production=planned(plan, 130.0, 100.0), months=2)
    assert carry(made)["2026-01"] == (130.0, 130.0, 0.0)
    assert carry(made)["2026-02"] == (100.0, 100.0, 0.0)
    assert made.sheets["mps"].values[0, :5].tolist() == [0.0, 50.0, 0.0, 50.0, 30.0]


def previous(plan: Plan, weeks: list[float]) -> Plan:
    """The plan after a version whose schedule of January was approved."""
    mps = Sheet.of("mps", Periods.weeks("2026-01", 1), {PROCESS: weeks})
    return Plan(plan.settings, plan.network, plan.sheets, previous={"mps": mps})


def test_the_frozen_zone_keeps_the_weeks_approved_last() -> None:
    plan = previous(company(), [50, 50, 0, 50, 50])
    made = release(plan=plan, production=planned(plan, 200.0, 100.0), months=2)
    assert made.sheets["mps"].values[0, :5].tolist() == [50.0, 50.0, 0.0, 50.0, 50.0]


def test_outside_the_frozen_zone_the_schedule_is_free() -> None:
    families = Families.of(
        [{"family": "DOM", "unit": "pump", "frozen_periods": 0.0}, {"family": "SPARE"}, {"family": "PART"}]
    )
    plan = previous(company(network=network(families=families)), [50, 50, 0, 50, 50])
    made = release(plan=plan, production=planned(plan, 220.0), months=1)
    assert made.sheets["mps"].values[0].tolist() == [0.0, 50.0, 50.0, 50.0, 50.0]


def test_frozen_weeks_that_are_off_the_plan_are_a_finding_and_the_next_month_catches_up() -> None:
    plan = previous(company(), [0, 0, 0, 0, 0])
    made = release(plan=plan, production=planned(plan, 120.0, 100.0), months=2)
    (first, second) = [f for f in made.findings if f.message == "carry_of_a_lot"]
    assert first.values == {"month": "2026-01", "processes": 1, "process": "A@P1", "lots": 2.4}
    assert second.values["month"] == "2026-02"
    assert made.sheets["mps"].values.sum() == 200.0, "220 planned: within half a lot"


def test_a_plan_in_weeks_keeps_its_weeks() -> None:
    plan = company(time={"bucket": "week", "months": 1})
    weeks = horizon(plan)
    made = release(plan=plan, production=Sheet.of("production", weeks, {PROCESS: [0, 60, 40, 0, 100]}))
    assert made.sheets["mps"].values.tolist() == [[0.0, 50.0, 50.0, 0.0, 100.0]]


def test_frozen_weeks_of_a_plan_in_weeks_are_facts() -> None:
    plan = company(time={"bucket": "week", "months": 1})
    weeks = horizon(plan)
    fixed = Sheet.of("frozen_production", weeks.slice(0, 2), {PROCESS: [10.0, 20.0]})
    plan = plan.with_sheets(frozen_production=fixed)
    made = release(plan=plan, production=Sheet.of("production", weeks, {PROCESS: [10, 20, 20, 0, 0]}))
    assert made.sheets["mps"].values.tolist() == [[10.0, 20.0, 0.0, 0.0, 0.0]]


def test_an_item_without_a_lot_is_scheduled_as_planned() -> None:
    items = Items.of(
        [
            {"item": "A", "family": "DOM", "value": 30.0, "lot_size": 0.0},
            {"item": "S", "family": "SPARE", "value": 2.0},
            {"item": "M", "family": "PART", "value": 10.0},
        ]
    )
    plan = company(network=network(items=items))
    made = release(plan=plan, production=planned(plan, 22.0), months=1)
    assert made.sheets["mps"].values[0] == pytest.approx([2.0, 5.0, 5.0, 5.0, 5.0])
    assert made.reports["schedule"][0]["lots"] is None


def test_the_schedule_names_line_site_and_first_day() -> None:
    plan = company()
    made = release(plan=plan, production=planned(plan, 220.0), months=1)
    first = made.reports["schedule"][0]
    assert first == {
        "process": "A@P1",
        "item": "A",
        "site": "P1",
        "line": "LINE",
        "week": "2026-W02",
        "start": "2026-01-05",
        "quantity": 50.0,
        "lots": 1.0,
    }


def test_a_week_over_capacity_is_said() -> None:
    """22 hours a month are 5 in a whole week; a lot of 50 takes 25 hours."""
    plan = company().with_sheets(
        capacity_regular=flat("capacity_regular", Periods.months("2026-01", 12), {("LINE",): 22.0}),
        capacity_overtime=flat("capacity_overtime", Periods.months("2026-01", 12), {("LINE",): 2.2}),
    )
    made = release(plan=plan, production=planned(plan, 50.0), months=1)
    (over,) = [f for f in made.findings if f.message == "week_over_capacity"]
    assert over.values["weeks"] == 1 and over.values["hours"] == pytest.approx(25 - 5 - 0.5)
    week = next(row for row in made.reports["rccp"] if row["load"])
    assert (week["regular"], week["overtime"], week["outsourced"]) == (5.0, 0.5, 0.0)


def test_hours_of_the_plan_count_before_rated_hours_and_blank_is_no_limit() -> None:
    resources = Resources.of([{"resource": "LINE", "site": "P1", "demonstrated": 0.5}])
    plan = company(network=network(resources=resources)).with_sheets(
        capacity_regular=flat("capacity_regular", Periods.months("2026-01", 12), {("LINE",): 22.0})
    )
    production = planned(plan, 50.0)
    rated = release(plan=plan, production=production, months=1).reports["rccp"]
    assert rated[1]["regular"] == 2.5
    hours = flat("hours_available", horizon(plan), {("LINE",): 220.0})
    given = release(plan=plan, production=production, months=1, results={"hours_available": hours})
    assert given.reports["rccp"][1]["regular"] == 50.0
    nobody_said = release(plan=company(), production=production, months=1)
    assert nobody_said.reports["rccp"][1]["over"] is None
    assert not nobody_said.findings


def test_stock_by_week_is_opening_and_receipts_less_deliveries() -> None:
    """Opening 60; lots of 50 start in weeks 2 to 5 and come in two days later; 10 go out a working day.

    week        1    2    3    4    5
    received    0   50   50   50   50
    delivered  20   50   50   50   50
    """
    plan = company(network=network(open_orders=OpenOrders.of()))
    sold = Sheet.of("deliveries", horizon(plan), {A_EAST: [220.0] + [0.0] * 11})
    made = release(plan=plan, production=planned(plan, 220.0), months=1, results={"deliveries": sold})
    pab = made.sheets["pab"]
    assert [pab.at(("A", "P1"), week) for week in pab.periods.labels] == pytest.approx([40.0] * 5)
    assert pab.at(("M", "P1"), "2026-W02") == -50.0, "its part has no stock"
    (short,) = [f for f in made.findings if f.message == "weeks_without_stock"]
    assert short.values == {"site": "P1", "items": 1, "item": "M", "week": "2026-W02", "missing": 200.0}


def test_only_what_no_customer_has_been_promised_may_still_be_promised() -> None:
    """Opening 60, no production: 45 are promised for the last week, so 15 may be promised in any week."""
    ordered = OpenOrders.of(
        [
            {
                "order": "SO-1",
                "kind": "customer",
                "item": "A",
                "site": "P1",
                "party": "EAST",
                "due": np.datetime64("2026-01-27"),
                "quantity": 45.0,
            },
            {
                "order": "SO-2",
                "kind": "customer",
                "item": "A",
                "site": "P1",
                "party": "EAST",
                "due": np.datetime64("2026-03-01"),
                "quantity": 500.0,
            },
            {
                "order": "MO-1",
                "kind": "production",
                "item": "A",
                "site": "P1",
                "party": "A@P1",
                "due": np.datetime64("2025-12-30"),
                "quantity": 5.0,
            },
        ]
    )
    plan = company(network=network(open_orders=ordered))
    sold = Sheet.of("deliveries", horizon(plan), {A_EAST: [45.0] + [0.0] * 11})
    made = release(plan=plan, production=planned(plan), months=1, results={"deliveries": sold})
    atp = made.sheets["atp"]
    assert [atp.at(("A", "P1"), week) for week in atp.periods.labels] == [20.0] * 5


def test_transfers_and_purchases_move_the_stock_of_both_sites() -> None:
    stock = OpeningStock.of([{"item": "A", "site": "P1", "quantity": 100.0}])
    plan = company(network=network(open_orders=OpenOrders.of(), opening_stock=stock))
    months = horizon(plan)
    january = [22.0] + [0.0] * 11
    results = {
        "deliveries": Sheet.of("deliveries", months, {A_EAST: [0.0] * 12}),
        "transfers": Sheet.of("transfers", months, {("A", "P1", "DC"): january}),
        "transfers_received": Sheet.of("transfers_received", months, {("A", "P1", "DC"): january}),
        "purchases_received": Sheet.of("purchases_received", months, {("M", "P1", "SM"): january}),
    }
    pab = release(plan=plan, production=planned(plan), months=1, results=results).sheets["pab"]
    last = pab.periods.labels[-1]
    assert [pab.at(key, last) for key in (("A", "P1"), ("A", "DC"), ("M", "P1"))] == pytest.approx([78, 22, 22])


def test_a_change_inside_the_frozen_zone_is_listed_with_its_worth() -> None:
    plan = company()
    before = planned(plan, 100.0, 100.0, 100.0, 100.0)
    plan = Plan(plan.settings, plan.network, plan.sheets, previous={"production": before})
    made = fence_breaks(plan=plan, production=planned(plan, 150.0, 50.0, 100.0, 500.0))
    assert [(row["period"], row["zone"], row["value"]) for row in made.report] == [
        ("2026-01", "frozen", 1500.0),
        ("2026-02", "firm", -1500.0),
    ]
    (finding,) = made.findings
    assert finding.values == {"family": "DOM", "value": 1500.0}


def test_without_a_last_version_no_fence_can_be_broken() -> None:
    plan = company()
    assert fence_breaks(plan=plan, production=planned(plan, 100.0)).report == []


def test_a_family_has_its_own_fences_or_the_plans() -> None:
    families = Families.of(
        [
            {"family": "DOM", "frozen_periods": 2.0, "firm_periods": 1.0},
            {"family": "SPARE"},
            {"family": "PART"},
        ]
    )
    zones = fences(plan=company(network=network(families=families)))
    assert [zones.zone("DOM", place) for place in range(4)] == ["frozen", "frozen", "firm", "free"]
    assert [zones.zone("SPARE", place) for place in range(4)] == ["frozen", "firm", "firm", "free"]


def test_a_month_the_plan_does_not_know_cannot_be_released() -> None:
    weeks = Periods.weeks("2026-01", 2)
    sheet = Sheet("production", Rows.of(("process",), [PROCESS]), Periods.months("2026-01", 1), np.ones((1, 1)))
    with pytest.raises(ValueError, match="production speaks of"):
        by_week(sheet=sheet, weeks=weeks, days=working_days(weeks))


def test_the_schedule_approved_last_is_a_fact_for_the_next_supply_plan() -> None:
    """January is frozen and covered whole: 200; what the planner froze himself counts before it."""
    plan = previous(company(), [50, 50, 0, 50, 50])
    facts = frozen_production(plan=plan)
    assert facts is not None
    assert facts.at(PROCESS, "2026-01") == 200.0 and np.isnan(facts.at(PROCESS, "2026-02"))
    own = Sheet.of("frozen_production", Periods.months("2026-01", 1), {PROCESS: [130.0]})
    facts = frozen_production(plan=plan.with_sheets(frozen_production=own))
    assert facts is not None and facts.at(PROCESS, "2026-01") == 130.0


def test_a_month_the_last_schedule_covers_in_part_is_not_frozen() -> None:
    plan = company()
    part = Sheet.of("mps", Periods.weeks("2026-01", 1).slice(0, 3), {PROCESS: [50, 50, 0]})
    facts = frozen_production(plan=Plan(plan.settings, plan.network, plan.sheets, previous={"mps": part}))
    assert facts is not None and np.isnan(facts.values).all()


def test_weeks_approved_last_are_facts_of_a_plan_in_weeks() -> None:
    plan = previous(company(time={"bucket": "week", "months": 1, "frozen_periods": 2}), [50, 0, 0, 50, 50])
    facts = frozen_production(plan=plan)
    assert facts is not None
    assert facts.values[0, :2].tolist() == [50.0, 0.0] and np.isnan(facts.values[0, 2:]).all()
    made = release(plan=plan, production=Sheet.of("production", horizon(plan), {PROCESS: [50, 0, 0, 0, 0]}))
    assert made.sheets["mps"].values.tolist() == [[50.0, 0.0, 0.0, 0.0, 0.0]]


def test_without_a_last_schedule_only_the_planners_facts_count() -> None:
    assert frozen_production(plan=company()) is None
    own = Sheet.of("frozen_production", Periods.months("2026-01", 1), {PROCESS: [130.0]})
    assert frozen_production(plan=company().with_sheets(frozen_production=own)) is not None


def test_a_lot_larger_than_twice_the_plan_never_starts_and_is_said() -> None:
    """A in lots of 50: 20 in all are less than half a lot, 30 start one."""
    never = release(plan=company(), production=planned(company(), 20.0))
    assert never.sheets["mps"].values.sum() == 0
    said = next(finding for finding in never.findings if finding.message == "lot_never_started")
    assert said.values == {"processes": 1, "process": "A@P1", "lot": 50.0, "planned": 20.0}
    once = release(plan=company(), production=planned(company(), 30.0))
    assert not any(finding.message == "lot_never_started" for finding in once.findings)
