"""Every number of home, steps and reports opens to exactly what it says, or to nothing for a stated reason."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import cast
import pytest
from django.test import Client
from numbers_on_pages import HOME, Number, numbers_of, numbers_of_home
from stage import Act

from sandop.cycle import steps
from sandop.pack.page import Place
from sandop.pack.places import REPORT_KEYS, row_place
from sandop_web.access import Actor, NothingThere
from sandop_web.queries.home import month_at_a_glance
from sandop_web.queries.steps import page_of_step
from sandop_web.queries.why import figure_explained, is_figure, number_explained
from sandop_web.store.models import Version
from sandop_web.store.plans import read_report, report_names

Browser = Callable[[str], Client]
STEPS = [step.step for step in steps()]
PAGES = [HOME, *STEPS]
OF_ONE_KIND = 3  # numbers of a column or line that are opened: the others stand alike


def reasons() -> list[dict[str, str]]:
    """What does not open, and why: step and where (both may end with *)."""
    with (Path(__file__).parent / "not_opening.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def numbers_on(page: str, by: Actor) -> Iterator[Number]:
    """All numbers that a reader sees on home or on a step's page."""
    if page == HOME:
        return numbers_of_home(month_at_a_glance(by=by))
    return numbers_of(page_of_step(by=by, step=page))


def is_meant(number: Number, row: dict[str, str]) -> bool:
    step, where = row["step"], row["where"]
    same = number.where.startswith(where[:-1]) if where.endswith("*") else number.where == where
    return same and step in ("*", number.step)


def explained(by: Actor, version: Version, place: Place) -> float | None:
    """The number that the address of a place would show."""
    if is_figure(place.measure):
        found = figure_explained(
            by=by, version=version.pk, figure=place.measure, key=dict(place.at), period=place.period
        )
        assert found.adds_up in (True, None), f"{place} does not add up: {found.lines}"
        value = found.amount.value
        return float(value) if isinstance(value, int | float) else None
    number = number_explained(
        by=by, version=version.pk, measure=place.measure, at=dict(place.at), period=place.period
    )
    return number.value


def a_few_of_each(numbers: Iterator[Number]) -> Iterator[Number]:
    """The first numbers of each column, line and kind of place."""
    seen: dict[tuple[str, str], int] = {}
    for number in numbers:
        kind = number.where, number.place.measure if number.place else ""
        seen[kind] = seen.get(kind, 0) + 1
        if number.place and seen[kind] <= OF_ONE_KIND:
            yield number


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.usefixtures("cycle")
def test_a_number_opens_to_the_very_number_it_says(act: Act, version: Version, page: str) -> None:
    by, wrong = act("max"), []
    for number in a_few_of_each(numbers_on(page, by)):
        assert number.place is not None
        found = explained(by, version, number.place)
        if found is None or abs(found - number.value) > 0.0006 + 1e-6 * abs(number.value):
            wrong.append((number.where, number.value, found, number.place))
    assert wrong == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.usefixtures("cycle", "version")
def test_what_does_not_open_has_its_reason(act: Act, page: str) -> None:
    shut = [
        number
        for number in numbers_on(page, act("max"))
        if number.place is None and not number.compares and not any(is_meant(number, row) for row in reasons())
    ]
    assert "; ".join(sorted({number.where for number in shut})) == ""


def test_every_reason_is_said_and_most_numbers_open(act: Act, cycle: str, version: Version) -> None:
    numbers = [number for page in PAGES for number in numbers_on(page, act("max"))]
    assert all(row["why"].strip() for row in reasons())
    opening = sum(number.place is not None for number in numbers)
    assert opening >= 0.7 * len(numbers)


def test_every_report_names_its_rows(version: Version) -> None:
    assert set(report_names(version)) - {"findings"} <= set(REPORT_KEYS)
    for name in report_names(version):
        rows = read_report(version, name)
        keys = [tuple(str(row.get(column)) for column in REPORT_KEYS[name]) for row in rows]
        assert len(set(keys)) == len(keys), name


def test_a_number_of_a_report_opens_to_itself(act: Act, version: Version) -> None:
    by = act("max")
    for name in report_names(version):
        for row in list(read_report(version, name))[:2]:
            for column, value in row.items():
                place = row_place(name, row, column) if isinstance(value, float) else None
                if place is not None:
                    assert explained(by, version, place) == pytest.approx(value, rel=1e-9), (name, column)


def test_what_is_not_served_opens_by_family_though_its_report_names_items(act: Act, version: Version) -> None:
    items, rows = cast.company_plan().network.items, read_report(version, "unserved")
    family_of = dict(zip(items.keys, items.family))
    assert rows
    for family in set(items.family):
        own = [float(str(row["penalty"])) for row in rows if family_of[str(row["item"])] == family]
        place = Place("report.unserved.penalty", (("family", family),))
        if own:
            assert explained(act("max"), version, place) == pytest.approx(sum(own))
        else:
            with pytest.raises(NothingThere):
                explained(act("max"), version, place)


def test_one_of_several_rows_that_do_not_add_up_is_no_answer(act: Act, version: Version) -> None:
    assert len(read_report(version, "kpis")) > 1
    with pytest.raises(NothingThere):
        explained(act("max"), version, Place("report.kpis.value"))


def test_the_numbers_of_a_report_page_lead_to_why(client_of: Browser, version: Version) -> None:
    page = client_of("max").get(f"/c/small/plan/{version.pk}/report/kpis/").text
    assert "measure=report.kpis.value&amp;kpi=fill_rate" in page
    answer = client_of("max").get(f"/c/small/plan/{version.pk}/why/?measure=report.kpis.value&kpi=fill_rate")
    assert answer.status_code == 200 and "These numbers give it exactly" in answer.text
