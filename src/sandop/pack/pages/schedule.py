"""The master production schedule of the next weeks, and what each month carries over."""

from __future__ import annotations

import numpy as np

from sandop.pack.figures import cells, distinct, number, rows, text, total
from sandop.pack.page import Cell, Column, Page, Part, Row, Sentence, Table
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
    parts += _carry(month, reader, labels)
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
        shown = [value if value else None for value in cells(values)]
        order = (line, item, site)
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
                        Cell(total(values), tone="strong"),
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
            Column(f"{label[5:]} {day:%m-%d}", "whole", 9)
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


def _carry(month: Month, reader: Reader, labels: list[str]) -> list[Part]:
    found = [row for row in rows(month, "schedule_carry") if text(row.get("period")) in labels]
    if not found:
        return []
    columns = [Column(""), Column(reader.say("head.item")), Column(reader.say("head.name")), Column("")]
    for label in labels:
        said = reader.month(label)
        columns += [Column(reader.say(f"carry.{name}", month=said), "whole") for name in CARRY]
    lines = []
    for process in distinct(found, "process"):
        of_month = {text(row.get("period")): row for row in found if row.get("process") == process}
        item = text(next(iter(of_month.values())).get("item"))
        values: list[Cell | float] = []
        for label in labels:
            row = of_month.get(label, {})
            values += [number(row.get("plan")), number(row.get("weeks"))]
            values += [Cell(number(row.get(name)), "whole+") for name in CARRY[2:]]
        if any(abs(number(row.get("plan"))) + abs(number(row.get("weeks"))) > 0 for row in of_month.values()):
            lines.append(Row(("", item, reader.name("items", item), None, *values)))
    note = Sentence(reader.say("schedule.note"), "quiet")
    return [Table(tuple(columns), tuple(lines), reader.say("schedule.carry")), note]
