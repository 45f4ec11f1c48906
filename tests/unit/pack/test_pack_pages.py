"""Every page states its conclusion and shows figures that can be checked by hand."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pack_company as company
import pytest

from sandop.network import Activities, Network
from sandop.pack import make_pack
from sandop.pack.page import Beside, Cell, Chart, Page, PageBreak, Row, Sentence, Table, Waterfall
from sandop.pack.pages import (
    assumptions,
    bridge,
    capacity,
    demand,
    families,
    kpis,
    money,
    schedule,
    shortages,
    stock,
)
from sandop.pack.reader import Reader
from sandop.plan import Sheet
from sandop.scenario.month import Month

Make = Callable[[Month, Reader], Page | None]


def made(make: Make, month: Month | None = None, language: str = "en") -> Page:
    month = month or company.month()
    page = make(month, Reader(month.plan, language))  # type: ignore[arg-type]
    assert page is not None
    return page


def tables(page: Page) -> list[Table]:
    return [part for part in page.parts if isinstance(part, Table)]


def values(row: Row) -> list[object]:
    return [cell.value if isinstance(cell, Cell) else cell for cell in row.cells]


def row_of(table: Table, *names: str) -> list[object]:
    """The values of the row that begins with these names."""
    return next(values(row) for row in table.rows if values(row)[: len(names)] == list(names))


@pytest.mark.parametrize("make", [kpis.page, money.page, bridge.page, demand.page, families.page, capacity.page,
                                  shortages.page, stock.page, schedule.page, schedule.carry_page])  # fmt: skip
def test_a_page_without_figures_is_left_out(make: Make) -> None:
    month = Month(company.plan())
    assert make(month, Reader(month.plan, "en")) is None


def test_the_pack_leaves_out_what_is_not_known_and_keeps_the_decision_page_first() -> None:
    assert [page.id for page in make_pack(month=Month(company.plan()), language="en").pages] == [
        "decide",
        "contents",
        "assumptions",
    ]


def test_the_contents_tell_the_month_in_the_conclusions_of_the_pages() -> None:
    pack = make_pack(month=company.month(), language="en")
    contents = tables(pack.pages[1])[0]
    assert [values(row)[2] for row in contents.rows] == [page.title for page in pack.pages if page.id != "contents"]
    assert [row.cells[1].link for row in contents.rows] == [  # type: ignore[union-attr]
        page.id for page in pack.pages if page.id != "contents"
    ]


def test_a_status_is_a_sign_and_a_word_not_only_a_colour() -> None:
    page = made(kpis.page)
    assert page.title == "1 of 3 key figures are on target; off target: Fill rate"
    said = [(row.cells[4].value, row.cells[4].tone) for row in tables(page)[0].rows]  # type: ignore[union-attr]
    assert said == [("✗ Off target", "bad"), ("! Watch", "watch"), ("✓ On target", "good"), ("– Not judged", "quiet")]


def test_key_figures_show_the_change_since_the_plan_approved_last() -> None:
    fill_rate = values(tables(made(kpis.page))[0].rows[0])
    assert fill_rate[1] == 0.94
    assert fill_rate[6] == pytest.approx(-0.01)
    assert fill_rate[7] == "Zhou Min"


@pytest.mark.parametrize(
    ("status", "title"),
    [("green", "1 of 1 key figures are on target"), ("none", "1 key figures, no targets set to judge them by")],
)
def test_the_scorecard_says_when_all_is_well_and_when_nothing_can_be_judged(status: str, title: str) -> None:
    month = company.month(kpis=[company.kpi("fill_rate", 0.98, 0.97, 0.02, status, None, "share")])
    assert made(kpis.page, month).title == title


def test_money_by_year_shows_the_difference_to_budget_estimate_and_last_year() -> None:
    page = made(money.page)
    assert (
        page.title == "2026: revenue 96.0 M CNY leaves a gross margin of 28.0 M CNY (29.2%), 3.0 M CNY below budget"
    )
    revenue = row_of(tables(page)[0], "Revenue", "2026")
    assert revenue[2:5] == [96e6, 100e6, -4e6]
    assert revenue[5] == pytest.approx(-0.04)
    assert revenue[7] == -2e6
    assert revenue[10] == pytest.approx(6 / 90)


def test_money_nobody_has_budgeted_stays_blank() -> None:
    capital = row_of(tables(made(money.page))[0], "Working capital", "2026")
    assert math.isnan(capital[3])  # type: ignore[arg-type]
    assert math.isnan(capital[4])  # type: ignore[arg-type]


def test_money_by_month_shows_only_versions_that_say_something() -> None:
    by_month = tables(made(money.page))[1]
    assert [values(row)[1] for row in by_month.rows] == [
        *("Plan", "Budget", "LE", "Last year"),
        *("Plan", "Budget", "Last year"),
        "Plan",
    ]
    assert len(by_month.columns) == 2 + company.MONTHS


def test_money_that_nobody_has_said_leaves_no_empty_table_and_no_empty_chart() -> None:
    months = [{**row, "plan": None, "budget": None, "last_year": None} for row in company.money()]
    page = made(money.page, company.month(money=[row for row in months if row["scope"] == "month"]))
    assert not [part for part in page.parts if isinstance(part, Chart | Beside)]
    assert len(tables(page)) == 1


def test_money_without_margin_has_a_plain_title() -> None:
    only = [row for row in company.money() if row["line"] == "revenue"]
    assert made(money.page, company.month(money=only)).title == "What the plan earns and ties up"
    free = [{**row, "budget": None} for row in company.money()]
    assert made(money.page, company.month(money=free)).title.endswith("(29.2%)")


def test_the_bridge_starts_at_budget_ends_at_the_plan_and_adds_up() -> None:
    page = made(bridge.page)
    assert page.title == "Revenue is 4.0 M CNY (4.0%) below budget; the main cause is volume, -4.0 M CNY"
    beside = page.parts[0]
    assert isinstance(beside, Beside)
    chart = beside.left[0]
    assert isinstance(chart, Waterfall)
    assert chart.steps[0].total
    assert chart.steps[-1].total
    assert chart.steps[0].amount + sum(step.amount for step in chart.steps[1:-1]) == chart.steps[-1].amount
    assert all("adds up" in str(values(row)[-1]) for row in tables(page)[0].rows)


def test_a_bridge_that_does_not_add_up_says_so() -> None:
    broken = [{**row, "amount": 7.0} if row["effect"] == "price" else row for row in company.bridge()]
    shown = tables(made(bridge.page, company.month(bridge=broken)))[0]
    assert {values(row)[-1] for row in shown.rows} == {"✗ does not"}


def test_a_bridge_of_months_only_is_left_out() -> None:
    months = [{**row, "period": "2025-12"} for row in company.bridge()]
    month = company.month(bridge=months)
    assert bridge.page(month, Reader(month.plan, "en")) is None


def test_a_bridge_against_last_year_alone_stands_alone() -> None:
    """90 last year, volume + 6: 96."""
    month = company.month(bridge=[row for row in company.bridge() if row["compare"] == "last_year"])
    page = made(bridge.page, month)
    assert page.title == "Revenue is 6.0 M CNY (6.7%) above last year; the main cause is volume, 6.0 M CNY"
    assert isinstance(page.parts[0], Waterfall)


def test_demand_shows_its_parts_and_what_is_delivered_late() -> None:
    """Domestic pumps: 100 asked for, 90 delivered in January to March: 570 of 600 is 95 %."""
    page = made(demand.page)
    assert (
        page.title == "1 of 2 families cannot be delivered in full; Domestic pumps worst, at 95.0% of what is asked"
    )
    block = tables(page)[0]
    assert [values(row)[1] for row in block.rows] == [
        "Statistics",
        "+ activities, net",
        "+ sales opinion",
        "+ overrides",
        "Unconstrained demand",
        "Constrained (delivered)",
        "Late at month end",
        "Orders a year before",
    ]
    parts = np.array([values(row)[2:8] for row in block.rows[:4]], dtype=float)
    assert parts.sum(axis=0) == pytest.approx([100.0] * 6)
    late = values(block.rows[6])
    assert late[2:8] == [10.0, 20.0, 30.0, 20.0, 10.0, None]


def test_a_family_fully_served_shows_no_row_of_late_demand() -> None:
    assert "Late at month end" not in [values(row)[1] for row in tables(made(demand.page))[1].rows]


def test_demand_that_is_all_served_says_so_and_demand_without_supply_too() -> None:
    month = company.month()
    all_served = Month(month.plan, {**month.sheets, "deliveries": month.sheets["demand"].named("deliveries")})
    assert made(demand.page, all_served).title == (
        "All is delivered in the end, but 1 of 2 families are late at some month end"
    )
    on_time = Month(month.plan, {name: sheet for name, sheet in all_served.sheets.items() if name != "backlog"})
    assert made(demand.page, on_time).title == "All families can be delivered in full"
    assert made(demand.page, company.month(), "zh").title.startswith("2个产品族中有1个")
    unsupplied = Month(month.plan, {name: sheet for name, sheet in month.sheets.items() if name != "deliveries"})
    assert made(demand.page, unsupplied).title == "Unconstrained demand of 2 families; supply is not planned yet"


def test_accuracy_of_a_level_weighs_its_nodes_with_their_demand() -> None:
    """Items: 0.10 of 300 and 0.30 of 100 are 60 of 400 = 15 %."""
    shown = tables(made(demand.page))[2]
    assert values(shown.rows[0])[:3] == ["Company", "Statistics · WMAPE", 0.11]
    item = row_of(shown, "Item", "Statistics · WMAPE")
    assert item[2] == pytest.approx(0.15)


def test_without_past_forecasts_the_demand_page_says_so() -> None:
    page = made(demand.page, company.month(accuracy=None))
    assert page.parts[-1] == Sentence("There are no past forecasts to judge yet.", "quiet")


def test_each_family_has_its_sheet_on_its_own_printed_page() -> None:
    page = made(families.page)
    assert sum(isinstance(part, PageBreak) for part in page.parts) == 1
    block = tables(page)[0]
    assert values(block.rows[0])[2:5] == ["actual", "actual", "plan"]
    assert [values(row)[1] for row in block.rows[1:6]] == [
        "Old plan",
        "New plan",
        "Actual",
        "Difference",
        "Cumulative",
    ]


def test_checks_are_marked_month_by_month_and_a_broken_one_is_the_headline() -> None:
    assert made(families.page).title == "2 families: bookings, shipments, production and stock agree in all 2 checks"
    page = made(families.page, company.month(identities=company.identities(holds=False)))
    assert page.title == "1 of 2 checks do not hold: Domestic pumps"
    assert [values(row)[1:5] for row in tables(page)[0].rows[-2:]] == [
        ["Backlog balances", "", "", "✓"],
        ["Stock balances", "", "", "✗"],
    ]


def test_a_family_of_which_only_the_backlog_is_known_has_no_chart() -> None:
    only = [row for row in company.family_sheet() if row["line"] == "backlog"]
    page = made(families.page, company.month(family_sheet=only))
    assert not [part for part in page.parts if isinstance(part, Chart)]


def test_family_sheets_without_checks_do_not_claim_any() -> None:
    assert made(families.page, company.month(identities=())).title.startswith("2 families: bookings")


def test_an_identity_of_another_package_is_said_in_its_own_words() -> None:
    reader = Reader(company.plan(), "zh")
    assert families.identity_name(reader, "identity.stock") == "库存平衡"
    assert families.identity_name(reader, "unheard") == "unheard"


def test_the_bottleneck_is_the_headline_of_the_capacity_page() -> None:
    """Winding needs 210 of 200 hours in January to March: 105 %."""
    page = made(capacity.page)
    assert page.title == (
        "Motor winding is the bottleneck: 105% of its regular hours in Jan 2026, overloaded in 3 of 6 months"
    )
    heat = tables(page)[0]
    assert heat.heat
    assert values(heat.rows[0])[:3] == ["Motor winding", "Hangzhou plant", 1.05]
    chart = next(part for part in page.parts if isinstance(part, Chart))
    assert [(series.name, series.shape) for series in chart.series] == [
        ("Planned, regular", "stack"),
        ("Planned, overtime", "stack"),
        ("Required", "line"),
        ("Available, regular", "line"),
    ]


def test_capacity_that_is_enough_says_so_and_unknown_capacity_too() -> None:
    month = company.month()
    wide = month.sheets["hours_available"]
    enough = Month(month.plan, {**month.sheets, "hours_available": wide.with_values(wide.values * 2)})
    assert made(capacity.page, enough).title == (
        "All resources fit: the highest load is 52% on Motor winding in Jan 2026"
    )
    unknown = Month(month.plan, {"load": month.sheets["load"]})
    assert made(capacity.page, unknown).title == "Required hours by resource; available hours are not known"


def test_several_overloaded_resources_are_counted_and_workers_are_shown() -> None:
    month = company.month()
    load = month.sheets["load"]
    workers = load.with_values(np.full(load.values.shape, 5.0), "workers")
    heavy = Month(month.plan, {**month.sheets, "load": load.with_values(load.values * 3), "workers": workers})
    page = made(capacity.page, heavy)
    assert page.title.endswith("; 1 other over regular hours")
    assert "Workers" in [values(row)[1] for row in tables(page)[1].rows]


def test_a_resource_nobody_needs_is_no_page() -> None:
    month = company.month()
    load = month.sheets["load"]
    idle = Month(month.plan, {"load": load.with_values(load.values * 0)})
    assert capacity.page(idle, Reader(month.plan, "en")) is None


def test_the_shortage_list_says_what_one_more_unit_is_worth_and_whom_it_hits() -> None:
    page = made(shortages.page)
    assert page.title.startswith("2 limits bind; the costliest: Motor winding is short in Jan–Mar 2026")
    first = values(tables(page)[0].rows[0])
    assert first[:3] == ["Capacity", "Motor winding", "Jan 2026"]
    assert first[7:11] == [310.0, 620.0, 3100.0, 6000.0]
    assert first[11:] == ["Pump 1", "Distributors East"]


def test_what_was_not_solved_again_stays_blank() -> None:
    supplier = values(tables(made(shortages.page))[0].rows[-1])
    assert supplier[1] == "Ningbo Castings"
    assert all(math.isnan(saving) for saving in supplier[8:11])  # type: ignore[arg-type]


def test_the_confirmed_worth_counts_before_the_price() -> None:
    assert shortages.worth({"worth": 12.0, "unit_value": 20.0}) == 12.0
    assert shortages.worth({"worth": None, "unit_value": 20.0}) == 20.0


def test_one_limit_without_a_price_is_said_to_be_used_to_the_limit() -> None:
    one = [{**company.shortages()[0], "unit_value": None}]
    assert made(shortages.page, company.month(shortages=one)).title == (
        "One limit binds: Ningbo Castings is used to the limit in Feb 2026"
    )


def test_without_shortages_the_page_says_so_and_lists_the_surpluses() -> None:
    page = made(shortages.page, company.month(shortages=(), violations=()))
    assert page.title == "Nothing is short: no limit holds the plan back."
    assert values(tables(page)[0].rows[0])[:5] == ["Idle capacity", "Assembly", "Jan 2026", 100.0, "hours"]


def test_demand_that_waits_stands_with_its_reason_and_its_limits() -> None:
    unserved = [
        {
            "item": "D1",
            "site": "DC-E",
            "customer": "EAST",
            "period": "2026-02",
            "late": 30,
            "lost": 0,
            "penalty": 900,
            "reason": "limit",
            "limits": "WIND, D1 · P1 · S-CAST",
        }
    ]
    page = made(shortages.page, company.month(unserved=unserved, violations=()))
    assert values(tables(page)[1].rows[0]) == [
        *("A limit is short", "Pump 1", "Feb 2026", 30.0, 0.0, 900.0, "", "Distributors East"),
        "Motor winding, Pump 1 · Hangzhou plant · Ningbo Castings",
    ]


def test_long_lists_are_cut_and_counted() -> None:
    many = [{**company.shortages()[1], "period": f"20{year}-01"} for year in range(26, 76)]
    parts = made(shortages.page, company.month(shortages=many)).parts
    assert any(isinstance(part, Sentence) and part.text.startswith("10 further rows") for part in parts)
    reader = Reader(company.plan(), "en")
    assert shortages.listed(reader, "items", "D1,I1,X1,X2,X3") == "Pump 1, Set 1, X1 and 2 more"


def test_stock_is_shown_at_cost_against_its_target_with_days_of_supply() -> None:
    """Domestic: 10 pumps at 100 = 1,000 against 3,000 wanted; 1,000 / 9,000 of next month = 3.4 days."""
    page = made(stock.page)
    assert page.title == (
        "Stock is worth 6,000 CNY at the end of Jun 2026, 500 CNY above target; short of it in 3 months"
    )
    table = tables(page)[0]
    assert row_of(table, "Domestic pumps", "Closing stock")[2:5] == [1000.0, 1000.0, 1000.0]
    by_name = {str(values(row)[1]): row for row in reversed(table.rows)}
    under = by_name["Over (+) or under target"].cells[2]
    assert isinstance(under, Cell)
    assert (under.value, under.tone) == (-2000.0, "bad")
    assert values(by_name["Days of supply"])[2] == pytest.approx(1000 * 30.4375 / 9000)


def test_stock_without_targets_and_below_targets() -> None:
    month = company.month()
    free = Month(month.plan, {"closing_stock": month.sheets["closing_stock"]})
    assert made(stock.page, free).title == "Stock is worth 6,000 CNY at the end of Jun 2026"
    half = month.sheets["closing_stock"].with_values(month.sheets["closing_stock"].values / 2)
    low = made(stock.page, Month(month.plan, {**month.sheets, "closing_stock": half}))
    assert "2,500 CNY below target; short of it in 6 months" in low.title


def test_the_schedule_shows_eight_whole_weeks_by_line_and_item() -> None:
    """January 2026 begins on a Thursday (W01b); its end cuts W05 in two: nine columns are eight weeks."""
    page = made(schedule.page)
    table = tables(page)[0]
    weeks = [column.title.split()[0] for column in table.columns[4:-1]]
    assert weeks == ["W01b", "W02", "W03", "W04", "W05a", "W05b", "W06", "W07", "W08"]
    wind = row_of(table, "Motor winding · Hangzhou plant")
    assert wind[1:4] == ["D1", "Pump 1", 25.0]
    assert wind[-1] == 150.0
    assert row_of(table, "Subcontractor · Hangzhou plant")[1] == "I1"


def test_a_schedule_of_nothing_says_so() -> None:
    month = company.month(schedule_carry=())
    mps = month.sheets["mps"]
    idle = Month(month.plan, {"mps": mps.with_values(mps.values * 0)})
    assert any(
        isinstance(part, Sentence) and "Nothing is to be started" in part.text
        for part in made(schedule.page, idle).parts
    )


def test_the_carry_shows_that_weeks_and_months_agree_within_a_lot() -> None:
    page = made(schedule.carry_page, company.month(schedule_carry=[
        {**row, "lot": 25} for row in company.reports()["schedule_carry"]
    ]))  # fmt: skip
    assert page.title == "Weeks and months agree: every item is within one lot of its plan"
    assert values(tables(page)[0].rows[0])[:7] == ["D1", "Pump 1", 25.0, 110.0, 100.0, 10.0, 10.0]
    off = company.month(schedule_carry=[{**row, "lot": 5} for row in company.reports()["schedule_carry"]])
    assert made(schedule.carry_page, off).title == (
        "Off their plan by a lot or more at the end of Feb 2026: 1 of 1 items"
    )


def test_weeks_fixed_before_may_keep_items_off_for_a_while() -> None:
    """January is 30 of a lot of 25 off, February 10."""
    first, second = (dict(row, lot=25) for row in company.reports()["schedule_carry"])
    page = made(schedule.carry_page, company.month(schedule_carry=[{**first, "cumulative": 30}, second]))
    assert page.title == (
        "By the end of Feb 2026 weeks and plan agree within a lot; "
        "until then weeks fixed before keep items off (at most 1)"
    )
    tones = [cell.tone for cell in tables(page)[0].rows[0].cells if isinstance(cell, Cell)]
    assert tones == [None, None, None, "watch", None, None, None, None]


def test_a_schedule_without_carry_has_no_carry_page() -> None:
    month = company.month(schedule_carry=())
    assert schedule.carry_page(month, Reader(month.plan, "en")) is None


def test_assumptions_name_who_said_what_and_why() -> None:
    page = made(assumptions.page)
    assert page.title == "What the plan rests on – activities: 1, launches: 1, overrides: 1"
    said = [values(row) for table in tables(page) for row in table.rows]
    assert ["Zhou Min", "Tender won", "Domestic pumps · East", "Mar 2026", 120.0] in [row[:5] for row in said]
    assert any(row[1] == "June promotion" and row[2] == "Domestic pumps" for row in said)
    hashes = [row[1] for row in said if row[0] in ("Hash of the inputs", "Hash of the results")]
    assert all(len(str(value)) == 64 for value in hashes)
    assert len(hashes) == 2


def test_an_activity_that_is_over_is_no_assumption_of_the_plan() -> None:
    """Ended in October 2025: even the month after lies behind us; one that ended in December reaches January."""
    plan = company.plan()
    past = [
        {"activity": "old", "start": "2025-10", "uplift": 0.1},
        {"activity": "just", "start": "2025-11", "months": 2, "uplift": 0.1},
    ]
    month = Month(plan.with_network(replace(plan.network, activities=Activities.of(past))))
    assert list(assumptions.activities_ahead(month).activity) == ["just"]


def test_risks_and_opportunities_stand_beside_the_plan() -> None:
    risks = [
        {"kind": "activity", "id": "618", "side": "risk", "probability": 0.4, "first": "2026-06", "quantity": -50.0,
         "unit": "pump", "value_at_cost": 5000.0, "owner": "wang"},
        {"kind": "launch", "id": "I1 | WEST", "side": "opportunity", "probability": 0.3, "first": "2026-05",
         "quantity": 20.0, "unit": "set", "value_at_cost": 9000.0, "owner": "zhou"},
    ]  # fmt: skip
    page = made(assumptions.page, company.month(risks_opportunities=risks))
    said = [values(row)[:4] for table in tables(page) for row in table.rows]
    assert ["Risk", "June promotion", "Activity", "Jun 2026"] in said
    assert ["Opportunity", "Set 1 · Distributors West", "Launch", "May 2026"] in said


def test_many_findings_of_one_kind_are_counted() -> None:
    month = company.month()
    many = Month(month.plan, findings=month.findings * 10)
    last = values(tables(made(assumptions.page, many))[-1].rows[-1])
    assert last[0] == "! Warning"
    assert str(last[1]).endswith("– and 7 more of this kind")


def test_a_plan_without_opinions_says_so() -> None:
    plan = company.plan()
    bare = plan.with_network(Network.of(families=plan.network.families, items=plan.network.items))
    said = [part.text for part in made(assumptions.page, Month(bare)).parts if isinstance(part, Sentence)]
    assert said == [
        "No activity is announced for the planned months.",
        "Nobody overrode a figure.",
        "Nothing doubtful was found.",
    ]


def test_a_plan_in_weeks_is_shown_by_month() -> None:
    """Six weeks of January and February add up to the months of the page."""
    month = company.month()
    time = month.plan.settings.time.model_copy(update={"bucket": "week", "months": 2})
    plan = replace(month.plan, settings=month.plan.settings.model_copy(update={"time": time}))
    weeks = plan.calendar.horizon
    sheets = {name: Sheet.of(name, weeks, {company.D1: [10.0] * len(weeks)}) for name in ("demand", "deliveries")}
    block = tables(made(demand.page, Month(plan, sheets)))[0]
    assert [column.title for column in block.columns[2:]] == ["Jan 26", "Feb 26", "Total"]
    assert values(block.rows[0])[2:] == [50.0, 50.0, 100.0]
