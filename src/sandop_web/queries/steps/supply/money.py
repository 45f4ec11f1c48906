"""What the supply plan costs, and how sure it is that no cheaper one exists."""

from __future__ import annotations

from sandop.pack.figures import ReportRow, known, number, rows, share, text
from sandop.pack.page import Cell, Column, Row, Table
from sandop.pack.pages import decide
from sandop.pack.places import report_place, reported
from sandop.pack.reader import scale_of
from sandop_web.queries.steps.content import Reading, Section
from sandop_web.queries.steps.words import Words

_PROOF = ("status", "primal", "bound", "gap", "infeasibility", "rows", "columns", "nonzeros", "whole")
_PENALTIES = ("late", "lost", "stock_missing", "violations")  # prices that steer the plan; nobody pays them


def cost_of_plan(reading: Reading) -> tuple[float, float]:
    """What is paid for the plan, and the penalties beside it, plan currency."""
    found = [(text(row["kind"]).replace(" ", "_"), number(row["amount"])) for row in rows(reading.month, "costs")]
    penalties = sum(amount for kind, amount in found if kind in _PENALTIES)
    return sum(amount for _, amount in found) - penalties, penalties


def costs(reading: Reading, words: Words) -> Section:
    """Cost by kind, the largest first; penalties for late and lost demand are prices, not payments."""
    reader = reading.reader
    found = [row for row in rows(reading.month, "costs") if abs(number(row["amount"])) >= 0.5]
    found.sort(key=lambda row: -number(row["amount"]))
    scale = scale_of(number(row["amount"]) for row in found)
    whole = sum(number(row["amount"]) for row in found)
    columns = (
        Column(reader.say("head.kind")),
        Column(words.say("head.amount", unit=reader.money_unit(scale)), scale),
        Column(reader.say("head.share"), "share"),
    )
    lines = [_line(words, row, whole) for row in found]
    lines.append(Row((reader.say("head.total"), Cell(whole, place=report_place("costs", "amount")), None), "total"))
    parts = (Table(columns, tuple(lines), words.say("costs.table")),) if found else ()
    conclusion = words.say("costs.total", money=reader.money(whole))
    return Section("costs", words.say("costs.title"), conclusion, words.say("costs.scope"), parts, "costs")


def _line(words: Words, row: ReportRow, whole: float) -> Row:
    name = words.say(f"cost.{text(row['kind']).replace(' ', '_')}")
    return Row((name, reported("costs", row, "amount"), share(number(row["amount"]), whole)))


def certificate(reading: Reading, words: Words) -> Section:
    """What the certificate proves, and the numbers by which anybody can check it."""
    found = rows(reading.month, "certificate")
    conclusion = decide.proof(reading.month, reading.reader).rstrip(".。")
    title, scope = words.say("supply.proof.title"), words.say("supply.proof.scope")
    if not found:
        return Section("proof", title, conclusion, scope, ())
    lines = [Row((words.say(f"supply.proof.{name}"), _written(words, name, found[0].get(name)))) for name in _PROOF]
    table = Table(
        (Column(words.say("supply.proof.figure")), Column(words.say("supply.proof.value"))), tuple(lines), title
    )
    return Section("proof", title, conclusion, scope, (table,), "certificate")


def _written(words: Words, name: str, value: object) -> str:
    if name == "status":
        said = text(value)
        return words.say(f"supply.proof.status.{said}") if said in ("proven", "bounded") else said
    figure = number(value)
    if not known(figure):
        return "–"
    if name == "gap":
        return f"{figure:.4%}"
    if name == "infeasibility":
        return f"{figure:.1e}"
    return f"{figure:,.2f}" if name in ("primal", "bound") else f"{figure:,.0f}"
