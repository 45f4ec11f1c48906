"""Late numbers as people paste them: a line a cell."""

from __future__ import annotations

import re

from sandop.wording import Language
from sandop_web.access import NotUnderstood
from sandop_web.actions.late import Edit
from sandop_web.screens.typed import number_of, required_month
from sandop_web.wording import say

_APART = re.compile(r"\s*[,，\t;；]\s*")
_LABEL = "cycle.late_cells_label"


def late_cells(text: str, *, language: Language) -> list[Edit]:
    """Lines of measure, row ("A|DC|E"), month, number before, number after; a blank is empty. Raises NotUnderstood
    with the first line that cannot be read."""
    return [_cell(line.strip(), language) for line in text.splitlines() if line.strip()]


def _cell(line: str, language: Language) -> Edit:
    parts = _APART.split(line)
    if len(parts) != 5 or not parts[0] or not parts[1]:
        wanted = say("cycle.late_line_wanted", language)
        raise NotUnderstood(field=say(_LABEL, language), value=line[:80], wanted=wanted)
    measure, row, period, before, after = parts
    return Edit(
        measure,
        tuple(part.strip() for part in row.split("|")),
        required_month(period, field="cycle.period", language=language),
        number_of(before, field=_LABEL, language=language),
        number_of(after, field=_LABEL, language=language),
    )
