"""What people read of a plan: in their scope, with names, totals, and who changed what."""

import pytest
from planning import B_EAST, EAST, LINE, WEST, forecast, hours, registered, say_forecast
from stage import Act

from sandop_web.access import NothingThere, NotUnderstood, OutsideYourScope
from sandop_web.actions.editing import edit_cells_of_plan
from sandop_web.actions.masters import CellOfRow, add_master_row, edit_master_row
from sandop_web.actions.scenarios import branch_scenario
from sandop_web.queries.cell_history import cell_history, latest_changes
from sandop_web.queries.comparing import compare_measure, compare_versions
from sandop_web.queries.masters import masters_of
from sandop_web.queries.plans import current_version, plan_measures, report_of, version_facts, versions_of
from sandop_web.queries.sheets import SheetPage, sheet_of, whole_sheet
from sandop_web.store.models import Version


def test_a_sheet_has_names_totals_and_the_rows_of_the_scope(act: Act, version: Version) -> None:
    mine = sheet_of(by=act("sally"), version=version.pk, measure="demand")
    all_rows = sheet_of(by=act("dana"), version=version.pk, measure="demand")
    assert [row.key for row in mine.rows] == [EAST, B_EAST]
    assert [row.key for row in all_rows.rows] == [EAST, WEST, B_EAST]
    assert [part.name_zh for part in all_rows.rows[1].parts] == ["泵A", "", "西部"]
    assert all_rows.totals is not None and mine.totals is not None
    assert all_rows.totals[0] == pytest.approx(sum(row.cells[0].value or 0.0 for row in all_rows.rows))
    assert mine.totals[0] == pytest.approx(sum(row.cells[0].value or 0.0 for row in mine.rows))


@pytest.mark.parametrize(
    ("shown", "rows"),
    [
        (SheetPage(wanted={"customer": "W"}), [WEST]),
        (SheetPage(wanted={"item": "A", "region": "East"}), [EAST]),
        (SheetPage(wanted={"family": "IND"}), []),
        (SheetPage(text="泵B"), [B_EAST]),
        (SheetPage(text="west"), [WEST]),
        (SheetPage(rows=2, page=2), [B_EAST]),
        (SheetPage(rows=2, page=99), [B_EAST]),
    ],
)
def test_rows_are_chosen_by_level_text_and_page(
    act: Act, version: Version, shown: SheetPage, rows: list[str]
) -> None:
    view = sheet_of(by=act("dana"), version=version.pk, measure="demand", shown=shown)
    assert [row.key for row in view.rows] == rows


def test_a_history_begins_at_its_end_and_can_be_walked_back(act: Act, version: Version) -> None:
    view = sheet_of(by=act("dana"), version=version.pk, measure="orders")
    assert (view.periods[0], view.periods[-1], view.earlier, view.later) == ("2025-01", "2025-12", "2024-01", "")
    before = sheet_of(by=act("dana"), version=version.pk, measure="orders", shown=SheetPage(first=view.earlier))
    assert (before.periods[0], before.later) == ("2024-01", "2025-01")


def test_a_cell_says_who_touched_it(act: Act, version: Version) -> None:
    say_forecast(act("sally"), version, forecast(EAST, 300.0))
    view = sheet_of(by=act("dana"), version=version.pk, measure="sales_forecast")
    cell = next(cell for cell in view.rows[0].cells if cell.period == "2026-03")
    assert cell.touched is not None
    assert (cell.value, cell.touched.person, cell.touched.why) == (300.0, "sally", "talked to the customer")
    assert sum(cell.touched is not None for row in view.rows for cell in row.cells) == 1


def test_a_whole_sheet_is_in_scope_too(act: Act, version: Version) -> None:
    assert whole_sheet(by=act("sally"), version=version.pk, measure="orders").rows.keys == (EAST, B_EAST)
    assert whole_sheet(by=act("sally"), version=version.pk, measure="sales_forecast").values.shape == (0, 12)
    with pytest.raises(NotUnderstood):
        whole_sheet(by=act("sally"), version=version.pk, measure="weather")


def test_every_change_of_a_cell_is_told_and_what_it_is_made_of(act: Act, version: Version) -> None:
    say_forecast(act("sally"), version, forecast(EAST, 300.0))
    made = branch_scenario(by=act("dana"), version=version.pk, title="More", why="what if")
    say_forecast(act("sally"), version, forecast(EAST, 290.0, before=300.0))  # after the branch: not its history
    say_forecast(act("dana"), Version.objects.get(pk=made), forecast(EAST, 350.0, before=300.0))
    history = cell_history(by=act("dana"), version=made, measure="sales_forecast", row=EAST, period="2026-03")
    assert [(one.person, one.before, one.after, one.version) for one in history.changes] == [
        ("dana", 300.0, 350.0, made),
        ("sally", None, 300.0, version.pk),
    ]
    assert [one.may_undo for one in history.changes] == [True, False]
    demand = cell_history(by=act("dana"), version=version.pk, measure="demand", row=EAST, period="2026-03")
    parts = {source.measure: source.value for source in demand.sources}
    assert parts["consensus"] == pytest.approx((demand.value or 0.0) - (parts["override_effect"] or 0.0))


def test_what_a_number_is_made_of_stays_in_the_readers_scope(act: Act, version: Version) -> None:
    def delivered(person: str) -> float:
        history = cell_history(
            by=act(person), version=version.pk, measure="closing_stock", row=("A", "DC"), period="2026-03"
        )
        return next(source.value or 0.0 for source in history.sources if source.measure == "deliveries")

    assert delivered("sally") < delivered("dana")
    with pytest.raises(OutsideYourScope):
        cell_history(by=act("sally"), version=version.pk, measure="demand", row=WEST, period="2026-03")


def test_the_latest_changes_are_those_the_reader_may_see(act: Act, version: Version) -> None:
    say_forecast(act("sally"), version, forecast(EAST, 300.0), forecast(B_EAST, 20.0))
    say_forecast(act("wes"), version, forecast(WEST, 100.0))
    assert [(one.person, one.cells) for one in latest_changes(by=act("dana"), version=version.pk)] == [
        ("wes", 1),
        ("sally", 2),
    ]
    assert [one.person for one in latest_changes(by=act("sally"), version=version.pk)] == ["sally"]


def test_two_versions_are_compared_in_numbers_masters_and_scope(act: Act, version: Version) -> None:
    made = branch_scenario(by=act("max"), version=version.pk, title="More", why="what if")
    scenario = Version.objects.get(pk=made)
    say_forecast(act("max"), scenario, forecast(EAST, 300.0), forecast(WEST, 100.0))
    edit_cells_of_plan(by=act("max"), version=made, edits=[hours(700.0)], why="a third shift")
    said = {"activity": "FAIR", "region": "West", "start": "2026-04", "uplift": 0.1}
    add_master_row(by=act("max"), version=made, table="activities", cells=said, effective="", why="a fair")
    cost = [CellOfRow("overtime_cost", 12.0, 15.0)]
    edit_master_row(by=act("max"), version=made, table="resources", key=LINE, cells=cost, effective="", why="dearer")
    comparison = compare_versions(by=act("dana"), a=version.pk, b=made)
    assert {line.measure: line.cells for line in comparison.measures} == {"capacity_regular": 1, "sales_forecast": 2}
    assert {(line.before, line.after) for line in comparison.measures} == {(6720.0, 6860.0), (None, 400.0)}
    assert [(one.table, one.key, one.column) for one in comparison.tables] == [
        ("activities", ("FAIR",), ""),
        ("resources", LINE, "overtime_cost"),
    ]
    mine = compare_versions(by=act("sally"), a=version.pk, b=made)
    assert {line.measure: line.cells for line in mine.measures} == {"capacity_regular": 1, "sales_forecast": 1}
    assert [one.table for one in mine.tables] == ["resources"]
    cells = compare_measure(by=act("sally"), a=version.pk, b=made, measure="sales_forecast")
    assert [(cell.key, cell.before, cell.after) for cell in cells.cells] == [(EAST, None, 300.0)]
    assert not compare_versions(by=act("dana"), a=version.pk, b=version.pk)


def test_reports_and_masters_are_in_scope(act: Act, version: Version) -> None:
    everything = report_of(by=act("dana"), version=version.pk, name="forecast_report")
    mine = report_of(by=act("sally"), version=version.pk, name="forecast_report")
    assert {row["customer"] for row in everything} == {"E", "W"}
    assert {row["customer"] for row in mine} == {"E"}
    customers = masters_of(by=act("sally"), version=version.pk, table="customers")
    assert [row.key for row in customers.rows] == [("E",)]
    assert masters_of(by=act("dana"), version=version.pk, table="items", text="泵a").count == 1


def test_a_master_table_is_shown_as_it_was_and_as_it_will_be(act: Act, version: Version) -> None:
    registered(version)
    cost = [CellOfRow("overtime_cost", 12.0, 15.0)]
    edit_master_row(
        by=act("sam"), version=version.pk, table="resources", key=LINE, cells=cost, effective="2026-06", why="dearer"
    )

    def costs(month: str) -> object:
        view = masters_of(by=act("vic"), version=version.pk, table="resources", month=month)
        return view.rows[0].cells[[column.name for column in view.columns].index("overtime_cost")]

    assert [costs(month) for month in ("", "2025-01", "2026-05", "2026-06")] == [12.0, 12.0, 12.0, 15.0]
    with pytest.raises(NotUnderstood):
        costs("soon")


@pytest.mark.usefixtures("cycle")
def test_the_version_of_the_open_cycle_is_the_current_one(act: Act, version: Version) -> None:
    newer = branch_scenario(by=act("sam"), version=version.pk, title="More", why="what if")
    assert current_version(by=act("vic")) == version.pk
    lines = versions_of(by=act("vic"))
    assert [(line.version, line.current) for line in lines] == [(newer, False), (version.pk, True)]


def test_facts_say_what_this_reader_may_do(act: Act, version: Version) -> None:
    made = branch_scenario(by=act("sam"), version=version.pk, title="More", why="what if")
    facts = {person: version_facts(by=act(person), version=made) for person in ("sam", "dana", "vic", "max")}
    assert {person: one.may_discard for person, one in facts.items()} == {
        "sam": True,
        "dana": False,
        "vic": False,
        "max": True,
    }
    assert not facts["vic"].may_branch and not facts["vic"].may_merge and facts["dana"].may_merge
    assert not version_facts(by=act("sam", read_only=True), version=made).may_discard
    may = {
        line.measure.name: line.may_edit
        for step in plan_measures(by=act("dana"), version=version.pk)
        for line in step.inputs
    }
    assert may["sales_forecast"] and not may["capacity_regular"]
    with pytest.raises(NothingThere):
        version_facts(by=act("sam"), version=-1)
