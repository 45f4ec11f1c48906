"""A sentence says one thing or many, as its number asks; months, days and currencies as its language does."""

import pytest

from sandop.wording import Message, messages, say, speak_also, when


def test_a_sentence_follows_its_number() -> None:
    speak_also({"core.test.cells": Message("{count:,} {count:|cell|cells} changed", "已修改{count:,}个单元格")})
    try:
        said = [say("core.test.cells", "en", count=count) for count in (0, 1, 2_000)]
        assert said == ["0 cells changed", "1 cell changed", "2,000 cells changed"]
        assert say("core.test.cells", "zh", count=1) == "已修改1个单元格"
    finally:
        del messages()["core.test.cells"]


def test_a_sentence_writes_months_and_currencies_as_its_language_does() -> None:
    sentence = Message("{cost:,} {currency:currency} from {first:when}", "{first:when}起{cost:,}{currency:currency}")
    speak_also({"core.test.local": sentence})
    try:
        values = {"cost": 4_200, "first": "2026-03"}
        assert say("core.test.local", "en", currency="CNY", **values) == "4,200 CNY from Mar 2026"
        assert say("core.test.local", "zh", currency="CNY", **values) == "2026年3月起4,200元"
        assert say("core.test.local", "zh", currency="CHF", **values) == "2026年3月起4,200CHF"
    finally:
        del messages()["core.test.local"]


@pytest.mark.parametrize(
    ("times", "en", "zh"),
    [
        ("2026-03", "Mar 2026", "2026年3月"),
        ("2026-03-05", "Mar 5, 2026", "2026年3月5日"),
        ("2025-12, 2026-01 …", "Dec 2025, Jan 2026 …", "2025年12月、2026年1月 …"),
        ("2026-W05a", "week 5 of 2026 (first part)", "2026年第5周（前段）"),
        ("2026-W17", "week 17 of 2026", "2026年第17周"),
        ("2026-13", "2026-13", "2026-13"),
        ("X-2026-03", "X-2026-03", "X-2026-03"),
        ("Mar 2026", "Mar 2026", "Mar 2026"),
    ],
)
def test_only_months_days_and_weeks_are_written_anew(times: str, en: str, zh: str) -> None:
    assert (when(times, "en"), when(times, "zh")) == (en, zh)
