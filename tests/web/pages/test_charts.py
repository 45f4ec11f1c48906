"""Charts say what their tables say: options for the browser, bars of a waterfall, lines without axes."""

from __future__ import annotations

import json

import pytest

from sandop.pack.page import Chart, Place, Series, Step, Waterfall
from sandop_web.screens.drawing import shown_parts
from sandop_web.screens.drawing.charts import chart_option, waterfall_option
from sandop_web.screens.drawing.spark import HEIGHT, WIDTH, spark_line
from sandop_web.screens.drawing.sums import bars_of

MONTHS = ("2026-01", "2026-02", "2026-03")
LOAD = Chart(
    "Load of the line",
    ("Jan", "Feb", "Mar"),
    (
        Series("Regular", (100.0, 120.0, None), "plan", "stack", Place("hours_regular", (("resource", "LINE"),))),
        Series("Capacity", (110.0, 110.0, 110.0), "compare", "line"),
    ),
    "whole",
    "hours",
    periods=MONTHS,
)
#   budget 400   gap -20   plan 380   decision +5   with it 385   still open 15
GAP = (
    Step("Budget", 400.0, total=True),
    Step("Gap", -20.0),
    Step("Plan", 380.0, total=True),
    Step("Decision 1", 5.0),
    Step("With decisions", 385.0, total=True),
    Step("Still open", 15.0, missing=True),
)


def asked(place: Place) -> str:
    return f"{place.measure}/{dict(place.at)}/{place.period}"


def test_a_chart_holds_its_numbers_as_they_are_and_a_blank_stays_blank() -> None:
    option = chart_option(LOAD)
    assert [series["data"] for series in option["series"]] == [[100.0, 120.0, None], [110.0, 110.0, 110.0]]
    assert option["xAxis"]["data"] == ["Jan", "Feb", "Mar"]
    assert json.loads(json.dumps(option, allow_nan=False)) == option


def test_colours_are_roles_that_the_stylesheet_knows() -> None:
    first, second = chart_option(LOAD)["series"]
    assert (first["itemStyle"]["color"], second["lineStyle"]["color"]) == ("role:plan", "role:compare")
    assert (first["stack"], second["lineStyle"]["type"]) == ("all", "dashed")


def test_a_column_leads_to_why_its_number_is_so() -> None:
    links = chart_option(LOAD, asked)["sandop"]["links"]
    assert links[0][1] == "hours_regular/{'resource': 'LINE'}/2026-02"
    assert links[1] == ["", "", ""], "a line that stands nowhere in the plan leads nowhere"
    assert chart_option(LOAD)["sandop"]["links"] == []


def test_a_waterfall_hangs_each_change_where_the_last_one_ended() -> None:
    bars = [(bar.base, bar.height, bar.role) for bar in bars_of(GAP)]
    assert bars == [
        (0.0, 400.0, "total"),
        (380.0, 20.0, "down"),
        (0.0, 380.0, "total"),
        (380.0, 5.0, "up"),
        (0.0, 385.0, "total"),
        (385.0, 15.0, "missing"),
    ]


def test_a_waterfall_says_the_amounts_and_not_the_heights() -> None:
    option = waterfall_option(Waterfall("Gap", GAP, "million", "CNY million"))
    assert option["sandop"]["amounts"] == [400.0, -20.0, 380.0, 5.0, 385.0, 15.0]
    assert option["sandop"]["divisor"] == 1e6
    hidden, seen = option["series"]
    assert [one + other["value"] for one, other in zip(hidden["data"], seen["data"])][1] == 400.0


def test_a_waterfall_below_zero_stands_on_what_is_not_seen() -> None:
    """10 | -25 from 10 to -15 | -5 from -15 to -20: each bar begins at its lower end, added whatever its sign."""
    option = waterfall_option(Waterfall("Margin", (Step("a", 10, True), Step("b", -25), Step("c", -5))))
    hidden, seen = option["series"]
    assert hidden["data"] == [0.0, -15.0, -20.0]
    assert [one["value"] for one in seen["data"]] == [10, 25, 5]
    assert hidden["stackStrategy"] == seen["stackStrategy"] == "all"


def test_a_waterfall_s_cut_axis_is_the_whole_of_it_and_says_so() -> None:
    axis = waterfall_option(Waterfall("Gap", GAP, "whole", "CNY", "cut"))["yAxis"]
    assert (axis["min"], axis["max"], axis["interval"]) == (360.0, 410.0, 10.0)
    assert axis["name"] == "CNY · cut"


@pytest.mark.parametrize("part", [LOAD, Waterfall("Gap", GAP)])
def test_every_chart_carries_its_figures_as_a_table(part: Chart | Waterfall) -> None:
    (shown,) = shown_parts([part], "en")
    assert shown.kind == "chart"
    table = shown.figures  # type: ignore[union-attr]
    assert len(table.rows) == (3 if isinstance(part, Chart) else 6)
    assert all(cell.text for row in table.rows for cell in row.cells)


def test_a_small_line_spans_its_drawing_and_leaves_gaps_out() -> None:
    points = [tuple(map(float, point.split(","))) for point in spark_line((1.0, None, 3.0)).split()]
    assert [across for across, _ in points] == [0.0, WIDTH]
    assert points[0][1] > points[1][1], "more stands higher"
    assert all(0 < down < HEIGHT for _, down in points)
    assert spark_line((None, 5.0)) == spark_line(()) == ""


def test_a_word_under_the_axis_is_never_broken() -> None:
    def written(*names: str) -> dict[str, object]:
        steps = tuple(Step(name, 1.0) for name in names)
        labels: dict[str, object] = waterfall_option(Waterfall("Gap", steps, "whole"))["xAxis"]["axisLabel"]
        return labels

    assert written("Budget", "With decisions")["overflow"] == "break"
    aslant = written(*["Cash conversion cycle"] * 9)
    assert aslant["rotate"] and "overflow" not in aslant
    assert written(*["现金周转天数与目标"] * 9)["overflow"] == "break"
