"""The data of the month are closed."""

import pytest
from meeting import at_the_doors
from month import in_february, signed
from stage import Act, Browser

from sandop_web.access import NotYourRole, WhyMissing
from sandop_web.actions.closing import assign_table_owner, close_data
from sandop_web.actions.editing import edit_cells_of_plan
from sandop_web.actions.late import Edit
from sandop_web.queries.closing import data_close_of
from sandop_web.store.locks import VersionIsPublished
from sandop_web.store.models import Cycle, Restatement, Version
from sandop_web.store.plans import read_plan
from sandop_web.store.steps import StepIsClosed

pytestmark = pytest.mark.usefixtures("cycle")
EAST = ("A", "DC", "E")


def _orders(version: Version, period: str = "2025-12") -> float:
    return read_plan(version).sheet("orders").at(EAST, period)


def _retype(act: Act, version: Version, value: float) -> None:
    edit = Edit("orders", EAST, "2025-12", _orders(version), value)
    edit_cells_of_plan(by=act("tom"), version=version.pk, edits=[edit], why="a typing error")


def test_a_snapshot_is_taken_that_nobody_can_change(act: Act, version: Version) -> None:
    close_data(by=act("tom"), why="the books are closed")
    snapshot = Cycle.objects.get().snapshot
    assert snapshot is not None and (snapshot.purpose, snapshot.state) == ("snapshot", "published")
    assert snapshot.parent_id == version.pk and len(snapshot.root_hash) == 64
    held = _orders(version)
    _retype(act, version, 1.0)
    assert _orders(snapshot) == held and _orders(version) == 1.0
    with pytest.raises(VersionIsPublished):
        _retype(act, snapshot, 1.0)


def test_the_page_says_when_data_moved_after_they_were_closed(act: Act, version: Version) -> None:
    close_data(by=act("tom"), why="the books are closed")
    view = data_close_of(by=act("vic"))
    assert view.holds and view.closed_by == "Tom"
    _retype(act, version, 1.0)
    assert not data_close_of(by=act("vic")).holds
    close_data(by=act("tom"), why="corrected")
    assert data_close_of(by=act("vic")).holds


def test_every_table_gets_a_score_and_the_faults_that_cost_it(act: Act, version: Version) -> None:
    _retype(act, version, -5.0)
    close_data(by=act("tom"), why="the books are closed")
    view = data_close_of(by=act("vic"))
    worst = view.qualities[0]
    assert worst.title == "Orders" and worst.score == pytest.approx(2 / 3) and worst.rows == 3
    assert worst.faults[0].count == 1 and "negative" in worst.faults[0].text
    clean = next(one for one in view.qualities if one.name == "items")
    assert clean.score == 1.0 and clean.faults == ()
    assert data_close_of(by=act("vic")).qualities[0].owner == "tom"


def test_an_owner_stays_with_the_table_into_the_next_month(act: Act) -> None:
    close_data(by=act("tom"), why="the books are closed")
    assign_table_owner(by=act("tom"), name="orders", owner="sally")
    close_data(by=act("tom"), why="once more")
    in_february(act)
    close_data(by=act("tom"), why="February")
    owners = {one.name: one.owner for one in data_close_of(by=act("vic")).qualities}
    assert owners["orders"] == "sally" and owners["items"] == "tom"


def test_the_first_data_close_has_nothing_to_compare_with(act: Act) -> None:
    close_data(by=act("tom"), why="the books are closed")
    view = data_close_of(by=act("vic"))
    assert view.compared_with == "" and view.restated_count == 0 and view.figures == []


def test_what_was_closed_and_reads_differently_now_is_listed_with_its_date(act: Act, version: Version) -> None:
    close_data(by=act("tom"), why="the books are closed")
    before = _orders(version)
    in_february(act, restated={EAST: before + 40.0})
    close_data(by=act("tom"), why="February")
    view = data_close_of(by=act("vic"))
    assert view.compared_with == "2026-01" and view.restated_count == 1
    cell = view.restated[0]
    assert (cell.measure, cell.row, cell.period, cell.before, cell.after) == (
        "orders",
        "A · DC · E",
        "2025-12",
        before,
        before + 40.0,
    )
    assert Restatement.objects.get().noticed_at == act("tom").at
    assert data_close_of(by=act("wes")).restated_count == 0, "the West does not see the East"


def test_the_new_month_itself_is_no_restatement(act: Act) -> None:
    close_data(by=act("tom"), why="the books are closed")
    in_february(act)
    close_data(by=act("tom"), why="February")
    assert not Restatement.objects.exists()


def test_key_figures_stand_as_they_were_known_and_as_they_read_now(act: Act, version: Version) -> None:
    close_data(by=act("tom"), why="the books are closed")
    in_february(act, restated={EAST: _orders(version) + 60.0})
    close_data(by=act("tom"), why="February")
    figures = {(line["figure"], line["of"]): line for line in data_close_of(by=act("vic")).figures}
    assert figures["fill_rate", ""]["then"] == figures["fill_rate", ""]["restated"]
    assert {name for name, _ in figures} >= {"revenue_to_budget", "margin_share", "stock_days"}


def test_once_data_close_is_signed_the_data_stay_closed(act: Act) -> None:
    signed(act, "data_close")
    with pytest.raises(StepIsClosed):
        close_data(by=act("tom"), why="again")


def test_only_the_data_owner_and_the_sop_manager_close_and_say_why(act: Act) -> None:
    for person in ("eve", "dana", "vic"):
        with pytest.raises(NotYourRole):
            close_data(by=act(person), why="let me")
    with pytest.raises(WhyMissing):
        close_data(by=act("tom"), why=" ")


def test_the_doors(client_of: Browser) -> None:
    form = {"why": "the books are closed"}
    at_the_doors(client_of, "cycle/data/close/", who="tom", form=form, not_for=("dana", "vic"))
    assert Cycle.objects.get().data_closed_by == "tom"
