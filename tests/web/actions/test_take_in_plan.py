"""Taking in a plan that was brought."""

from dataclasses import replace

import cast
import pytest
from stage import NOW, Act

from sandop.plan import Plan
from sandop_web.access import NothingThere, NotYourRole, WhyMissing
from sandop_web.actions.taking_in import MonthHasPassed, OtherCurrency, joined_to_last, take_in_plan
from sandop_web.store.models import MasterRow, Version


def _plan(start: str = "2026-02", currency: str = "CNY") -> Plan:
    plan = cast.company_plan()
    time = plan.settings.time.model_copy(update={"start": start})
    company = plan.settings.company.model_copy(update={"currency": currency})
    return replace(plan, settings=plan.settings.model_copy(update={"time": time, "company": company}))


@pytest.fixture
def agreed(version: Version) -> Version:
    Version.objects.update(state=Version.State.PUBLISHED, published_at=NOW)
    return version


def test_it_is_a_new_draft_and_the_register_takes_its_masters(act: Act, agreed: Version) -> None:
    number = take_in_plan(by=act("tom"), plan=_plan(), why="February")
    new = Version.objects.get(pk=number)
    assert (new.start, new.state, new.made_by.person) == ("2026-02", "draft", "tom")  # type: ignore[union-attr]
    assert MasterRow.objects.filter(effective="2026-02", why="February").exists()


def test_it_remembers_the_plan_agreed_last(act: Act, agreed: Version) -> None:
    joined = joined_to_last(by=act("tom"), plan=_plan())
    month = cast.company_month()
    assert set(joined.previous) == set(month.sheets)
    assert joined.vintages["2026-01"].values.tolist() == month.sheets["demand"].values.tolist()


def test_without_an_agreed_plan_it_stays_as_it_was_brought(act: Act, version: Version) -> None:
    plan = _plan()
    assert joined_to_last(by=act("tom"), plan=plan) is plan


def test_a_month_that_has_passed_is_refused(act: Act, agreed: Version) -> None:
    with pytest.raises(MonthHasPassed):
        take_in_plan(by=act("tom"), plan=_plan("2025-12"), why="December")


def test_another_currency_is_refused(act: Act, company: object) -> None:
    with pytest.raises(OtherCurrency):
        take_in_plan(by=act("tom"), plan=_plan(currency="EUR"), why="February")


def test_only_who_answers_for_the_data_and_only_with_a_reason(act: Act) -> None:
    for person in ("dana", "vic", "eve"):
        with pytest.raises(NotYourRole):
            take_in_plan(by=act(person), plan=_plan(), why="February")
    with pytest.raises(WhyMissing):
        take_in_plan(by=act("tom"), plan=_plan(), why="")
    with pytest.raises(NothingThere):
        take_in_plan(by=act("olga"), plan=_plan(), why="February")
