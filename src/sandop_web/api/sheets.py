"""Sheets in columns: one list per part of the rows' names, one list of values per period."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from django.http import HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from sandop.io.cell_texts import csv_bytes, sheet_rows
from sandop.plan import Sheet
from sandop_web.access import NotUnderstood
from sandop_web.api.entrance import Asked
from sandop_web.api.files import CSV_TOO, Wanted, csv_answer, had_already, mark_of, marked
from sandop_web.api.outcomes import says
from sandop_web.api.pages import Page
from sandop_web.api.values import MOST_ROWS, AnyId, MeasureName, Period, VersionId
from sandop_web.queries.plans import version_facts
from sandop_web.queries.sheets import whole_sheet

router = Router()


class SheetColumns(BaseModel):
    """Rows of a sheet in columns, ready for a data frame: `DataFrame({**keys, **values})`."""

    version: int
    measure: str
    unit: Annotated[str, Field(description="Unit of every value")]
    grain: Annotated[list[str], Field(description="What a row's name is made of, such as item, site, customer")]
    periods: Annotated[list[str], Field(description="The periods, in order")]
    keys: Annotated[dict[str, list[str]], Field(description="Part of the rows' names → that part of every row")]
    values: Annotated[
        dict[str, list[float | None]], Field(description="Period → value of every row; null is a blank")
    ]
    total: Annotated[int, Field(description="How many rows there are in all")]
    limit: int
    offset: int


class RowsWanted(Page):
    """Which rows and periods of a sheet are wanted."""

    limit: Annotated[int, Field(ge=1, le=MOST_ROWS, description="How many rows at most")] = MOST_ROWS
    item: AnyId = ""
    site: AnyId = ""
    customer: AnyId = ""
    first: Annotated[Period | None, Field(description="First period; left out, the first of the sheet")] = None
    last: Annotated[Period | None, Field(description="Last period; left out, the last of the sheet")] = None

    def of_sheet(self, sheet: Sheet) -> Sheet:
        """The wanted rows and periods. Raises NotUnderstood for a period the sheet does not have, or a part its
        rows do not have."""
        ids = {part: getattr(self, part) for part in ("item", "site", "customer") if getattr(self, part)}
        for part in ids:
            if part not in sheet.rows.grain:
                raise NotUnderstood(field=part, value=ids[part], wanted=", ".join(sheet.rows.grain))
        start, stop = self._place(sheet, self.first, 0), self._place(sheet, self.last, len(sheet.periods) - 1) + 1
        chosen = sheet.take(sheet.rows.where(**ids)) if ids else sheet
        return chosen.on(chosen.rows, sheet.periods.slice(min(start, stop), stop))

    def _place(self, sheet: Sheet, label: str | None, otherwise: int) -> int:
        if label is None:
            return otherwise
        if label not in sheet.periods.position:
            raise NotUnderstood(field="first", value=label, wanted=", ".join(sheet.periods.labels))
        return sheet.periods.position[label]


@router.get("/versions/{version}/sheets/{measure}", response=says(SheetColumns), openapi_extra=CSV_TOO)
def sheet(
    request: Asked,
    response: HttpResponse,
    version: VersionId,
    measure: MeasureName,
    rows: Query[RowsWanted],
    wanted: Query[Wanted],
) -> HttpResponse | SheetColumns:
    """The values of a measure in the caller's scope, in columns or as CSV.

    A published version never changes: its sheets carry an ETag, and whoever sends it back (If-None-Match) is answered
    304 where they have them already.
    """
    mark = _mark(request, version, measure)
    if mark and (short := had_already(request, mark)):
        return short
    chosen = rows.of_sheet(whole_sheet(by=request.auth, version=version, measure=measure))
    if wanted.csv(request):
        return marked(csv_answer(csv_bytes(*sheet_rows(chosen)), name=measure), mark)
    marked(response, mark)
    return _columns(version, chosen, rows)


def _mark(request: Asked, version: int, measure: str) -> str:
    """The ETag of a published version's sheet as this caller sees it; empty for a draft."""
    facts, by = version_facts(by=request.auth, version=version), request.auth
    if not facts.root_hash:
        return ""
    accept = request.headers.get("Accept", "")
    return mark_of(facts.root_hash, measure, request.GET.urlencode(), accept, by.region, by.family)


def _columns(version: int, sheet: Sheet, rows: Page) -> SheetColumns:
    part = slice(rows.offset, rows.offset + rows.limit)
    values = sheet.values[part].astype(object)
    values[~np.isfinite(sheet.values[part])] = None
    return SheetColumns.model_construct(
        version=version,
        measure=sheet.name,
        unit=sheet.unit,
        grain=list(sheet.rows.grain),
        periods=list(sheet.periods.labels),
        keys={name: sheet.rows.column(name)[part].tolist() for name in sheet.rows.grain},
        values={label: values[:, place].tolist() for place, label in enumerate(sheet.periods.labels)},
        total=len(sheet.rows),
        limit=rows.limit,
        offset=rows.offset,
    )
