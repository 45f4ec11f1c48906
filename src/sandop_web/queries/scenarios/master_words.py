"""Cells of master tables and settings that were changed, said in lines: the rows of one column together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sandop.io.reference import setting_meaning
from sandop.pack.reader import Reader
from sandop.wording import messages
from sandop_web.queries.scenarios.cells import CellsInWords
from sandop_web.wording import say

SETTINGS = "settings"
_APART = 3  # rows of one column up to which each has a line of its own


@dataclass(frozen=True)
class MasterCell:
    """A cell with what it held and holds; no `column`: the whole row, None where there is none. `batch` names what
    was changed together."""

    table: str
    key: tuple[str, ...]
    column: str
    before: Any
    after: Any
    batch: str = ""


def lines_of(cells: Iterable[MasterCell]) -> list[tuple[MasterCell, ...]]:
    """The cells as lines: a line each, those of many rows of one column changed together in one."""
    together: dict[tuple[str, str, str], list[MasterCell]] = {}
    for cell in cells:
        together.setdefault((cell.table, cell.column, cell.batch), []).append(cell)
    lines: list[tuple[MasterCell, ...]] = []
    for found in together.values():
        alone = len(found) <= _APART or not found[0].column
        lines += [(cell,) for cell in found] if alone else [tuple(found)]
    return lines


def masters_in_words(cells: Sequence[MasterCell], reader: Reader) -> CellsInWords:
    """A line about cells of one column of one table."""
    first = cells[0]
    numbers = [(cell.before, cell.after) for cell in cells if _number(cell.before) and _number(cell.after)]
    before, after = (sum(float(pair[side]) for pair in numbers) for side in (0, 1))
    alone = len(cells) == 1
    return CellsInWords(
        what=_what(first, reader),
        where=_name(first, reader) if alone else say("scenarios.rows", reader.language, count=len(cells)),
        months="",
        cells=len(cells),
        share=(after - before) / before if len(numbers) == len(cells) and before else None,
        before=None,
        after=None,
        unit="",
        was=_text(first, first.before, reader) if alone else "",
        now=_text(first, first.after, reader) if alone else "",
    )


def _what(cell: MasterCell, reader: Reader) -> str:
    if cell.table == SETTINGS:
        return setting_meaning("".join(cell.key), cell.column, reader.language) or cell.column
    table = say(f"plans.table.{cell.table}", reader.language)
    return f"{table} · {_column(cell.column, reader)}" if cell.column else table


def _column(name: str, reader: Reader) -> str:
    found = f"plans.column.{name}"
    return say(found, reader.language) if found in messages() else name


def _name(cell: MasterCell, reader: Reader) -> str:
    """What a row of a master table is called, where it has a name; a setting has none."""
    if cell.table == SETTINGS:
        return ""
    if cell.table == "activities":
        return reader.name("activities", cell.key[0])
    return " · ".join(reader.any_name(part) for part in cell.key if part)


def _text(cell: MasterCell, value: Any, reader: Reader) -> str:
    if not cell.column:
        return say("scenarios.no_row" if value is None else "scenarios.a_row", reader.language)
    if isinstance(value, bool):
        return say("plans.report.yes" if value else "plans.report.no", reader.language)
    if _number(value):
        return f"{float(value):,.6g}" if abs(float(value)) < 1e6 else f"{float(value):,.0f}"
    return "–" if value in (None, "") else str(value)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def said_together(said: Iterable[str], most: int = 2) -> str:
    """Reasons or names, each once, the first few of them."""
    return " · ".join(list(dict.fromkeys(one for one in said if one))[:most])
