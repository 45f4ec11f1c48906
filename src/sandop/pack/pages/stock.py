"""Closing stock against its target, in money and days of supply, by family."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sandop.pack.figures import NAN, Numbers, by_family, cells, in_money, known, months, sheet, total
from sandop.pack.page import Cell, Chart, Column, Form, Page, Part, Place, Row, Sentence, Series, Table, placed
from sandop.pack.places import At, made_place
from sandop.pack.reader import Reader, scale_of, signed
from sandop.plan import roll_up
from sandop.scenario.month import Month
from sandop.units import DAYS_PER_MONTH


def page(month: Month, reader: Reader) -> Page | None:
    """Chart of the company, one block a family. None without closing stock."""
    labels = months(month)
    stock = in_money(month, "closing_stock")
    drawn = chart(month, reader)
    if not stock or drawn is None:
        return None
    target = in_money(month, "safety_stock")
    scale = _scale(stock)
    company, wanted = _sum(stock), _sum(target)
    unit = reader.money_unit(scale)
    parts: list[Part] = [
        drawn,
        _table(month, reader, labels, stock, target, scale),
        Sentence(reader.say("stock.note"), "quiet"),
    ]
    return Page(
        "stock",
        reader.say("tab.stock"),
        _title(reader, labels, company, wanted),
        reader.say("stock.scope", unit=unit),
        tuple(parts),
        (),
        2,
    )


def _sum(parts: dict[str, Numbers]) -> Numbers | None:
    if not parts:
        return None
    values = np.stack(list(parts.values()))
    return np.where(np.isnan(values).all(axis=0), NAN, np.nansum(values, axis=0))


def _budget(month: Month, labels: tuple[str, ...]) -> dict[str, Numbers]:
    return by_family(month, "budget_stock", labels) if "budget_stock" in month.plan.sheets else {}


def _title(reader: Reader, labels: tuple[str, ...], company: Numbers | None, wanted: Numbers | None) -> str:
    assert company is not None
    end = float(company[-1])
    said = {"stock": reader.money(end), "month": reader.month(labels[-1])}
    if wanted is None or not known(float(wanted[-1])):
        return reader.say("stock.title", **said)
    short = int((np.nan_to_num(company - wanted) < -0.005 * np.nan_to_num(wanted)).sum())
    difference = end - float(wanted[-1])
    on_target = abs(difference) < 0.005 * abs(float(wanted[-1]))
    side = "at" if on_target else "below" if difference < 0 else "above"
    clause = reader.say("stock.short_months", count=short) if short else ""
    return reader.say(f"stock.title_{side}", **said, difference=reader.money(abs(difference))) + clause


def against_target(month: Month) -> tuple[Numbers, Numbers] | None:
    """The company's closing stock and its target at standard cost by planned month, both (month,); the target is
    blank where there is none. None without closing stock."""
    company, wanted = _sum(in_money(month, "closing_stock")), _sum(in_money(month, "safety_stock"))
    if company is None:
        return None
    return company, wanted if wanted is not None else np.full(company.shape, NAN)


def chart(month: Month, reader: Reader) -> Chart | None:
    """Closing stock of the company in money, its target and its budget. None without closing stock."""
    stock, labels = in_money(month, "closing_stock"), months(month)
    if not stock:
        return None
    looks = (
        ("closing", _sum(stock), "plan", "column", _place(month)),
        ("target", _sum(in_money(month, "safety_stock")), "compare", "line", made_place("at_cost", "safety_stock")),
        ("budget", _sum(_budget(month, labels)), "past", "line", Place("budget_stock")),
    )
    series = tuple(
        Series(reader.say(f"stock.{name}"), cells(values), role, shape, place)  # type: ignore[arg-type]
        for name, values, role, shape, place in looks
        if values is not None and not np.isnan(values).all()
    )
    scale, categories = _scale(stock), tuple(reader.short_month(label) for label in labels)
    return Chart(reader.say("stock.chart"), categories, series, scale, reader.money_unit(scale), 14, labels)


def _scale(stock: dict[str, Numbers]) -> Form:
    return scale_of(float(np.nanmax(values)) for values in stock.values() if not np.isnan(values).all())


def _place(month: Month, family: str = "") -> Place | None:
    """Where the money in stock stands, once finance has been made."""
    if "stock_value" not in month.sheets:
        return None
    return Place("stock_value", (("family", family),) if family else ())


def _table(
    month: Month,
    reader: Reader,
    labels: tuple[str, ...],
    stock: dict[str, Numbers],
    target: dict[str, Numbers],
    scale: Form,
) -> Table:
    columns = (Column(reader.say("head.family")), Column(reader.say("head.figure")), *reader.months(labels, scale))
    used = cost_of_sales(month)
    order = sorted(stock, key=lambda family: -total(stock[family]))
    lines: list[Row] = []
    for family in order:
        closing = placed(cells(stock[family]), _place(month, family), labels)
        lines += _family(reader, family, closing, stock[family], target.get(family), used.get(family), scale, labels)
    company, wanted = _sum(stock), _sum(target)
    whole = placed(cells(_or_blank(company, labels)), _place(month), labels)
    lines.append(Row((reader.say("head.company"), reader.say("stock.closing"), *whole), "total"))
    if wanted is not None and total(wanted) > 0:
        aim = placed(cells(wanted), made_place("at_cost", "safety_stock"), labels)
        lines.append(Row(("", reader.say("stock.target"), *aim), "quiet"))
    return Table(columns, tuple(lines), reader.say("stock.table"))


def _or_blank(values: Numbers | None, labels: tuple[str, ...]) -> Numbers:
    return values if values is not None else np.full(len(labels), NAN)


def _family(
    reader: Reader,
    family: str,
    closing: list[Cell],
    stock: Numbers,
    target: Numbers | None,
    used: Numbers | None,
    scale: Form,
    labels: tuple[str, ...],
) -> list[Row]:
    at = (("family", family),)
    lines = [Row((reader.family(family), reader.say("stock.closing"), *closing), "strong")]
    if target is not None and total(target) > 0:
        wanted = placed(cells(target), made_place("at_cost", "safety_stock", at=at), labels)
        lines.append(Row(("", reader.say("stock.target"), *wanted), "quiet"))
        lines.append(_against_target(reader, stock - target, scale, at, labels))
    if used is not None and total(used) > 0:
        lines.append(_days(reader, stock, used))
    return lines


def _against_target(reader: Reader, difference: Numbers, scale: Form, at: At, labels: tuple[str, ...]) -> Row:
    form, place = signed(scale), made_place("less_at_cost", "closing_stock", "safety_stock", at=at)
    shown = [
        Cell(
            value, form, "bad" if value is not None and value < -0.5 else "quiet", place=replace(place, period=label)
        )
        for value, label in zip(cells(difference), labels, strict=True)
    ]
    return Row(("", reader.say("stock.difference"), *shown))


def _days(reader: Reader, stock: Numbers, used: Numbers) -> Row:
    """Days the stock lasts at the cost of sales of the month that follows."""
    following = np.append(used[1:], NAN)
    days = np.divide(
        stock * DAYS_PER_MONTH, following, out=np.full(stock.shape, NAN), where=np.nan_to_num(following) > 0
    )
    return Row(("", reader.say("stock.days"), *(Cell(value, "whole", "quiet") for value in cells(days))))


def cost_of_sales(month: Month) -> dict[str, Numbers]:
    """Family → cost of goods sold by month, (month,)."""
    found = sheet(month, "cogs")
    if found is None or not len(found.rows):
        return {}
    at = roll_up(found, month.plan.network, by=["family"])
    return {key[0]: values for key, values in zip(at.rows.keys, at.values)}
