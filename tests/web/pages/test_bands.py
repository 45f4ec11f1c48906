"""A range is drawn as a surface behind the lines, and written out in the figures of the chart."""

from __future__ import annotations

from sandop.pack.page import Band, Chart, Series
from sandop_web.screens.drawing import shown_parts
from sandop_web.screens.drawing.charts import chart_option

OUTLOOK = Chart(
    "Demand",
    ("Dec", "Jan", "Feb"),
    (Series("Demand plan", (None, 100.0, 120.0), "plan", "line"),),
    bands=(Band("80% range", (None, 90.0, 96.0), (None, 110.0, 144.0)),),
)


def test_the_surface_runs_from_the_low_to_the_high_end_and_leaves_out_what_nobody_said() -> None:
    surface = chart_option(OUTLOOK)["series"][-1]
    assert surface["type"] == "custom"
    assert surface["data"] == [[1, 90.0, 110.0], [2, 96.0, 144.0]]


def test_the_range_is_named_in_the_legend_and_behind_the_plan() -> None:
    option = chart_option(OUTLOOK)
    assert option["legend"]["data"] == ["Demand plan", "80% range"]
    assert option["series"][-1]["z"] < 2  # lines lie at 2 unless they say otherwise


def test_both_ends_stand_in_the_figures() -> None:
    [chart] = shown_parts((OUTLOOK,), "en")
    rows = [[cell.text for cell in row.cells] for row in chart.figures.rows]  # type: ignore[union-attr]
    assert rows[1] == ["Jan", "100", "90", "110"]
    assert rows[0] == ["Dec", "–", "–", "–"]
