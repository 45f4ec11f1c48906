"""A new company's home page says what is left to do before its first review, and who does it."""

from __future__ import annotations

import cast
import pytest
from html_reading import ReadPage, troubles_of
from stage import Act, Browser

from sandop_web.queries.beginning import beginning_of
from sandop_web.store.models import Cycle, Member, User, Version


def main_of(client_of: Browser, person: str, language: str = "en") -> str:
    """What the first page says, which must be without fault."""
    User.objects.filter(username=person).update(language=language)
    html = client_of(person).get("/c/small/").content.decode()
    assert troubles_of(html, language) == []
    return ReadPage(html).first("main").text


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_without_a_plan_the_data_come_first(client_of: Browser, language: str) -> None:
    wanted = {"en": "A workbook or plan folder becomes the first plan", "zh": "导入工作簿或计划文件夹"}[language]
    assert wanted in main_of(client_of, "max", language)


@pytest.mark.usefixtures("version")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_with_a_plan_the_cycle_is_to_be_opened_by_who_may(client_of: Browser, language: str) -> None:
    button = {"en": "Open a cycle", "zh": "启动"}[language]
    assert button in main_of(client_of, "max", language)
    told = main_of(client_of, "vic", language)
    assert {"en": "Done by: ", "zh": "负责："}[language] in told


@pytest.mark.usefixtures("version")
def test_a_computed_month_is_a_thing_done_until_a_number_changes(act: Act) -> None:
    begun = beginning_of(by=act("max"))
    assert begun is not None
    assert {thing.name: thing.done for thing in begun.things} == {
        "data": True,
        "people": True,
        "run": True,
        "cycle": False,
    }
    Version.objects.update(steps=[])
    again = beginning_of(by=act("max"))
    assert again is not None and not next(thing.done for thing in again.things if thing.name == "run")


@pytest.mark.usefixtures("version")
def test_a_chair_that_nobody_holds_is_named(act: Act) -> None:
    Member.objects.filter(role="gm").update(active=False)
    begun = beginning_of(by=act("max"))
    assert begun is not None
    [people] = [thing for thing in begun.things if thing.name == "people"]
    assert not people.done and "General manager" in people.text


@pytest.mark.usefixtures("cycle")
def test_once_a_cycle_was_opened_the_list_is_gone_for_good(act: Act, client_of: Browser) -> None:
    assert beginning_of(by=act("max")) is None
    Cycle.objects.update(state=Cycle.State.CLOSED)
    assert beginning_of(by=act("max")) is None
    assert "No cycle is open" in main_of(client_of, "vic")


@pytest.mark.usefixtures("version")
def test_the_plan_counted_is_the_companys(act: Act) -> None:
    network = cast.company_month().plan.network
    begun = beginning_of(by=act("vic"))
    assert begun is not None
    assert f"{len(network.items)} items" in begun.things[0].text
    assert not any(thing.may for thing in begun.things)
