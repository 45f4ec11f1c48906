"""Why is this number so: on a page of its own, or beside the page on which it stands."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from sandop.measures import measures
from sandop.pack.page import Chart, Place, Series
from sandop.wording import Language, currency_name, messages
from sandop_web.queries.why import (
    ASKED_LEVELS,
    Course,
    NumberExplained,
    Portion,
    figure_explained,
    is_figure,
    number_explained,
    sources_of,
)
from sandop_web.screens.addresses import address
from sandop_web.screens.door import SignedIn, member_page
from sandop_web.screens.drawing import shown_parts
from sandop_web.screens.plans.words import cell_in_words, unit_title
from sandop_web.screens.steps.drawn import why_of
from sandop_web.screens.why.figures import shown_figure, when
from sandop_web.screens.written import month_of
from sandop_web.wording import say

_ROLES = {"plan": "plan", "last_plan": "compare", "actual": "past"}


@member_page
def why(request: SignedIn, version: int) -> HttpResponse:
    """One number with its sources, portions, history, changes and reasons; one that is computed, with its formula."""
    asked = request.GET.dict()
    place = Place(asked.pop("measure", ""), (), asked.pop("period", ""))
    while is_figure(place.measure):
        figure = figure_explained(
            by=request.by, version=version, figure=place.measure, key=asked, period=place.period
        )
        if figure.same is None:
            return _answer(request, "why/computed.html", figure.title, shown_figure(request, version, figure))
        place, asked = figure.same, dict(figure.same.at)
    at = {level: asked[level] for level in ASKED_LEVELS if asked.get(level)}
    number = number_explained(by=request.by, version=version, measure=place.measure, at=at, period=place.period)
    return _answer(
        request, "why/number.html", measures()[number.measure].title(request.language), _shown(request, number)
    )


def _answer(request: SignedIn, body: str, title: str, shown: dict[str, Any]) -> HttpResponse:
    """The explanation beside the page that asks for it, or as a page of its own."""
    shown |= {"body": body, "title": title}
    if request.headers.get("X-Beside"):
        answer = render(request, body, shown)
        answer["X-Beside"] = "1"
        return answer
    return render(request, "why/page.html", shown)


def _shown(request: SignedIn, number: NumberExplained) -> dict[str, Any]:
    language, at = request.language, {level: part.id for level, part in number.at}
    why = why_of(request, number.version)
    return {
        "number": number,
        "scope": number.scope,
        "unit": _unit(number, language),
        "when": when(number.period, language),
        "equation": [
            (sign, piece, _address(request, number, measure=piece.measure)) for sign, piece in number.equation
        ],
        "pieces": [(piece, _address(request, number, measure=piece.measure)) for piece in number.made_of],
        "portions": [(portion, _width(portion), _address(request, number, portion)) for portion in number.portions],
        "courses": shown_parts(_chart(number, language), language, why=why),
        "sources": sources_of(by=request.by, version=number.version, names=(number.measure, *_inputs(number))),
        "grid": _grid(request, number),
        "sheet": address(request, "sheet", number.version, number.measure, **at),
    }


def _inputs(number: NumberExplained) -> tuple[str, ...]:
    """The entered measures that the number is made of."""
    return tuple(piece.measure for piece in number.made_of if piece.direction == "input")


def _unit(number: NumberExplained, language: Language) -> str:
    """Plan units by their name, money by its currency."""
    unit = number.plan_unit or number.unit
    if "currency" not in unit and f"pack.unit_of.{unit}" in messages():
        return str(cell_in_words("", "unit", unit, language))
    return "/".join(
        currency_name(number.currency, language) if part == "currency" else unit_title(part, language)
        for part in unit.split("/")
    )


def _address(request: SignedIn, number: NumberExplained, portion: Portion | None = None, measure: str = "") -> str:
    """The same question of another measure, or of one of its portions."""
    at: dict[str, str] = {level: part.id for level, part in number.at}
    if portion is not None:
        at[portion.level] = portion.part.id
    place = Place(measure or number.measure, tuple(at.items()), number.period)
    return address(request, "why", number.version, measure=place.measure, period=place.period, **dict(place.at))


def _grid(request: SignedIn, number: NumberExplained) -> str:
    """The planning grid at this place; empty where it knows no such view."""
    if measures()[number.measure].grain != measures()["demand"].grain:
        return ""
    at = {level: part.id for level, part in number.at}
    return address(request, "grid", number.version, view="demand", **at)


def _width(portion: Portion) -> int:
    """Share of the total in hundredths, for a bar; none for what takes away."""
    return max(0, min(100, round(100 * (portion.share or 0))))


def _chart(number: NumberExplained, language: Language) -> tuple[Chart, ...]:
    """The number over time: what happened, the plan, the plan signed last."""
    labels = sorted({label for course in number.courses for label in course.periods})
    if len(labels) < 2:
        return ()
    series = tuple(_series(number, course, labels, language) for course in reversed(number.courses))
    names = tuple(month_of(label, language) for label in labels)
    return (Chart(say("why.course", language), names, series, "whole", _unit(number, language)),)


def _series(number: NumberExplained, course: Course, labels: list[str], language: Language) -> Series:
    """One line of the chart; its points open, but for the plan signed last, of which only the numbers are kept."""
    known = dict(zip(course.periods, course.values))
    name = say(f"why.course.{course.what}", language)
    at = tuple((level, part.id) for level, part in number.at)
    stands = tuple(
        Place(course.measure, at, label) if course.what != "last_plan" and known.get(label) is not None else None
        for label in labels
    )
    values = tuple(known.get(label) for label in labels)
    return Series(name, values, _ROLES[course.what], "line", places=stands)
