"""The plain tools of the pack: waterfalls, widths, paper, months and money in words, wording in both languages."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pack_company as company
import pytest

from sandop.pack import figures, grid, style
from sandop.pack.page import Beside, Column, Form, Page, Row, Step, Table, Waterfall
from sandop.pack.paper import Paper
from sandop.pack.reader import Reader, runs, scale_of, signed
from sandop.pack.waterfall import Axis, bars, cut_axis
from sandop.wording import messages

SOURCE = Path(grid.__file__).parent


def reader(language: str = "en", **given: object) -> Reader:
    return Reader(company.plan(**given), language)  # type: ignore[arg-type]


def test_a_waterfall_hangs_each_change_where_the_last_bar_ended() -> None:
    """100 | -30 from 100 to 70 | +10 from 70 to 80 | 80"""
    shape = bars([Step("a", 100, True), Step("b", -30), Step("c", 10), Step("d", 80, True)])
    assert shape.base == (None, 70, 70, None)
    assert shape.pieces == {
        "total": (100, None, None, 80),
        "up": (None, None, 10, None),
        "down": (None, 30, None, None),
    }
    assert shape.tops == (100, 100, 80, 80)


def test_what_is_still_missing_is_drawn_apart() -> None:
    shape = bars([Step("a", 80, True), Step("b", 20, missing=True)])
    assert shape.pieces == {"total": (80, None), "missing": (None, 20)}


def test_a_waterfall_may_cross_zero() -> None:
    """10 | -25 from 10 to -15: ten above the ground, fifteen below | -5 from -15 to -20 | -20"""
    shape = bars([Step("a", 10, True), Step("b", -25), Step("c", -5), Step("d", -20, True)])
    assert shape.pieces["down"] == (None, 10, None, None)
    assert shape.pieces["down_below"] == (None, -15, -5, None)
    assert shape.base == (None, None, -15, None)
    assert shape.pieces["total_below"] == (None, None, None, -20)
    assert cut_axis(Waterfall("", (Step("a", 10, True), Step("b", -25)))) is None


def from_total(total: float, *changes: float, form: Form = "whole") -> Waterfall:
    return Waterfall("", (Step("a", total, True), *(Step("b", change) for change in changes)), form)


@pytest.mark.parametrize(
    "chart", [from_total(100, -60), from_total(100, 0.0), from_total(0.0), from_total(-100, -4), Waterfall("", ())]
)
def test_an_axis_begins_at_zero_where_the_changes_can_be_seen(chart: Waterfall) -> None:
    assert cut_axis(chart) is None


@pytest.mark.parametrize(
    ("chart", "axis"),
    [
        (from_total(100, -4), Axis(92, 102, 2)),
        (from_total(395e6, -9e6, 2e6, form="million"), Axis(375e6, 400e6, 5e6)),
        (from_total(396.4e6, -15.1e6, 2.2e6, form="million"), Axis(360e6, 410e6, 10e6)),
        (from_total(1_000, -1), Axis(997, 1_001, 1)),
        (from_total(0.95, -0.02, form="share"), Axis(0.91, 0.96, 0.01)),
    ],
)
def test_a_cut_axis_begins_and_ends_on_whole_intervals(chart: Waterfall, axis: Axis) -> None:
    found = cut_axis(chart)
    assert found is not None
    assert (found.start, found.end, found.interval) == pytest.approx((axis.start, axis.end, axis.interval))


@pytest.mark.parametrize("form", ["whole", "million", "wan", "decimal"])
@pytest.mark.parametrize("change", [-0.011, -0.03, 0.07, -0.12, 0.19, -0.26, -0.33])
@pytest.mark.parametrize("total", [1.0e6, 37.3e6, 398.7e6, 8.21e9])
def test_a_cut_axis_is_easily_read_and_leaves_room_for_the_highest_label(
    total: float, change: float, form: Form
) -> None:
    chart = from_total(total, total * change, form=form)
    axis, low, high = cut_axis(chart), min(total, total * (1 + change)), max(total, total * (1 + change))
    assert axis is not None and axis.start < low < high < axis.end
    assert axis.end - high >= 0.09 * (axis.end - axis.start)
    intervals = (axis.end - axis.start) / axis.interval
    assert intervals == pytest.approx(round(intervals)) and 4 <= round(intervals) <= 5
    assert f"{axis.interval:e}"[:3] in ("1.0", "2.0", "2.5", "5.0")
    ticks = [axis.start + place * axis.interval for place in range(round(intervals) + 1)]
    assert len({style.shown(tick, form) for tick in ticks}) == len(ticks)


def test_a_chinese_character_is_two_wide() -> None:
    assert style.text_width("家用泵 A") == 8


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, 2),
        ("one two three", 100, 1),
        ("电机绕线产能不足", 8, 2),
        ("abcdefghijkl", 5, 3),
        ("a\nb", 9, 2),
        ("", 5, 1),
    ],
)
def test_text_wraps_at_words_and_chinese_anywhere(text: str, width: float, lines: int) -> None:
    assert style.lines_needed(text, width) == lines


@pytest.mark.parametrize(
    ("value", "form", "said"),
    [(1234567.0, "million", "1.2"), (-4e6, "million+", "-4.0"), (4e6, "million+", "+4.0"), (0.123, "share", "12.3%"),
     (1234.4, "whole", "1,234"), (12500.0, "thousand", "12"), (2.345, "decimal", "2.35"), (29.52, "tenth", "29.5")],
)  # fmt: skip
def test_numbers_are_shown_as_the_sheet_shows_them(value: float, form: str, said: str) -> None:
    assert style.shown(value, form) == said  # type: ignore[arg-type]


def test_columns_are_as_wide_as_what_stands_in_them() -> None:
    columns = (Column("Item"), Column("Units", "whole"), Column("x", width=9))
    page = Page("p", "P", "t", "s", (Table(columns, (Row(("家用泵一号", 1234567.0, "")),)),))
    assert grid.fitted_widths(page) == (12.5, 11.5, 9.0)


def test_the_right_half_begins_in_the_middle_of_the_width() -> None:
    assert grid.halfway((30.0, 10.0, 10.0, 10.0)) == 1
    assert grid.halfway((10.0, 10.0, 10.0, 10.0)) == 2
    assert grid.halfway((10.0,)) == 1


def test_tables_beside_each_other_share_the_grid_with_the_left_one() -> None:
    table = Table((Column("Name of something"),), ())
    page = Page("p", "P", "t", "s", (Beside((table,), ()),))
    assert grid.fitted_widths(page) == (19.5,)


def test_a_part_that_the_end_of_the_paper_would_cut_begins_a_new_sheet() -> None:
    """At full scale some thirty rows fit: the second block of twenty rows would be cut."""
    paper = Paper((20.0,) * 3, {}, [(3, 23), (23, 43), (43, 63)], [], 3)
    assert paper.scale == 100
    assert paper.breaks == [23, 43]
    assert not paper.one_sheet


def test_a_page_a_little_longer_than_the_paper_is_made_smaller_instead_of_cut() -> None:
    """Forty rows where some thirty fit."""
    paper = Paper((20.0,) * 3, {}, [(3, 20), (20, 40)], [], 3)
    assert paper.breaks == []
    assert paper.one_sheet
    assert 60 < paper.scale < 80


def test_a_part_longer_than_the_paper_flows_on() -> None:
    assert Paper((20.0,) * 3, {}, [(3, 200), (200, 203)], [], 3).breaks == []


def test_wanted_breaks_shrink_the_page_until_each_stretch_fits() -> None:
    paper = Paper((20.0,) * 3, {}, [(3, 60), (60, 117)], [60], 3)
    assert paper.breaks == [60]
    assert paper.points(0, 60) * paper.scale / 100 < 508


def test_a_wide_page_is_made_smaller() -> None:
    assert Paper((12.0,) * 26, {}, [(3, 10)], [], 3).scale < 50


@pytest.mark.parametrize(
    ("amount", "en", "zh"),
    [
        (512_345_678, "512 M CNY", "512百万元"),
        (2_400_000, "2.4 M CNY", "2.4百万元"),
        (38_400, "38.4 k CNY", "38.4千元"),
        (310, "310 CNY", "310元"),
        (12.5, "12.50 CNY", "12.50元"),
        (-2_400_000, "-2.4 M CNY", "-2.4百万元"),
    ],
)
def test_money_is_said_in_the_size_of_its_amount(amount: float, en: str, zh: str) -> None:
    assert reader().money(amount) == en
    assert reader("zh").money(amount) == zh


def test_a_currency_without_a_chinese_name_keeps_its_code() -> None:
    assert reader("zh", currency="CHF").money(5e6) == "5.0百万 CHF"
    assert reader("zh", currency="AUD").money_unit("million") == "百万澳元"


@pytest.mark.parametrize(
    ("amounts", "form"), [([6e6, 1.0], "million"), ([2e5], "thousand"), ([900.0, None], "whole"), ([], "whole")]
)
def test_a_table_of_money_is_written_in_one_scale(amounts: list[float | None], form: str) -> None:
    assert scale_of(amounts) == form


def test_a_difference_shows_its_sign_and_text_stays_text() -> None:
    assert signed("million") == "million+"
    assert signed("text") == "text"


def test_months_are_said_as_the_reader_says_them() -> None:
    assert reader().month("2026-01") == "Jan 2026"
    assert reader("zh").month("2026-11") == "2026年11月"
    assert reader().month("2026-W05a") == "2026-W05a"


def test_a_month_over_a_column_needs_less_room() -> None:
    assert [reader().short_month(label) for label in ("2026-01", "2026-W05a", "2026")] == [
        "Jan 26",
        "2026-W05a",
        "2026",
    ]
    assert reader("zh").short_month("2026-11") == "26年11月"


def test_runs_of_months_are_said_by_their_ends_and_many_runs_are_counted() -> None:
    labels = ["2026-01", "2026-02", "2026-04", "2026-06", "2026-08", "2026-09"]
    assert runs(labels) == [
        ("2026-01", "2026-02"),
        ("2026-04", "2026-04"),
        ("2026-06", "2026-06"),
        ("2026-08", "2026-09"),
    ]
    assert reader().span(labels) == "Jan–Feb 2026, Apr 2026, Jun 2026 and others"
    assert reader("zh").span(labels[:2]) == "2026年1–2月"
    assert reader("zh").span(["2025-12", "2026-01"]) == "2025年12月–2026年1月"
    assert runs(["2026-W05a", "2026-W05b"]) == [("2026-W05a", "2026-W05a"), ("2026-W05b", "2026-W05b")]


def test_a_fiscal_year_that_is_not_the_calendar_year_says_so() -> None:
    assert reader(fiscal_year_start=4).year(2026) == "FY2026"
    assert reader("zh", fiscal_year_start=4).year(2026) == "2026财年"
    assert reader().year(2026) == "2026"


def test_names_are_in_the_readers_language_and_fall_back() -> None:
    assert reader("zh").name("items", "D1") == "一号泵"
    assert reader().name("items", "unknown") == "unknown"
    assert reader().any_name("S-CAST") == "Ningbo Castings"
    assert reader().any_name("nobody") == "nobody"
    assert reader().plan_unit("none") == ""
    assert reader("zh", name_zh="").company == "Qiantang Pumps"


@pytest.mark.parametrize(
    ("value", "number"),
    [(3, 3.0), ("2.5", 2.5), (None, None), ("", None), ("words", None), (True, None), ([], None)],
)
def test_a_report_cell_is_a_number_or_blank(value: object, number: float | None) -> None:
    found = figures.number(value)
    assert found == number if number is not None else found != found


def test_days_and_flags_of_a_report_are_read_as_they_come_back_from_a_file() -> None:
    assert str(figures.day("2026-01-05 00:00")) == "2026-01-05"
    assert figures.day("soon") == "soon"
    assert figures.day(None) is None
    assert [figures.flag(value) for value in (True, "True", "yes", 1, False, "", None)] == [True] * 4 + [False] * 3


def test_a_share_of_nothing_is_blank() -> None:
    assert figures.share(1.0, 0.0) != figures.share(1.0, 0.0)
    assert figures.share(1.0, 4.0) == 0.25


def test_every_sentence_of_the_pack_is_there_in_both_languages_with_the_same_places() -> None:
    own = {name: text for name, text in messages().items() if name.startswith("pack.")}
    assert len(own) > 250
    for name, text in own.items():
        assert text.en, name
        assert text.zh, name
        assert _places(text.en) == _places(text.zh), name


def test_every_sentence_the_code_asks_for_exists() -> None:
    asked = {
        found
        for path in SOURCE.rglob("*.py")
        for found in re.findall(r"\.say\(\s*\"([\w.]+)\"", path.read_text(encoding="utf-8"))
    }
    assert len(asked) > 150
    assert {name for name in asked if f"pack.{name}" not in messages()} == set()


def _places(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}
