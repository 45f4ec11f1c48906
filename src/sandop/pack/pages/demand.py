"""What customers ask for and what they get, by family and month; how good the forecast was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from sandop.calendar import year_before
from sandop.pack.figures import (
    NAN,
    Numbers,
    ReportRow,
    by_family,
    cells,
    distinct,
    known,
    months,
    number,
    rows,
    share,
    sheet,
    text,
    total,
)
from sandop.pack.page import Chart, Column, Page, Part, Row, Sentence, Series, Table
from sandop.pack.reader import Reader
from sandop.scenario.month import Month

IN_FULL = 0.9995  # share of demand served from which it counts as served in full
# What the plan is made of, in the order of the month. The sales opinion is consensus less baseline.
PARTS = ("statistical", "activity_effect", "launch_effect", "opinion", "override_effect")
LEVELS = ("total", "family", "item", "series")


def page(month: Month, reader: Reader, *, with_accuracy: bool = True) -> Page | None:
    """One block a family, then the accuracy by lag. None where demand was not planned."""
    labels = months(month)
    asked = by_family(month, "demand", labels)
    asked = {family: values for family, values in asked.items() if total(np.abs(values)) > 0}
    if not asked:
        return None
    given, late = (by_family(month, name, labels) for name in ("deliveries", "backlog"))
    worst = _worst(asked, given)
    parts: list[Part] = []
    if worst:
        parts.append(_chart(reader, worst, labels, asked[worst], given.get(worst)))
    parts += _blocks(month, reader, tuple(asked), labels)
    parts += accuracy(month, reader) if with_accuracy else []
    scope = reader.say("demand.scope")
    return Page(
        "demand", reader.say("tab.demand"), _title(reader, asked, given, late, worst), scope, tuple(parts), (), 2
    )


def _served(asked: Numbers, given: Numbers) -> float:
    return share(total(given), total(asked))


def _worst(asked: dict[str, Numbers], given: dict[str, Numbers]) -> str:
    """The family served least; the largest where nothing is known of deliveries."""
    if not given:
        return max(asked, key=lambda family: total(asked[family]))
    shares = {family: _served(asked[family], given[family]) for family in asked if family in given}
    return min(shares, key=lambda family: shares[family]) if shares else ""


def _title(
    reader: Reader, asked: dict[str, Numbers], given: dict[str, Numbers], late: dict[str, Numbers], worst: str
) -> str:
    if not given or not worst:
        return reader.say("demand.title_unconstrained", count=len(asked))
    short = [family for family in asked if family in given and _served(asked[family], given[family]) < IN_FULL]
    waiting = [family for family in asked if family in late and np.nan_to_num(late[family]).max() >= 0.5]
    if not short and waiting:
        return reader.say("demand.title_late", count=len(waiting), total=len(asked))
    if not short:
        return reader.say("demand.title_all")
    said = {"family": reader.family(worst), "share": reader.share(_served(asked[worst], given[worst]))}
    return reader.say("demand.title_short", count=len(short), total=len(asked), **said)


def _chart(reader: Reader, family: str, labels: tuple[str, ...], asked: Numbers, given: Numbers | None) -> Chart:
    series = []
    if given is not None:
        series.append(Series(reader.say("demand.constrained"), cells(given), "plan", "column"))
    series.append(Series(reader.say("demand.unconstrained"), cells(asked), "compare" if series else "plan", "line"))
    title = reader.say("demand.chart", family=reader.family(family))
    categories = tuple(reader.short_month(label) for label in labels)
    unit = reader.word("unit_of", reader.plan_unit(family))
    return Chart(title, categories, tuple(series), "whole", unit, 13)


def _blocks(month: Month, reader: Reader, families: tuple[str, ...], labels: tuple[str, ...]) -> Iterator[Table]:
    """One block a family; each sheet is rolled up once for all of them."""
    found = {name: by_family(month, name, labels) for name in SHEETS}
    orders = by_family(month, "orders", year_before(labels))
    for family in families:
        values = {name: of_family.get(family) for name, of_family in found.items()}
        yield _block(reader, family, labels, values, orders.get(family))


def _block(
    reader: Reader,
    family: str,
    labels: tuple[str, ...],
    values: dict[str, Numbers | None],
    past: Numbers | None,
) -> Table:
    """One family: parts, unconstrained, constrained, what is not delivered; `past` are the orders of the same months
    one year before, blank where that year is not closed. All (month,)."""
    baseline, consensus = values.pop("baseline"), values.pop("consensus")
    if baseline is not None and consensus is not None:
        values["opinion"] = consensus - baseline
    lines = [
        Row(("", reader.say(f"demand.part.{name}"), *cells(part), total(part)), "quiet")
        for name in PARTS
        if (part := values.get(name)) is not None and total(np.abs(part)) > 0
    ]
    asked, given = values["demand"], values["deliveries"]
    if asked is not None:
        lines.append(Row(("", reader.say("demand.unconstrained"), *cells(asked), total(asked)), "total"))
    if given is not None:
        lines.append(Row(("", reader.say("demand.constrained"), *cells(given), total(given)), "strong"))
    late = values["backlog"]
    if late is not None and total(np.abs(late)) > 0:
        lines.append(Row(("", reader.say("demand.late"), *cells(np.where(late > 0, late, NAN)), None), "bad"))
    lost = values["lost"]
    if lost is not None and total(np.abs(lost)) > 0:
        lines.append(Row(("", reader.say("demand.lost"), *cells(np.where(lost > 0, lost, NAN)), total(lost)), "bad"))
    if past is not None and not np.isnan(past).all():
        lines.append(Row(("", reader.say("demand.year_ago"), *cells(past), total(past)), "quiet"))
    unit = reader.word("unit_of", reader.plan_unit(family))
    columns = (
        Column(reader.family(family), width=24),
        Column(unit),
        *reader.months(labels),
        Column(reader.say("head.total"), "whole"),
    )
    return Table(columns, tuple(lines))


# Result measures the page reads: whoever keeps a drawn page must look at these.
SHEETS = (
    "statistical",
    "activity_effect",
    "launch_effect",
    "baseline",
    "consensus",
    "override_effect",
    "demand",
    "deliveries",
    "backlog",
    "lost",
)


def accuracy(month: Month, reader: Reader) -> list[Part]:
    """WMAPE and bias by stream and level (rows) and lag (columns)."""
    found = rows(month, "accuracy")
    lags = sorted({int(number(row.get("lag"))) for row in found if known(number(row.get("lag")))})
    if not lags or sheet(month, "orders") is None:
        return [Sentence(reader.say("demand.no_accuracy"), "quiet")]
    lines: list[Row] = []
    of_line = _by_line(found)
    for level in LEVELS:
        before = len(lines)
        for stream in distinct(found, "stream"):
            for figure in ("wmape", "bias"):
                values = [_at_lag(of_line.get((level, stream, lag), ()), figure) for lag in lags]
                if any(known(value) for value in values):
                    name = reader.word("level", level) if len(lines) == before else ""
                    said = f"{reader.word('stream', stream)} · {reader.say(f'head.{figure}')}"
                    lines.append(Row((name, said, *values), "plain" if figure == "wmape" else "quiet"))
    columns = (
        Column(reader.say("head.level")),
        Column(reader.say("head.stream")),
        *(Column(reader.say("head.lag", lag=lag), "share") for lag in lags),
    )
    note = Sentence(reader.say("demand.accuracy_note"), "quiet")
    return [Table(columns, tuple(lines), reader.say("demand.accuracy")), note]


def _by_line(found: Sequence[ReportRow]) -> dict[tuple[str, str, float], list[ReportRow]]:
    """Level, stream and lag → their rows: an accuracy report has thousands, one for every node."""
    lines: dict[tuple[str, str, float], list[ReportRow]] = {}
    for row in found:
        lines.setdefault((text(row.get("level")), text(row.get("stream")), number(row.get("lag"))), []).append(row)
    return lines


def _at_lag(found: Sequence[ReportRow], figure: str) -> float:
    """The figure of a level: its nodes weighted by actual demand, which gives the level's own WMAPE and bias."""
    chosen = [row for row in found if known(number(row.get(figure)))]
    pooled = [row for row in chosen if not text(row.get("node"))]
    if pooled or len(chosen) == 1:
        return number((pooled or chosen)[0].get(figure))
    weights = np.array([number(row.get("actual")) for row in chosen])
    values = np.array([number(row.get(figure)) for row in chosen])
    said = ~np.isnan(weights)
    return float((values[said] * weights[said]).sum() / weights[said].sum()) if weights[said].sum() > 0 else NAN
