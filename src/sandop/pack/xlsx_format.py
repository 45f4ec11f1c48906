"""Cell formats of the workbook by what a cell means."""

from __future__ import annotations

from typing import Any

from sandop.pack import style
from sandop.pack.page import Form, Tone
from sandop.wording import Language


class Formats:
    """Cell formats by what they mean; each is made once."""

    def __init__(self, book: Any, language: Language) -> None:
        self._book = book
        self._known: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._base = {"font_name": style.FONTS[language], "font_size": style.SIZE, "valign": "vcenter"}

    def of(self, **properties: Any) -> Any:
        wanted = {**self._base, "font_color": style.INK, **properties}
        key = tuple(sorted(wanted.items()))
        if key not in self._known:
            self._known[key] = self._book.add_format(wanted)
        return self._known[key]

    def cell(self, form: Form, tone: Tone, *, wrap: bool, first: bool) -> Any:
        look = {"num_format": style.NUMBERS[form], "bottom": 4, "bottom_color": style.RULE, **_aligned(form, first)}
        return self.of(**look, **({"text_wrap": True} if wrap else {}), **style.TONES[tone])

    def header(self, form: Form, *, first: bool) -> Any:
        look = {
            "bold": True,
            "text_wrap": True,
            "bottom": 1,
            "bottom_color": style.ACCENT,
            "font_color": style.ACCENT,
        }
        return self.of(**look, **_aligned(form, first))


def _aligned(form: Form, first: bool) -> dict[str, Any]:
    """Numbers to the right, signs in the middle, text to the left and away from the column before."""
    if form == "symbol" or form in style.NUMERIC:
        return {"align": "center" if form == "symbol" else "right"}
    return {"align": "left"} if first else {"align": "left", "indent": 1}
