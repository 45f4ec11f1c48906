"""Every sentence a person reads, in English and in Chinese, found by a message id.

Each package keeps its own sentences in a `messages.csv` beside its code, with the columns
`id, en, zh, remedy_en, remedy_zh`. A package outside the library adds its own with `speak_also`.
A sentence holds places such as `{item}` or `{share:.1%}`; both languages name the same places. Where a sentence
depends on a number, `{count:|cell|cells}` is the first for one and else the second.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
LargeNumbers = Literal["million", "wan"]
LARGE_NUMBERS: tuple[LargeNumbers, ...] = ("million", "wan")
_ONE_OR_MANY = re.compile(r"\{(\w+):\|([^|{}]*)\|([^|{}]*)\}")


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
    return _filled(messages()[message].text(language), values)


def in_a_row(words: Iterable[str], language: Language) -> str:
    """Several words as a sentence lists them: "a, b" and "a、b"; empty ones are left out."""
    return ("、" if language == "zh" else ", ").join(word for word in words if word)


def in_brackets(word: str, language: Language) -> str:
    """A remark behind a word, as the language brackets it: " (days)" and "（天）"."""
    return f"（{word}）" if language == "zh" else f" ({word})"


def remedy(message: str, language: Language = "en", /, **values: object) -> str:
    """What to do about it; empty where the message has no remedy."""
    return _filled(messages()[message].remedy(language), values)


def _filled(sentence: str, values: Mapping[str, object]) -> str:
    if ":|" in sentence:
        sentence = _ONE_OR_MANY.sub(lambda place: place[2] if values[place[1]] in (1, "1") else place[3], sentence)
    return sentence.format(**values)
