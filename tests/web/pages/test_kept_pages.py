"""What a step shows is drawn once and kept; whatever it is made of changes, everybody sees the change at once.

sales_forecast   A | DC | E   2026-03   blank → 900     (East, Sally's; the baseline is about 300)
"""

from __future__ import annotations

import pytest
from django.test import Client
from stage import NOW, Act, Browser

from sandop.cycle import steps
from sandop.scenario import Month, run_steps
from sandop_web.actions.editing import Edit, edit_cells_of_plan
from sandop_web.queries.steps import content_of_step, page_of_step
from sandop_web.screens.steps import drawn
from sandop_web.store.models import StepInput, Version
from sandop_web.store.plans import read_plan, write_results

LIVE = ("data_close", "pre_sop", "sop_meeting", "execution")  # they show what people do
ROW = ("A", "DC", "E")


def seen(client: Client, step: str = "demand_review", language: str = "en") -> str:
    client.cookies["sandop_language"] = language
    return client.get(f"/c/small/step/{step}/").content.decode()


def headline(page: str) -> str:
    return page.split("<h1>")[1].split("</h1>")[0]


def say_900(by, version: Version) -> None:
    edit = Edit("sales_forecast", ROW, "2026-03", None, 900.0)
    edit_cells_of_plan(by=by, version=version.pk, edits=[edit], why="Tender won")


@pytest.mark.usefixtures("version")
def test_the_same_content_is_drawn_once_for_everybody(client_of: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    first = seen(client_of("eve"), "supply_review")
    monkeypatch.setattr(drawn, "page_of_step", None)  # would fail where it is asked again
    assert headline(seen(client_of("max"), "supply_review")) == headline(first)


def test_an_edit_is_seen_at_once_by_everybody(version: Version, client_of: Browser, act: Act) -> None:
    readers = [client_of("eve"), client_of("vic")]
    assert all("sales has not spoken for 2 customers" in headline(seen(reader)) for reader in readers)
    say_900(act("dana"), version)
    assert all("sales has not spoken for one customer" in headline(seen(reader)) for reader in readers)


def test_new_results_are_seen_at_once(version: Version, client_of: Browser, act: Act) -> None:
    reader = client_of("eve")
    before = seen(reader)
    say_900(act("dana"), version)
    write_results(version, run_steps(month=Month(read_plan(version)), steps=("forecast", "demand")), 1)
    asked = read_plan(version), run_steps(month=Month(read_plan(version)), steps=("forecast", "demand"))
    assert f"{asked[1].sheets['demand'].values.sum():,.0f} pumps" in headline(seen(reader))
    assert headline(seen(reader)) != headline(before)


@pytest.mark.usefixtures("cycle")
def test_a_number_that_stands_in_for_another_is_marked_at_once(client_of: Browser) -> None:
    reader = client_of("eve")
    assert "a substitute stands in for it" not in seen(reader)
    StepInput.objects.filter(step__step="demand_review", for_person="sally").update(
        state=StepInput.State.SUBSTITUTED, substitute="statistical", person="max", at=NOW, why="Sally is ill"
    )
    assert "a substitute stands in for it" in seen(reader)


@pytest.mark.usefixtures("version")
def test_every_scope_and_language_has_a_page_of_its_own(client_of: Browser) -> None:
    pages = [
        seen(client_of(person), language=language) for person in ("eve", "sally", "wes") for language in ("en", "zh")
    ]
    assert len({headline(page) for page in pages}) == 6
    assert "Shown here: East" in pages[2]
    assert "Shown here: West" in pages[4]
    assert "Shown here" not in pages[0]


@pytest.mark.usefixtures("version")
def test_content_has_one_name_before_and_after_it_is_read(act: Act) -> None:
    for step in (one.step for one in steps()):
        named = content_of_step(by=act("sally"), step=step)
        assert named == page_of_step(by=act("sally"), step=step).content
        assert bool(named) == (step not in LIVE)


def test_only_what_a_step_reads_gives_its_content_another_name(version: Version, act: Act) -> None:
    """The supply review reads no sales forecast: an edit of it leaves the page as it is."""
    before = {step: content_of_step(by=act("eve"), step=step) for step in ("demand_review", "supply_review")}
    say_900(act("dana"), version)
    after = {step: content_of_step(by=act("eve"), step=step) for step in before}
    assert after["demand_review"] != before["demand_review"]
    assert after["supply_review"] == before["supply_review"]


def test_colleagues_share_a_page_unless_it_tells_what_they_are_worth(version: Version, act: Act) -> None:
    def named(person: str) -> str:
        return content_of_step(by=act(person), step="demand_review")

    assert named("eve") == named("vic")
    assert len({named("eve"), named("sally"), named("wes")}) == 3
