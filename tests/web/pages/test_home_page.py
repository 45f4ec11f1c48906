"""The first page: who leads reads what the month concludes, everybody else what waits for them."""

from __future__ import annotations

import datetime as dt

import cast
import pytest
from html_reading import ReadPage, troubles_of
from meeting import listed
from stage import NOW, Act, Browser

from sandop.pack.pages import decide
from sandop.pack.reader import Reader
from sandop_web.queries.home import month_at_a_glance
from sandop_web.queries.work import my_work
from sandop_web.store.models import Cycle, Decision, User


def home(client_of: Browser, person: str, language: str = "en") -> ReadPage:
    """The first page, which must be without fault."""
    User.objects.filter(username=person).update(language=language)
    html = client_of(person).get("/c/small/").content.decode()
    assert troubles_of(html, language) == []
    return ReadPage(html)


@pytest.mark.usefixtures("cycle")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_who_leads_reads_first_what_the_month_concludes(client_of: Browser, language: str) -> None:
    month = cast.company_month()
    wanted = decide.headline(month, Reader(month.plan, language))  # type: ignore[arg-type]
    assert home(client_of, "eve", language).first("h1").text.strip() == wanted


@pytest.mark.usefixtures("cycle")
def test_a_planner_reads_first_what_waits(client_of: Browser) -> None:
    month = cast.company_month()
    headline = decide.headline(month, Reader(month.plan, "en"))
    owing, idle = home(client_of, "sally"), home(client_of, "vic")
    assert "for you" in owing.first("h1").text
    assert headline in owing.first("main").text
    assert idle.first("h1").text.strip() == headline
    assert "Nothing waits for you" in idle.first("main").text


@pytest.mark.usefixtures("cycle")
def test_a_salesperson_sees_the_demand_of_their_region(act: Act) -> None:
    demand = cast.company_month().sheets["demand"]
    east = demand.values[demand.rows.where(customer="E")].sum()
    [own] = [tile for tile in month_at_a_glance(by=act("sally")).tiles if tile.title.startswith("East")]
    assert own.figure.value == pytest.approx(east)
    assert not [tile for tile in month_at_a_glance(by=act("eve")).tiles if tile.title.startswith("East")]


def test_the_decisions_with_most_money_stand_on_the_page(cycle: str, act: Act, client_of: Browser) -> None:
    listed(act("max"))
    seen = month_at_a_glance(by=act("eve")).decisions
    money = [one.money for one in seen]
    assert money and money == sorted(money, reverse=True)
    links = home(client_of, "eve").links
    assert {f"/c/small/decisions/{one.number}/" for one in seen} <= set(links)


def test_a_last_responsible_moment_that_has_passed_is_said_so_and_only_then(cycle: str, act: Act) -> None:
    listed(act("max"))
    yesterday, tomorrow = (NOW.date() + dt.timedelta(days=days) for days in (-1, 1))
    for day, passed in ((yesterday, yesterday), (tomorrow, None)):
        Decision.objects.update(last_responsible=day)
        waiting = [one for one in my_work(by=act("eve")).waiting if one.kind == "decision"]
        assert waiting and {one.passed for one in waiting} == {passed}
        assert not any(one.overdue for one in waiting)  # the meeting that decides is still to come
        assert {one.passed for one in month_at_a_glance(by=act("eve")).decisions} == {passed is not None}


def test_what_presses_comes_before_what_is_only_due_sooner(cycle: str, act: Act) -> None:
    listed(act("max"))
    Decision.objects.update(last_responsible=NOW.date() - dt.timedelta(days=1))
    found = my_work(by=act("max")).waiting
    assert found[0].kind == "decision" and found[0].passed
    assert [one.presses for one in found] == sorted((one.presses for one in found), reverse=True)


@pytest.mark.usefixtures("cycle")
def test_today_stands_before_the_first_step_that_is_not_over(act: Act) -> None:
    later = act("vic", at=NOW + dt.timedelta(days=4))
    steps = my_work(by=later).steps
    [coming] = [one for one in steps if one.next]
    assert coming.day >= later.today
    assert all(one.day < later.today for one in steps[: steps.index(coming)])


def test_a_closed_cycle_leaves_no_decision_to_make(cycle: str, act: Act) -> None:
    listed(act("max"))
    Cycle.objects.update(state=Cycle.State.CLOSED)
    assert month_at_a_glance(by=act("eve")).decisions == ()
