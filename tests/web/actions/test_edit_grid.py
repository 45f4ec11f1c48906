"""Numbers typed in the grid: at a row, at a total, over the demand; all of them or none.

sales_forecast of March, once said: A·E 300, A·W 100, B·E nothing
"""

from __future__ import annotations

import datetime as dt

import pytest
from gridding import A_EAST, A_WEST, B_EAST, CAPACITY, FAMILY, ITEM_A, LINE, cell, closed, opened, shows, typed
from planning import B_EAST as B_EAST_ROW
from planning import EAST, WEST, address, forecast, held, say_forecast, signed
from stage import NOW, Act, Browser

from sandop.plan import roll_up
from sandop.scenario import Month, run_steps
from sandop_web.access import NothingThere, NotUnderstood, NotYourRole, WhyMissing
from sandop_web.access.changing import DoesNotAddUp
from sandop_web.access.grid.locks import ComputedInTheMonth, MoneyIsRead
from sandop_web.access.grid.wishes import GivenTwice, NoSuchCell
from sandop_web.actions.editing import NothingToChange
from sandop_web.actions.grid import GridAsked, GridHasMoved
from sandop_web.actions.grid.overriding import NoOverrideThere, OverrideNeedsScope
from sandop_web.actions.scenarios import branch_scenario
from sandop_web.store.models import Change, GridBatch, MasterRow, Version
from sandop_web.store.plans import read_network, read_plan
from sandop_web.store.refusals import VersionIsPublished
from sandop_web.store.steps import StepIsClosed


@pytest.fixture
def said(act: Act, version: Version) -> None:
    say_forecast(act("dana"), version, forecast(EAST, 300.0), forecast(WEST, 100.0))


@pytest.mark.usefixtures("said")
def test_a_number_typed_at_a_row_is_that_row(act: Act, version: Version) -> None:
    saved = typed(act("dana"), version, cell(A_EAST, 300.0, 330.0))
    assert held(version, "sales_forecast", EAST) == 330.0
    assert (saved.cells, saved.before_total, saved.after_total) == (1, 300.0, 330.0)
    change = Change.objects.latest("pk")
    assert (change.person, change.before, change.after, change.why) == ("dana", 300.0, 330.0, "agreed")
    assert str(change.batch) == saved.batch


@pytest.mark.usefixtures("said")
def test_a_total_is_shared_by_its_rows_in_proportion_and_who_said_nothing_says_nothing(
    act: Act, version: Version
) -> None:
    saved = typed(act("dana"), version, cell(FAMILY, 400.0, 600.0))
    assert held(version, "sales_forecast", EAST) == 450.0
    assert held(version, "sales_forecast", WEST) == 150.0
    assert held(version, "sales_forecast", B_EAST_ROW) is None
    assert saved.cells == 2


@pytest.mark.usefixtures("said")
def test_the_answer_tells_every_node_that_changed(act: Act, version: Version) -> None:
    saved = typed(act("dana"), version, cell(ITEM_A, 400.0, 600.0))
    (patch,) = saved.patch
    told = dict(zip(patch.nodes, patch.values))
    grid = opened(act("dana"), version)
    assert told == {0: 600.0, 1: 600.0, 2: 600.0, 3: 450.0, 4: 150.0}
    assert all(grid.values["sales_forecast"][place, 2] == value for place, value in told.items())
    assert {(mark.node, mark.before) for mark in saved.marks} == {(2, 400.0), (3, 300.0), (4, 100.0)}


@pytest.mark.usefixtures("said")
def test_of_nested_cells_the_deeper_one_wins(act: Act, version: Version) -> None:
    saved = typed(act("dana"), version, cell(A_WEST, 100.0, 120.0), cell(ITEM_A, 400.0, 800.0))
    assert held(version, "sales_forecast", WEST) == 120.0
    assert held(version, "sales_forecast", EAST) == 600.0
    assert shows(opened(act("dana"), version), "sales_forecast", "DOM", "A") == 720.0
    assert (saved.before_total, saved.after_total) == (400.0, 720.0)


def test_where_nobody_has_spoken_the_computed_demand_says_how(act: Act, version: Version) -> None:
    typed(act("dana"), version, cell(FAMILY, None, 1000.0))
    east, west = held(version, "sales_forecast", EAST), held(version, "sales_forecast", WEST)
    rest = held(version, "sales_forecast", B_EAST_ROW)
    assert east and west and rest and east > west
    assert round(east + west + rest, 3) == 1000.0


@pytest.mark.usefixtures("said")
def test_a_blank_blanks_all_rows_below(act: Act, version: Version) -> None:
    typed(act("dana"), version, cell(FAMILY, 400.0, None))
    assert held(version, "sales_forecast", EAST) is None and held(version, "sales_forecast", WEST) is None


@pytest.mark.usefixtures("said")
def test_a_number_that_changed_meanwhile_is_refused_with_both_values_and_nothing_is_written(
    act: Act, version: Version
) -> None:
    with pytest.raises(GridHasMoved) as refused:
        typed(act("sally"), version, cell(A_EAST, 290.0, 310.0), cell(B_EAST, None, 5.0))
    (moved,) = refused.value.cells
    assert (moved.expected, moved.found, moved.wanted, moved.person) == (290.0, 300.0, 310.0, "Dana")
    assert moved.row == ("DOM", "A", "E")
    assert "290" in refused.value.text("zh") and "300" in refused.value.text("en")
    assert held(version, "sales_forecast", B_EAST_ROW) is None


@pytest.mark.usefixtures("said")
def test_sally_shares_a_total_over_the_rows_of_the_east_alone(act: Act, version: Version) -> None:
    typed(act("sally"), version, cell(FAMILY, 300.0, 330.0))
    assert held(version, "sales_forecast", EAST) == 330.0
    assert held(version, "sales_forecast", WEST) == 100.0


@pytest.mark.usefixtures("said")
def test_a_grid_cut_to_a_customer_changes_that_customer_alone(act: Act, version: Version) -> None:
    cut = GridAsked(wanted={"customer": "W"})
    typed(act("dana"), version, cell(FAMILY, 100.0, 50.0), asked=cut)
    assert held(version, "sales_forecast", WEST) == 50.0
    assert held(version, "sales_forecast", EAST) == 300.0


def test_sally_has_no_cells_in_the_west(act: Act, version: Version) -> None:
    with pytest.raises(NoSuchCell):
        typed(act("sally"), version, cell(A_WEST, None, 10.0))


def test_hours_of_a_line(act: Act, version: Version) -> None:
    typed(act("sam"), version, cell(LINE, 560.0, 600.0, measure="capacity_regular"), asked=CAPACITY)
    assert held(version, "capacity_regular", ("LINE",)) == 600.0


def test_prices_are_typed_at_their_row_and_have_no_total(act: Act, version: Version) -> None:
    prices = GridAsked(view="prices")
    typed(act("fiona"), version, cell(A_EAST, 100.0, 110.0, measure="price"), asked=prices)
    assert held(version, "price", ("A", "E")) == 110.0
    with pytest.raises(DoesNotAddUp):
        typed(act("fiona"), version, cell(ITEM_A, None, 110.0, measure="price"), asked=prices)


def test_what_cannot_be_typed(act: Act, version: Version) -> None:
    dana = act("dana")
    with pytest.raises(NothingToChange):
        typed(dana, version)
    with pytest.raises(GivenTwice):
        typed(dana, version, cell(A_EAST, None, 1.0), cell(A_EAST, None, 2.0))
    for edit in (cell({"family": "NO"}, None, 1.0), cell(A_EAST, None, 1.0, period="2031-01")):
        with pytest.raises(NoSuchCell):
            typed(dana, version, edit)
    with pytest.raises(NotUnderstood):
        typed(dana, version, cell(A_EAST, None, float("inf")))
    with pytest.raises(ComputedInTheMonth):
        typed(dana, version, cell(A_EAST, None, 1.0, measure="statistical"))
    with pytest.raises(MoneyIsRead):
        typed(dana, version, cell(A_EAST, None, 1.0), asked=GridAsked(unit="money"))
    assert not Change.objects.exists()


def test_the_wrong_role_no_reason_and_a_stranger(act: Act, version: Version) -> None:
    with pytest.raises(NotYourRole):
        typed(act("sam"), version, cell(A_EAST, None, 1.0))
    with pytest.raises(WhyMissing):
        typed(act("dana"), version, cell(A_EAST, None, 1.0), why=" ")
    with pytest.raises(NothingThere):
        typed(act("olga"), version, cell(A_EAST, None, 1.0))


@pytest.mark.usefixtures("cycle")
def test_a_signed_step_and_a_published_plan_take_no_numbers(act: Act, version: Version) -> None:
    signed(version, "demand_review")
    for measure in ("sales_forecast", "demand"):
        with pytest.raises(StepIsClosed):
            typed(act("dana"), version, cell(A_EAST, None, 1.0, measure=measure))
    Version.objects.filter(pk=version.pk).update(state=Version.State.PUBLISHED)
    with pytest.raises(VersionIsPublished):
        typed(act("dana"), version, cell(A_EAST, None, 1.0))


# Over the demand: an override, which takes effect when the month is run


def _demand(act: Act, version: Version, *names: str) -> float:
    return shows(opened(act("dana"), version), "demand", *names) or 0.0


def test_a_number_over_the_demand_is_an_override_that_waits_for_the_month_to_be_run(
    act: Act, version: Version
) -> None:
    before = _demand(act, version, "DOM", "A")
    saved = typed(act("dana"), version, cell(ITEM_A, before, 500.0, measure="demand"), why="tender won")
    (row,) = read_network(version).overrides.rows()
    assert (row["who"], row["family"], row["item"], row["period"], row["quantity"], row["why"]) == (
        "dana", "", "A", "2026-03", 500.0, "tender won",
    )  # fmt: skip
    assert saved.pending and saved.marks[0].pending and saved.after_total == 500.0
    assert MasterRow.objects.filter(table="overrides").count() == 1


def test_after_the_run_the_demand_equals_the_override_and_every_row_what_the_grid_showed(
    act: Act, version: Version
) -> None:
    dana = act("dana")
    typed(dana, version, cell(FAMILY, _demand(act, version, "DOM"), 900.0, measure="demand"))
    typed(dana, version, cell(A_WEST, _demand(act, version, "DOM", "A", "W"), 77.0, measure="demand"))
    plan = read_plan(version)
    run = run_steps(month=Month(plan)).sheets["demand"]
    shown = {key: _demand(act, version, "DOM", key[0], key[2]) for key in run.rows.keys}
    assert {key: run.at(key, "2026-03") for key in run.rows.keys} == shown
    assert shown[WEST] == 77.0
    family = roll_up(run, plan.network, by=("family",)).at(("DOM",), "2026-03")
    assert family == _demand(act, version, "DOM")


def test_what_was_typed_last_counts_even_beside_an_override_dated_ahead(act: Act, version: Version) -> None:
    later = act("hana", at=NOW + dt.timedelta(days=3))
    typed(later, version, cell(FAMILY, _demand(act, version, "DOM"), 900.0, measure="demand"))
    typed(act("dana"), version, cell(ITEM_A, _demand(act, version, "DOM", "A"), 321.0, measure="demand"))
    assert _demand(act, version, "DOM", "A") == 321.0


def test_typing_again_replaces_ones_own_override_as_long_as_it_waits(act: Act, version: Version) -> None:
    dana = act("dana")
    for number in (500.0, 520.0):
        typed(dana, version, cell(ITEM_A, _demand(act, version, "DOM", "A"), number, measure="demand"))
    assert [row["quantity"] for row in read_network(version).overrides.rows()] == [520.0]
    typed(act("hana"), version, cell(ITEM_A, 520.0, 540.0, measure="demand"))
    assert sorted(row["quantity"] for row in read_network(version).overrides.rows()) == [520.0, 540.0]
    assert _demand(act, version, "DOM", "A") == 540.0


def test_a_blank_takes_the_override_away(act: Act, version: Version) -> None:
    before = _demand(act, version, "DOM", "A")
    typed(act("dana"), version, cell(ITEM_A, before, 500.0, measure="demand"))
    typed(act("dana"), version, cell(ITEM_A, 500.0, None, measure="demand"))
    assert _demand(act, version, "DOM", "A") == before
    with pytest.raises(NoOverrideThere):
        typed(act("dana"), version, cell(ITEM_A, before, None, measure="demand"))


def test_an_override_in_a_grid_cut_to_a_region_speaks_of_that_region(act: Act, version: Version) -> None:
    cut = GridAsked(wanted={"region": "East"})
    before = shows(opened(act("dana"), version, cut), "demand", "DOM")
    west = _demand(act, version, "DOM", "A", "W")
    typed(act("dana"), version, cell(FAMILY, before, 400.0, measure="demand"), asked=cut)
    (row,) = read_network(version).overrides.rows()
    assert (row["family"], row["region"]) == ("DOM", "East")
    assert _demand(act, version, "DOM", "A", "W") == west
    assert shows(opened(act("dana"), version, cut), "demand", "DOM") == 400.0


def test_an_override_cannot_speak_of_a_site(act: Act, version: Version) -> None:
    cut = GridAsked(wanted={"site": "DC"})
    with pytest.raises(OverrideNeedsScope):
        typed(act("dana"), version, cell(FAMILY, _demand(act, version, "DOM"), 4.0, measure="demand"), asked=cut)


def test_a_salesperson_overrides_in_a_scenario_of_their_own_and_inside_their_region(
    act: Act, version: Version
) -> None:
    sally = act("sally")
    with pytest.raises(NotYourRole):
        typed(sally, version, cell(FAMILY, _demand(act, version, "DOM"), 4.0, measure="demand"))
    own = Version.objects.get(pk=branch_scenario(by=sally, version=version.pk, title="what if", why="try"))
    typed(sally, own, cell(FAMILY, shows(opened(sally, own), "demand", "DOM"), 300.0, measure="demand"))
    (row,) = read_network(own).overrides.rows()
    assert row["region"] == "East"
    assert not MasterRow.objects.filter(table="overrides").exists()


def test_the_page_saves_and_its_doors(client_of: Browser, version: Version) -> None:
    path = address(version, "grid/edit/")
    sent = {
        "why": "agreed",
        "edits": [{"measure": "sales_forecast", "at": A_EAST, "period": "2026-03", "before": None, "after": 5.0}],
    }
    closed(client_of, path, sent)
    assert not GridBatch.objects.exists()
    answer = client_of("dana").post(path, sent, content_type="application/json")
    assert answer.status_code == 200 and answer.json()["cells"] == 1
    again = client_of("dana").post(path, sent, content_type="application/json")
    assert again.status_code == 409 and again.json()["moved"][0]["found"] == 5.0


def test_the_grid_that_is_asked_for_may_be_any(act: Act, version: Version) -> None:
    by_region = GridAsked(levels=("region", "item"), measures=("sales_forecast",), first="2026-03", periods=1)
    typed(act("dana"), version, cell({"region": "West"}, None, 60.0), asked=by_region)
    assert held(version, "sales_forecast", WEST) == 60.0
