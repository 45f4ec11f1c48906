"""Cells are changed by whom the measure belongs to, in their scope, with a reason, against what they saw."""

import pytest
from planning import B_EAST, EAST, LINE, WEST, address, closed_doors, forecast, held, hours, say_forecast, signed
from stage import Act, Browser

from sandop_web.access import NothingThere, NotUnderstood, NotYourRole, OutsideYourScope, TokenReadsOnly, WhyMissing
from sandop_web.access.editing import ResultsAreComputed
from sandop_web.actions.editing import CellHasMoved, Edit, NothingToChange, edit_cells_of_plan
from sandop_web.store.models import Change, Deed, Version
from sandop_web.store.publishing import publish_version
from sandop_web.store.refusals import RowIsUnknown, ValueNotAllowed, VersionIsPublished
from sandop_web.store.steps import StepIsClosed

CLOSED = [f"{year}-{month:02d}" for year in (2023, 2024, 2025) for month in range(1, 13)]
PLANNED = [f"2026-{month:02d}" for month in range(1, 13)]
SERIES = (EAST, WEST, B_EAST)
THOUSAND = [
    *((name, SERIES, CLOSED) for name in ("stocked_out", "sales_forecast_past")),
    *((name, SERIES, CLOSED + PLANNED) for name in ("budget_volume", "budget_margin", "le_revenue", "le_margin")),
    *((name, SERIES, PLANNED) for name in ("lost_cost", "demand_given", "sales_forecast")),
    *((name, (("A", "DC"), ("B", "DC"), ("A", "P")), PLANNED) for name in ("holding_cost", "stock_target")),
    ("process_limit", (("A@P",), ("B@P",)), PLANNED),
    ("capacity_outsourced", (LINE,), PLANNED),
]


def test_sally_says_what_her_customer_will_buy_and_it_is_on_record(act: Act, version: Version) -> None:
    say_forecast(act("sally"), version, forecast(EAST, 300.0))
    assert held(version, "sales_forecast", EAST) == 300.0
    change = Change.objects.get()
    assert (change.person, change.before, change.after) == ("sally", None, 300.0)
    assert change.why == "talked to the customer"
    assert Deed.objects.filter(action="edit_cells_of_plan", person="sally").count() == 1


def test_sally_of_the_east_may_not_speak_for_the_west(act: Act, version: Version) -> None:
    with pytest.raises(OutsideYourScope) as refused:
        say_forecast(act("sally"), version, forecast(EAST, 300.0), forecast(WEST, 100.0))
    assert "W" in refused.value.text("en")
    assert held(version, "sales_forecast", EAST) is None  # all or nothing


@pytest.mark.parametrize("person", ["dana", "hana", "marc", "max", "wes"])
def test_the_roles_of_the_demand_review_may_say_a_forecast(act: Act, version: Version, person: str) -> None:
    say_forecast(act(person), version, forecast(WEST, 90.0))
    assert held(version, "sales_forecast", WEST) == 90.0


@pytest.mark.parametrize("person", ["sam", "fiona", "tom", "eve", "pia"])
def test_other_roles_may_not(act: Act, version: Version, person: str) -> None:
    with pytest.raises(NotYourRole) as refused:
        say_forecast(act(person), version, forecast(EAST, 300.0))
    assert "Sales forecast" in refused.value.text("en")
    assert "Demand planner" in refused.value.remedy("en")


def test_sales_say_forecasts_and_no_capacities_and_no_given_demand(act: Act, version: Version) -> None:
    for edit in (hours(600.0), Edit("demand_given", EAST, "2026-03", None, 1.0)):
        with pytest.raises(NotYourRole):
            edit_cells_of_plan(by=act("sally"), version=version.pk, edits=[edit], why="help")


def test_a_viewer_changes_nothing(act: Act, version: Version) -> None:
    with pytest.raises(NotYourRole):
        say_forecast(act("vic"), version, forecast(EAST, 1.0))


def test_a_reading_token_changes_nothing(act: Act, version: Version) -> None:
    with pytest.raises(TokenReadsOnly):
        say_forecast(act("dana", read_only=True), version, forecast(EAST, 1.0))


def test_nobody_changes_a_number_without_a_reason(act: Act, version: Version) -> None:
    with pytest.raises(WhyMissing):
        edit_cells_of_plan(by=act("dana"), version=version.pk, edits=[forecast(EAST, 1.0)], why="  ")


def test_an_edit_without_cells_is_no_edit(act: Act, version: Version) -> None:
    with pytest.raises(NothingToChange):
        edit_cells_of_plan(by=act("dana"), version=version.pk, edits=[], why="none")


def test_results_are_not_written_by_hand(act: Act, version: Version) -> None:
    with pytest.raises(ResultsAreComputed):
        edit = Edit("demand", EAST, "2026-03", None, 5.0)
        edit_cells_of_plan(by=act("dana"), version=version.pk, edits=[edit], why="I know better")


def test_a_measure_or_row_that_cannot_be_is_not_understood(act: Act, version: Version) -> None:
    for edit in (Edit("weather", EAST, "2026-03", None, 5.0), forecast(("A", "DC"), 5.0)):
        with pytest.raises(NotUnderstood):
            say_forecast(act("dana"), version, edit)


def test_ids_nobody_knows_and_negative_forecasts_are_refused(act: Act, version: Version) -> None:
    with pytest.raises(RowIsUnknown):
        say_forecast(act("dana"), version, forecast(("A", "DC", "MOON"), 5.0))
    with pytest.raises(ValueNotAllowed):
        say_forecast(act("dana"), version, forecast(EAST, -5.0))


def test_who_saw_an_older_number_is_shown_both(act: Act, version: Version) -> None:
    say_forecast(act("sally"), version, forecast(EAST, 300.0))
    with pytest.raises(CellHasMoved) as refused:
        say_forecast(act("dana"), version, forecast(EAST, 280.0), forecast(B_EAST, 150.0))
    told = refused.value.text("en")
    assert "300" in told and "280" in told and "sally" in told
    assert held(version, "sales_forecast", EAST) == 300.0
    assert held(version, "sales_forecast", B_EAST) is None


def test_a_published_version_refuses(act: Act, version: Version) -> None:
    publish_version(version=version, at=act("eve").at)
    with pytest.raises(VersionIsPublished):
        say_forecast(act("dana"), version, forecast(EAST, 300.0))


@pytest.mark.usefixtures("cycle")
def test_a_signed_step_refuses_and_says_to_hand_it_in_late(act: Act, version: Version) -> None:
    say_forecast(act("sally"), version, forecast(EAST, 300.0))
    signed(version, "demand_review")
    with pytest.raises(StepIsClosed) as refused:
        say_forecast(act("sally"), version, forecast(EAST, 310.0, before=300.0))
    assert "late" in refused.value.remedy("en")
    edit_cells_of_plan(by=act("sam"), version=version.pk, edits=[hours(600.0)], why="the supply review is open")


def test_a_thousand_cells_are_changed_in_one_call(act: Act, version: Version) -> None:
    edits = [
        Edit(name, row, month, None, 0.5) for name, rows, months in THOUSAND for row in rows for month in months
    ][:1000]
    assert len(edits) == 1000
    edit_cells_of_plan(by=act("max"), version=version.pk, edits=edits, why="the budget came in")
    assert Change.objects.filter(version=version).count() == 1000
    assert len(set(Change.objects.values_list("batch"))) == 1


def test_the_page_sends_only_the_cells_that_differ(client_of: Browser, version: Version) -> None:
    sent = {
        "row|0": '["A", "DC", "E"]',
        "was|0|2026-03": "",
        "now|0|2026-03": "1,234.5",
        "was|0|2026-04": "",
        "now|0|2026-04": " ",
        "why": "a tender",
    }
    answer = client_of("sally").post(address(version, "sheet/sales_forecast/edit/"), sent)
    assert answer.status_code == 303
    assert held(version, "sales_forecast", EAST) == 1234.5
    assert Change.objects.count() == 1


def test_the_page_shows_all_cells_that_moved(act: Act, client_of: Browser, version: Version) -> None:
    say_forecast(act("dana"), version, forecast(EAST, 300.0), forecast(B_EAST, 111.0))
    sent = {"why": "mine"}
    for place, row in enumerate(("A", "B")):
        sent |= {f"row|{place}": f'["{row}", "DC", "E"]', f"was|{place}|2026-03": "", f"now|{place}|2026-03": "42"}
    answer = client_of("sally").post(address(version, "sheet/sales_forecast/edit/"), sent)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "300" in text and "111" in text and "42" in text


@pytest.mark.parametrize(
    ("typed", "row"), [("1e15", '["A", "DC", "E"]'), ("many", '["A", "DC", "E"]'), ("5", "A DC")]
)
def test_what_cannot_be_meant_is_not_guessed(client_of: Browser, version: Version, typed: str, row: str) -> None:
    sent = {"row|0": row, "was|0|2026-03": "", "now|0|2026-03": typed, "why": "typing"}
    answer = client_of("sally").post(address(version, "sheet/sales_forecast/edit/"), sent)
    assert answer.status_code == 400
    assert not Change.objects.exists()


def test_a_number_is_understood_as_the_pages_write_it(client_of: Browser, version: Version) -> None:
    """1,234 is what the workbench itself shows, wide digits are what a Chinese keyboard gives."""
    for typed in ("1,234", "１２３４", "1 234", " 1234 "):
        sent = {"row|0": '["A", "DC", "E"]', "was|0|2026-03": "", "now|0|2026-03": typed, "why": "typing"}
        Change.objects.all().exists() and client_of("sally").post(
            address(version, "undo/"), {"batch": str(Change.objects.latest("pk").batch), "why": "again"}
        )
        client_of("sally").post(address(version, "sheet/sales_forecast/edit/"), sent)
        assert held(version, "sales_forecast", EAST) == 1234.0, typed


def test_a_value_that_cannot_be_is_refused_in_the_readers_words(client_of: Browser, version: Version) -> None:
    sent = {"row|0": '["A", "DC", "E"]', "was|0|2026-03": "", "now|0|2026-03": "-5", "why": "typing"}
    page = client_of("sally").post(address(version, "sheet/sales_forecast/edit/"), sent).content.decode()
    assert "Sales forecast of A · DC · E in Mar 2026 is -5; it cannot be negative" in page


def test_after_a_slip_all_that_was_typed_is_still_there(client_of: Browser, version: Version) -> None:
    sent = {
        "row|0": '["A", "DC", "E"]',
        "was|0|2026-03": "",
        "now|0|2026-03": "777",
        "was|0|2026-04": "",
        "now|0|2026-04": "many",
        "why": "a <tender>",
        "back": address(version, "sheet/sales_forecast/?customer=E&page=1"),
    }
    answer = client_of("sally").post(address(version, "sheet/sales_forecast/edit/"), sent)
    page = answer.content.decode()
    assert answer.status_code == 400 and not Change.objects.exists()
    assert 'value="777"' in page and 'value="many"' in page and 'value="a &lt;tender&gt;"' in page
    assert "“many” is not understood" in page and "Nothing has been saved yet" in page


def test_the_doors_of_the_page(client_of: Browser, version: Version) -> None:
    sent = {"row|0": '["A", "DC", "E"]', "was|0|2026-03": "", "now|0|2026-03": "5", "why": "x"}
    closed_doors(client_of, address(version, "sheet/sales_forecast/edit/"), sent)
    assert not Change.objects.exists()


def test_a_version_of_another_company_is_not_there(act: Act, version: Version) -> None:
    with pytest.raises(NothingThere):
        edit_cells_of_plan(by=act("max"), version=version.pk + 1000, edits=[forecast(EAST, 1.0)], why="x")
