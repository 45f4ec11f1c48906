"""Days and periods as people write them: 2026-01-05 · 2026/1/5 · 20260105 · 5.1.2026 · 2026年1月5日 · Jan-26."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from sandop.calendar import Periods, month_number

_EXCEL_ORIGIN = dt.date(1899, 12, 30)
_LONGEST = 60  # characters; nobody writes a day in more
_YEARS = range(1900, 2200)
_SERIALS = range(32_874, 73_051)  # days of 1990 to 2099 as Excel counts them
_SHORT = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = {name: i for i, name in enumerate(_SHORT, 1)}
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_CHINESE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{1,2})")
_NAMED = re.compile(r"(\d{1,2})[-\s/.]*([A-Za-z]{3,9})[-\s/.,]*(\d{4})")
_NAMED_FIRST = re.compile(r"([A-Za-z]{3,9})[\s.]+(\d{1,2}),?\s+(\d{4})")
_WEEK = re.compile(r"(\d{4})-?W(\d{2})([ab]?)", re.IGNORECASE)
_YEAR_MONTH = re.compile(r"(\d{4})(?:[-/](\d{1,2})|\.(\d{2})|M(\d{1,2})|年(\d{1,2})月?份?)")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_NAME_YEAR = re.compile(r"([A-Za-z]{3,9})[\s\-/'.]*(\d{4}|\d{2})")
_YEAR_NAME = re.compile(r"(\d{4})[\s\-/]*([A-Za-z]{3,9})")


@dataclass(frozen=True)
class DayRead:
    """A day, or why there is none (a message id)."""

    day: dt.date | None = None
    fault: str = ""
    serial: bool = False


@dataclass(frozen=True)
class PeriodRead:
    """A period's label, or why there is none (a message id)."""

    label: str = ""
    fault: str = ""


def read_day(text: str, order: str = "") -> DayRead:
    """The day a text means; `order` ("ymd", "dmy", "mdy") settles forms such as 03/04/2026."""
    if len(text) > _LONGEST:
        return DayRead(fault="io.not_a_date")
    body = _TIME.sub("", unicodedata.normalize("NFKC", text).strip())
    match = _YEAR_FIRST.fullmatch(body) or _CHINESE.fullmatch(body)
    if match:
        return _day(*map(int, match.groups()))
    if re.fullmatch(r"(19|20)\d{6}", body):
        return _day(int(body[:4]), int(body[4:6]), int(body[6:]))
    if re.fullmatch(r"\d{5}", body) and int(body) in _SERIALS:
        return DayRead(_EXCEL_ORIGIN + dt.timedelta(days=int(body)), serial=True)
    match = _YEAR_LAST.fullmatch(body)
    if match:
        first, mark, second, last = match.groups()
        return _year_last(int(first), mark, int(second), last, order)
    match = _NAMED.fullmatch(body)
    if match and match[2][:3].lower() in _NAMES:
        return _day(int(match[3]), _NAMES[match[2][:3].lower()], int(match[1]))
    match = _NAMED_FIRST.fullmatch(body)
    if match and match[1][:3].lower() in _NAMES:
        return _day(int(match[3]), _NAMES[match[1][:3].lower()], int(match[2]))
    return DayRead(fault="io.not_a_date")


def _day(year: int, month: int, day: int) -> DayRead:
    try:
        return DayRead(dt.date(year, month, day))
    except ValueError:
        return DayRead(fault="io.no_such_day")


def _year_last(first: int, mark: str, second: int, last: str, order: str) -> DayRead:
    """With dots the day stands first wherever dates are written so; else one part over 12 or `order` decides."""
    if len(last) < 4:
        if order == "ymd":
            return _day(2000 + first, second, int(last))
        if not order or len(last) == 1:
            return DayRead(fault="io.ambiguous_date")
    year = int(last) + (2000 if len(last) == 2 else 0)
    if order == "mdy" or (not order and second > 12):
        return _day(year, first, second)
    if order == "dmy" or mark == "." or first > 12 or first == second:
        return _day(year, second, first)
    return DayRead(fault="io.ambiguous_date")


def read_period(text: str, order: str = "") -> PeriodRead:
    """The month ("2026-01") or week ("2026-W05a") a text means; a day means the month that holds it."""
    if len(text) > _LONGEST:
        return PeriodRead(fault="io.not_a_period")
    body = unicodedata.normalize("NFKC", text).strip()
    match = _WEEK.fullmatch(body)
    if match:
        return _week(int(match[1]), int(match[2]), match[3].lower())
    match = _YEAR_MONTH.fullmatch(body)
    if match:
        return _month(int(match[1]), int(next(part for part in match.groups()[1:] if part)))
    match = _MONTH_YEAR.fullmatch(body)
    if match:
        return _month(int(match[2]), int(match[1]))
    if re.fullmatch(r"(19|20)\d{4}", body):
        return _month(int(body[:4]), int(body[4:]))
    if re.fullmatch(r"\d{4}\.\d", body) or re.fullmatch(r"\d{1,2}-[A-Za-z]{3,9}", body):
        return PeriodRead(fault="io.ambiguous_period")
    return _named_month(body) or _month_of_day(body, order)


def _named_month(body: str) -> PeriodRead | None:
    match = _NAME_YEAR.fullmatch(body)
    name, year = (match[1], match[2]) if match else ("", "")
    if not match:
        match = _YEAR_NAME.fullmatch(body)
        name, year = (match[2], match[1]) if match else ("", "")
    if name[:3].lower() not in _NAMES:
        return None
    return _month(int(year) + (2000 if len(year) == 2 else 0), _NAMES[name[:3].lower()])


def _month_of_day(body: str, order: str) -> PeriodRead:
    read = read_day(body, order)
    if read.day:
        return _month(read.day.year, read.day.month)
    return PeriodRead(fault="io.not_a_period" if read.fault == "io.not_a_date" else read.fault)


def _month(year: int, month: int) -> PeriodRead:
    if 1 <= month <= 12 and year in _YEARS:
        return PeriodRead(f"{year:04d}-{month:02d}")
    return PeriodRead(fault="io.not_a_period")


def _week(year: int, week: int, part: str) -> PeriodRead:
    try:
        dt.date.fromisocalendar(year, week, 1)
    except ValueError:
        return PeriodRead(fault="io.not_a_period")
    if year not in _YEARS:
        return PeriodRead(fault="io.not_a_period")
    return PeriodRead(f"{year:04d}-W{week:02d}{part}")


def is_week(label: str) -> bool:
    """Whether the label is a week's."""
    return "W" in label


def place_of(label: str) -> tuple[int, str]:
    """What orders labels in time: weeks and months each among themselves."""
    return (month_number(label), "") if not is_week(label) else (int(label[:4]) * 100 + int(label[6:8]), label[8:])


def periods_of(labels: Sequence[str]) -> Periods:
    """The run of months or weeks with these labels. Raises ValueError where it has a gap."""
    if not labels or not is_week(labels[0]):
        return Periods.of_labels(labels)
    first = _week_start(labels[0])
    months = (_week_start(labels[-1]) - first).days // 28 + 3
    span = Periods.weeks(f"{first:%Y-%m}", months)
    start = span.position.get(labels[0], -1)
    if start < 0 or span.labels[start : start + len(labels)] != tuple(labels):
        raise ValueError(f"weeks leave a gap or are out of order: {labels[0]} to {labels[-1]}")
    return span.slice(start, start + len(labels))


def _week_start(label: str) -> dt.date:
    monday = dt.date.fromisocalendar(int(label[:4]), int(label[6:8]), 1)
    if label.endswith("b"):
        return (monday.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return monday
