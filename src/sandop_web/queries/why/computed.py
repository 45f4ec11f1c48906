"""A figure computed from several numbers: its formula, the numbers it is made of, and those it is to be read beside.

Every line that stands in the plan carries its place, so that it opens in turn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from sandop.pack.page import Cell, Chart, Form, Place, Value
from sandop.wording import Language
from sandop_web.queries.why.portions import MOST_PORTIONS
from sandop_web.wording import say

Sign = str  # before a line of a calculation: "", "+", "−", "÷"
T = TypeVar("T")


@dataclass(frozen=True)
class Line:
    """One number of a calculation, or one that is read beside the figure.

    sign    what is done with it; empty for the first
    title   what it is, in the reader's words
    amount  the number with its form, and its place where it stands in the plan
    share   of the whole, or of what it is set against; None where there is none to speak of
    """

    title: str
    amount: Cell
    sign: Sign = ""
    share: float | None = None


@dataclass(frozen=True)
class Computed:
    """A figure and how it is computed.

    figure   its name, as in its address
    title    what it is; `about` whom and when it is about
    amount   the number as the page shows it; `unit` in words
    how      the formula, a sentence
    lines    what it is made of; `adds_up` says whether they give it exactly, None where that cannot be reckoned
    portions what the parts of the next level contribute, the largest first
    beside   numbers to read it beside: other sides, or the other cells of its row
    course   how it went
    inputs   measures from which it comes, for who brought them
    report   the report it stands in; empty for none
    causes   the key figure whose causes have a page of their own; empty for none
    same     the one number of the plan that it is; None where it is computed from several
    scope    family and region to which numbers are cut for this reader, by name; empty for the whole company
    stated   it stands in its report as it is for everybody: the scope cuts only the numbers beside it
    """

    figure: str
    title: str
    about: tuple[str, ...]
    amount: Cell
    unit: str
    how: str
    lines: tuple[Line, ...] = ()
    adds_up: bool | None = None
    portions: tuple[Line, ...] = ()
    beside: tuple[Line, ...] = ()
    course: tuple[Chart, ...] = ()
    inputs: tuple[str, ...] = ()
    report: str = ""
    causes: str = ""
    same: Place | None = None
    scope: str = ""
    stated: bool = False


def summed(lines: Iterable[Line]) -> float:
    """The lines added up, those with a minus taken away, those after a division sign divided by; a blank is zero."""
    total = 0.0
    for line in lines:
        amount = float(line.amount.value) if isinstance(line.amount.value, int | float) else 0.0
        if line.sign == "÷":
            total = total / amount if amount else 0.0
        else:
            total += -amount if line.sign == "−" else amount
    return total


def told(value: float, form: Form, place: Place | None = None) -> Cell:
    """A number as a cell; NaN is a blank, which stands nowhere."""
    shown: Value = None if value != value else float(value)
    return Cell(shown, form, place=place if shown is not None else None)


def largest_first(
    amounts: Iterable[tuple[T, float]],
    *,
    total: float,
    named: Callable[[T], tuple[str, Place | None]],
    written: Callable[[float], Cell],
    language: Language,
) -> tuple[Line, ...]:
    """What contributes to a total: the largest first with their shares of it, all others together last. `named` says
    what a contribution is called and where it stands, `written` how its amount is written."""
    ranked = sorted((one for one in amounts if one[1]), key=lambda one: -abs(one[1]))
    found = []
    for what, amount in ranked[:MOST_PORTIONS]:
        title, place = named(what)
        share = amount / total if total else None
        found.append(Line(title, replace(written(amount), place=place), share=share))
    if len(ranked) > MOST_PORTIONS:
        rest = sum(amount for _, amount in ranked[MOST_PORTIONS:])
        found.append(Line(say("why.rest", language), written(rest), share=rest / total if total else None))
    return tuple(found)


def pairs(at: Mapping[str, str], **more: str) -> tuple[tuple[str, str], ...]:
    """Labels by level as a place holds them."""
    return tuple((level, label) for level, label in {**at, **more}.items() if label)
