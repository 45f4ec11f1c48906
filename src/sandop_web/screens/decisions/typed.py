"""Days and the lines of a form as people fill them in."""

from __future__ import annotations

import datetime as dt

from django.http import QueryDict

from sandop.wording import Language
from sandop_web.access import NotUnderstood
from sandop_web.actions.decisions import WayToDecide
from sandop_web.screens.plans.typed import number_of
from sandop_web.wording import say

WAYS = 4  # alternatives a form offers room for


def day_of(text: str, *, field: str, language: Language) -> dt.date | None:
    """The day of a form's field such as 2026-01-21; None where it was left blank. Raises NotUnderstood; `field` is a
    message id."""
    if not text.strip():
        return None
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise NotUnderstood(field=say(field, language), value=text[:40], wanted="2026-01-21") from None


def required_day(text: str, *, field: str, language: Language) -> dt.date:
    """The day of a field that may not be blank. Raises NotUnderstood."""
    found = day_of(text, field=field, language=language)
    if found is None:
        raise NotUnderstood(field=say(field, language), value="–", wanted="2026-01-21")
    return found


def amount_of(text: str, *, field: str, language: Language) -> float | None:
    """The amount of a field; None where it was left blank. Raises NotUnderstood; `field` is a message id."""
    return number_of(text, field=say(field, language), language=language)


def ways_of(form: QueryDict, language: Language) -> list[WayToDecide]:
    """The alternatives somebody wrote, those left blank aside. Raises NotUnderstood."""
    return [
        WayToDecide(
            text=form.get(f"text-{place}", ""),
            money=amount_of(form.get(f"money-{place}", ""), field="decisions.money", language=language) or 0.0,
            cost=amount_of(form.get(f"cost-{place}", ""), field="decisions.cost", language=language) or 0.0,
            units=amount_of(form.get(f"units-{place}", ""), field="decisions.units", language=language) or 0.0,
            recommended=form.get("recommended") == str(place),
        )
        for place in range(1, WAYS + 1)
        if form.get(f"text-{place}", "").strip()
    ]
