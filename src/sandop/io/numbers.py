"""Numbers as people and programs write them: 1,234.5 · 1 234,5 · (100) · 100- · 25 % · １２３.

What can be meant in two ways is a fault, unless another number of the same file shows how its writer means it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

_PLAIN = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", re.ASCII)
_SPACED = re.compile(r"\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?", re.ASCII)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}", re.ASCII)
_COMMA_DECIMAL = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}|\d+,\d+", re.ASCII)
_EITHER = re.compile(r"[1-9]\d{0,2},\d{3}", re.ASCII)
_DOTTED_EITHER = re.compile(r"-?[1-9]\d{0,2}\.\d{3}", re.ASCII)
_LONGEST = 80  # characters; what is longer is no number
_INFINITE = float("inf")
_WITH_UNIT = re.compile(r"[^\d\s]{1,4}\s*-?[\d.,]+|-?[\d.,\s]*\d\s*[^\d\s.,][^\d]*", re.ASCII)
_SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2014": "-", "\u2019": "'", "\u00a0": " ", "\u202f": " "})
_WORDS_FOR_BLANK = frozenset(
    ("-", "--", "n/a", "na", "#n/a", "null", "none", "nan", "nil", "inf", "-inf", "?", "tbd", "x", "无", "空", "待定")
)


@dataclass
class NumbersRead:
    """What became of the cells.

    values   (cell,), NaN for blanks and faults
    faults   message → places of the cells, (fault,)
    unusual  what was read although it is written unusually: cell → value
    """

    values: NDArray[np.float64]
    faults: dict[str, list[int]] = field(default_factory=dict)
    unusual: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class _Reading:
    """One text: its value, a fault, or (`thousands`, `decimal`) the two values it may have."""

    value: float = float("nan")
    fault: str = ""
    style: str = ""
    thousands: float = 0.0
    decimal: float = 0.0


def read_numbers(cells: Sequence[str], *, share: bool = False) -> NumbersRead:
    """The numbers of these cells, (cell,); a blank is NaN. Percent signs are understood where `share`."""
    known: dict[str, float] = {"": float("nan")}
    odd: dict[str, _Reading] = {}
    plain = _PLAIN.fullmatch
    for text in set(cells) - {""}:
        if plain(text) and abs(value := float(text)) != _INFINITE:
            known[text] = value
        else:
            odd[text] = _unusual(text, share)
    _settle(odd, known)
    known.update({text: reading.value for text, reading in odd.items()})
    values = np.array([known[cell] for cell in cells], dtype=np.float64)
    unusual = {text: reading.value for text, reading in odd.items() if reading.value == reading.value}
    return NumbersRead(values, _faults(cells, odd), unusual)


def _faults(cells: Sequence[str], odd: Mapping[str, _Reading]) -> dict[str, list[int]]:
    faulty = {text: reading.fault for text, reading in odd.items() if reading.fault}
    faults: dict[str, list[int]] = {}
    if faulty:
        for place, cell in enumerate(cells):
            if cell in faulty:
                faults.setdefault(faulty[cell], []).append(place)
    return faults


def _settle(odd: dict[str, _Reading], known: Mapping[str, float]) -> None:
    """Decide the ambiguous ones by the style that the others of the file show."""
    styles = {reading.style for reading in odd.values()} - {"", "either"}
    for text, reading in list(odd.items()):
        if reading.style == "either" and len(styles) == 1:
            odd[text] = _Reading(reading.thousands if styles == {"thousands"} else reading.decimal)
    if "decimal" in styles:
        odd.update({text: _Reading(fault="io.ambiguous_number") for text in known if _DOTTED_EITHER.fullmatch(text)})


def _finite(value: float) -> _Reading:
    return _Reading(value) if np.isfinite(value) else _Reading(fault="io.not_a_number")


def _unusual(text: str, share: bool) -> _Reading:
    if len(text) > _LONGEST:
        return _Reading(fault="io.not_a_number")
    body = unicodedata.normalize("NFKC", text).translate(_SIGNS).strip()
    if not body:
        return _Reading()
    if body.casefold() in _WORDS_FOR_BLANK:
        return _Reading(fault="io.word_for_blank")
    if body.startswith("#"):
        return _Reading(fault="io.error_value")
    bare, sign = _signed(body)
    if bare.endswith("%"):
        if not share:
            return _Reading(fault="io.percent")
        bare, sign = bare[:-1].strip(), sign / 100.0
    return _scaled(_magnitude(bare), sign)


def _signed(body: str) -> tuple[str, float]:
    """The number without its sign; accountants write -100 as (100), some programs as 100-."""
    if body.startswith("(") and body.endswith(")"):
        return body[1:-1].strip(), -1.0
    if body.endswith("-"):
        return body[:-1].strip(), -1.0
    if body[0] in "+-":
        return body[1:].strip(), -1.0 if body[0] == "-" else 1.0
    return body, 1.0


def _magnitude(bare: str) -> _Reading:
    if _SPACED.fullmatch(bare):
        return _Reading(float(bare.replace(" ", "").replace("'", "").replace(",", ".")))
    if _PLAIN.fullmatch(bare):
        return _finite(float(bare))
    if _THOUSANDS.fullmatch(bare):
        return _Reading(float(bare.replace(",", "")), style="thousands")
    if _EITHER.fullmatch(bare):
        thousands, decimal = float(bare.replace(",", "")), float(bare.replace(",", "."))
        return _Reading(fault="io.ambiguous_number", style="either", thousands=thousands, decimal=decimal)
    if _COMMA_DECIMAL.fullmatch(bare):
        return _Reading(float(bare.replace(".", "").replace(",", ".")), style="decimal")
    return _Reading(fault="io.number_with_unit" if _WITH_UNIT.fullmatch(bare) else "io.not_a_number")


def _scaled(reading: _Reading, factor: float) -> _Reading:
    """The reading with its sign; percent is divided, not multiplied, so that 7 % is the 0.07 one would type."""
    scaled = [_times(value, factor) for value in (reading.value, reading.thousands, reading.decimal)]
    return _Reading(scaled[0], reading.fault, reading.style, scaled[1], scaled[2])


def _times(value: float, factor: float) -> float:
    return value * factor if abs(factor) == 1.0 else value / (1.0 / factor)
