"""What a notice says: its message with its values, in the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from babel.dates import format_date

from sandop.wording import LANGUAGES, Language
from sandop_web.wording import say

_LOCALES: dict[Language, str] = {"en": "en", "zh": "zh_Hans"}
_DAY = "day"  # key under which a day is kept among the values


def kept_values(values: Mapping[str, object]) -> dict[str, Any]:
    """The values as a notice keeps them. Text and numbers stay; a day is kept to be written in local form later;
    a mapping with `en` and `zh` stays, each reader gets theirs. Raises TypeError for anything else."""
    return {name: _kept(value) for name, value in values.items()}


def _kept(value: object) -> object:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return {_DAY: value.isoformat()}
    if isinstance(value, Mapping) and set(value) == set(LANGUAGES):
        return dict(value)
    raise TypeError(f"a notice keeps text, numbers, days and texts in both languages, not {value!r}")


def sentence(message: str, values: Mapping[str, Any], language: Language) -> str:
    """The sentence of a notice. Raises KeyError for an unknown message or a value it misses."""
    return say(message, language, **{name: _told(value, language) for name, value in values.items()})


def _told(value: Any, language: Language) -> Any:
    if not isinstance(value, Mapping):
        return value
    if _DAY in value:
        return str(format_date(dt.date.fromisoformat(value[_DAY]), "medium", locale=_LOCALES[language]))
    return value[language]


def address_in(*, company: str, link: str) -> str:
    """The path of a notice's page: below the company's own address unless the link begins with "/"; empty: none."""
    return link if not link or link.startswith("/") else f"/c/{company}/{link}"


def host_shown(url: str) -> str:
    """A webhook's address as it may be shown: its path and query hold a key."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname or '–'}/…"
