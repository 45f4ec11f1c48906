"""A workbook that came back, looked through: how each number stands against the plan, the worst first."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sandop_web.access import Actor, NothingThere, query
from sandop_web.access.exchange.brought import asked_of_plain
from sandop_web.access.exchange.standing import STATES, Now, Standing, State, now_of, standing_of
from sandop_web.queries.exchange.groups import ReviewedGroup, groups_of
from sandop_web.queries.exchange.named import Named
from sandop_web.store.models import Exchange, ExchangeCell

CELLS_SHOWN = 100
_ORDER = {state: place for place, state in enumerate(STATES)}


@dataclass(frozen=True)
class Meanwhile:
    """Who has changed the plan's number since the workbook went out."""

    name: str
    at: dt.datetime
    why: str


@dataclass(frozen=True)
class ReviewedCell:
    """One number of the workbook; plan units, None is a blank.

    row        names from the top of the hierarchy down; empty is the grand total
    base       as exported
    now        as the plan has it
    mine       as the workbook has it
    choice     whose number counts; empty where that is not settled
    why_locked why it cannot be changed now; empty where it can
    meanwhile  who moved the plan's number, where it has moved
    """

    cell: int
    state: State
    measure: str
    title: str
    unit: str
    decimals: int
    row: tuple[str, ...]
    period: str
    base: float | None
    now: float | None
    mine: float | None
    choice: Literal["", "mine", "theirs"]
    why_locked: str
    meanwhile: Meanwhile | None


@dataclass(frozen=True)
class Tally:
    """How many cells stand how.

    total      cells that the workbook holds otherwise than when it went out
    ready      cells that would be taken now
    undecided  conflicts without a choice
    waiting    cells that are still open
    """

    total: int
    conflict: int
    locked: int
    changed: int
    same: int
    covered: int
    taken: int
    left: int
    ready: int
    undecided: int
    waiting: int

    def of(self, state: State) -> int:
        """Cells of this state."""
        count: int = getattr(self, state)
        return count


@dataclass(frozen=True)
class Shown:
    """Which cells somebody looks at.

    state      only these; empty is all
    measure    only cells of this measure; empty is all
    top        only cells below this label of the uppermost level; empty is all
    page       from 1
    """

    state: str = ""
    measure: str = ""
    top: str = ""
    page: int = 1


@dataclass(frozen=True)
class ExchangeLine:
    """A workbook in a list."""

    number: int
    version: int
    version_title: str
    file_name: str
    state: str
    made_by: str
    made_at: dt.datetime
    brought_at: dt.datetime


@dataclass(frozen=True)
class Review:
    """A workbook with a page of its cells.

    view      title of the grid it was taken out of
    missing   rows of the export that are no longer in it; nothing changes in them
    groups    what each measure and each uppermost node would become
    """

    exchange: ExchangeLine
    view: str
    missing: int
    tally: Tally
    groups: tuple[ReviewedGroup, ...]
    cells: tuple[ReviewedCell, ...]
    count: int
    page: int
    pages: int


@query
def exchange_of(*, by: Actor, exchange: int, shown: Shown | None = None) -> Review:
    """The person's own workbook against the plan as it is now. Raises NothingThere, NotUnderstood where the version
    no longer has such a view."""
    shown, found = shown or Shown(), _own(by, exchange)
    asked = asked_of_plain(found.asked)
    now, named = now_of(by=by, version=found.version_id, asked=asked), Named.of(by, found.version_id, asked)
    stood = [(cell, standing_of(cell, now)) for cell in found.cells.order_by("place")]
    stood.sort(key=lambda one: _ORDER[one[1].state])
    wanted = [one for one in stood if _is_wanted(*one, shown)]
    pages = max(-(-len(wanted) // CELLS_SHOWN), 1)
    page = min(max(shown.page, 1), pages)
    part = wanted[(page - 1) * CELLS_SHOWN : page * CELLS_SHOWN]
    return Review(
        exchange=_line(found),
        view=named.grid.title,
        missing=found.missing,
        tally=_tally([standing for _, standing in stood]),
        groups=groups_of(stood, now, named),
        cells=tuple(_reviewed(cell, standing, now, named, found.made_at) for cell, standing in part),
        count=len(wanted),
        page=page,
        pages=pages,
    )


@query
def exchanges_of(*, by: Actor, version: int) -> tuple[ExchangeLine, ...]:
    """The workbooks that the person has brought back into a version, open ones first, then the newest."""
    found = Exchange.objects.filter(version_id=version, version__company_id=by.company_id, member_id=by.member_id)
    lines = [_line(exchange) for exchange in found.select_related("version").order_by("-pk")[:50]]
    return tuple(sorted(lines, key=lambda line: line.state != Exchange.State.OPEN))


@query
def file_of_exchange(*, by: Actor, exchange: int) -> tuple[str, bytes]:
    """Name and content of the workbook as it came in, for whoever brought it. Raises NothingThere where it is not
    theirs, and once nothing of it is open."""
    document = _own(by, exchange).document
    if document is None:
        raise NothingThere()
    return document.name, bytes(document.content)


def _own(by: Actor, exchange: int) -> Exchange:
    mine = Exchange.objects.filter(version__company_id=by.company_id, member_id=by.member_id)
    found = mine.select_related("document", "version").filter(pk=exchange).first()
    if found is None:
        raise NothingThere()
    return found


def _is_wanted(cell: ExchangeCell, standing: Standing, shown: Shown) -> bool:
    if shown.state and standing.state != shown.state:
        return False
    if shown.measure and cell.measure != shown.measure:
        return False
    return not shown.top or bool(cell.at and cell.at[0][1] == shown.top)


def _line(exchange: Exchange) -> ExchangeLine:
    return ExchangeLine(
        number=exchange.pk,
        version=exchange.version_id,
        version_title=exchange.version.title,
        file_name=exchange.file_name,
        state=exchange.state,
        made_by=exchange.made_by,
        made_at=exchange.made_at,
        brought_at=exchange.brought_at,
    )


def _tally(stood: Sequence[Standing]) -> Tally:
    counts: Mapping[str, int] = Counter(one.state for one in stood)
    movable = [one for one in stood if one.state in ("changed", "conflict")]
    return Tally(
        total=len(stood),
        **{state: counts.get(state, 0) for state in STATES},
        ready=sum(one.choice == "mine" for one in movable),
        undecided=sum(one.undecided for one in stood),
        waiting=sum(one.state in ("changed", "conflict", "locked") for one in stood),
    )


def _reviewed(cell: ExchangeCell, standing: Standing, now: Now, named: Named, since: dt.datetime) -> ReviewedCell:
    measure = named.measures[cell.measure]
    mark = named.mark(cell.measure, now.node(cell), cell.period) if standing.state == "conflict" else None
    return ReviewedCell(
        cell=cell.pk,
        state=standing.state,
        measure=cell.measure,
        title=measure.title,
        unit=measure.unit,
        decimals=measure.decimals,
        row=named.path(cell.at),
        period=cell.period,
        base=cell.base,
        now=standing.now,
        mine=cell.mine,
        choice=standing.choice,
        why_locked=standing.why_locked,
        meanwhile=Meanwhile(mark.name, mark.at, mark.why) if mark and mark.at >= since else None,
    )
