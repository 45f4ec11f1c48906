"""The cycle of a month is opened."""

import datetime as dt

import pytest
from meeting import at_the_doors
from stage import Act, Browser

from sandop.cycle import CountryUnknown, MeetingOnADayOff, inputs
from sandop_web.access import NotYourRole
from sandop_web.actions.calendar import edit_day
from sandop_web.actions.closing import close_cycle
from sandop_web.actions.cycle import CycleHasBeen, CycleIsOpen, NoPlanForTheMonth, open_cycle
from sandop_web.store.models import Cycle, CycleStep, DayEdit, Member, Notice, StepInput, Version

MEETING = dt.date(2026, 1, 21)
FORM = {"month": "2026-01", "meeting": "2026-01-21", "country": "cn", "why": ""}


def _open(act: Act, person: str = "max", **more: object) -> None:
    told = {"month": "2026-01", "meeting": MEETING, "country": "CN", **more}
    open_cycle(by=act(person), **told)


def _days() -> dict[str, dt.date]:
    return dict(CycleStep.objects.values_list("step", "day"))


def test_its_days_are_counted_back_from_the_meeting(version: Version, act: Act) -> None:
    _open(act)
    days = _days()
    assert days["pre_sop"] == dt.date(2026, 1, 19) and days["execution"] == dt.date(2026, 1, 22)
    assert days["data_close"] == dt.date(2026, 1, 5)


def test_in_february_2026_the_spring_festival_pushes_the_steps_apart(version: Version, act: Act) -> None:
    """Off from 15 to 23 February; Saturday the 14th is worked: four working days before the 26th is the 13th."""
    _open(act, meeting=dt.date(2026, 2, 26))
    days = _days()
    assert days["pre_sop"] == dt.date(2026, 2, 24) and days["supply_review"] == dt.date(2026, 2, 13)


def test_a_make_up_day_of_the_company_counts(version: Version, act: Act) -> None:
    edit_day(by=act("max"), day=dt.date(2026, 1, 18), word="worked", why="stock count")
    _open(act)
    assert _days()["pre_sop"] == dt.date(2026, 1, 19) and _days()["supply_review"] == dt.date(2026, 1, 16)


def test_data_close_is_open_and_the_rest_waits(version: Version, act: Act) -> None:
    _open(act, why="January")
    states = dict(CycleStep.objects.values_list("step", "state"))
    assert states.pop("data_close") == "open" and set(states.values()) == {"waiting"}
    event = CycleStep.objects.get(step="data_close").events.get()
    assert (event.what, event.person, event.why) == ("opened", "max", "January")


def test_every_input_has_an_owner(version: Version, act: Act) -> None:
    _open(act)
    assert {given.input for given in StepInput.objects.all()} == {found.input for found in inputs()}
    assert not StepInput.objects.filter(owner=None).exists()
    budget = StepInput.objects.select_related("owner").get(input="budget_and_estimate")
    assert budget.owner is not None and budget.owner.person == "fiona"


def test_each_salesperson_owes_their_own_forecast(version: Version, act: Act) -> None:
    _open(act)
    owed = StepInput.objects.filter(input="sales_forecast").order_by("for_person")
    assert [(given.for_person, given.owner.person) for given in owed if given.owner] == [
        ("sally", "sally"),
        ("wes", "wes"),
    ]


def test_where_nobody_holds_the_role_the_sop_manager_owns_the_input(version: Version, act: Act) -> None:
    Member.objects.filter(person="wes").update(active=False)
    _open(act)
    stock = StepInput.objects.get(input="stock_and_orders")
    wes = StepInput.objects.get(input="sales_forecast", for_person="wes")
    assert stock.owner is not None and stock.owner.person == "max"
    assert wes.owner is not None and wes.owner.person == "max"


def test_planners_of_different_scopes_each_owe_their_part(version: Version, act: Act) -> None:
    Member.objects.filter(person="pia").update(role="finance", region="East")
    _open(act)
    owed = StepInput.objects.filter(input="budget_and_estimate")
    assert sorted(given.owner.person for given in owed if given.owner) == ["fiona", "pia"]


def test_the_owners_are_told_what_is_wanted_and_until_when(version: Version, act: Act) -> None:
    _open(act)
    told = Notice.objects.get(member__person="sally")
    assert told.message == "cycle.inputs_wanted" and told.link == "step/demand_review/"
    assert told.values["inputs"]["en"] == "Sales forecast by salesperson and customer"
    assert not Notice.objects.filter(member__person="vic").exists()


def test_a_company_works_on_one_cycle_at_a_time(cycle: str, act: Act) -> None:
    with pytest.raises(CycleIsOpen, match="Jan 2026"):
        _open(act, month="2026-02")


def test_a_month_has_one_cycle(cycle: str, act: Act) -> None:
    close_cycle(by=act("max"), why="nothing was approved")
    with pytest.raises(CycleHasBeen):
        _open(act)


def test_without_a_draft_plan_of_the_month_the_refusal_says_to_bring_in_its_data(version: Version, act: Act) -> None:
    with pytest.raises(NoPlanForTheMonth) as refused:
        _open(act, month="2026-02", meeting=dt.date(2026, 2, 26))
    assert "Bring in the month's data" in refused.value.remedy("en")
    Version.objects.update(state=Version.State.PUBLISHED)
    with pytest.raises(NoPlanForTheMonth):
        _open(act)


def test_the_newest_draft_of_the_month_is_the_plan(version: Version, act: Act) -> None:
    newer = Version.objects.create(
        company=version.company,
        number=9,
        title="again",
        purpose="plan",
        start="2026-01",
        made_at=version.made_at,
    )
    _open(act)
    assert Cycle.objects.get().version == newer


def test_the_meeting_is_on_a_working_day_of_a_country_we_know(version: Version, act: Act) -> None:
    with pytest.raises(MeetingOnADayOff):
        _open(act, meeting=dt.date(2026, 1, 1))
    with pytest.raises(CountryUnknown):
        _open(act, country="XX")
    assert not Cycle.objects.exists() and not DayEdit.objects.exists()


def test_the_general_manager_and_the_sop_manager_may(version: Version, act: Act) -> None:
    for person in ("dana", "olaf", "vic"):
        with pytest.raises(NotYourRole):
            _open(act, person)
    _open(act, "eve")
    assert Cycle.objects.get().opened_by.person == "eve"


def test_the_doors(version: Version, client_of: Browser) -> None:
    at_the_doors(client_of, "cycle/open/now/", who="max", form=FORM, not_for=("dana", "vic"))
    assert Cycle.objects.get().country == "CN"


def test_a_day_that_cannot_be_meant_is_refused(version: Version, client_of: Browser) -> None:
    answer = client_of("max").post("/c/small/cycle/open/now/", {**FORM, "meeting": "the 21st"})
    assert answer.status_code == 400 and "the 21st" in answer.text
