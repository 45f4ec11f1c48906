"""Page 1 says the money, the gap and what closes it, in one minute."""

from __future__ import annotations

from dataclasses import replace

import pack_company as company
import pytest

from sandop.network import Network
from sandop.pack.page import Beside, Page, Sentence, Table, Waterfall
from sandop.pack.pages import decide
from sandop.pack.reader import Reader
from sandop.scenario.month import Month


def page(month: Month, language: str = "en") -> Page:
    return decide.page(month, Reader(month.plan, language))  # type: ignore[arg-type]


def sentences(shown: Page) -> list[str]:
    top = shown.parts[0]
    assert isinstance(top, Beside)
    return [part.text for part in (*top.left, *top.right, *shown.parts) if isinstance(part, Sentence)]


def test_the_headline_says_revenue_the_gap_and_how_much_of_it_the_decisions_close() -> None:
    """Budget 100, plan 96; two levers bring 2.0 + 0.6, together 0.2 less: 2.4 of 4.0 is 60 %."""
    assert page(company.month()).title == (
        "Full year 2026: revenue 96.0 M CNY, 4.0% below budget; 2 decisions close 60% of the gap"
    )


def test_the_headline_is_chinese_for_a_chinese_reader() -> None:
    assert page(company.month(), "zh").title == "2026年全年收入96.0百万元，低于预算4.0%；落实2项决策可弥补60%的缺口"


def test_a_plan_above_its_budget_says_so() -> None:
    money = [{**row, "budget": 90e6} for row in company.money()]
    assert page(company.month(money=money, gap=())).title == (
        "Full year 2026: revenue 96.0 M CNY, 6.7% above budget; 2 decisions to take"
    )


def test_without_a_budget_the_year_before_is_the_measure() -> None:
    money = [{**row, "budget": None} for row in company.money()]
    title = page(company.month(money=money, gap=None, decisions=())).title
    assert title == "Full year 2026: revenue 96.0 M CNY, 6.7% above last year; nothing to decide this month"


def test_without_budget_and_history_revenue_stands_alone() -> None:
    money = [{**row, "budget": None, "last_year": None} for row in company.money()]
    title = page(company.month(money=money, gap=None, decisions=company.decisions(1))).title
    assert title == "Full year 2026: revenue 96.0 M CNY; one decision to take"


def test_without_money_the_page_says_so_and_still_stands() -> None:
    shown = page(Month(company.plan()))
    assert shown.title == "The plan stands without money: 0 decisions to take"
    said = " ".join(sentences(shown))
    for sentence in (
        "no budget to compare with",
        "Money has not been computed",
        "Nothing is short",
        "no certificate",
    ):
        assert sentence in said


def test_the_waterfall_goes_from_budget_over_the_plan_to_what_the_decisions_reach() -> None:
    """100 - 4 = 96; 96 + 2.0 + 0.4 = 98.4."""
    month = company.month()
    chart = decide.gap_chart(month, Reader(month.plan, "en"))
    assert isinstance(chart, Waterfall)
    assert [(step.name, round(step.amount / 1e6, 1), step.total) for step in chart.steps] == [
        ("Budget", 100.0, True),
        ("Gap", -4.0, False),
        ("Plan", 96.0, True),
        ("Decision 1", 2.0, False),
        ("Decision 2", 0.4, False),
        ("With decisions", 98.4, True),
        ("Still open", 1.6, False),
    ]


def test_each_decision_shows_its_alternatives_the_recommended_one_the_owner_and_the_last_moment() -> None:
    table = next(part for part in page(company.month()).parts if isinstance(part, Table))
    head, leave, shifts = table.rows[:3]
    assert head.cells[:2] == ("1", "Extra shifts: Motor winding")
    assert head.cells[6] == "Zhou Min"
    assert str(head.cells[7]) == "2025-12-20"
    assert leave.cells[1] == "a) Keep the plan as it is"
    assert leave.cells[5] == ""
    assert shifts.cells[1].startswith("b) Extra shifts at Motor winding")  # type: ignore[union-attr]
    assert [cell.value for cell in shifts.cells[2:5]] == [2.4e6, 3.6e6, 4.8e6]  # type: ignore[union-attr]
    assert shifts.cells[5].value == "✓ recommended"  # type: ignore[union-attr]


def test_more_decisions_than_fit_go_to_a_page_of_their_own() -> None:
    month = company.month(decisions=company.decisions(7))
    links = [part for part in page(month).parts if isinstance(part, Sentence) and part.link == "decisions"]
    assert [link.text for link in links] == ["2 further decisions on the sheet Decisions"]
    further = decide.decisions_page(month, Reader(month.plan, "en"))
    assert further is not None
    assert further.title == "All 7 decisions, with their alternatives"
    assert decide.decisions_page(company.month(), Reader(month.plan, "en")) is None


def test_what_is_short_stands_on_page_one_in_words_the_costliest_first() -> None:
    said = [text for text in sentences(page(company.month())) if text.startswith("▲")]
    assert said == [
        "▲ Motor winding is short in Jan–Mar 2026; one more hour is worth up to 310 CNY",
        "▲ Ningbo Castings is short in Feb 2026; one more unit is worth up to 12.50 CNY",
    ]


def test_service_is_said_with_its_target_where_there_is_one() -> None:
    assert any(
        "94.0% of what customers ask for" in text and "97.0%" in text for text in sentences(page(company.month()))
    )
    free = company.month(kpis=[company.kpi("fill_rate", 0.94, None, None, "none", None, "share")])
    assert any(text.endswith("in the month they ask.") for text in sentences(page(free)))


@pytest.mark.parametrize(
    ("gap", "said"),
    [(1e-9, "no better supply plan exists"), (0.012, "to within 1.20%"), (None, "Not proven")],
)
def test_the_certificate_is_one_plain_sentence(gap: float | None, said: str) -> None:
    month = company.month(certificate=[{"status": "optimal", "gap": gap}])
    assert said in decide.proof(month, Reader(month.plan, "en"))


def test_a_month_late_in_the_year_speaks_of_the_year_it_can_still_change() -> None:
    """A plan from November 2026 for eighteen months: two months are left of 2026, twelve lie in 2027."""
    plan = company.plan()
    time = plan.settings.time.model_copy(update={"start": "2026-11", "months": 18})
    late = replace(plan, settings=plan.settings.model_copy(update={"time": time}), network=Network.of())
    assert decide.focus_year(Month(late)) == "2027"


def test_nothing_is_closed_where_there_is_no_gap() -> None:
    gap = [{**row, "amount": 1e6} if row["line"] == "gap" else row for row in company.gap()]
    assert decide.closed_share(company.month(gap=gap)) == 0.0
