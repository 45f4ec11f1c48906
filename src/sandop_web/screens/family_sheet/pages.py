"""The families' S&OP sheets: the list with its checks, one sheet with its chart, and the sheet as CSV."""

from __future__ import annotations

import csv
import io

from django.http import HttpResponse
from django.shortcuts import render

from sandop_web.queries.family_sheet import FamilySheet, family_sheet, family_sheets
from sandop_web.screens.door import SignedIn, member_page
from sandop_web.screens.drawing import shown_parts
from sandop_web.screens.family_sheet.drawn import (
    chart_of,
    drawn_checks,
    drawn_lines,
    headline,
    list_headline,
    month_heads,
    words_of,
)
from sandop_web.screens.steps.drawn import why_of

YEAR = 12  # planned months shown at first


@member_page
def family_sheets_page(request: SignedIn) -> HttpResponse:
    """Every family: do its lines agree, and how far is it from the old plan?"""
    found = family_sheets(by=request.by)
    shown = {
        "sheets": found,
        "headline": list_headline(found, request.language),
        "families": [words_of(line, request.language) for line in found.lines],
    }
    return render(request, "family_sheet/list.html", shown)


@member_page
def family_sheet_page(request: SignedIn, family: str) -> HttpResponse:
    """The sheet of a family: a year of it, or with `months=all` the whole plan; with `csv` as a file."""
    whole = request.GET.get("months") == "all"
    sheet = family_sheet(by=request.by, family=family, months=None if whole else YEAR)
    if "csv" in request.GET:
        return _as_file(request, sheet)
    why = why_of(request, sheet.version)
    shown = {
        "sheet": sheet,
        "headline": headline(sheet, request.language),
        "strategy": f"steps.supply.strategy.{sheet.strategy.lower()}",
        "buffer": f"steps.supply.buffer.{sheet.strategy.lower()}",
        "heads": month_heads(sheet, request.language),
        "whole": whole,
        "planned": len(sheet.periods) - sheet.closed,
        "lines": drawn_lines(sheet, request.language, why),
        "checks": drawn_checks(sheet, request.language),
        "charts": shown_parts((chart_of(sheet, request.language),), request.language, why=why),
    }
    return render(request, "family_sheet/sheet.html", shown)


def _as_file(request: SignedIn, sheet: FamilySheet) -> HttpResponse:
    """Line, row and a column a month: numbers as they are, a blank is empty."""
    told = io.StringIO()
    writer = csv.writer(told, lineterminator="\n")
    writer.writerow(("line", "version", "unit", *sheet.periods))
    for line in sheet.lines:
        writer.writerows((line.line, row.what, sheet.unit, *_blank(row.values)) for row in line.rows)
    response = HttpResponse("\ufeff" + told.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="family-sheet-{request.by.company}.csv"'
    return response


def _blank(values: tuple[float | None, ...]) -> list[str]:
    return ["" if value is None else f"{value:.3f}".rstrip("0").rstrip(".") for value in values]
