"""Every sentence a person reads, in English and in Chinese, found by a message id.

Each package keeps its own sentences in a `messages.csv` beside its code, with the columns
`id, en, zh, remedy_en, remedy_zh`. A package outside the library adds its own with `speak_also`.
A sentence holds places such as `{item}` or `{share:.1%}`; both languages name the same places. Where a sentence
depends on a number, `{count:|cell|cells}` is the first for one and else the second. `{month:when}` writes months and
days as the language does, `{currency:currency}` a currency by its name: "in Mar 2026", 2026年3月 and 元.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
LargeNumbers = Literal["million", "wan"]
LARGE_NUMBERS: tuple[LargeNumbers, ...] = ("million", "wan")
_ONE_OR_MANY = re.compile(r"\{(\w+):\|([^|{}]*)\|([^|{}]*)\}")
_LOCAL = re.compile(r"\{(\w+):(when|currency)\}")
_A_TIME = re.compile(r"(?<![\w-])(\d{4})-(0[1-9]|1[0-2])(?:-([0-3]\d))?(?![\w-])")
_A_WEEK = re.compile(r"(?<![\w-])(\d{4})-W(\d\d)([ab]?)(?![\w-])")
_BETWEEN_ZH = re.compile(r"(?<=[月日周）]), ")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_CODE = re.compile(r"\b[A-Z]{3}\b", re.ASCII)
_CURRENCIES_ZH = {
    "CNY": "元",
    "USD": "美元",
    "EUR": "欧元",
    "AUD": "澳元",
    "GBP": "英镑",
    "HKD": "港元",
    "JPY": "日元",
}


@dataclass(frozen=True)
class Message:
    """One sentence and, for findings, what to do about it."""

    en: str
    zh: str
    remedy_en: str = ""
    remedy_zh: str = ""

    def text(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en

    def remedy(self, language: Language) -> str:
        return self.remedy_zh if language == "zh" else self.remedy_en

    def filled(self, language: Language, values: Mapping[str, object]) -> str:
        """The sentence in the reader's language, its places filled."""
        return _filled(self.text(language), values, language)


def _files(root: Path, pattern: str) -> Iterator[Path]:
    yield from sorted(root.rglob(pattern))


def read_messages(root: Path, pattern: str = "messages.csv") -> dict[str, Message]:
    """All sentences in the files of this name below `root`. Raises ValueError where one id is given twice."""
    messages: dict[str, Message] = {}
    for file in _files(root, pattern):
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if row["id"] in messages:
                    raise ValueError(f"message {row['id']!r} is given twice, again in {file.parent.name}")
                messages[row["id"]] = Message(
                    row["en"], row["zh"], row.get("remedy_en") or "", row.get("remedy_zh") or ""
                )
    return messages


@cache
def messages() -> dict[str, Message]:
    """The sentences of the library, and those added to them, by id."""
    return read_messages(Path(__file__).parent)


def speak_also(more: Mapping[str, Message]) -> None:
    """Add a package's own sentences, so that its findings and refusals read as the library's do. Raises ValueError
    where an id means something else already."""
    known = messages()
    taken = sorted(name for name, message in more.items() if known.get(name, message) != message)
    if taken:
        raise ValueError(f"messages given twice: {taken}")
    known.update(more)


def say(message: str, language: Language = "en", /, **values: object) -> str:
    """The sentence in the reader's language, its places filled. Raises KeyError for an unknown id."""
    return messages()[message].filled(language, values)


def when(times: object, language: Language) -> str:
    """Months, days and weeks in the words of a text: "2026-03" is Mar 2026 and 2026年3月, "2026-03-05" Mar 5, 2026,
    "2026-W09a" week 9 of 2026 (first part). Whatever is none of them stays as it is."""
    said = _A_WEEK.sub(lambda found: _week(found, language), str(times))
    said = _A_TIME.sub(lambda found: _time(found, language), said)
    return _BETWEEN_ZH.sub("、", said) if language == "zh" else said


def _time(found: re.Match[str], language: Language) -> str:
    year, month, day = int(found[1]), int(found[2]), int(found[3] or 0)
    if language == "zh":
        return f"{year}年{month}月" + (f"{day}日" if day else "")
    return f"{_MONTHS[month - 1]} {day}, {year}" if day else f"{_MONTHS[month - 1]} {year}"


def _week(found: re.Match[str], language: Language) -> str:
    """A week; where the end of a month cuts it, also which part of it."""
    year, week = int(found[1]), int(found[2])
    if language == "zh":
        return f"{year}年第{week}周" + {"": "", "a": "（前段）", "b": "（后段）"}[found[3]]
    return f"week {week} of {year}" + {"": "", "a": " (first part)", "b": " (second part)"}[found[3]]


def currency_name(code: object, language: Language) -> str:
    """A currency, or several, as a sentence names them: "CNY" is 元 in Chinese; one without a name there stays a
    code."""
    if language == "en":
        return str(code)
    return _CODE.sub(lambda found: _CURRENCIES_ZH.get(found[0], found[0]), str(code).replace(", ", "、"))


def in_a_row(words: Iterable[str], language: Language) -> str:
    """Several words as a sentence lists them: "a, b" and "a、b"; empty ones are left out."""
    return ("、" if language == "zh" else ", ").join(word for word in words if word)


def in_brackets(word: str, language: Language) -> str:
    """A remark behind a word, as the language brackets it: " (days)" and "（天）"."""
    return f"（{word}）" if language == "zh" else f" ({word})"


def remedy(message: str, language: Language = "en", /, **values: object) -> str:
    """What to do about it; empty where the message has no remedy."""
    return _filled(messages()[message].remedy(language), values, language)


_WRITTEN: dict[str, Callable[[object, Language], str]] = {"when": when, "currency": currency_name}


def _filled(sentence: str, values: Mapping[str, object], language: Language) -> str:
    if ":|" in sentence:
        sentence = _ONE_OR_MANY.sub(lambda place: place[2] if values[place[1]] in (1, "1") else place[3], sentence)
    local = {name: _WRITTEN[way](values[name], language) for name, way in _LOCAL.findall(sentence)}
    return (_LOCAL.sub(r"{\1}", sentence) if local else sentence).format(**{**values, **local})
