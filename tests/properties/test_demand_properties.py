"""What holds for every demand plan: nothing is made or lost between opinions and the plan."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sandop.calendar import Periods
from sandop.demand.consensus import DemandPlan, agree, make_demand
from sandop.demand.overrides import shared_out
from sandop.demand.scope import in_proportion
from sandop.demand.waterfall import waterfall
from sandop.measures import measure
from sandop.network import Activities, Customers, Families, Items, Launches, Network, Overrides
from sandop.plan import Plan, Settings, Sheet, apply_changes, by_month, level, spread, to_buckets

MONTHS = Periods.months("2026-01", 4)
KEYS = [(item, "S", customer) for item in ("A", "B", "C", "N") for customer in ("X", "Y")]
PROPERTY = settings(derandomize=True, max_examples=40, deadline=None)

amounts = st.floats(0, 5000).map(lambda x: round(x, 3))
shares = st.floats(0, 1).map(lambda x: round(x, 3))
month_names = st.sampled_from(("2025-12", *MONTHS.labels))
families, items = st.sampled_from(("", "F", "G")), st.sampled_from(("", "A", "B", "C"))
customers = st.sampled_from(("", "X", "Y"))
said = st.one_of(st.just(math.nan), amounts)

activity = st.fixed_dictionaries(
    {
        "family": families,
        "item": items,
        "customer": customers,
        "start": month_names,
        "months": st.integers(1, 3),
        "uplift": st.floats(-1, 2).map(lambda x: round(x, 2)),
        "dip_after": shares,
        "takes_from": families,
        "taken": shares,
        "probability": shares,
    }
)
stated = st.builds(lambda row, quantity: {**row, "quantity": quantity}, activity, st.floats(-2000, 2000))
launch = st.fixed_dictionaries(
    {
        "item": st.just("N"),
        "customer": st.sampled_from(("X", "Y")),
        "launch": month_names,
        "monthly": amounts,
        "ramp_months": st.integers(0, 6),
        "pipeline_fill": amounts,
        "replaces": items,
        "replaced": shares,
        "like_item": items,
    }
)
override = st.fixed_dictionaries(
    {"family": families, "item": items, "customer": customers, "period": month_names, "quantity": amounts}
)


def sheet(draw: st.DrawFn, name: str, cells: st.SearchStrategy[float]) -> Sheet:
    keys = draw(st.lists(st.sampled_from(KEYS[:6]), min_size=1, unique=True))
    row = st.lists(cells, min_size=len(MONTHS), max_size=len(MONTHS))
    return Sheet.of(name, MONTHS, {key: draw(row) for key in keys})


@st.composite
def demand_plans(draw: st.DrawFn) -> tuple[Plan, DemandPlan]:
    """A plan with every kind of opinion, and the demand made of it."""
    phase_out = draw(st.sampled_from(("", "2025-11", "2026-02")))
    network = Network.of(
        families=Families.of([{"family": "F", "unit": "piece"}, {"family": "G", "unit": "piece"}]),
        items=Items.of(
            {"item": item, "family": family, "value": 1, "phase_out": phase_out if item == "C" else ""}
            for item, family in (("A", "F"), ("B", "F"), ("C", "G"), ("N", "F"))
        ),
        customers=Customers.of([{"customer": c, "site": "S", "priority": "1"} for c in ("X", "Y")]),
        activities=Activities.of(
            {"activity": str(i), **row}
            for i, row in enumerate(draw(st.lists(st.one_of(activity, stated), max_size=4)))
        ),
        launches=Launches.of(draw(st.lists(launch, max_size=2, unique_by=lambda row: row["customer"]))),
        overrides=Overrides.of(
            {"override": str(i), "who": "dana", "when": np.datetime64("2026-01-05"), "why": "said so", **row}
            for i, row in enumerate(draw(st.lists(override, max_size=4)))
        ),
    )
    choices = Settings.model_validate(
        {
            "company": {"name": "Any", "currency": "CNY"},
            "time": {"start": "2026-01", "months": len(MONTHS), "history_start": "2025-01"},
            "demand": {"sales_includes": draw(st.sampled_from(([], ["activities"], ["activities", "launches"])))},
        }
    )
    sheets = {
        "sales_forecast": sheet(draw, "sales_forecast", said),
        "demand_given": sheet(draw, "demand_given", st.one_of(st.just(math.nan), st.just(math.nan), said)),
    }
    previous = {"demand": sheet(draw, "demand", amounts)} if draw(st.booleans()) else {}
    plan = Plan(choices, network, sheets, previous=previous)
    return plan, make_demand(plan=plan, statistical=sheet(draw, "statistical", amounts))


@PROPERTY
@given(demand_plans())
def test_demand_is_baseline_and_sales_and_overrides_to_the_last_digit(made: tuple[Plan, DemandPlan]) -> None:
    sheets = made[1].sheets
    known = ~np.isnan(sheets["baseline"].values) & ~np.isnan(sheets["demand"].values)
    rounded = measure("demand").rounded
    baseline, consensus = sheets["baseline"].values[known], sheets["consensus"].values[known]
    parts = baseline + (consensus - baseline) + sheets["override_effect"].values[known]
    assert (rounded(parts) == sheets["demand"].values[known]).all()


@PROPERTY
@given(demand_plans())
def test_demand_is_never_negative_whatever_is_cannibalised(made: tuple[Plan, DemandPlan]) -> None:
    for name in ("baseline", "consensus", "demand"):
        assert not (made[1].sheets[name].values < 0).any()


@PROPERTY
@given(demand_plans())
def test_consensus_and_its_changes_are_the_demand(made: tuple[Plan, DemandPlan]) -> None:
    sheets = made[1].sheets
    again = apply_changes(sheets["consensus"].named("demand"), made[1].changes)
    np.testing.assert_array_equal(again.values, sheets["demand"].values)


@PROPERTY
@given(demand_plans())
def test_the_last_override_of_a_scope_and_month_is_what_the_plan_adds_up_to(made: tuple[Plan, DemandPlan]) -> None:
    plan, demand = made
    if not demand.reports["overrides"]:
        assert not demand.sheets["override_effect"].values.any()
        return
    last = demand.reports["overrides"][-1]
    row = next(row for row in plan.network.overrides.rows() if row["override"] == last["override"])
    values = demand.sheets["demand"]
    mask = np.array(
        [
            row["item"] in ("", key[0])
            and row["customer"] in ("", key[2])
            and row["family"] in ("", "G" if key[0] == "C" else "F")
            for key in values.rows.keys
        ]
    )
    total = np.nansum(values.values[mask, values.periods.position[str(row["period"])]])
    assert abs(total - row["quantity"]) < 1e-6


@PROPERTY
@given(demand_plans())
def test_the_waterfall_adds_up_in_every_family(made: tuple[Plan, DemandPlan]) -> None:
    plan, demand = made
    report = waterfall(plan=plan, demand=demand.sheets)
    assert bool(report) == bool(plan.previous)
    for family in {row["family"] for row in report}:
        steps = {row["cause"]: float(str(row["quantity"])) for row in report if row["family"] == family}
        end = steps.pop("to")
        assert abs(sum(steps.values()) - end) < 1e-6


@PROPERTY
@given(demand_plans())
def test_shuffled_opinions_make_the_same_demand(made: tuple[Plan, DemandPlan]) -> None:
    plan, demand = made
    tables = plan.network.tables()
    turned = {name: table.take(list(range(len(table)))[::-1]) for name, table in tables.items()}
    again = Plan(plan.settings, Network.of(**turned), plan.sheets, previous=plan.previous)
    statistical = Sheet("statistical", demand.sheets["demand"].rows, MONTHS, demand.sheets["baseline"].values)
    one, other = (make_demand(plan=p, statistical=statistical) for p in (plan, again))
    np.testing.assert_array_equal(one.sheets["demand"].values, other.sheets["demand"].values)


@PROPERTY
@given(said, said)
def test_consensus_lies_between_the_opinions(baseline: float, sales: float) -> None:
    agreed = float(agree(np.array([[baseline]]), np.array([[sales]]))[0, 0])
    spoken = [opinion for opinion in (baseline, sales) if not math.isnan(opinion)]
    if not spoken:
        assert math.isnan(agreed)
    else:
        assert min(spoken) - 0.0005 <= agreed <= max(spoken) + 0.0005


@PROPERTY
@given(amounts, st.lists(said, min_size=1, max_size=30))
def test_an_override_shared_out_adds_up_to_itself(total: float, before: list[float]) -> None:
    after = shared_out(total, np.array(before), np.ones(len(before)))
    assert measure("demand").rounded(np.array(np.nansum(after))) == total
    assert not (after < 0).any()


@PROPERTY
@given(amounts, st.lists(amounts, min_size=1, max_size=12))
def test_spread_then_roll_up_returns(total: float, pattern: list[float]) -> None:
    values = np.array(pattern)[:, None]
    keys = {(f"A{i:02d}", "S", "X"): [p] for i, p in enumerate(pattern)}
    sheet_ = Sheet.of("demand", Periods.months("2026-01", 1), keys)
    at = level(sheet_.rows, Network.of(), ())
    down = spread(totals=np.array([[total]]), pattern=sheet_.values, at=at)
    assert abs(at.total(down)[0, 0] - total) <= 1e-9 * max(total, 1)
    mine = in_proportion(np.array([total]), values, np.ones(values.shape, dtype=bool))
    np.testing.assert_allclose(np.sort(mine, axis=0), np.sort(down, axis=0), atol=1e-9)


@PROPERTY
@given(
    st.lists(said, min_size=3, max_size=3),
    st.lists(st.integers(0, 6), min_size=20, max_size=20),
    st.sampled_from(("2026-01", "2026-05", "2027-11")),
)
def test_weeks_add_up_to_their_months(values: list[float], days: list[int], first: str) -> None:
    monthly = Sheet.of("demand", Periods.months(first, 3), {("A", "S", "X"): values})
    weeks = Periods.weeks(first, 3)
    split = to_buckets(
        demand_monthly=monthly, periods=weeks, days_worked=np.array(days[: len(weeks)], dtype=np.float64)
    )
    np.testing.assert_array_equal(by_month(split).rounded().values, monthly.values)
    assert not (split.values < 0).any()
