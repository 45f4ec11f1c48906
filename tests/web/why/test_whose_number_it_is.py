"""WHY says of whom its numbers speak, and who stands behind them."""

from __future__ import annotations

import cast
import pytest
from stage import NOW, Act, Browser

from sandop_web.actions.editing import Edit, edit_cells_of_plan
from sandop_web.queries.why import figure_explained, number_explained, sources_of
from sandop_web.store.models import Job, Member, Version

PERIOD = "2026-03"


def test_a_narrow_scope_is_named_with_the_number(act: Act, version: Version) -> None:
    def asked(person: str) -> tuple[str, float | None]:
        found = number_explained(by=act(person), version=version.pk, measure="demand", at={}, period=PERIOD)
        return found.scope, found.value

    (whole, of_all), (east, of_east) = asked("max"), asked("sally")
    assert (whole, east) == ("", "East")
    assert of_all is not None and of_east is not None and of_east < of_all


@pytest.mark.parametrize("figure", ["ledger.revenue.plan", "report.money.plan", "made.at_cost.deliveries"])
def test_a_figure_cut_to_a_scope_names_it(act: Act, version: Version, figure: str) -> None:
    def asked(person: str) -> tuple[str, float]:
        key = {"line": "revenue", "scope": "month"} if figure.startswith("report") else {}
        found = figure_explained(by=act(person), version=version.pk, figure=figure, key=key, period=PERIOD)
        assert not found.stated and isinstance(found.amount.value, float)
        return found.scope, found.amount.value

    (whole, of_all), (east, of_east) = asked("max"), asked("sally")
    assert (whole, east) == ("", "East")
    assert of_east < of_all


def test_a_number_that_its_report_states_is_the_same_for_everybody(act: Act, version: Version) -> None:
    def asked(person: str) -> tuple[bool, object]:
        key = {"kpi": "fill_rate"}
        found = figure_explained(by=act(person), version=version.pk, figure="report.kpis.value", key=key, period="")
        return found.stated, found.amount.value

    assert asked("sally") == asked("max")
    assert asked("sally")[0]


@pytest.mark.parametrize(("language", "said"), [("en", "In your scope: East."), ("zh", "按您的范围计算：华东。")])
def test_the_page_names_the_scope_it_speaks_of(
    client_of: Browser, version: Version, language: str, said: str
) -> None:
    def page(person: str, asked: str) -> str:
        browser = client_of(person)
        browser.cookies["sandop_language"] = language
        return browser.get(f"/c/small/plan/{version.pk}/why/?{asked}").text

    number, money = f"measure=demand&period={PERIOD}", f"measure=ledger.revenue.plan&period={PERIOD}"
    assert said in page("sally", number) and said in page("sally", money)
    assert said not in page("max", number) and said not in page("max", money)
    stated = page("sally", "measure=report.kpis.value&kpi=fill_rate")
    assert said not in stated
    assert {"en": "of your scope only: East.", "zh": "仅限您的范围（华东）"}[language] in stated


def test_who_asked_for_the_run_is_called_by_name(act: Act, version: Version) -> None:
    member = Member.objects.get(company_id=version.company_id, person="sam")
    job = Job.objects.create(
        company_id=version.company_id,
        user=member.user,
        work="run_month",
        arguments={"version": version.pk},
        state=Job.State.DONE,
        queued_at=NOW,
        ended_at=NOW,
    )
    (computed,) = sources_of(by=act("eve"), version=version.pk, names=["deliveries"])
    assert computed.person is not None and computed.job == job.pk
    assert (computed.person.name, computed.person.name_zh) == ("Sam", "Sam（中）")


def test_the_cells_changed_since_are_counted_for_each_measure(act: Act, version: Version) -> None:
    key = cast.company_month().sheets["demand"].rows.keys[0]
    edits = [Edit("sales_forecast", key, period, None, 777.0) for period in (PERIOD, "2026-04")]
    edit_cells_of_plan(by=act("dana"), version=version.pk, edits=edits, why="Tender won")
    found = sources_of(by=act("eve"), version=version.pk, names=["sales_forecast", "orders", "sales_forecast"])
    assert [(one.measure, one.changes) for one in found] == [("sales_forecast", 2), ("orders", 0)]
