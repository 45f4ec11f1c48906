"""Why is this number so: on a page of its own, or beside the page on which it stands."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from sandop.measures import measures
from sandop.pack.page import Chart, Place, Series
from sandop.wording import Language
from sandop_web.access.sheet_rows import LEVELS
from sandop_web.queries.why import Course, NumberExplained, Portion, number_explained
from sandop_web.screens.addresses import address
from sandop_web.screens.door import SignedIn, member_page
from sandop_web.screens.drawing import shown_parts
from sandop_web.screens.plans.words import cell_in_words, unit_title
from sandop_web.screens.written import month_of
from sandop_web.wording import say

_ROLES = {"plan": "plan", "last_plan": "compare", "actual": "past"}


@member_page
def why(request: SignedIn, version: int) -> HttpResponse:
    """One number with its sources, portions, history, changes and reasons."""
    asked = request.GET
    at = {level: asked[level] for level in LEVELS if asked.get(level)}
    number = number_explained(
        by=request.by, version=version, measure=asked.get("measure", ""), at=at, period=asked.get("period", "")
    )
    shown = {
        "number": number,
        "unit": _unit(number, request.language),
        "pieces": [(piece, _address(request, number, measure=piece.measure)) for piece in number.made_of],
        "portions": [(portion, _width(portion), _address(request, number, portion)) for portion in number.portions],
        "courses": shown_parts(_chart(number, request.language), request.language),
        "grid": _grid(request, number),
        "sheet": address(request, "sheet", version, number.measure, **at),
    }
    if request.headers.get("X-Beside"):
        answer = render(request, "why/number.html", shown)
        answer["X-Beside"] = "1"
        return answer
    return render(request, "why/page.html", shown)


def _unit(number: NumberExplained, language: Language) -> str:
    """Plan units by their name, money by its currency."""
    if number.plan_unit:
        return str(cell_in_words("", "unit", number.plan_unit, language))
    return "/".join(
        number.currency if part == "currency" else unit_title(part, language) for part in number.unit.split("/")
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
    series = tuple(_series(course, labels, language) for course in reversed(number.courses))
    names = tuple(month_of(label, language) for label in labels)
    return (Chart(say("why.course", language), names, series, "whole", _unit(number, language)),)


def _series(course: Course, labels: list[str], language: Language) -> Series:
    known = dict(zip(course.periods, course.values))
    name = say(f"why.course.{course.what}", language)
    return Series(name, tuple(known.get(label) for label in labels), _ROLES[course.what], "line")
