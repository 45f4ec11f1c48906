"""Numbers from a workbook join the plan as if they had been typed into the grid.

The forecast of March: A·E 300, A·W 100, B·E blank; in Dana's workbook A·E 330, A·W 120, B·E 40.
"""

import pytest
from exchange_stage import WHY, brought, cell_of, choose, edited_offline, reviewed
from planning import B_EAST, EAST, WEST, closed_doors, forecast, held, say_forecast, signed
from stage import Act, Browser

from exchange_workbooks import taken_out
from sandop_web.access import NothingThere, WhyMissing
from sandop_web.access.exchange.refusals import ExchangeIsOver, NothingToAccept
from sandop_web.actions.exchange import Accepted, accept_exchange
from sandop_web.store.models import Change, Deed, Document, Exchange, Version


def _accept(act: Act, exchange: int, person: str = "dana", **more: object) -> Accepted:
    return accept_exchange(by=act(person), exchange=exchange, why=WHY, **more)  # type: ignore[arg-type]


def _forecasts(version: Version) -> list[float | None]:
    return [held(version, "sales_forecast", row) for row in (EAST, WEST, B_EAST)]


def test_what_only_the_workbook_has_changed_is_taken_with_who_when_and_why(act: Act, version: Version) -> None:
    exchange = brought(act, version)
    assert _accept(act, exchange) == Accepted(taken=3, left=0, still_open=0)
    assert _forecasts(version) == [330.0, 120.0, 40.0]
    change = Change.objects.filter(after=330.0).get()
    assert (change.person, change.why, change.before) == ("dana", WHY, 300.0)
    assert Deed.objects.filter(action="accept_exchange", why=WHY).exists()


def test_once_nothing_waits_it_is_over_and_its_file_is_gone(act: Act, version: Version) -> None:
    exchange = brought(act, version)
    _accept(act, exchange)
    assert Exchange.objects.get(pk=exchange).state == "accepted" and not Document.objects.exists()
    with pytest.raises(ExchangeIsOver):
        _accept(act, exchange)


def test_a_cell_may_be_left_as_the_plan_has_it(act: Act, version: Version) -> None:
    exchange = brought(act, version)
    left = cell_of(act, exchange, 120.0)
    assert _accept(act, exchange, choices=[choose(left, "theirs")]) == Accepted(taken=2, left=1, still_open=0)
    assert _forecasts(version) == [330.0, 100.0, 40.0]


def test_a_conflict_waits_until_somebody_chooses(act: Act, version: Version) -> None:
    exchange = brought(act, version)
    say_forecast(act("wes"), version, forecast(WEST, 90.0, before=100.0))
    conflict = cell_of(act, exchange, 120.0)
    assert (conflict.state, conflict.base, conflict.now, conflict.mine) == ("conflict", 100.0, 90.0, 120.0)
    assert conflict.meanwhile.name == "Wes"
    assert _accept(act, exchange) == Accepted(taken=2, left=0, still_open=1)
    assert held(version, "sales_forecast", WEST) == 90.0
    assert _accept(act, exchange, choices=[choose(conflict, "mine")]) == Accepted(taken=1, left=0, still_open=0)
    assert held(version, "sales_forecast", WEST) == 120.0


def test_a_choice_counts_only_for_the_number_it_was_made_about(act: Act, version: Version) -> None:
    exchange = brought(act, version)
    say_forecast(act("wes"), version, forecast(WEST, 90.0, before=100.0))
    conflict = cell_of(act, exchange, 120.0)
    say_forecast(act("wes"), version, forecast(WEST, 80.0, before=90.0))
    assert _accept(act, exchange, choices=[choose(conflict, "mine")]).still_open == 1
    assert held(version, "sales_forecast", WEST) == 80.0


@pytest.mark.parametrize(("undecided", "holds"), [("mine", 120.0), ("theirs", 90.0)])
def test_all_conflicts_can_be_settled_alike(act: Act, version: Version, undecided: str, holds: float) -> None:
    exchange = brought(act, version)
    say_forecast(act("wes"), version, forecast(WEST, 90.0, before=100.0))
    assert _accept(act, exchange, undecided=undecided).still_open == 0
    assert held(version, "sales_forecast", WEST) == holds


def test_a_number_that_the_plan_holds_already_is_no_conflict(act: Act, version: Version) -> None:
    exchange = brought(act, version)
    say_forecast(act("wes"), version, forecast(WEST, 120.0, before=100.0))
    assert cell_of(act, exchange, 120.0).state == "same"
    assert _accept(act, exchange) == Accepted(taken=2, left=1, still_open=0)


def test_a_total_typed_offline_is_spread_over_its_rows(act: Act, version: Version) -> None:
    edited_offline(act, version)
    out = taken_out(act("dana"), version.pk)
    exchange = brought(act, version, out.typed(out.at("DOM", "A"), 600.0))
    assert _accept(act, exchange).taken == 1
    assert _forecasts(version) == [450.0, 150.0, None]


def test_of_a_total_and_a_row_below_it_the_row_counts(act: Act, version: Version) -> None:
    edited_offline(act, version)
    out = taken_out(act("dana"), version.pk)
    both = out.typed(out.at("DOM", "A"), 600.0).typed(out.at("DOM", "A", "E"), 310.0)
    exchange = brought(act, version, both)
    assert [cell.state for cell in reviewed(act, exchange).cells] == ["changed", "covered"]
    assert _accept(act, exchange) == Accepted(taken=1, left=0, still_open=0)
    assert _forecasts(version) == [310.0, 100.0, None]


def test_what_is_locked_now_stays_open_and_is_told(act: Act, version: Version, cycle: str) -> None:
    exchange = brought(act, version)
    signed(version, "demand_review")
    review = reviewed(act, exchange)
    assert review.tally.locked == 3 and review.cells[0].why_locked
    with pytest.raises(NothingToAccept):
        _accept(act, exchange)
    assert Exchange.objects.get(pk=exchange).state == "open" and Document.objects.exists()


def test_a_colleagues_file_brings_only_what_lies_in_ones_own_scope(act: Act, version: Version) -> None:
    """Sally answers for the east: Dana's numbers of the west stay where they are."""
    exchange = brought(act, version, person="sally")
    west = next(cell for cell in reviewed(act, exchange, "sally").cells if cell.mine == 120.0)
    assert (west.state, west.now) == ("locked", None)
    assert _accept(act, exchange, "sally") == Accepted(taken=2, left=0, still_open=1)
    assert _forecasts(version) == [330.0, 100.0, 40.0]


def test_a_reason_is_needed_and_nobody_accepts_for_somebody_else(act: Act, version: Version) -> None:
    exchange = brought(act, version)
    with pytest.raises(WhyMissing):
        accept_exchange(by=act("dana"), exchange=exchange, why=" ")
    for person in ("max", "sally"):
        with pytest.raises(NothingThere):
            _accept(act, exchange, person)
    assert _forecasts(version) == [300.0, 100.0, None]


def test_the_page_accepts_and_its_doors(act: Act, client_of: Browser, version: Version) -> None:
    path = f"/c/small/exchange/{brought(act, version)}/accept/"
    closed_doors(client_of, path, {"why": WHY})
    assert client_of("dana").post(path, {"why": ""}).status_code == 400
    assert client_of("dana").post(path, {"why": WHY, "undecided": "later"}).status_code == 400
    assert _forecasts(version) == [300.0, 100.0, None]
    assert client_of("dana").post(path, {"why": WHY}).status_code == 303
    assert _forecasts(version) == [330.0, 120.0, 40.0]
