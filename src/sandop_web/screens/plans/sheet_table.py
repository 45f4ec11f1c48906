"""The rows of a sheet as HTML, written in one go.

A page has hundreds of cells with a field, a link and a number each. A template walks some forty nodes for one of
them and looks its address up anew, which takes ten times as long.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from django.utils.safestring import SafeString, mark_safe

from sandop.plan import Key
from sandop_web.access.sheet_rows import Part
from sandop_web.queries.sheets import Cell, SheetRow, SheetView, Touch
from sandop_web.screens.addresses import address
from sandop_web.screens.door import SignedIn
from sandop_web.screens.typed import typed
from sandop_web.screens.written import grouped, moment_of
from sandop_web.wording import say


@dataclass(frozen=True)
class TypedCell:
    """What somebody typed into a cell, and what its field held before."""

    key: Key
    period: str
    was: str
    now: str


def rows_html(
    request: SignedIn, view: SheetView, unsaved: Mapping[tuple[Key, str], TypedCell] | None = None
) -> SafeString:
    """The rows of the page: fields to type into for those who may change them, else numbers; every cell leads to its
    history. What was typed and could not be saved stands in its field and is marked."""
    drawing = _Drawing(request, view, unsaved or {})
    return mark_safe("\n".join(drawing.row(place, row) for place, row in enumerate(view.rows)))


class _Drawing:
    """What all cells of a page share, looked up once."""

    def __init__(self, request: SignedIn, view: SheetView, unsaved: Mapping[tuple[Key, str], TypedCell]) -> None:
        self.request, self.view, self.language, self.unsaved = request, view, request.language, unsaved
        self.history = address(request, "cell", view.version, view.measure)
        self.history_of = escape(say("plans.sheet.history_of", self.language))
        self.mark = escape(say("plans.sheet.touched_mark", self.language))

    def row(self, place: int, row: SheetRow) -> str:
        """A row: the names of its key, then its cells."""
        hidden = ""
        if self.view.may_edit:
            key = escape(json.dumps(row.key, ensure_ascii=False))
            hidden = f'<input type="hidden" name="row|{place}" value="{key}">'
        return f'<tr><th scope="row">{self._names(row)}{hidden}</th>\n{"".join(self._cells(place, row))}</tr>'

    def _names(self, row: SheetRow) -> str:
        return " · ".join(f'<span title="{escape(part.id)}">{escape(self._name(part))}</span>' for part in row.parts)

    def _name(self, part: Part) -> str:
        return (part.name_zh if self.language == "zh" else "") or part.name

    def _cells(self, place: int, row: SheetRow) -> Iterator[str]:
        link = escape(f"{self.history}?{urlencode({'row': row.key}, doseq=True)}&period=")
        for cell in row.cells:
            inner = self._field(place, row, cell, link) if self.view.may_edit else self._number(cell, link)
            if cell.touched is None:
                yield f'<td class="number">{inner}</td>'
            else:
                who = escape(self._touch(cell.touched))
                yield f'<td class="number watch" title="{who}">{inner}<span class="unseen"> ({self.mark})</span></td>'

    def _number(self, cell: Cell, link: str) -> str:
        number = grouped(cell.value, self.view.decimals)
        return f'<a href="{link}{cell.period}" title="{self.history_of}">{number}</a>'

    def _field(self, place: int, row: SheetRow, cell: Cell, link: str) -> str:
        """A field to type into, what it held, and a way to the cell's history."""
        held = typed(cell.value, self.view.decimals)
        said = self.unsaved.get((row.key, cell.period), TypedCell(row.key, cell.period, held, held))
        named = " · ".join(map(self._name, row.parts))
        label = escape(say("plans.sheet.cell", self.language, row=named, period=cell.period))
        mark = "·" if cell.touched is None else "▲"
        look = ' class="unsaved"' if said.now != said.was else ""
        return (
            f'<input type="hidden" name="was|{place}|{cell.period}" value="{escape(said.was)}">'
            f'<input type="text" inputmode="decimal" name="now|{place}|{cell.period}" value="{escape(said.now)}"'
            f' size="8"{look} aria-label="{label}"> '
            f'<a href="{link}{cell.period}" title="{self.history_of}" aria-label="{self.history_of}">{mark}</a>'
        )

    def _touch(self, touch: Touch) -> str:
        at = moment_of(touch.at, self.request.by.time_zone, self.language)
        return say("plans.sheet.touched", self.language, person=touch.person, at=at, why=touch.why)
