"""Numbers, days and months as the reader writes them; a blank is a dash."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from django.template import Context, Template


def drawn(template: str, language: str = "en", **values: object) -> str:
    return Template(template).render(Context({"language": language, **values}))


@pytest.mark.parametrize("blank", [None, math.nan])
def test_a_blank_number_is_a_dash(blank: float | None) -> None:
    assert drawn("{% number value %}{% share value %}", value=blank) == "––"


def test_numbers_have_their_thousands_apart() -> None:
    assert drawn("{% number value 1 %}", value=1234567.89) == "1,234,567.9"


@pytest.mark.parametrize(("value", "written"), [(240.0, "240"), (1240.5, "1,240.5"), (0.0627, "0.063"), (None, "–")])
def test_a_quantity_shows_no_idle_decimals(value: float | None, written: str) -> None:
    assert drawn("{% quantity value 3 %}", value=value) == written


def test_a_share_is_a_percentage() -> None:
    assert drawn("{% share value %} {% share value 0 %}", value=0.0413) == "4.1% 4%"


@pytest.mark.parametrize(("language", "written"), [("en", "Jan 2026"), ("zh", "2026年1月")])
def test_a_month_is_written_as_the_reader_writes_it(language: str, written: str) -> None:
    assert drawn("{% month value %}", language, value="2026-01") == written


def test_a_week_stays_as_it_is() -> None:
    assert drawn("{% month value %}", value="2026-W05a") == "2026-W05a"


@pytest.mark.parametrize(("language", "written"), [("en", "Jan 21, 2026"), ("zh", "2026年1月21日")])
def test_a_day_is_written_as_the_reader_writes_it(language: str, written: str) -> None:
    assert drawn("{% day value %}", language, value=dt.date(2026, 1, 21)) == written


def test_a_role_nobody_knows_is_shown_as_it_is() -> None:
    assert drawn("{% role_title 'gm' %} {% role_title 'cook' %}") == "General manager cook"


@pytest.mark.parametrize(("language", "title"), [("en", "Demand review"), ("zh", "需求评审")])
def test_steps_have_titles_in_both_languages(language: str, title: str) -> None:
    assert drawn("{% step_title 'demand_review' %}", language) == title


@pytest.mark.parametrize(("language", "title"), [("en", "Unconstrained demand"), ("zh", "无约束需求")])
def test_measures_have_titles_in_both_languages(language: str, title: str) -> None:
    assert drawn("{% measure_title 'demand' %}", language) == title
