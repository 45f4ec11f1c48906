"""Words that read differently in each language, as values of a refusal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

import sandop_web.wording  # noqa: F401  (a refusal speaks as soon as it is made)
from sandop.cycle import input_of, roles
from sandop.cycle import step as step_of
from sandop.findings import Refusal
from sandop.measures import measures
from sandop.wording import LANGUAGES, Language, remedy, say

Spoken = Mapping[Language, str]  # language → the word


class SpokenRefusal(Refusal):
    """A refusal whose values may differ by language: a value that maps languages is said in the reader's."""

    status: ClassVar[int] = 409

    def __init__(self, **values: object) -> None:
        self.values = values
        Exception.__init__(self, self.text("en"))

    def text(self, language: Language = "en") -> str:
        return say(self.message, language, **_said(self.values, language))

    def remedy(self, language: Language = "en") -> str:
        return remedy(self.message, language, **_said(self.values, language))


def _said(values: Mapping[str, object], language: Language) -> dict[str, object]:
    return {
        name: value[language] if isinstance(value, Mapping) and set(value) == set(LANGUAGES) else value
        for name, value in values.items()
    }


def said(message: str, **values: Spoken) -> Spoken:
    """A sentence in every language, its places filled with words that have them all."""
    return {
        language: say(message, language, **{name: word[language] for name, word in values.items()})
        for language in LANGUAGES
    }


def named(name: str, name_zh: str = "") -> Spoken:
    """A name; where there is no Chinese one the other counts."""
    return {"en": name, "zh": name_zh or name}


def step_spoken(step: str) -> Spoken:
    """Title of a step of the cycle."""
    return {language: step_of(step).title(language) for language in LANGUAGES}


def input_spoken(name: str) -> Spoken:
    """Title of an input of a step."""
    return {language: input_of(name).title(language) for language in LANGUAGES}


def content_spoken(name: str) -> Spoken:
    """What a plan holds by its name: a measure, a master table, or a forecast of an earlier month ("vintage 2025-11",
    as the checks name it)."""
    if name in measures():
        return {language: measures()[name].title(language) for language in LANGUAGES}
    kind, _, month = name.partition(" ")
    return said("cycle.vintage", month=named(month)) if month else said(f"plans.table.{kind}")


def role_spoken(role: str) -> Spoken:
    """Title of a role; one that nobody knows stays as it is."""
    return {language: roles().get(role, {}).get(language, role) for language in LANGUAGES}


def listed(words: Iterable[Spoken]) -> Spoken:
    """Several words in a row: "a; b" and "a；b"."""
    words = list(words)
    return {"en": "; ".join(word["en"] for word in words), "zh": "；".join(word["zh"] for word in words)}
