"""Ways on from a step: to the same page narrowed to a family or a region, and to the planning grid."""

from __future__ import annotations

from urllib.parse import urlencode

from sandop_web.queries.steps.content import Onward, Reading
from sandop_web.queries.steps.words import Words


def narrowed(reading: Reading, *, family: str = "", region: str = "") -> str:
    """What stands behind the address of the same page for this family or region; what the reader looks at is kept."""
    kept = {
        "version": reading.by.looking_at or "",
        "family": family or reading.by.family,
        "region": region or reading.by.region,
    }
    return "?" + urlencode({name: value for name, value in kept.items() if value})


def to_grid(words: Words, view: str, *, family: str = "") -> Onward:
    """To a view of the planning grid, narrowed to a family where one is named."""
    return Onward(words.say("onward.grid"), "grid", (("view", view), *((("family", family),) if family else ())))
