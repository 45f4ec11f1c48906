"""Numbers as people type them into a form."""

from __future__ import annotations

from sandop.wording import Language
from sandop_web.access import NotUnderstood
from sandop_web.wording import say


def number(text: str, *, field: str, language: Language) -> float:
    """A number, thousands apart or not; an empty field is zero. Raises NotUnderstood; `field` is a message id."""
    kept = text.replace(",", "").replace("，", "").replace(" ", "").replace(" ", "")
    try:
        return float(kept or 0)
    except ValueError:
        wanted = say("people.a_number", language)
        raise NotUnderstood(field=say(field, language), value=text, wanted=wanted) from None


def whole_number(text: str, *, field: str, language: Language) -> int:
    """A whole number. Raises NotUnderstood."""
    found = number(text, field=field, language=language)
    if not abs(found) <= 1e15 or found != int(found):
        raise NotUnderstood(field=say(field, language), value=text, wanted=say("people.a_number", language))
    return int(found)
