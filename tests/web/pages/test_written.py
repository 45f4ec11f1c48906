"""Numbers and moments as English and Chinese readers write them."""

from __future__ import annotations

import datetime as dt
import math
import random

import pytest
from babel.numbers import format_decimal

from sandop_web.screens.written import grouped, moment_of, trimmed

DICE = random.Random(7)
MANY = [
    *(DICE.uniform(-10.0, 10.0) for _ in range(300)),
    *(DICE.uniform(-1e7, 1e7) for _ in range(300)),
    *(DICE.randrange(-(10**6), 10**6) / 8 for _ in range(300)),  # halves: rounded to the even digit
    *(10.0 ** DICE.uniform(-12.0, 20.0) for _ in range(300)),
    *(0, 7, -1234567, 0.0, -0.0, -0.4, 2.675, 1234.5, math.inf, -math.inf),
]


@pytest.mark.parametrize("locale", ["en", "zh_Hans"])
@pytest.mark.parametrize("decimals", [0, 1, 2, 3, 6])
def test_numbers_are_written_as_the_locale_writes_them(locale: str, decimals: int) -> None:
    fixed, idle = ("#,##0" + ("." + sign * decimals if decimals else "") for sign in "0#")
    assert [grouped(value, decimals) for value in MANY] == [
        format_decimal(value, format=fixed, locale=locale) for value in MANY
    ]
    assert [trimmed(value, decimals) for value in MANY] == [
        format_decimal(value, format=idle, locale=locale) for value in MANY
    ]


@pytest.mark.parametrize(("language", "written"), [("en", "Jan 5, 2026, 09:00"), ("zh", "2026/1/5 09:00")])
def test_a_moment_is_written_in_the_time_of_its_zone(language: str, written: str) -> None:
    at = dt.datetime(2026, 1, 5, 1, 0, tzinfo=dt.UTC)
    assert moment_of(at, "Asia/Shanghai", "zh" if language == "zh" else "en") == written
