"""The master production schedule of the next weeks, and what each month carries over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from sandop.pack.figures import ReportRow, cells, distinct, number, rows, text, total
from sandop.pack.page import Cell, Column, Page, Part, Place, Row, Sentence, Table, Tone, placed
from sandop.pack.places import reported, span
from sandop.pack.reader import Reader
from sandop.plan import Sheet
from sandop.scenario.month import Month

WEEKS = 8
CARRY = ("plan", "weeks", "carry", "cumulative")


def page(month: Month, reader: Reader) -> Page | None:
    """Lots by line, item and week; then plan, weeks and carry by month. None before the release."""
    schedule = month.sheets.get("mps")
    if schedule is None or not len(schedule.rows):
        return None
    near = _next_weeks(schedule)
    lines = _lines(month, reader, near)
    labels = sorted({f"{day:%Y-%m}" for day in near.periods.starts})
    scope = reader.say("schedule.scope")
    parts: list[Part] = [_table(reader, near, lines)] if lines else [Sentence(reader.say("schedule.nothing"))]
    title = reader.say("schedule.title", items=len(lines), weeks=len(near.periods), months=reader.span(labels))
    return Page("schedule", reader.say("tab.schedule"), title, scope, tuple(parts), (), 3)


def _next_weeks(schedule: Sheet) -> Sheet:
    """The first eight whole weeks: the parts of a week that a month end cuts count as one."""
    count, whole = 0, 0
    for label in schedule.periods.labels:
        if not label.endswith("b") or count == 0:
            whole += 1
        if whole > WEEKS:
            break
        count += 1
    periods = schedule.periods.slice(0, count)
    return Sheet(schedule.name, schedule.rows, periods, schedule.values[:, :count])


def _resource_of(month: Month) -> dict[str, str]:
    """Process → the resource on which it takes most hours."""
    routings = month.plan.network.routings
    found: dict[str, tuple[float, str]] = {}
    for process, resource, hours in zip(routings.process, routings.resource, routings.hours):
        if process not in found or hours > found[process][0]:
            found[process] = (float(hours), str(resource))
    return {process: resource for process, (_, resource) in found.items()}


def _lines(month: Month, reader: Reader, near: Sheet) -> list[Row]:
    processes, items = month.plan.network.processes, month.plan.network.items
    line_of = _resource_of(month)
    found = []
    for key, values in zip(near.rows.keys, near.values):
        if not total(np.abs(values)) > 0:
            continue
        place = processes.position.get(key[0], -1)
        item = str(processes.item[place]) if place >= 0 else key[0]
        site = str(processes.site[place]) if place >= 0 else ""
        line = reader.name("resources", line_of.get(key[0], "")) or reader.word("process_kind", "subcontract")
        lot = float(items.lot_size[items.position[item]]) if item in items.position else float("nan")
        alone = place >= 0 and int(((processes.item == item) & (processes.site == site)).sum()) == 1
        stands = Place("mps", (("item", item), ("site", site))) if alone else None
        shown = placed([value if value else None for value in cells(values)], stands, near.periods.labels)
        weeks = span(near.periods.labels[0], near.periods.labels[-1])
        order = (line_of.get(key[0], ""), item, site)
        found.append(
            (
                order,
                Row(
                    (
                        f"{line} · {reader.name('sites', site)}" if site else line,
                        item,
                        reader.name("items", item),
                        lot,
                        *shown,
                        Cell(total(values), tone="strong", place=stands and replace(stands, period=weeks)),
                    )
                ),
            )
        )
    return [row for _, row in sorted(found, key=lambda pair: pair[0])]


def _table(reader: Reader, near: Sheet, lines: list[Row]) -> Table:
    columns = (
        Column(reader.say("head.production_line")),
        Column(reader.say("head.item")),
        Column(reader.say("head.name")),
        Column(reader.say("head.lot"), "whole"),
        *(
            Column(f"{label[5:]}\n{day:%m-%d}", "whole", 9)
            for label, day in zip(near.periods.labels, near.periods.starts)
        ),
        Column(reader.say("head.total"), "whole"),
    )
    seen: set[str] = set()
    shown = []
    for row in lines:
        first = str(row.cells[0])
        shown.append(Row((first if first not in seen else Cell(first, tone="quiet"), *row.cells[1:])))
        seen.add(first)
    return Table(columns, tuple(shown))


def carry_page(month: Month, reader: Reader) -> Page | None:
    """Plan, weeks and carry of the months whose weeks the schedule shows. None before the release."""
    schedule = month.sheets.get("mps")
    if schedule is None or not len(schedule.rows):
        return None
    labels = sorted({f"{day:%Y-%m}" for day in _next_weeks(schedule).periods.starts})
    found = [row for row in rows(month, "schedule_carry") if text(row.get("period")) in labels]
    if not found:
        return None
    columns = [
        Column(reader.say("head.item")),
        Column(reader.say("head.name")),
        Column(reader.say("head.lot"), "whole"),
    ]
    for label in labels:
        said = reader.short_month(label)
        columns += [Column(reader.say(f"carry.{name}", month=said), "whole", width=12) for name in CARRY]
    lines = [_carry(reader, of_month, labels) for of_month in _by_process(found).values()]
    table = Table(tuple(columns), tuple(line for line in lines if line is not None))
    parts: tuple[Part, ...] = (table, Sentence(reader.say("schedule.note"), "quiet"))
    return Page(
        "carry",
        reader.say("tab.carry"),
        _carry_title(reader, found, labels),
        reader.say("schedule.scope"),
        parts,
        (),
        2,
    )


def _carry_title(reader: Reader, found: Sequence[ReportRow], labels: Sequence[str]) -> str:
    """How many are a lot or more away from their plan: at the end of the last month, else only before it."""
    off = {label: sum(1 for row in found if text(row.get("period")) == label and is_off(row)) for label in labels}
    end = reader.month(labels[-1])
    if off[labels[-1]]:
        items = len(distinct(found, "process"))
        return reader.say("carry.title_open", count=off[labels[-1]], total=items, month=end)
    if any(off.values()):
        return reader.say("carry.title_later", count=max(off.values()), month=end)
    return reader.say("carry.title")


def is_off(row: ReportRow) -> bool:
    """All carry so far is a lot or more; without lots, a unit."""
    return abs(number(row.get("cumulative"))) >= max(number(row.get("lot")), 1.0)


def _by_process(found: Sequence[ReportRow]) -> dict[str, dict[str, ReportRow]]:
    """Process → month → its row, in the order in which the processes first come."""
    by_process: dict[str, dict[str, ReportRow]] = {}
    for row in found:
        by_process.setdefault(text(row.get("process")), {})[text(row.get("period"))] = row
    return by_process


def _carry(reader: Reader, of_month: Mapping[str, ReportRow], labels: Sequence[str]) -> Row | None:
    """One process: plan, weeks, carry of each month; None where nothing is made."""
    if not any(abs(number(row.get("plan"))) + abs(number(row.get("weeks"))) > 0 for row in of_month.values()):
        return None
    values: list[Cell] = []
    for label in labels:
        row = of_month.get(label, {})
        values += [reported("schedule_carry", row, "plan"), reported("schedule_carry", row, "weeks")]
        values.append(reported("schedule_carry", row, "carry", "whole+"))
        tone: Tone | None = "watch" if row and is_off(row) else None
        values.append(reported("schedule_carry", row, "cumulative", "whole+", tone))
    first = next(iter(of_month.values()))
    item = text(first.get("item"))
    return Row((item, reader.name("items", item), number(first.get("lot")), *values))
