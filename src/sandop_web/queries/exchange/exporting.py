"""Export: a view of the grid as a workbook that can be edited offline and brought back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sandop.wording import Language
from sandop_web.access import Actor, WebRefusal, query
from sandop_web.access.grid.asked import GridAsked
from sandop_web.access.versions import version_of
from sandop_web.queries.exchange.keys import Provenance
from sandop_web.queries.exchange.sheet import workbook_of
from sandop_web.queries.exchange.spans import Sums
from sandop_web.queries.grid import Grid, grid_of
from sandop_web.store.models import Company, Version

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 60_000  # of one worksheet: beyond it nobody edits by hand, and making it takes the server too long


class TooManyRows(WebRefusal):
    """The view has more rows than a workbook that people can work with."""

    message = "exchange.too_many_rows"
    status = 413


class NothingToExport(WebRefusal):
    """There are no rows in the view."""

    message = "exchange.nothing_to_export"
    status = 404


@dataclass(frozen=True)
class Exported:
    """A workbook: its file name and its content."""

    name: str
    content: bytes


@query
def export_grid(*, by: Actor, version: int, asked: GridAsked, sums: Sums = "months") -> Exported:
    """The view as a workbook, in the reader's scope and language, with sums of quarters, of years or of all months
    beside them. Raises TooManyRows, NothingToExport, and as `grid_of`."""
    found = version_of(by=by, version=version)
    grid = grid_of(by=by, version=version, asked=asked)
    rows = len(grid.nodes.level) * len(grid.measures)
    if not rows or not grid.periods:
        raise NothingToExport()
    if rows > MOST_ROWS:
        raise TooManyRows(rows=rows, most=MOST_ROWS)
    provenance = _provenance(by, found, grid, asked)
    content = workbook_of(grid=grid, provenance=provenance, language=by.language, sums=sums)
    return Exported(f"{_file_name(provenance.title, found, grid.title)}.xlsx", content)


def _provenance(by: Actor, version: Version, grid: Grid, asked: GridAsked) -> Provenance:
    company = Company.objects.get(pk=by.company_id)
    return Provenance(
        company=company.slug,
        title=_named(company.name, company.name_zh, by.language),
        version=version.pk,
        number=version.number,
        version_title=version.title,
        made_by=_named(by.name, by.name_zh, by.language),
        made_at=by.at,
        asked=_resolved(asked, grid),
        periods=tuple(period.label for period in grid.periods),
        decimals={one.id: one.decimals for one in grid.measures},
    )


def _resolved(asked: GridAsked, grid: Grid) -> GridAsked:
    """What was asked with nothing left to defaults: the file must mean the same cells when it comes back."""
    return replace(
        asked,
        view=grid.view,
        measures=tuple(one.id for one in grid.measures),
        levels=tuple(one.id for one in grid.levels),
        first=grid.periods[0].label,
        periods=len(grid.periods),
    )


def _named(name: str, name_zh: str, language: Language) -> str:
    return name_zh if language == "zh" and name_zh else name


def _file_name(title: str, version: Version, view: str) -> str:
    """Company, version and view: a file is found again by its name."""
    named = f"{title[:60]} {version.title[:40]} v{version.number} {view}"
    return "".join("-" if letter in '\\/:*?"<>|' or not letter.isprintable() else letter for letter in named)
