"""Something stands in for an input that is not given, and is marked wherever it flows."""

from dataclasses import replace

import cast
import pytest
from meeting import at_the_doors
from stage import NOW, Act, Browser

from sandop.plan import Sheet
from sandop_web.access import NotUnderstood, NotYourRole, WhyMissing
from sandop_web.actions.cycle import open_cycle
from sandop_web.actions.editing import edit_cells_of_plan
from sandop_web.actions.inputs import NoPlanAgreed, deliver_input, substitute_input
from sandop_web.actions.late import Edit
from sandop_web.actions.scenarios import branch_scenario
from sandop_web.queries.cycle import substitutes_in
from sandop_web.store.models import Change, Company, Notice, StepInput, Version
from sandop_web.store.plans import read_sheet, write_version
from sandop_web.store.steps import substitutes_report
from small_company import HORIZON

AGREED = {("A", "DC", "E"): 222.0, ("A", "DC", "W"): 111.0, ("B", "DC", "E"): 99.0}


@pytest.fixture
def agreed_before(company: Company, act: Act) -> Version:
    """A plan whose last agreed demand is 222 for A and 99 for B in the East, 111 in the West; its cycle is open."""
    demand = Sheet.of("demand", HORIZON, {key: [value] * 12 for key, value in AGREED.items()})
    plan = replace(cast.company_plan(), previous={"demand": demand})
    made = write_version(
        company=company, title="2026-01", purpose="plan", plan=plan, month=None, made_by=None, at=NOW
    )
    open_cycle(by=act("max"), month="2026-01", meeting=NOW.date().replace(day=21), country="CN")
    return made


def _stand_in(act: Act, substitute: str, owner: str = "sally", person: str = "max") -> None:
    substitute_input(
        by=act(person),
        step="demand_review",
        input="sales_forecast",
        owner=owner,
        substitute=substitute,  # type: ignore[arg-type]
        why="on leave",
    )


def _spoken(version: Version) -> dict[str, list[float]]:
    sheet = read_sheet(version, "input", "sales_forecast")
    assert sheet is not None
    return {key[0] + key[2]: sheet.values[i].tolist() for i, key in enumerate(sheet.rows.keys)}


def test_the_plan_agreed_last_becomes_the_forecast_of_that_salespersons_customers(
    agreed_before: Version, act: Act
) -> None:
    _stand_in(act, "last_agreed")
    assert _spoken(agreed_before) == {"AE": [222.0] * 12, "BE": [99.0] * 12}


def test_the_numbers_are_on_record_as_changes_and_say_for_whom(agreed_before: Version, act: Act) -> None:
    _stand_in(act, "last_agreed")
    changes = Change.objects.filter(version=agreed_before)
    assert changes.count() == 24
    assert {(one.person, one.why) for one in changes} == {("max", "substitute for sally: on leave")}


def test_statistical_makes_the_forecast_blank_so_that_the_baseline_counts(agreed_before: Version, act: Act) -> None:
    edit = Edit("sales_forecast", ("A", "DC", "E"), "2026-02", None, 300.0)
    edit_cells_of_plan(by=act("sally"), version=agreed_before.pk, edits=[edit], why="a guess")
    _stand_in(act, "statistical")
    assert all(value != value for value in _spoken(agreed_before)["AE"])


def test_without_a_plan_agreed_before_there_is_nothing_to_take(cycle: str, act: Act) -> None:
    with pytest.raises(NoPlanAgreed, match="Sally"):
        _stand_in(act, "last_agreed")


def test_the_mark_names_owner_customers_who_and_why(cycle: str, version: Version, act: Act) -> None:
    _stand_in(act, "statistical")
    (mark,) = substitutes_in(by=act("dana"), version=version.pk)
    assert (mark.owner_name, mark.customers, mark.substitute, mark.person, mark.why) == (
        "Sally",
        ("E",),
        "statistical",
        "Max",
        "on leave",
    )


def test_the_mark_flows_into_scenarios(cycle: str, version: Version, act: Act) -> None:
    _stand_in(act, "statistical")
    scenario = branch_scenario(by=act("dana"), version=version.pk, title="what if", why="to see")
    assert [mark.owner for mark in substitutes_in(by=act("dana"), version=scenario)] == ["sally"]


def test_a_salesperson_of_another_region_does_not_see_the_mark(cycle: str, version: Version, act: Act) -> None:
    _stand_in(act, "statistical")
    assert substitutes_in(by=act("wes"), version=version.pk) == ()
    assert len(substitutes_in(by=act("sally"), version=version.pk)) == 1


def test_the_report_that_is_signed_names_each_customer(cycle: str, version: Version, act: Act) -> None:
    assert substitutes_report(version) == []
    _stand_in(act, "statistical")
    _stand_in(act, "statistical", "wes")
    assert substitutes_report(version) == [
        {
            "step": "demand_review",
            "input": "sales_forecast",
            "owner": owner,
            "substitute": "statistical",
            "customer": customer,
            "by": "max",
            "on": "2026-01-05",
            "why": "on leave",
        }
        for owner, customer in (("sally", "E"), ("wes", "W"))
    ]


def test_the_owner_is_told_and_may_still_deliver(cycle: str, version: Version, act: Act) -> None:
    _stand_in(act, "statistical")
    told = Notice.objects.get(member__person="sally", message="cycle.told_substituted")
    assert told.values["substitute"]["zh"] == "统计预测"
    edit = Edit("sales_forecast", ("A", "DC", "E"), "2026-02", None, 300.0)
    edit_cells_of_plan(by=act("sally"), version=version.pk, edits=[edit], why="back from leave")
    deliver_input(by=act("sally"), step="demand_review", input="sales_forecast", owner="sally")
    assert substitutes_in(by=act("max"), version=version.pk) == ()


def test_other_inputs_can_only_be_gone_without(cycle: str, act: Act) -> None:
    told = {"step": "business_review", "input": "news", "why": "a quiet month"}
    with pytest.raises(NotUnderstood):
        substitute_input(by=act("max"), substitute="statistical", **told)
    substitute_input(by=act("max"), substitute="none", **told)
    assert StepInput.objects.get(input="news").state == "substituted"


def test_only_the_sop_manager_may_and_says_why(cycle: str, act: Act) -> None:
    for person in ("eve", "hana", "dana", "vic"):
        with pytest.raises(NotYourRole):
            _stand_in(act, "statistical", person=person)
    with pytest.raises(WhyMissing):
        substitute_input(by=act("max"), step="business_review", input="news", substitute="none", why=" ")


def test_the_doors(cycle: str, client_of: Browser) -> None:
    form = {"input": "sales_forecast", "owner": "sally", "substitute": "statistical", "why": "on leave"}
    at_the_doors(
        client_of, "cycle/step/demand_review/substitute/", who="max", form=form, not_for=("eve", "sally", "vic")
    )
