"""Numbers as people type them into cells, and as cells show them for typing."""

from __future__ import annotations

import math

from sandop.io.numbers import read_numbers
from sandop.wording import Language
from sandop_web.access import NotUnderstood
from sandop_web.wording import say


def typed(value: float | None, decimals: int) -> str:
    """A number as an input field holds it: no thousands, no needless zeros; a blank is empty."""
    if value is None or math.isnan(value):
        return ""
    text = f"{value:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def number_of(text: str, *, field: str, language: Language) -> float | None:
    """The number somebody typed; None where they left it blank.

    Raises NotUnderstood for what is no number and for what can be meant in two ways (1,234); `field` is in words.
    """
    read = read_numbers([text.strip()])
    if read.faults:
        raise NotUnderstood(field=field, value=text, wanted=say("plans.a_number", language))
    value = float(read.values[0])
    return None if math.isnan(value) else value
