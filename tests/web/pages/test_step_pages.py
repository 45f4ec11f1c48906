"""The month walked in pages: each step states its conclusion, in both languages, to everybody in their own scope."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import cast
import pytest
from django.test import Client
from django.utils import timezone
from html_reading import ReadPage, read
from stage import NOW

from sandop.cycle import steps
from sandop.network import Activities
from sandop.plan import Sheet
from sandop.scenario import Month, run_steps
from sandop_web.store.models import (
    ActionItem,
    Alternative,
    Change,
    Company,
    Cycle,
    Decision,
    Member,
    StepInput,
    Version,
)
from sandop_web.store.plans import write_version

STEPS = [step.step for step in steps()]
COMPUTED = [step for step in STEPS if step != "data_close"]
Browser = Callable[[str], Client]


def page_of(client: Client, step: str, language: str = "en") -> ReadPage:
    """The step's first page and, behind it, the page of each of its questions; all of them must be without fault."""
    address = f"/c/small/step/{step}/"
    page = read(client, address, language)
    tabs = [link.attributes["href"].partition("?")[0] for link in page.all("a") if "nav" in link.inside]
    for tab in dict.fromkeys(tabs):
        if tab.startswith(address) and tab not in (address, f"{address}work/"):
            page.elements += read(client, tab, language).elements
    return page


def text_of(page: ReadPage) -> str:
    """All that the step says, over all its pages."""
    return "\n".join(main.text for main in page.all("main"))


def headline(page: ReadPage) -> str:
    return page.first("h1").text


@pytest.fixture
def bare_version(company: Company) -> Version:
    """A plan that nobody has computed yet."""
    plan = cast.company_plan()
    return write_version(
        company=company, title="2026-01", purpose="plan", plan=plan, month=None, made_by=None, at=NOW
    )


@pytest.mark.parametrize("person", ["eve", "sally", "vic"])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.usefixtures("version")
def test_every_step_states_its_conclusion(client_of: Browser, step: str, language: str, person: str) -> None:
    page = page_of(client_of(person), step, language)
    assert headline(page).strip()
    assert page.all("table")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("step", COMPUTED)
@pytest.mark.usefixtures("bare_version")
def test_without_results_every_step_says_that_the_month_must_be_run(
    client_of: Browser, step: str, language: str
) -> None:
    page = page_of(client_of("max"), step, language)
    wanted = {"en": "have not been computed yet", "zh": "尚未计算"}[language]
    assert wanted in headline(page)
    assert any("run" in form.attributes.get("action", "") for form in page.all("form"))


@pytest.mark.usefixtures("bare_version")
def test_a_viewer_is_told_whom_to_ask_instead_of_a_button(client_of: Browser) -> None:
    page = page_of(client_of("vic"), "demand_review")
    assert "Ask the S&OP manager to run the month" in text_of(page)


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_without_a_plan_every_step_says_so(client_of: Browser, language: str) -> None:
    wanted = {"en": "There is no plan yet", "zh": "尚无计划"}[language]
    assert all(headline(page_of(client_of("eve"), step, language)) == wanted for step in STEPS)


@pytest.mark.usefixtures("version")
def test_a_step_that_does_not_exist_is_not_there(client_of: Browser) -> None:
    assert client_of("eve").get("/c/small/step/lunch/").status_code == 404


@pytest.mark.usefixtures("version")
def test_the_demand_review_says_how_much_and_who_has_not_spoken(client_of: Browser) -> None:
    asked = cast.company_month().sheets["demand"].values.sum()
    said = headline(page_of(client_of("eve"), "demand_review"))
    assert f"{asked:,.0f} pumps" in said
    assert "sales has not spoken for 2 customers" in said


@pytest.mark.usefixtures("version")
def test_sally_reads_the_demand_of_her_region_only(client_of: Browser) -> None:
    demand = cast.company_month().sheets["demand"]
    east = demand.values[demand.rows.where(customer="E")].sum()
    page = page_of(client_of("sally"), "demand_review")
    assert f"{east:,.0f} pumps" in headline(page)
    assert "Shown here: East" in text_of(page)


@pytest.mark.usefixtures("version")
def test_sally_does_not_read_what_is_cut_from_the_west(client_of: Browser) -> None:
    cuts = {}
    for person in ("eve", "sally"):
        tables = page_of(client_of(person), "pre_sop").all("table")
        cuts[person] = next(table.text for table in tables if "Demand that waits or is lost" in table.text)
    assert "West" in cuts["eve"]
    assert "West" not in cuts["sally"]
    assert "East" in cuts["sally"]


@pytest.mark.usefixtures("version")
def test_the_supply_review_names_the_limit_and_what_one_more_hour_is_worth(client_of: Browser) -> None:
    worth = max(row["worth"] or row["unit_value"] for row in cast.company_month().reports["shortages"])
    page = page_of(client_of("eve"), "supply_review")
    assert f"Assembly is short in Jan–Dec 2026; one more hour is worth up to {worth:.0f} CNY" in headline(page)
    assert "Proven: within the stated limits" in text_of(page)


@pytest.mark.usefixtures("version")
def test_shortages_are_marked_by_a_sign_and_not_by_colour_alone(client_of: Browser) -> None:
    page = page_of(client_of("eve"), "supply_review")
    loaded = [cell.text for cell in page.all("td") if "bad" in cell.attributes.get("class", "") and "%" in cell.text]
    assert loaded
    assert all(text.startswith("▲") for text in loaded)


@pytest.mark.usefixtures("version")
def test_a_blank_is_a_dash_and_never_a_zero(client_of: Browser) -> None:
    """The small company has no latest estimate: nobody has said, so nothing is said."""
    page = page_of(client_of("eve"), "business_review")
    heads = [head.text for head in page.all("th")]
    assert "LE" in heads
    assert "–" in page.all("table")[1].text


def test_stale_results_are_named_as_such(version: Version, client_of: Browser) -> None:
    Change.objects.create(
        version=version,
        person="dana",
        at=NOW,
        measure="sales_forecast",
        row=["A", "DC", "E"],
        period="2026-03",
        before=None,
        after=300.0,
        why="Tender won",
        batch="0" * 32,
    )
    page = page_of(client_of("max"), "pre_sop")
    assert "Changes since these results were made: 1" in text_of(page)


def test_what_sales_said_stands_beside_the_baseline(company: Company, client_of: Browser) -> None:
    """Sales expects 900 of A in East in March, three times the baseline; the customer W has not been spoken for."""
    plan = cast.company_plan()
    forecast = [float("nan")] * 12
    forecast[2] = 900.0
    opinion = Sheet.of("sales_forecast", plan.calendar.horizon, {("A", "DC", "E"): forecast})
    spoken = plan.with_sheets(sales_forecast=opinion)
    month = run_steps(month=Month(spoken), steps=("forecast", "demand"))
    write_version(company=company, title="spoken", purpose="plan", plan=spoken, month=month, made_by=None, at=NOW)
    page = page_of(client_of("eve"), "demand_review")
    assert "sales has not spoken for one customer" in headline(page)
    streams = next(table for table in page.all("table") if "Largest differences" in table.text)
    assert "900" in streams.text
    assert "Where sales has spoken it stands" in text_of(page)


def test_sally_does_not_read_activities_of_the_west(company: Company, client_of: Browser) -> None:
    plan = cast.company_plan()
    told = [
        {
            "activity": f"{region}-fair",
            "name": f"Fair in the {region}",
            "region": region,
            "start": "2026-03",
            "uplift": 0.1,
            "owner": "dana",
        }
        for region in ("East", "West")
    ]
    with_fairs = replace(plan, network=replace(plan.network, activities=Activities.of(told)))
    month = run_steps(month=Month(with_fairs), steps=("forecast", "demand"))
    write_version(company=company, title="fairs", purpose="plan", plan=with_fairs, month=month, made_by=None, at=NOW)
    page = text_of(page_of(client_of("sally"), "demand_review"))
    assert "Fair in the East" in page
    assert "Fair in the West" not in page


@pytest.mark.usefixtures("cycle")
def test_a_number_that_stands_in_for_another_is_marked_where_it_flows(client_of: Browser) -> None:
    """Sally gave no forecast: the S&OP manager lets the statistics stand in for it."""
    given = StepInput.objects.get(step__step="demand_review", for_person="sally")
    StepInput.objects.filter(pk=given.pk).update(
        state=StepInput.State.SUBSTITUTED, substitute="statistical", person="max", at=NOW, why="Sally is ill"
    )
    for step in ("demand_review", "supply_review", "pre_sop", "sop_meeting"):
        page = page_of(client_of("eve"), step)
        assert "a substitute stands in for it" in text_of(page)
        marks = next(
            table.text for table in page.all("table") if "What stands in for numbers nobody gave" in table.text
        )
        assert "Sally is ill" in marks
        assert "▲ statistics" in marks


def test_decisions_stand_with_their_outcome(cycle: str, client_of: Browser) -> None:
    taken = Cycle.objects.get(month=cycle)
    for number, state in enumerate(("open", "approved"), start=1):
        decision = Decision.objects.create(
            cycle=taken, number=number, kind="extra_shift", subject="LINE", state=state, last_responsible=NOW.date()
        )
        Alternative.objects.create(
            decision=decision,
            letter="a",
            text_en="Run 4 shifts",
            text_zh="增开4个班次",
            money=1200.0 * number,
            cost=4000.0,
            recommended=True,
        )
    english, chinese = (page_of(client_of("eve"), "sop_meeting", language) for language in ("en", "zh"))
    assert headline(english) == "One of 2 decisions is open; 4,000 CNY hangs on them"
    assert "✓ approved" in text_of(english)
    assert "增开4个班次" in text_of(chinese)


@pytest.mark.usefixtures("cycle")
def test_an_overdue_action_is_named_first(client_of: Browser) -> None:
    eve = Member.objects.get(person="eve")
    for number, days in enumerate((30, -3), start=1):
        ActionItem.objects.create(
            company=eve.company,
            number=number,
            title=f"Action {number}",
            owner=eve,
            made_by=eve,
            made_at=NOW,
            due=timezone.now().date() + dt.timedelta(days=days),
        )
    page = page_of(client_of("eve"), "execution")
    table = next(table.text for table in page.all("table") if "Action items" in table.text)
    assert "2 actions are open, 1 of them overdue" in text_of(page)
    assert table.index("Action 2") < table.index("Action 1")
    assert "▲ overdue" in table
