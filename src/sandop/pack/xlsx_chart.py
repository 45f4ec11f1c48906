"""Native Excel charts. Their figures stand on a hidden worksheet, so that a chart can be opened and edited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandop.pack import style
from sandop.pack.page import Chart, Series, Waterfall
from sandop.pack.waterfall import bars, cut_axis
from sandop.wording import Language

FIGURES = "figures"


class ChartShop:
    """Makes the charts of one workbook."""

    def __init__(self, book: Any, language: Language) -> None:
        self._book = book
        self._font = {"name": style.FONTS[language], "size": 9, "color": style.INK}
        self._sheet: Any = None
        self._column = 0

    def close(self) -> None:
        """Hides the sheet of figures: it serves the charts only. It comes last in the workbook."""
        if self._sheet is not None:
            self._sheet.hide()

    def make(self, part: Chart | Waterfall) -> Any:
        return self._waterfall(part) if isinstance(part, Waterfall) else self._chart(part)

    def _figures(self, names: list[str], columns: list[tuple[Any, ...]]) -> list[list[Any]]:
        """Writes columns of figures; the range of each, as XlsxWriter names ranges."""
        if self._sheet is None:
            self._sheet = self._book.add_worksheet(FIGURES)
        ranges = []
        for name, values in zip(names, columns):
            self._sheet.write_string(0, self._column, name)
            for row, value in enumerate(values, start=1):
                if value is not None and value == value:
                    self._sheet.write(row, self._column, value)
            ranges.append([FIGURES, 1, self._column, max(len(values), 1), self._column])
            self._column += 1
        return ranges

    def _chart(self, part: Chart) -> Any:
        ranges = self._figures(
            ["", *(series.name for series in part.series)],
            [part.categories, *(series.values for series in part.series)],
        )
        stacked = any(series.shape == "stack" for series in part.series)
        columns = self._book.add_chart({"type": "column", "subtype": "stacked"} if stacked else {"type": "column"})
        lines = self._book.add_chart({"type": "line"})
        drawn = {"column": 0, "line": 0}
        for series, values in zip(part.series, ranges[1:]):
            kind = "line" if series.shape == "line" else "column"
            (lines if kind == "line" else columns).add_series(self._series(series, ranges[0], values))
            drawn[kind] += 1
        base = columns if drawn["column"] else lines
        if drawn["column"] and drawn["line"]:
            columns.combine(lines)
        self._dress(base, _titled(part.title, part.unit), style.NUMBERS[part.form], _ground(part))
        base.set_legend({"position": "bottom", "font": self._font} if len(part.series) > 1 else {"none": True})
        return base

    def _series(self, series: Series, categories: list[Any], values: list[Any]) -> dict[str, Any]:
        look = style.SERIES[series.role]
        options: dict[str, Any] = {"name": series.name, "categories": categories, "values": values}
        if series.shape == "line":
            return {**options, "line": {"width": 2.0, **look}, "marker": {"type": "none"}}
        return {**options, "fill": {"color": look["color"]}, "border": {"none": True}, "gap": 45, "overlap": 100} | (
            {} if series.shape == "stack" else {"overlap": 0}
        )

    def _dress(self, chart: Any, name: str, number: str, ends: Mapping[str, float]) -> None:
        chart.set_title(
            {
                "name": name,
                "name_font": {**self._font, "size": 10, "bold": True, "color": style.ACCENT},
                "overlay": False,
                "layout": {"x": 0.015, "y": 0.02},
            }
        )
        plain = {"num_font": {**self._font, "size": 8}, "line": {"color": style.GREY}}
        chart.set_x_axis({**plain, "major_tick_mark": "none", "label_position": "low"})
        axis = {**plain, "num_format": number, "line": {"none": True}, "major_tick_mark": "none"}
        grid = {"major_gridlines": {"visible": True, "line": {"color": style.RULE, "width": 0.5}}}
        chart.set_y_axis({**axis, **grid, **ends})
        chart.set_chartarea({"border": {"color": style.RULE}})
        chart.show_hidden_data()

    def _waterfall(self, part: Waterfall) -> Any:
        shape = bars(part.steps)
        categories = tuple(step.name for step in part.steps)
        names = ["", "base", *shape.pieces, "label"]
        ranges = self._figures(names, [categories, shape.base, *shape.pieces.values(), shape.tops])
        chart = self._book.add_chart({"type": "column", "subtype": "stacked"})
        none = {"fill": {"none": True}, "border": {"none": True}, "gap": 35}
        chart.add_series({"name": "base", "categories": ranges[0], "values": ranges[1], **none})
        for name, values in zip(shape.pieces, ranges[2:-1]):
            fill = {"fill": style.SERIES[name.removesuffix("_below")], "border": {"none": True}, "gap": 35}
            chart.add_series({"name": name, "categories": ranges[0], "values": values, **fill})
        chart.combine(self._labels(part, ranges[0], ranges[-1]))
        cut = cut_axis(part)
        remark = part.remark if cut else ""
        ends = {"min": cut.start, "max": cut.end, "major_unit": cut.interval} if cut else {}
        self._dress(chart, _titled(part.title, part.unit, remark), style.NUMBERS[part.form], ends)
        chart.set_legend({"none": True})
        return chart

    def _labels(self, part: Waterfall, categories: list[Any], tops: list[Any]) -> Any:
        """A line that is not drawn carries the amount of each bar above it."""
        chart = self._book.add_chart({"type": "line"})
        form = part.form.rstrip("+")
        texts = [style.shown(step.amount, form if step.total or step.missing else f"{form}+") for step in part.steps]  # type: ignore[arg-type]
        custom = [{"value": text, "font": {**self._font, "bold": True}} for text in texts]
        labels = {"value": True, "position": "above", "custom": custom, "font": self._font}
        hidden = {"line": {"none": True}, "marker": {"type": "none"}}
        chart.add_series({"categories": categories, "values": tops, "data_labels": labels, **hidden})
        return chart


def _titled(title: str, *remarks: str) -> str:
    said = "; ".join(remark for remark in remarks if remark)
    return f"{title} ({said})" if said else title


def _ground(part: Chart) -> Mapping[str, float]:
    """Columns stand on zero; lines alone may choose their axis."""
    drawn = [value for series in part.series for value in series.values if value is not None]
    columns = any(series.shape != "line" for series in part.series)
    return {"min": 0.0} if columns and drawn and min(drawn) >= 0 else {}
