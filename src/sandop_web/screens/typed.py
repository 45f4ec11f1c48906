"""What people type into a form, as plain values; and numbers as an input field holds them for typing.

`field` says which field is refused: the message id of its label, or a name of its own such as a cell's row and month.
"""

from __future__ import annotations

import datetime as dt
import math
from http import HTTPStatus

from sandop.calendar import month_number
from sandop.findings import Refusal
from sandop.io.numbers import read_numbers
from sandop.wording import Language, messages
from sandop_web.access import NotUnderstood, status_of
from sandop_web.wording import say

_DIGITS = 18  # more of them and no database knows the number
_OUR_OWN = "1,234.5"  # how the workbench writes numbers
_MOST = 1e12  # in whatever unit: what is larger was mistyped


def number_of(text: str, *, field: str, language: Language, share: bool = False) -> float | None:
    """The number somebody typed, 1,234 as every page writes it; None where they left it blank. Where it may be a
    `share` a percent sign is understood, and divides by hundred.

    Raises NotUnderstood for what is no number, and for what is too large to be meant.
    """
    read = read_numbers([text.strip(), _OUR_OWN], share=share)
    if any(0 in places for places in read.faults.values()):
        raise _not_understood(text, field, "plans.a_number", language)
    value = float(read.values[0])
    if abs(value) > _MOST:
        raise _not_understood(text, field, "plans.a_smaller_number", language)
    return None if math.isnan(value) else value


def required_number(text: str, *, field: str, language: Language) -> float:
    """The number of a field that may not be blank, thousands apart or not; a share may be a percentage. Raises
    NotUnderstood."""
    value = number_of(text, field=field, language=language, share=True)
    if value is None:
        raise _not_understood(text, field, "plans.a_number", language)
    return value


def whole_number(text: str, *, field: str, language: Language) -> int:
    """The whole number of a field that may not be blank. Raises NotUnderstood."""
    value = required_number(text, field=field, language=language)
    if value != int(value):
        raise _not_understood(text, field, "plans.a_number", language)
    return int(value)


def day_of(text: str, *, field: str, language: Language) -> dt.date | None:
    """The day of a field, such as 2026-01-21; None where it was left blank. Raises NotUnderstood."""
    return required_day(text, field=field, language=language) if text.strip() else None


def required_day(text: str, *, field: str, language: Language) -> dt.date:
    """The day of a field that may not be blank. Raises NotUnderstood."""
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise _not_understood(text, field, "cycle.a_day", language) from None


def required_month(text: str, *, field: str, language: Language) -> str:
    """The month of a field that may not be blank, such as 2026-01. Raises NotUnderstood."""
    try:
        month_number(text.strip())
    except ValueError:
        raise _not_understood(text, field, "plans.a_month", language) from None
    return text.strip()


def id_of(text: str) -> int | None:
    """The number that a hidden field or an address names something by; None for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None


def page_number(text: str) -> int:
    """The page asked for; the first where that is no number."""
    return id_of(text) or 1


def typed(value: float | None, decimals: int) -> str:
    """A number as an input field holds it: no thousands, no needless zeros; a blank is empty."""
    if value is None or math.isnan(value):
        return ""
    text = f"{value:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def about_what_was_typed(refusal: Refusal) -> Refusal:
    """The refusal, for the form that comes back with all that was typed. One that is about anything else is raised
    again."""
    if status_of(refusal) not in (HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT):
        raise refusal
    return refusal


def _not_understood(text: str, field: str, wanted: str, language: Language) -> NotUnderstood:
    named = say(field, language) if field in messages() else field
    return NotUnderstood(field=named, value=text.strip()[:80] or "–", wanted=say(wanted, language))
