"""Within one look the same thing is read once; whoever writes looks anew."""

from __future__ import annotations

from stage import Act

from sandop_web.access import one_look
from sandop_web.actions.editing import Edit, edit_cells_of_plan
from sandop_web.store.looking import looking_anew, once
from sandop_web.store.models import Version
from sandop_web.store.parts import name_of_part, read_part
from sandop_web.store.plans import change_count

EDIT = Edit("price", ("A", "E"), "2026-02", 100.0, 105.0)


def counted() -> list[int]:
    """Numbers that tell how often they were read."""
    return once("times read", lambda: [1])


def test_without_a_look_everything_is_read_anew() -> None:
    assert counted() is not counted()


def test_within_one_look_the_same_thing_is_read_once() -> None:
    with one_look():
        first = counted()
        with one_look():
            assert counted() is first
        assert counted() is first
    with one_look():
        assert counted() is not first


def test_whoever_looks_anew_shares_nothing_with_what_stands_around() -> None:
    with one_look():
        first = counted()
        with looking_anew():
            assert counted() is not first
        assert counted() is first


def test_a_page_that_acts_sees_what_it_did(version: Version, act: Act) -> None:
    """Even where a look is open around it, an action reads what is there now."""
    with one_look():
        assert change_count(version) == 0
        edit_cells_of_plan(by=act("fiona"), version=version.pk, edits=[EDIT], why="new list")
        again = Edit("price", ("A", "E"), "2026-02", 105.0, 106.0)
        edit_cells_of_plan(by=act("fiona"), version=version.pk, edits=[again], why="newer list")
    assert change_count(version) == 2


def test_a_part_is_named_by_what_it_holds(version: Version, act: Act) -> None:
    prices, stocks = {"input": ("price",)}, {"result": ("closing_stock",), "report": ("kpis",)}
    name, month = read_part(version, prices)
    assert name == name_of_part(version, prices)
    assert month.plan.sheets["price"].at(("A", "E"), "2026-02") == 100.0
    assert (set(month.plan.sheets), set(month.sheets), set(month.reports)) == ({"price"}, set(), set())
    before = name_of_part(version, stocks)
    edit_cells_of_plan(by=act("fiona"), version=version.pk, edits=[EDIT], why="new list")
    assert name_of_part(version, prices) != name
    assert name_of_part(version, stocks) == before
