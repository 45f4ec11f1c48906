"""An input is delivered by its owner."""

import pytest
from meeting import at_the_doors
from month import signed
from stage import Act, Browser

from sandop_web.access import NothingThere, NotYourRole
from sandop_web.access.cycles import NotYourInput
from sandop_web.actions.editing import edit_cells_of_plan
from sandop_web.actions.inputs import EvidenceIsMissing, InputComesByItself, deliver_input
from sandop_web.actions.late import Edit
from sandop_web.store.models import Member, StepInput, Version
from sandop_web.store.steps import StepIsClosed

pytestmark = pytest.mark.usefixtures("cycle")


def _state(name: str, owner: str = "") -> StepInput:
    return StepInput.objects.get(input=name, for_person=owner)


def _forecast(act: Act, version: Version, person: str, customer: str, item: str = "A") -> None:
    edit = Edit("sales_forecast", (item, "DC", customer), "2026-02", None, 300.0)
    edit_cells_of_plan(by=act(person), version=version.pk, edits=[edit], why="my view")


def test_its_owner_says_it_is_there(act: Act) -> None:
    deliver_input(by=act("fiona"), step="business_review", input="budget_and_estimate", why="as of Friday")
    given = _state("budget_and_estimate")
    assert (given.state, given.person, given.why) == ("delivered", "fiona", "as of Friday")


def test_a_salesperson_delivers_once_every_customer_has_a_number(act: Act, version: Version) -> None:
    _forecast(act, version, "sally", "E")
    deliver_input(by=act("sally"), step="demand_review", input="sales_forecast", owner="sally")
    assert _state("sales_forecast", "sally").state == "delivered"


def test_what_is_blank_is_named(act: Act, version: Version) -> None:
    with pytest.raises(EvidenceIsMissing, match="no numbers of Sales forecast"):
        deliver_input(by=act("sally"), step="demand_review", input="sales_forecast", owner="sally")
    _forecast(act, version, "sally", "E")
    with pytest.raises(EvidenceIsMissing, match="Sales forecast is blank for W") as refused:
        deliver_input(by=act("wes"), step="demand_review", input="sales_forecast", owner="wes")
    assert "以下客户的销售预测为空：W" in refused.value.text("zh")


def test_history_must_reach_to_the_last_closed_month(act: Act) -> None:
    with pytest.raises(EvidenceIsMissing, match="no numbers of Actual production"):
        deliver_input(by=act("max"), step="data_close", input="production_receipts")
    deliver_input(by=act("tom"), step="data_close", input="orders_shipments")


def test_nobody_delivers_what_comes_by_itself(act: Act) -> None:
    with pytest.raises(InputComesByItself):
        deliver_input(by=act("dana"), step="demand_review", input="statistical_forecast")


def test_a_colleague_of_the_same_role_and_scope_may_deliver_but_nobody_else(act: Act) -> None:
    Member.objects.filter(person="cora").update(role="finance")
    deliver_input(by=act("cora"), step="business_review", input="budget_and_estimate")
    with pytest.raises(NotYourInput, match="Marc"):
        deliver_input(by=act("dana"), step="business_review", input="news")


def test_one_salesperson_never_speaks_for_another(act: Act, version: Version) -> None:
    _forecast(act, version, "sally", "E")
    with pytest.raises(NotYourInput):
        deliver_input(by=act("wes"), step="demand_review", input="sales_forecast", owner="sally")


def test_once_the_step_is_signed_it_is_closed(act: Act) -> None:
    signed(act, "data_close")
    with pytest.raises(StepIsClosed):
        deliver_input(by=act("tom"), step="data_close", input="orders_shipments")


def test_an_input_that_is_not_there_is_not_found(act: Act) -> None:
    for step, name, owner in (
        ("data_close", "moon", ""),
        ("lunch", "news", ""),
        ("demand_review", "sales_forecast", ""),
        ("demand_review", "sales_forecast", "eve"),
    ):
        with pytest.raises(NothingThere):
            deliver_input(by=act("max"), step=step, input=name, owner=owner)


def test_a_viewer_delivers_nothing(act: Act) -> None:
    with pytest.raises(NotYourRole):
        deliver_input(by=act("vic"), step="business_review", input="news")


def test_the_doors(client_of: Browser) -> None:
    form = {"input": "news", "owner": "marc"}
    at_the_doors(client_of, "cycle/step/business_review/deliver/", who="marc", form=form, not_for=("dana", "vic"))
    assert _state("news").state == "delivered"
