"""The chain of a month: forecast → demand → supply → finance → schedule → review. Only here the disciplines meet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from sandop.calendar import Periods
from sandop.cycle import CountryUnknown, DaysOff, country_days_off, festival_share
from sandop.demand import (
    accuracy,
    demand_spread,
    family_codes,
    forecast_value_added,
    make_demand,
    planned_months,
    segmentation,
    statistical_forecast,
    stock_rows,
    waterfall,
)
from sandop.execution import fence_breaks, frozen_production, release
from sandop.finance import bridge, business_review, project
from sandop.findings import Finding, Refusal, Where, note, warning
from sandop.plan import Plan, Rows, Sheet, Values
from sandop.scenario.buckets import demand_in_buckets
from sandop.scenario.decisions import decisions_of
from sandop.scenario.family_sheet import family_sheet
from sandop.scenario.gap import budget_gap
from sandop.scenario.kpis import kpis
from sandop.scenario.month import Month
from sandop.scenario.supply_reports import lost_without_a_limit, supply_reports
from sandop.supply import SupplyModel, best_plan, lead_time_plus_review, safety_stock
from sandop.units import days_to_buckets

CONFIRMED = 5  # shortages whose worth is confirmed by solving again
RESOLVED_UP_TO = 400_000  # rows of a program above which one what-if takes so long that none is made unasked


class NothingToPlan(Refusal):
    """The folder brings no demand in any form."""

    message = "refused.nothing_to_plan"


def forecast_step(month: Month) -> Month:
    """Statistical forecast of every series with its range, and why."""
    plan = month.plan
    if "orders" not in plan.sheets:
        return month
    orders, months = plan.sheet("orders"), planned_months(plan)
    festival = festival_of(plan)
    forecast = statistical_forecast(
        orders=orders,
        periods=months,
        censored=_censored(plan),
        festival=festival(orders.periods.then(months)) if festival else None,
        family=family_codes(plan, orders.rows),
        learned=plan.settings.demand.learned,
        seed=plan.settings.seed,
    )
    return month.adding(sheets=forecast.sheets, reports={"forecast_report": forecast.report})


def _censored(plan: Plan) -> Sheet | None:
    return plan.sheet("stocked_out") if "stocked_out" in plan.sheets else None


def festival_of(plan: Plan) -> Callable[[Periods], Values] | None:
    """Share of the plan's moving festival in given periods, (period,); None where the plan names none."""
    return festival_share if plan.settings.demand.festival == "spring" else None


def demand_step(month: Month) -> Month:
    """The unconstrained demand plan and the record of the forecasts before it. Raises NothingToPlan."""
    plan = month.plan
    if not {"orders", "sales_forecast", "demand_given"} & set(plan.sheets) and not len(plan.network.launches):
        raise NothingToPlan
    statistical = month.sheets.get("statistical") or Sheet.blank("statistical", _no_rows(), planned_months(plan))
    made = make_demand(plan=plan, statistical=statistical)
    reports = {
        **made.reports,
        "accuracy": accuracy(plan=plan),
        "value_added": forecast_value_added(plan=plan),
        "segmentation": segmentation(plan=plan),
        "waterfall": waterfall(plan=plan, demand=made.sheets),
    }
    return month.adding(sheets=made.sheets, reports=reports, findings=made.findings)


def _no_rows() -> Rows:
    return Rows(("item", "site", "customer"), ())


def targets_of(plan: Plan, demand: Sheet) -> dict[str, Sheet]:
    """How far demand may stray over lead time plus review period, and the stock wanted against it."""
    rows = stock_rows(demand.rows)
    spread = Sheet.blank("demand_spread", rows, demand.periods)
    if "orders" in plan.sheets:
        cover = days_to_buckets(lead_time_plus_review(plan.network, rows), bucket="month")[:, None]
        spread = demand_spread(
            orders=plan.sheet("orders"),
            demand=demand,
            months=cover,
            censored=_censored(plan),
            seed=plan.settings.seed,
        )
    return {"demand_spread": spread, "safety_stock": safety_stock(plan=plan, demand=demand, spread=spread)}


def supply_step(month: Month) -> Month:
    """The constrained plan with its certificate, shortages and surpluses; then what could be decided about them."""
    plan = month.plan
    demand = demand_in_buckets(plan=plan, demand=month.sheets["demand"])
    sheets = targets_of(plan, demand)
    targets = sheets["safety_stock"]
    model = SupplyModel.of(plan=plan, demand=demand, targets=targets, frozen=frozen_production(plan=plan))
    asked = len(model.program.row_lower) <= RESOLVED_UP_TO
    supplied = best_plan(model, demand=demand, targets=targets, confirm_top=CONFIRMED if asked else 0)
    decided = decisions_of(month=month, model=model, supplied=supplied, solve_again=asked)
    return month.adding(
        sheets={**sheets, **supplied.sheets},
        reports={**supply_reports(supplied), **decided},
        findings=(
            *supplied.findings,
            *lost_without_a_limit(supplied),
            *([] if asked else [note("too_large_to_solve_again")]),
        ),
    ).proven(supplied.certificate)


def finance_step(month: Month) -> Month:
    """The plan in money against budget, estimate and last year."""
    plan, sheets = month.plan, month.sheets
    projection = project(
        plan=plan,
        deliveries=sheets["deliveries"],
        closing_stock=sheets["closing_stock"],
        purchases=sheets.get("purchases"),
        purchases_received=sheets.get("purchases_received"),
    )
    bridged = bridge(plan=plan, deliveries=sheets["deliveries"])
    reports = {**projection.reports, "bridge": bridged.rows, "business_review": business_review(plan=plan)}
    return month.adding(sheets=projection.sheets, reports=reports, findings=(*projection.findings, *bridged.findings))


def schedule_step(month: Month) -> Month:
    """The master production schedule in lots and weeks, to be signed with the plan, and what it changes inside the
    time fences."""
    plan, sheets = month.plan, month.sheets
    days, unknown = _plant_days(plan)
    schedule = release(
        plan=plan, production=sheets["production"], results=sheets, days_off=days.off, days_worked=days.worked
    )
    breaks = fence_breaks(plan=plan, production=sheets["production"])
    return month.adding(
        sheets=schedule.sheets,
        reports={**schedule.reports, "fence_breaks": breaks.report},
        findings=(*unknown, *schedule.findings, *breaks.findings),
    )


def _plant_days(plan: Plan) -> tuple[DaysOff, list[Finding]]:
    """Holidays and make-up days of the plants' country (the first one's where they differ), and a finding where the
    country is not known."""
    sites = plan.network.sites
    countries = [str(country) for country, kind in zip(sites.country, sites.kind) if kind == "plant"]
    years = {day.year for day in (*plan.calendar.horizon.starts, plan.calendar.horizon.end)}
    if not countries:
        return DaysOff(), []
    try:
        return country_days_off(country=countries[0], years=years), []
    except CountryUnknown:
        return DaysOff(), [warning("country_unknown", Where("sites", 0, "country"), country=countries[0])]


def review_step(month: Month) -> Month:
    """What the meeting looks at: family sheets, key figures, the gap to budget and what closes it."""
    sheets, identities = family_sheet(month=month)
    month = month.adding(reports={"family_sheet": sheets, "identities": identities})
    return month.adding(reports={"kpis": kpis(month=month), "gap": budget_gap(month=month)})


STEPS: dict[str, Callable[[Month], Month]] = {
    "forecast": forecast_step,
    "demand": demand_step,
    "supply": supply_step,
    "finance": finance_step,
    "schedule": schedule_step,
    "review": review_step,
}


def run_steps(*, month: Month, steps: Sequence[str] = tuple(STEPS)) -> Month:
    """The month after these steps, in their order. Raises KeyError for an unknown step."""
    for step in steps:
        month = STEPS[step](month)
        month = replace(month, steps=tuple(dict.fromkeys((*month.steps, step))))
    return month
