"""Charts as options of ECharts, built here so that a test can read them; the browser only paints.

Colours are names of roles ("plan", "limit"), which the browser looks up in the stylesheet: a chart follows the reader
into the dark. Numbers are numbers; `form` says how the browser writes them. Motion is off: a figure is no show.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from sandop.pack.page import Band, Chart, Form, Place, Series, Waterfall
from sandop.pack.style import scale_and_digits
from sandop.pack.waterfall import cut_axis
from sandop_web.screens.drawing.sums import bars_of
from sandop_web.screens.drawing.tables import Why

Option = Mapping[str, Any]

_COLUMN_WIDTH = 46  # pixels of the widest column
_ALL_NAMED = 10  # categories up to which every one is named
_ROOM = 400  # pixels that all names share before they go on in the next line
_LETTER = 6  # pixels of a letter, roughly
_LATIN = re.compile(r"[\x21-\x7e]+")


def chart_option(chart: Chart, why: Why | None = None) -> Option:
    """Columns, stacks and lines over the chart's categories. `links`, (series, category), lead to where a number
    stands."""
    return {
        **_frame(chart.categories, chart.form, chart.unit),
        "legend": _legend([*(series.name for series in chart.series), *(band.name for band in chart.bands)]),
        "series": [*map(_series, chart.series), *map(_band, chart.bands)],
        "sandop": _reading(chart.form, chart.unit, _links(chart, why)),
    }


def waterfall_option(chart: Waterfall, why: Why | None = None) -> Option:
    """From one total to another: the bar that is seen stands on one that is not."""
    links = [_address(step.place, why) if why else "" for step in chart.steps]
    bars = bars_of(chart.steps)
    stacked = {"type": "bar", "stack": "bars", "stackStrategy": "all"}  # also what begins below zero
    base = {**stacked, "silent": True, "itemStyle": {"color": "transparent"}}
    seen = [{"value": bar.height, "itemStyle": {"color": f"role:{bar.role}"}, "amount": bar.amount} for bar in bars]
    return {
        **_frame(tuple(bar.name for bar in bars), chart.form, chart.unit),
        "yAxis": _waterfall_axis(chart),
        "series": [
            {**base, "name": "", "data": [bar.base for bar in bars], "tooltip": {"show": False}},
            {
                **stacked,
                "name": chart.title,
                "barMaxWidth": _COLUMN_WIDTH,
                "data": seen,
                "label": {"show": True, "position": "top"},
            },
        ],
        "sandop": {
            **_reading(chart.form, chart.unit, [[], links] if any(links) else []),
            "amounts": [bar.amount for bar in bars],
        },
    }


def _waterfall_axis(chart: Waterfall) -> dict[str, Any]:
    """The axis of the amounts, which says so where it does not begin at zero."""
    cut = cut_axis(chart)
    if cut is None:
        return _axis(chart.form, chart.unit)
    name = " · ".join(filter(None, (chart.unit, chart.remark)))
    return {**_axis(chart.form, name), "min": cut.start, "max": cut.end, "interval": cut.interval}


def _frame(categories: tuple[str, ...], form: Form, unit: str) -> dict[str, Any]:
    """What every chart with axes has; names that stand aslant reach out to the left."""
    labels = _labels(categories)
    left = 44 if "rotate" in labels.get("axisLabel", {}) else 8
    return {
        "animation": False,
        "aria": {"enabled": True},
        "grid": {"left": left, "right": 12, "top": 48, "bottom": 4, "containLabel": True},
        "tooltip": {"trigger": "axis", "renderMode": "richText", "confine": True},
        "xAxis": {"type": "category", "data": list(categories), "axisTick": {"show": False}, **labels},
        "yAxis": _axis(form, unit),
    }


def _axis(form: Form, name: str) -> dict[str, Any]:
    """The axis of the numbers; shares need not begin at zero."""
    return {"type": "value", "name": name, "splitNumber": 4, "scale": form in ("share", "percent")}


def _labels(categories: tuple[str, ...]) -> dict[str, Any]:
    """A few names are all written, in two lines where they are long, and aslant where a word would be broken; of many
    months some stand for the others."""
    if len(categories) > _ALL_NAMED:
        return {}
    width = min(_ROOM // max(len(categories), 1), 80)
    if max((_widest_word(name) for name in categories), default=0) > width:
        return {"axisLabel": {"interval": 0, "hideOverlap": False, "rotate": 28}}
    return {"axisLabel": {"interval": 0, "hideOverlap": False, "width": width, "overflow": "break"}}


def _widest_word(name: str) -> int:
    """Pixels of the widest part of a name that must not be broken: Latin words; Chinese breaks at any sign."""
    return _LETTER * max(map(len, _LATIN.findall(name)), default=0)


def _legend(names: Iterable[str]) -> dict[str, Any]:
    return {"data": list(names), "top": 0, "right": 0, "icon": "roundRect", "itemWidth": 12, "itemHeight": 8}


def _series(series: Series) -> dict[str, Any]:
    drawn: dict[str, Any] = {
        "name": series.name,
        "data": list(series.values),
        "itemStyle": {"color": f"role:{series.role}"},
    }
    if series.shape == "line":
        line: dict[str, Any] = {"color": f"role:{series.role}", "width": 2}
        if series.role == "compare":
            line["type"] = "dashed"
        return drawn | {"type": "line", "symbol": "circle", "symbolSize": 5, "lineStyle": line, "connectNulls": False}
    stacked = {"stack": "all"} if series.shape == "stack" else {}
    return drawn | {"type": "bar", "barMaxWidth": _COLUMN_WIDTH, **stacked}


def _band(band: Band) -> dict[str, Any]:
    """A surface from its low to its high end; the browser gives it its shape."""
    ends = enumerate(zip(band.low, band.high, strict=True))
    return {
        "name": band.name,
        "type": "custom",
        "data": [[place, low, high] for place, (low, high) in ends if low is not None and high is not None],
        "encode": {"x": 0, "y": [1, 2], "tooltip": [1, 2]},
        "itemStyle": {"color": "role:third", "opacity": 0.45},
        "silent": True,
        "z": 1,
    }


def _reading(form: Form, unit: str, links: list[list[str]]) -> dict[str, Any]:
    """How the browser writes the numbers, and where a click leads."""
    plain = form.removesuffix("+")
    divisor, decimals = scale_and_digits(form)
    return {
        "divisor": divisor,
        "decimals": decimals,
        "share": plain in ("share", "percent"),
        "signed": form.endswith("+"),
        "unit": unit,
        "links": links,
    }


def _links(chart: Chart, why: Why | None) -> list[list[str]]:
    """(series, category): the address where the number is explained; empty where it has none."""
    if why is None or not any(series.place or series.places for series in chart.series):
        return []
    periods = chart.periods or ("",) * len(chart.categories)
    return [
        [
            _address(series.stands(at, period), why) if series.values[at] is not None else ""
            for at, period in enumerate(periods)
        ]
        for series in chart.series
    ]


def _address(place: Place | None, why: Why) -> str:
    return why(place) if place else ""
