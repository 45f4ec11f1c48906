"""What the pages of a workbook say: the headline, the filters, the rows."""

from __future__ import annotations

from typing import Any

from sandop.wording import Language, in_a_row
from sandop_web.access.exchange.standing import STATES
from sandop_web.queries.exchange.reviewing import Review, ReviewedCell
from sandop_web.screens.addresses import address
from sandop_web.screens.door import SignedIn
from sandop_web.wording import say

_MOVABLE = ("changed", "conflict")


def review_told(request: SignedIn, review: Review) -> dict[str, Any]:
    """Template context of the review."""
    number, asked = review.exchange.number, request.GET
    kept = {name: asked.get(name, "") for name in ("measure", "top")}
    here = {**kept, "state": asked.get("state", "")}
    return {
        **tally_told(request, review),
        "here": address(request, "exchange", number, **here, page=review.page),
        "tabs": _tabs(request, review, kept),
        "narrowed": any(kept.values()),
        "groups": [
            (group, address(request, "exchange", number, measure=group.measure, top=group.label))
            for group in review.groups
        ],
        "rows": [_row(cell) for cell in review.cells],
        "previous": address(request, "exchange", number, **here, page=review.page - 1) if review.page > 1 else "",
        "next": address(request, "exchange", number, **here, page=review.page + 1)
        if review.page < review.pages
        else "",
    }


def tally_told(request: SignedIn, review: Review) -> dict[str, Any]:
    """Template context of the part of the page that a choice changes."""
    return {
        "review": review,
        "tally": review.tally,
        "open": review.exchange.state == "open",
        "headline": headline(review, request.language),
    }


def headline(review: Review, language: Language) -> str:
    """40 cells to look through: 37 changed, 2 in conflict, 1 locked; once nothing waits, what became of them."""
    tally = review.tally
    if review.exchange.state != "open" or not tally.waiting:
        return say("exchange.headline.over", language, taken=tally.taken, total=tally.total)
    parts = [
        say(f"exchange.headline.{state}", language, count=tally.of(state))
        for state in ("conflict", "locked", "changed")
        if tally.of(state)
    ]
    return say("exchange.headline.waiting", language, count=tally.waiting, parts=in_a_row(parts, language))


def _tabs(request: SignedIn, review: Review, kept: dict[str, str]) -> list[dict[str, Any]]:
    """A filter for each state that cells have, and one for all."""
    number, now = review.exchange.number, request.GET.get("state", "")
    states = [("", review.tally.total), *((state, review.tally.of(state)) for state in STATES)]
    return [
        {
            "title": say(f"exchange.tab.{state or 'all'}", request.language),
            "count": count,
            "link": address(request, "exchange", number, **kept, state=state),
            "current": state == now,
        }
        for state, count in states
        if count or not state
    ]


def _row(cell: ReviewedCell) -> dict[str, Any]:
    """A cell as the table shows it; what stands in the hidden field reads back as the same number."""
    return {
        "cell": cell,
        "name": cell.row[-1] if cell.row else "",
        "above": cell.row[-2] if len(cell.row) > 1 else "",
        "movable": cell.state in _MOVABLE,
        "seen": "" if cell.now is None else repr(cell.now),
        "difference": None if cell.mine is None or cell.now is None else cell.mine - cell.now,
        "state": f"exchange.state_of.{cell.state}",
    }
