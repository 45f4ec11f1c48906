"""The alternatives of a decision as people fill them in."""

from __future__ import annotations

from django.http import QueryDict

from sandop.wording import Language
from sandop_web.actions.decisions import WayToDecide
from sandop_web.screens.typed import number_of

WAYS = 4  # alternatives a form offers room for


def ways_of(form: QueryDict, language: Language) -> list[WayToDecide]:
    """The alternatives somebody wrote, those left blank aside. Raises NotUnderstood."""
    return [
        WayToDecide(
            text=form.get(f"text-{place}", ""),
            money=number_of(form.get(f"money-{place}", ""), field="decisions.money", language=language) or 0.0,
            cost=number_of(form.get(f"cost-{place}", ""), field="decisions.cost", language=language) or 0.0,
            units=number_of(form.get(f"units-{place}", ""), field="decisions.units", language=language) or 0.0,
            recommended=form.get("recommended") == str(place),
        )
        for place in range(1, WAYS + 1)
        if form.get(f"text-{place}", "").strip()
    ]
