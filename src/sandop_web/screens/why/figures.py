"""A computed figure as its page shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sandop.pack.page import Place
from sandop.pack.places import ends
from sandop.wording import Language
from sandop_web.queries.why import Computed, Line, sources_of
from sandop_web.screens.addresses import address
from sandop_web.screens.door import SignedIn
from sandop_web.screens.drawing import Why, shown_parts, written
from sandop_web.screens.steps.drawn import why_of
from sandop_web.screens.written import month_of
from sandop_web.wording import say


@dataclass(frozen=True)
class ShownLine:
    """A line of a calculation as it is written; `why` is where its number opens."""

    sign: str
    title: str
    text: str
    share: float | None
    width: int
    why: str


def shown_figure(request: SignedIn, version: int, figure: Computed) -> dict[str, Any]:
    """What the template of a computed figure shows."""
    language, why = request.language, why_of(request, version)
    return {
        "figure": figure,
        "scope": figure.scope,
        "amount": written(figure.amount.value, figure.amount.form or "decimal", language),
        "lines": _lines(figure.lines, language, why),
        "portions": _lines(figure.portions, language, why),
        "beside": _lines(figure.beside, language, why),
        "courses": shown_parts(figure.course, language, why=why),
        "sources": sources_of(by=request.by, version=version, names=figure.inputs),
        "causes": address(request, "kpi", figure.causes) if figure.causes else "",
        "report": address(request, "report", version, figure.report) if figure.report else "",
    }


def when(period: str, language: Language) -> str:
    """A period or span in words; the whole horizon where none is named."""
    if not period:
        return say("why.whole_span", language)
    first, last = ends(period)
    if first == last:
        return month_of(first, language)
    return say("drill.span", language, first=month_of(first, language), last=month_of(last, language))


def _lines(lines: Iterable[Line], language: Language, why: Why | None) -> list[ShownLine]:
    return [_line(line, language, why) for line in lines]


def _line(line: Line, language: Language, why: Why | None) -> ShownLine:
    place: Place | None = line.amount.place
    return ShownLine(
        sign=line.sign,
        title=line.title,
        text=written(line.amount.value, line.amount.form or "decimal", language),
        share=line.share,
        width=max(0, min(100, round(100 * (line.share or 0)))),
        why=why(place) if why and place else "",
    )
