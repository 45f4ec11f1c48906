"""Reports whose rows add up to one another: the bridge from one plan to another, the gap to budget and its cover."""

from __future__ import annotations

from collections.abc import Iterable

from sandop.pack.figures import number, rows, text
from sandop.pack.page import Place
from sandop.pack.places import ledger_place, row_place
from sandop.pack.reader import Reader
from sandop.scenario import Month
from sandop_web.queries.why.computed import Line, told
from sandop_web.queries.why.report_beside import Found
from sandop_web.wording import say

# Line of the gap → the lines that give it, each behind its sign.
_GAP = {"gap": (("", "plan"), ("−", "budget")), "uncovered": (("−", "gap"), ("−", "covered"))}


def lines_of_bridge(*, month: Month, reader: Reader, row: Found) -> tuple[Line, ...]:
    """Where the bridge arrives: where it begins and every effect. An effect of the company, and where its bridge
    begins: what the families contribute, the largest first. Nothing for an effect of a family."""
    same = {name: row[name] for name in ("compare", "period")}
    if row["effect"] == "to":
        found = rows(month, "bridge", **same, level=row["level"], node=row["node"])
        return _added((_bridge_word(part, reader), part) for part in found if part["effect"] != "to")
    if row["level"] != "company":
        return ()
    found = rows(month, "bridge", **same, level="family", effect=row["effect"])
    parts = sorted((part for part in found if number(part["amount"])), key=lambda one: -abs(number(one["amount"])))
    return _added((reader.family(text(part["node"])), part) for part in parts)


def _added(parts: Iterable[tuple[str, Found]]) -> tuple[Line, ...]:
    """Rows of the bridge that are added up, each with what it is called."""
    return tuple(
        Line(
            title, told(number(part["amount"]), "decimal", row_place("bridge", part, "amount")), "+" if place else ""
        )
        for place, (title, part) in enumerate(parts)
    )


def _bridge_word(row: Found, reader: Reader) -> str:
    column = "compare" if row["effect"] == "from" else "effect"
    return reader.word(column, text(row[column]))


def lines_of_gap(*, month: Month, reader: Reader, row: Found) -> tuple[Line, ...]:
    """Plan less budget; the levers together; what is left of the gap. Of plan and budget the one line of the ledger
    that each of them is."""
    line = text(row["line"])
    if line in ("budget", "plan"):
        return _of_ledger(month, reader, row)
    if line == "covered":
        levers = rows(month, "gap", line="lever")
        return tuple(_gap_line(one, reader, "+" if place else "") for place, one in enumerate(levers))
    found = {text(one["line"]): one for one in rows(month, "gap")}
    return tuple(_gap_line(found[name], reader, sign) for sign, name in _GAP.get(line, ()) if name in found)


def _of_ledger(month: Month, reader: Reader, row: Found) -> tuple[Line, ...]:
    year = next((text(one["period"]) for one in rows(month, "money", line="revenue", scope="year")), "")
    if not year:
        return ()
    revenue, side = say("pack.line.revenue", reader.language), reader.say(f"head.{row['line']}")
    place: Place = ledger_place("revenue", "budget" if row["line"] == "budget" else "plan", year)
    title = say("drill.title", reader.language, line=revenue, side=side)
    return (Line(title, told(number(row["amount"]), "decimal", place)),)


def _gap_line(row: Found, reader: Reader, sign: str) -> Line:
    amount = told(number(row["amount"]), "decimal", row_place("gap", row, "amount"))
    return Line(text(row[f"text_{reader.language}"]), amount, sign)
