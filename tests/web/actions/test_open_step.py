"""A step opens when the one before is signed and its inputs are there."""

import datetime as dt

import pytest
from meeting import at_the_doors
from month import complete, opened, signed, state_of
from stage import NOW, Act, Browser

from sandop_web.access import NothingThere, NotYourRole
from sandop_web.access.cycles import NoCycleOpen, NotYourStep
from sandop_web.actions.closing import close_cycle
from sandop_web.actions.gates import InputsAreMissing, StepBeforeIsOpen, StepIsElsewhere, open_step
from sandop_web.actions.rules import change_rule
from sandop_web.store.models import CycleStep, Notice, StepInput

pytestmark = pytest.mark.usefixtures("cycle")


def test_it_opens_and_its_team_is_told(act: Act) -> None:
    opened(act, "demand_review")
    assert state_of("demand_review") == "open"
    told = Notice.objects.filter(message="cycle.told_opened", link="step/demand_review/")
    assert {"hana", "dana", "sally", "wes"} == set(told.values_list("member__person", flat=True))


def test_the_step_before_must_be_signed(act: Act) -> None:
    complete(act, "business_review")
    with pytest.raises(StepBeforeIsOpen, match="Data close has not been signed"):
        open_step(by=act("max"), step="business_review")


def test_each_missing_input_is_named_with_its_owner(act: Act) -> None:
    signed(act, "data_close")
    with pytest.raises(InputsAreMissing) as refused:
        open_step(by=act("max"), step="business_review")
    assert "Budget, latest estimate, last year (Fiona); " in str(refused.value)
    assert "News of market, customers, suppliers (Marc)" in str(refused.value)
    assert "lacks inputs (3)" in str(refused.value) and "Closed data" not in str(refused.value)
    assert "市场、客户、供应商动态（Marc（中））" in refused.value.text("zh")
    assert "substitute" in refused.value.remedy("en")


def test_what_comes_by_itself_is_noted_as_there(act: Act) -> None:
    opened(act, "business_review")
    closed = StepInput.objects.get(input="closed_data")
    assert (closed.state, closed.person) == ("delivered", "")


def test_from_its_day_on_silence_is_consent_but_never_for_numbers(act: Act) -> None:
    signed(act, "data_close")
    day = CycleStep.objects.get(step="business_review").day
    with pytest.raises(InputsAreMissing) as refused:
        open_step(by=act("max", at=_at(day)), step="business_review")
    assert "Budget" in str(refused.value) and "News" not in str(refused.value)


def test_silence_is_marked(act: Act) -> None:
    opened(act, "business_review")
    StepInput.objects.filter(input__in=("news", "last_cycle")).update(state="missing")
    CycleStep.objects.filter(step="business_review").update(state="waiting")
    open_step(by=act("max", at=_at(dt.date(2026, 1, 30))), step="business_review")
    assert set(StepInput.objects.filter(substitute="silence").values_list("input", flat=True)) == {
        "news",
        "last_cycle",
    }


def test_where_the_company_does_not_take_silence_for_consent_everything_is_missing(act: Act) -> None:
    signed(act, "data_close")
    change_rule(by=act("eve"), name="silence_is_consent", value=False, why="we want to hear it")
    with pytest.raises(InputsAreMissing, match="News"):
        open_step(by=act("max", at=_at(dt.date(2026, 1, 30))), step="business_review")


def test_a_step_opens_once(act: Act) -> None:
    with pytest.raises(StepIsElsewhere, match="Data close is open"):
        open_step(by=act("max"), step="data_close")


def test_its_chair_or_the_sop_manager_opens_it(act: Act) -> None:
    signed(act, "business_review")
    complete(act, "demand_review")
    with pytest.raises(NotYourStep, match="Head of sales"):
        open_step(by=act("olaf"), step="demand_review")
    with pytest.raises(NotYourRole):
        open_step(by=act("dana"), step="demand_review")
    open_step(by=act("max"), step="demand_review")


def test_without_a_cycle_there_is_nothing_to_open(act: Act) -> None:
    with pytest.raises(NothingThere):
        open_step(by=act("max"), step="lunch")
    close_cycle(by=act("max"), why="nothing approved")
    with pytest.raises(NoCycleOpen):
        open_step(by=act("max"), step="business_review")


def test_the_doors(act: Act, client_of: Browser) -> None:
    signed(act, "data_close")
    complete(act, "business_review")
    at_the_doors(client_of, "cycle/step/business_review/open/", who="max", not_for=("dana", "olaf", "vic"))
    assert state_of("business_review") == "open"


def _at(day: dt.date) -> dt.datetime:
    return NOW.replace(month=day.month, day=day.day)
