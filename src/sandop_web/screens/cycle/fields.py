"""What people type into the forms of the cycle, as plain values."""

from __future__ import annotations

import datetime as dt
import math
import re

from sandop.calendar import month_number
from sandop.wording import Language
from sandop_web.access import NotUnderstood
from sandop_web.actions.late import Edit
from sandop_web.wording import say

_APART = re.compile(r"\s*[,，\t;；]\s*")


def day(text: str, *, field: str, language: Language) -> dt.date:
    """A day such as 2026-01-21. Raises NotUnderstood; `field` is a message id."""
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise _wrong(text, field, "cycle.a_day", language) from None


def month(text: str, *, field: str, language: Language) -> str:
    """A month such as 2026-01. Raises NotUnderstood."""
    try:
        month_number(text.strip())
    except ValueError:
        raise _wrong(text, field, "cycle.a_month", language) from None
    return text.strip()


def number(text: str, *, field: str, language: Language) -> float:
    """A finite number; a percent sign divides by hundred. Raises NotUnderstood."""
    plain = text.strip().replace(",", "").replace("％", "%")
    try:
        value = float(plain.removesuffix("%")) / (100 if plain.endswith("%") else 1)
    except ValueError:
        raise _wrong(text, field, "cycle.a_number", language) from None
    if not math.isfinite(value):
        raise _wrong(text, field, "cycle.a_number", language)
    return value


def whole(text: str, *, field: str, language: Language) -> int:
    """A whole number. Raises NotUnderstood."""
    value = number(text, field=field, language=language)
    if value != int(value):
        raise _wrong(text, field, "cycle.a_number", language)
    return int(value)


def cells(text: str, *, language: Language) -> list[Edit]:
    """Lines of measure, row ("A|DC|E"), month, number before, number after; a blank is empty. Raises NotUnderstood
    with the first line that cannot be read."""
    return [_cell(line, language) for line in text.splitlines() if line.strip()]


def _cell(line: str, language: Language) -> Edit:
    parts = _APART.split(line.strip())
    if len(parts) != 5 or not parts[0] or not parts[1]:
        raise _wrong(line, "cycle.late_cells_label", "cycle.late_line_wanted", language)
    measure, row, period, before, after = parts
    return Edit(
        measure,
        tuple(part.strip() for part in row.split("|")),
        month(period, field="cycle.period", language=language),
        _maybe(before, language),
        _maybe(after, language),
    )


def _maybe(text: str, language: Language) -> float | None:
    return number(text, field="cycle.late_cells_label", language=language) if text.strip() else None


def _wrong(text: str, field: str, wanted: str, language: Language) -> NotUnderstood:
    return NotUnderstood(field=say(field, language), value=text.strip()[:80], wanted=say(wanted, language))
