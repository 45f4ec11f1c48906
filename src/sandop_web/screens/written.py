"""Numbers and moments as people read them; a blank is a dash."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from sandop.wording import Language, when

BLANK = "–"
LOCALES: dict[Language, str] = {"en": "en", "zh": "zh_Hans"}
_ENDLESS = {math.inf: "∞", -math.inf: "-∞"}


def grouped(value: float | None, decimals: int = 0) -> str:
    """A number with thousands apart and so many decimals, halves to the even digit: 1234.5 is "1,234".

    English and Chinese write numbers alike, so that Python's own format says what a locale's table would, at a
    fiftieth of its time: a page of a sheet has hundreds of numbers.
    """
    if value is None or value != value:
        return BLANK
    # Decimal of the shortest text that means the number: 2.675 is rounded as it reads, to 2.68, not as it is stored.
    return _ENDLESS.get(value) or f"{Decimal(str(value)):,.{decimals}f}"


def trimmed(value: float | None, decimals: int = 3) -> str:
    """A number with at most so many decimals, none of them idle: 12.50 is "12.5"."""
    text = grouped(value, decimals)
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=4096)  # the cells of a page were mostly changed together
def moment_of(at: dt.datetime, zone: str, language: Language) -> str:
    """A moment in the time of a zone such as "Asia/Shanghai"."""
    pattern = "MMM d, y, HH:mm" if language == "en" else "y/M/d HH:mm"
    return str(format_datetime(at.astimezone(ZoneInfo(zone)), pattern, locale=LOCALES[language]))


def month_of(label: str, language: Language) -> str:
    """A month such as "2026-01" as Jan 2026; a week stays as it is."""
    return label if "W" in label else when(label, language) or BLANK


def readable(value: float | None, decimals: int = 3) -> str:
    """A number with as many decimals as its size deserves: none from a thousand on, one from a hundred on."""
    size = abs(value or 0.0)
    return trimmed(value, 0 if size >= 1_000 else min(decimals, 1 if size >= 100 else decimals))
