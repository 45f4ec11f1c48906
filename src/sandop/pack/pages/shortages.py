"""What is short, what one more unit of it is worth, whom it hits; and what there is too much of."""

from __future__ import annotations

from collections.abc import Sequence

from sandop.pack.figures import ReportRow, distinct, known, number, rows, text
from sandop.pack.page import Cell, Column, Page, Part, Row, Sentence, Table
from sandop.pack.places import reported
from sandop.pack.reader import Reader, scale_of
from sandop.scenario.month import Month

MOST_ROWS = 40
_SEPARATORS = (" · ", "|", "@", ";")


def limit_name(reader: Reader, limit: str) -> str:
    """A limit in words: the names of the ids it is made of; of a process what it makes, and where."""
    processes = reader.plan.network.processes
    if limit in processes.position:
        place = processes.position[limit]
        kind = str(processes.kind[place])
        where = reader.word("process_kind", kind) if kind == "subcontract" else ""
        named = reader.name("items", str(processes.item[place]))
        return f"{named} · {where or reader.name('sites', str(processes.site[place]))}"
    for separator in _SEPARATORS:
        if separator in limit and reader.any_name(limit) == limit:
            return " · ".join(reader.any_name(part.strip()) for part in limit.split(separator))
    return reader.any_name(limit)


def worst_limits(month: Month, reader: Reader) -> list[str]:
    """A sentence for each limit that binds, the most valuable first."""
    return [limit_sentence(reader, group) for group in by_limit(month)]


def by_limit(month: Month) -> list[list[ReportRow]]:
    """Rows of the shortage list of one limit together, the limit that costs most first, its months in order."""
    found = rows(month, "shortages")
    groups = [[row for row in found if text(row.get("limit")) == limit] for limit in distinct(found, "limit")]
    groups = [sorted(group, key=lambda row: text(row.get("period"))) for group in groups]
    return sorted(groups, key=_cost, reverse=True)


def _cost(group: Sequence[ReportRow]) -> float:
    """What the limit costs: its price times what there is of it, over the months."""
    return sum(
        number(row.get("unit_value")) * max(number(row.get("available")), 1.0)
        for row in group
        if known(number(row.get("unit_value"))) and known(number(row.get("available")))
    )


def worth(row: ReportRow) -> float:
    """What one unit more is worth, currency: confirmed by solving again where that was done, else its price."""
    confirmed = number(row.get("worth"))
    return confirmed if known(confirmed) else number(row.get("unit_value"))


def limit_sentence(reader: Reader, group: Sequence[ReportRow]) -> str:
    """What a limit does to the plan, from its rows of the shortage list."""
    best = max((worth(row) for row in group if known(worth(row))), default=0.0)
    labels = [text(row.get("period")) for row in group]
    said = {"limit": limit_name(reader, text(group[0].get("limit"))), "months": reader.span(labels)}
    if best <= 0:
        return reader.say("shortages.binds", **said)
    unit = reader.word("unit_one", text(group[0].get("unit")))
    return reader.say("shortages.worth", **said, unit=unit, money=reader.money(best))


def page(month: Month, reader: Reader) -> Page | None:
    """The resource shortage list, who waits and why, facts beyond a limit, surpluses. None before supply."""
    if "shortages" not in month.reports and "surpluses" not in month.reports:
        return None
    worst = worst_limits(month, reader)
    message = "shortages.title.one" if len(worst) == 1 else "shortages.title"
    title = reader.say(message, count=len(worst), worst=worst[0]) if worst else reader.say("shortages.none")
    parts = (
        *_shortages(month, reader),
        *unserved(month, reader),
        *violations(month, reader),
        *surpluses(month, reader),
    )
    scope = reader.say("shortages.scope", currency=month.plan.settings.company.currency)
    return Page("shortages", reader.say("tab.shortages"), title, scope, parts, (), 2)


def _shortages(month: Month, reader: Reader) -> tuple[Part, ...]:
    groups = by_limit(month)
    if not groups:
        return (Sentence(reader.say("shortages.none")),)
    found = [row for group in groups for row in group]
    columns = (
        Column(reader.say("head.kind")),
        Column(reader.say("head.limit")),
        Column(reader.say("head.month"), width=11),
        *(Column(reader.say(f"head.{name}"), "whole", width=11) for name in ("required", "available", "short")),
        Column(reader.say("head.unit"), width=11),
        Column(reader.say("head.unit_value"), "decimal", width=13),
        *(Column(reader.say(f"head.saves_{percent}"), "whole", width=13) for percent in (1, 5, 10)),
        Column(reader.say("head.items_hit"), width=40, wrap=True),
        Column(reader.say("head.customers_hit"), width=30, wrap=True),
    )
    lines = tuple(_shortage(reader, row) for row in found[:MOST_ROWS])
    return (Table(columns, lines, reader.say("shortages.table")), *_left(reader, len(found)))


def _shortage(reader: Reader, row: ReportRow) -> Row:
    value = worth(row)
    return Row(
        (
            reader.word("limit_kind", text(row.get("kind"))),
            Cell(limit_name(reader, text(row.get("limit"))), tone="strong"),
            reader.month(text(row.get("period"))),
            number(row.get("used")),
            number(row.get("available")),
            Cell(number(row.get("short")), tone="bad" if number(row.get("short")) > 0.5 else None),
            reader.word("unit_of", text(row.get("unit"))),
            Cell(value, form="whole" if abs(value) >= 1000 else "decimal"),
            *(number(row.get(f"saves_{percent}")) for percent in (1, 5, 10)),
            listed(reader, "items", text(row.get("items"))),
            listed(reader, "customers", text(row.get("customers"))),
        )
    )


def listed(reader: Reader, table: str, ids: str, most: int = 3) -> str:
    """Joined ids as names; more than `most` are counted."""
    for separator in (";", "|", ","):
        ids = ids.replace(separator, "\n")
    names = [reader.name(table, key.strip()) for key in ids.split("\n") if key.strip()]
    more = reader.say("and_more", count=len(names) - most) if len(names) > most else ""
    return reader.joined(names[:most]) + more


def _left(reader: Reader, count: int) -> tuple[Part, ...]:
    if count <= MOST_ROWS:
        return ()
    return (Sentence(reader.say("and_more_rows", count=count - MOST_ROWS), "quiet"),)


def unserved(month: Month, reader: Reader) -> tuple[Part, ...]:
    """Demand that waits or is lost, and why."""
    found = rows(month, "unserved")
    if not found:
        return ()
    columns = (
        Column(reader.say("head.why")),
        Column(reader.say("head.item")),
        Column(reader.say("head.from_month"), width=11),
        Column(reader.say("head.late"), "whole", width=11),
        Column(reader.say("head.given_up"), "whole", width=11),
        Column(reader.say("head.penalty"), "whole", width=11),
        Column("", width=11),
        Column(reader.say("head.customer"), width=13, span=2),
        Column(reader.say("head.short_limits"), span=4),
    )
    lines = tuple(
        Row(
            (
                reader.word("reason", text(row.get("reason"))),
                Cell(reader.name("items", text(row.get("item"))), tone="strong"),
                reader.month(text(row.get("period"))),
                *(reported("unserved", row, column) for column in ("late", "lost", "penalty")),
                "",
                reader.name("customers", text(row.get("customer"))),
                reader.joined(limit_name(reader, limit.strip()) for limit in text(row.get("limits")).split(", ")),
            )
        )
        for row in found[:MOST_ROWS]
    )
    return (Table(columns, lines, reader.say("shortages.unserved")), *_left(reader, len(found)))


def violations(month: Month, reader: Reader) -> tuple[Part, ...]:
    """Open orders and frozen lots beyond a limit."""
    found = rows(month, "violations")
    if not found:
        return ()
    heads = (("kind", "text"), ("limit", "text"), ("month", "text"), ("quantity", "whole"), ("unit", "text"))
    columns = tuple(Column(reader.say(f"head.{name}"), form) for name, form in heads)  # type: ignore[arg-type]
    lines = tuple(
        Row(
            (
                reader.word("limit_kind", text(row.get("kind"))),
                limit_name(reader, text(row.get("id"))),
                reader.month(text(row.get("period"))),
                Cell(number(row.get("quantity")), tone="bad"),
                reader.word("unit_of", text(row.get("unit"))),
            )
        )
        for row in found[:MOST_ROWS]
    )
    return (Table(columns, lines, reader.say("shortages.violations")), *_left(reader, len(found)))


def surpluses(month: Month, reader: Reader) -> tuple[Part, ...]:
    """What is left over, the dearest first."""
    found = rows(month, "surpluses")
    if not found:
        return ()
    values = [number(row.get("value")) for row in found]
    scale = scale_of(values)
    order = sorted(range(len(found)), key=lambda place: -values[place] if known(values[place]) else 0.0)
    columns = (
        Column(reader.say("head.kind")),
        Column(reader.say("head.limit")),
        Column(reader.say("head.month"), width=11),
        Column(reader.say("head.quantity"), "whole", width=11),
        Column(reader.say("head.unit"), width=11),
        Column(reader.say("head.share"), "share", width=11),
        Column(reader.say("head.worth", unit=reader.money_unit(scale)), scale, width=11),
    )
    lines = tuple(_surplus(reader, found[place]) for place in order[:MOST_ROWS])
    return (Table(columns, lines, reader.say("shortages.surpluses")), *_left(reader, len(found)))


def _surplus(reader: Reader, row: ReportRow) -> Row:
    kind = text(row.get("kind"))
    unit = text(row.get("unit")) or ("hour" if kind.startswith("idle") else "unit")
    return Row(
        (
            reader.word("surplus_kind", kind),
            limit_name(reader, text(row.get("id"))),
            reader.month(text(row.get("period"))),
            reported("surpluses", row, "quantity"),
            reader.word("unit_of", unit),
            reported("surpluses", row, "share"),
            reported("surpluses", row, "value"),
        )
    )
