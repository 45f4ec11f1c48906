"""A total seen before it is saved: which rows get how much, by what, and which of them keep their numbers.

sales_forecast of March, once said: A·E 300, A·W 100, B·E nothing
"""

from __future__ import annotations

import pytest
from gridding import A_EAST, DEMAND, FAMILY, ITEM_A, MARCH, cell, closed
from planning import EAST, WEST, address, forecast, held, say_forecast
from stage import Act, Browser

from sandop_web.access import NothingThere, NotUnderstood, NotYourRole
from sandop_web.access.grid.asked import BY_WHAT_THEY_HOLD
from sandop_web.access.grid.spreading import KeptHoldMore, NothingToShare
from sandop_web.actions.grid import GridEdit, Sharing, edit_grid
from sandop_web.queries.grid import GridSpread, spread_of
from sandop_web.store.models import Change, Version


@pytest.fixture(autouse=True)
def said(act: Act, version: Version) -> None:
    say_forecast(act("dana"), version, forecast(EAST, 300.0), forecast(WEST, 100.0))


def seen(
    act: Act, version: Version, edit: GridEdit, *, by: Sharing = BY_WHAT_THEY_HOLD, level: str = ""
) -> GridSpread:
    return spread_of(by=act("dana"), version=version.pk, asked=DEMAND, edits=[edit], sharing=by, level=level)


def lines(spread: GridSpread) -> dict[str, tuple[float | None, float | None]]:
    return {line.label: (line.before, line.after) for line in spread.lines}


def test_a_total_is_seen_shared_out_before_anything_is_saved(act: Act, version: Version) -> None:
    before = Change.objects.count()
    spread = seen(act, version, cell(ITEM_A, 400.0, 600.0))
    assert lines(spread) == {"E": (300.0, 450.0), "W": (100.0, 150.0)}
    assert (spread.before_total, spread.after_total, spread.rows, spread.level) == (400.0, 600.0, 2, "customer")
    assert [one.id for one in spread.keys] == ["current", "last_year", "statistical", "evenly"]
    assert Change.objects.count() == before


def test_what_is_seen_is_what_is_saved(act: Act, version: Version) -> None:
    for by in ("current", "last_year", "statistical", "evenly"):
        now = held(version, "sales_forecast", EAST), held(version, "sales_forecast", WEST)
        edit = cell(ITEM_A, sum(one or 0.0 for one in now), 600.0)
        sharing = Sharing(by)
        spread = seen(act, version, edit, by=sharing)
        edit_grid(by=act("dana"), version=version.pk, asked=DEMAND, edits=[edit], why="agreed", sharing=sharing)
        after = held(version, "sales_forecast", EAST), held(version, "sales_forecast", WEST)
        assert tuple(line.after for line in sorted(spread.lines, key=lambda line: line.label)) == after
        assert sum(one or 0.0 for one in after) == 600.0


def test_evenly_gives_each_row_that_speaks_the_same(act: Act, version: Version) -> None:
    spread = seen(act, version, cell(FAMILY, 400.0, 600.0), by=Sharing("evenly"), level="customer")
    assert lines(spread) == {"E": (300.0, 300.0), "W": (100.0, 300.0)}


def test_another_key_says_what_it_goes_by(act: Act, version: Version) -> None:
    spread = seen(act, version, cell(ITEM_A, 400.0, 600.0), by=Sharing("statistical"))
    east, west = (next(line for line in spread.lines if line.label == label) for label in ("E", "W"))
    assert east.basis and west.basis and east.after and west.after
    assert east.after / west.after == pytest.approx(east.basis / west.basis, rel=0.02)


def test_a_row_that_is_kept_keeps_its_number_and_the_rest_is_shared(act: Act, version: Version) -> None:
    kept = Sharing(kept=({"customer": "W"},))
    assert lines(seen(act, version, cell(ITEM_A, 400.0, 600.0), by=kept)) == {
        "E": (300.0, 500.0),
        "W": (100.0, 100.0),
    }
    typed_with = cell(ITEM_A, 400.0, 600.0)
    edit_grid(by=act("dana"), version=version.pk, asked=DEMAND, edits=[typed_with], why="agreed", sharing=kept)
    assert held(version, "sales_forecast", EAST) == 500.0
    assert held(version, "sales_forecast", WEST) == 100.0


def test_kept_rows_cannot_hold_more_than_the_total_nor_be_all_of_them(act: Act, version: Version) -> None:
    with pytest.raises(KeptHoldMore):
        seen(act, version, cell(ITEM_A, 400.0, 200.0), by=Sharing(kept=({"customer": "E"},)))
    with pytest.raises(NothingToShare):
        seen(act, version, cell(ITEM_A, 400.0, 500.0), by=Sharing(kept=({"item": "A"},)))
    with pytest.raises(NotUnderstood):
        seen(act, version, cell(ITEM_A, 400.0, 500.0), by=Sharing(kept=({"colour": "red"},)))


def test_a_deeper_number_stands_and_a_blank_blanks_all(act: Act, version: Version) -> None:
    both = [cell(ITEM_A, 400.0, 800.0), cell(A_EAST, 300.0, 310.0)]
    spread = spread_of(by=act("dana"), version=version.pk, asked=DEMAND, edits=both)
    assert lines(spread)["E"] == (300.0, 310.0)
    assert lines(seen(act, version, cell(ITEM_A, 400.0, None))) == {"E": (300.0, None), "W": (100.0, None)}


def test_only_who_may_change_it_asks_how_it_would_be_shared(act: Act, version: Version) -> None:
    edits = [cell(FAMILY, 400.0, 500.0)]
    with pytest.raises(NotYourRole):
        spread_of(by=act("sam"), version=version.pk, asked=DEMAND, edits=edits)
    with pytest.raises(NothingThere):
        spread_of(by=act("olga"), version=version.pk, asked=DEMAND, edits=edits)
    sally = spread_of(by=act("sally"), version=version.pk, asked=DEMAND, edits=[cell(FAMILY, 300.0, 330.0)])
    assert lines(sally)["A"] == (300.0, 330.0)


def test_the_page_answers_with_lines_and_new_numbers_of_every_node(client_of: Browser, version: Version) -> None:
    path = address(version, "grid/spread/")
    edit = {"measure": "sales_forecast", "at": ITEM_A, "period": MARCH, "before": 400.0, "after": 600.0}
    wish = {"edits": [edit], "by": "evenly", "kept": [], "level": "customer"}
    closed(client_of, path, wish)
    told = client_of("dana").post(path, wish, content_type="application/json").json()
    assert [line["after"] for line in told["lines"]] == [300.0, 300.0]
    assert dict(zip(told["patch"][0]["nodes"], told["patch"][0]["values"]))[2] == 600.0
    refused = client_of("dana").post(path, {**wish, "by": "magic"}, content_type="application/json")
    assert refused.status_code == 400
