"""The look of the pack: one accent, grey for comparison, light red for shortages; fonts that know Chinese."""

from __future__ import annotations

from typing import Any

from sandop.pack.page import Form, Tone
from sandop.wording import Language

INK = "#222B31"
QUIET = "#6B7780"
RULE = "#D5DBDF"
BAND = "#EDF2F4"
ACCENT = "#1B5E7B"
ACCENT_MID = "#5B9BB5"
ACCENT_LIGHT = "#B7D3DF"
RED = "#B23A3A"
RED_LIGHT = "#F7D9D7"
AMBER = "#8A5A00"
AMBER_LIGHT = "#FBEBC8"
GREEN = "#2E6B4F"
GREEN_LIGHT = "#DCEDE4"
GREY = "#9AA5AC"

FONTS: dict[Language, str] = {"en": "Calibri", "zh": "Microsoft YaHei"}
SIZE = 10
# How many of our characters a line of one character's width holds: Calibri is narrow, YaHei is not.
ROOM: dict[Language, float] = {"en": 1.16, "zh": 1.04}

NUMBERS: dict[Form, str] = {
    "text": "General",
    "symbol": "General",
    "whole": "#,##0",
    "whole+": "+#,##0;-#,##0;0",
    "thousand": "#,##0,",
    "thousand+": "+#,##0,;-#,##0,;0",
    "million": "#,##0.0,,",
    "million+": "+#,##0.0,,;-#,##0.0,,;0.0",
    # Excel divides by thousands alone: a tenth of 万 is a thousand, the point before its last digit is drawn.
    "wan": "#0!.0,",
    "wan+": "+#0!.0,;-#0!.0,;0",
    "wan_tenth": "#0!.0,",
    "wan_tenth+": "+#0!.0,;-#0!.0,;0",
    "tenth": "#,##0.0",
    "tenth+": "+#,##0.0;-#,##0.0;0.0",
    "decimal": "#,##0.00",
    "decimal+": "+#,##0.00;-#,##0.00;0.00",
    "percent": "0%",
    "share": "0.0%",
    "share+": "+0.0%;-0.0%;0.0%",
    "date": "yyyy-mm-dd",
}

NUMERIC = frozenset(NUMBERS) - {"text", "symbol"}

TONES: dict[Tone, dict[str, Any]] = {
    "plain": {},
    "quiet": {"font_color": QUIET},
    "strong": {"bold": True},
    "total": {"bold": True, "top": 1, "top_color": GREY},
    "section": {"bold": True, "bg_color": BAND, "font_color": ACCENT},
    "good": {"bg_color": GREEN_LIGHT, "font_color": GREEN},
    "watch": {"bg_color": AMBER_LIGHT, "font_color": AMBER},
    "bad": {"bg_color": RED_LIGHT, "font_color": RED},
    "link": {"font_color": ACCENT, "underline": 1},
}

# Role of a series → how it is drawn.
SERIES: dict[str, dict[str, Any]] = {
    "plan": {"color": ACCENT},
    "second": {"color": ACCENT_MID},
    "third": {"color": ACCENT_LIGHT},
    "compare": {"color": INK, "dash_type": "dash"},
    "past": {"color": GREY},
    "limit": {"color": RED},
    "up": {"color": ACCENT_MID},
    "down": {"color": "#E39B97"},
    "total": {"color": ACCENT},
    "missing": {"color": RULE},
}


def text_width(text: str) -> float:
    """Width of a text in characters: a Chinese character or full-width sign counts two."""
    return float(sum(2 if ord(sign) >= 0x2E80 else 1 for sign in text))


def lines_needed(text: str, width: float) -> int:
    """Lines the text takes in a cell of `width` characters; words are not cut, Chinese breaks anywhere."""
    lines = 0
    for paragraph in text.split("\n"):
        used = 0.0
        lines += 1
        for word in _words(paragraph):
            long = text_width(word)
            if used and used + long > width:
                lines += 1
                used = 0.0
                word = word.lstrip()
                long = text_width(word)
            lines += max(0, int((long - 0.001) // width)) if width > 0 else 0
            used += long
    return max(1, lines)


def _words(text: str) -> list[str]:
    words: list[str] = []
    for sign in text:
        if not words or ord(sign) >= 0x2E80 or sign == " " or ord(words[-1][-1]) >= 0x2E80:
            words.append(sign)
        else:
            words[-1] += sign
    return words


NEARLY_FULL, OVERLOADED = 0.9, 1.0005  # loads from which a resource is marked; rounding alone is no overload


def load_tone(load: float) -> Tone | None:
    """The mark of a load, required / available hours: bad beyond all of them, watch from nine tenths."""
    return "bad" if load > OVERLOADED else "watch" if load >= NEARLY_FULL else None


_SCALES = {"thousand": 1e3, "million": 1e6, "wan": 1e4, "wan_tenth": 1e4}
_DIGITS = {"million": 1, "wan_tenth": 1, "tenth": 1, "decimal": 2, "share": 3, "percent": 2}


def scale_and_digits(form: Form) -> tuple[float, int]:
    """By what a form divides, and how many decimals it shows; of a share those of the percentage."""
    kind = form.rstrip("+")
    digits = _DIGITS.get(kind, 0)
    return _SCALES.get(kind, 1.0), digits - 2 if kind in ("share", "percent") else digits


def settled(value: float, form: Form) -> float:
    """The number as it is written: zero where so little of it shows that only its sign would be left."""
    return 0.0 if abs(value) < 0.5 * least_shown(form) else value


def least_shown(form: Form) -> float:
    """The smallest amount that a form tells from zero and two amounts apart: one of its last digit."""
    kind = form.rstrip("+")
    digits = _DIGITS.get(kind, 0)
    return _SCALES.get(kind, 1.0) / 10.0**digits


def shown(value: float, form: Form) -> str:
    """A number as the reader sees it, e.g. to fit a column or to label a bar."""
    value, kind = settled(value, form), form.rstrip("+")
    sign = "+" if form.endswith("+") and value > 0 else ""
    if kind in ("share", "percent"):
        return f"{sign}{value:.1%}" if kind == "share" else f"{sign}{value:.0%}"
    return f"{sign}{value / _SCALES.get(kind, 1.0):,.{_DIGITS.get(kind, 0)}f}"
