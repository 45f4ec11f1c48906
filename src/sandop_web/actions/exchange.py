"""Workbooks that came back: kept until they are looked through, accepted cell by cell or discarded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sandop_web.access import Actor, NothingThere, action
from sandop_web.access.exchange.brought import Brought, BroughtCell, asked_as_plain, asked_of_plain
from sandop_web.access.exchange.refusals import ExchangeIsOver, NothingDiffers, NothingToAccept
from sandop_web.access.exchange.standing import Now, Standing, now_of, standing_of
from sandop_web.access.grid.asked import MOST_CELLS, GridEdit
from sandop_web.access.members import acting_member
from sandop_web.access.versions import version_of
from sandop_web.actions.documents import MEDIA_TYPES, plain_name, require_size
from sandop_web.actions.grid import edit_grid
from sandop_web.store.documents import keep_document
from sandop_web.store.models import Exchange, ExchangeCell
from sandop_web.store.spoken import said

Side: TypeAlias = Literal["mine", "theirs"]
End, State = ExchangeCell.End, Exchange.State
_BATCH = 1_000  # rows written at once


@dataclass(frozen=True)
class CellChoice:
    """Which number a person wants in a cell: their own or the plan's.

    seen   what the plan held before their eyes; their own number counts only as long as it still does
    """

    cell: int
    side: Side
    seen: float | None = None


@dataclass(frozen=True)
class Accepted:
    """What became of an exchange: cells taken, cells left as the plan has them, cells still open."""

    taken: int
    left: int
    still_open: int


@action
def bring_exchange(*, by: Actor, version: int, brought: Brought) -> int:
    """Keep a workbook that came back, with what differs in it, until somebody has looked it through; its number.
    Nothing of the plan changes. Raises NothingThere, NothingDiffers, FileTooLarge."""
    found = version_of(by=by, version=version)
    require_size(len(brought.content))
    if brought.version != found.pk:
        raise NothingThere()
    if not brought.cells:
        raise NothingDiffers()
    document = keep_document(
        name=plain_name(brought.name),
        media_type=MEDIA_TYPES["workbook"],
        content=brought.content,
        user_id=by.user_id,
        company_id=by.company_id,
        at=by.at,
    )
    exchange = Exchange.objects.create(
        version=found,
        member=acting_member(by=by),
        brought_at=by.at,
        file_name=plain_name(brought.name),
        asked=asked_as_plain(brought.asked),
        made_by=brought.made_by,
        made_at=brought.made_at,
        missing=brought.missing,
        document_id=document,
    )
    ExchangeCell.objects.bulk_create(
        (_row(exchange, place, cell) for place, cell in enumerate(brought.cells)), batch_size=_BATCH
    )
    return exchange.pk


@action
def choose_in_exchange(*, by: Actor, exchange: int, choices: Sequence[CellChoice]) -> None:
    """Say of cells which number is wanted; nothing of the plan changes. Raises NothingThere, ExchangeIsOver."""
    _choose(open_exchange(by=by, exchange=exchange), choices)


@action
def accept_exchange(
    *,
    by: Actor,
    exchange: int,
    choices: Sequence[CellChoice] = (),
    undecided: Side | Literal["open"] = "open",
    why: str,
) -> Accepted:
    """Take the chosen numbers into the plan, all or none, as if they had been typed into the grid.

    A cell that only this workbook has changed is taken unless the plan's number was chosen. Where the plan has moved
    as well, a choice is needed; `undecided` says what becomes of conflicts without one. What is locked stays open.
    Raises NothingThere, ExchangeIsOver, NothingToAccept, and as `edit_grid`.
    """
    found = open_exchange(by=by, exchange=exchange)
    _choose(found, choices)
    now = now_of(by=by, version=found.version_id, asked=asked_of_plain(found.asked))
    cells = list(found.cells.filter(end=End.OPEN).order_by("place"))
    standing = {cell.pk: standing_of(cell, now) for cell in cells}
    taken = [cell for cell in cells if _takes(standing[cell.pk], undecided)]
    left = [cell for cell in cells if _leaves(standing[cell.pk], undecided)]
    if not taken and not left:
        raise NothingToAccept()
    _save(by, found, taken, now, why)
    for cell in taken:
        cell.end = End.TAKEN
    for cell in left:
        cell.end = End.LEFT
    ExchangeCell.objects.bulk_update([*taken, *left], ["end"], batch_size=_BATCH)
    still_open = len(cells) - len(taken) - len(left)
    if not still_open:
        _end(found, State.ACCEPTED)
    return Accepted(len(taken), len(left), still_open)


@action
def discard_exchange(*, by: Actor, exchange: int) -> int:
    """Put a workbook aside: nothing of what is still open will be taken; returns its version. Raises NothingThere,
    ExchangeIsOver."""
    found = open_exchange(by=by, exchange=exchange)
    _end(found, State.DISCARDED)
    return found.version_id


def open_exchange(*, by: Actor, exchange: int) -> Exchange:
    """The person's own exchange, which is still open. Raises NothingThere, ExchangeIsOver."""
    found = Exchange.objects.filter(pk=exchange, version__company_id=by.company_id, member_id=by.member_id).first()
    if found is None:
        raise NothingThere()
    if found.state != State.OPEN:
        raise ExchangeIsOver(state=said(f"exchange.state.{found.state}"))
    return found


def _row(exchange: Exchange, place: int, cell: BroughtCell) -> ExchangeCell:
    return ExchangeCell(
        exchange=exchange,
        place=place,
        measure=cell.measure,
        at=[list(step) for step in cell.at],
        period=cell.period,
        base=cell.base,
        mine=cell.mine,
        end=End.COVERED if cell.covered else End.OPEN,
    )


def _choose(exchange: Exchange, choices: Sequence[CellChoice]) -> None:
    wanted = {choice.cell: choice for choice in choices}
    cells = list(exchange.cells.filter(pk__in=wanted, end=End.OPEN))
    for cell in cells:
        cell.choice, cell.seen = wanted[cell.pk].side, wanted[cell.pk].seen
    ExchangeCell.objects.bulk_update(cells, ["choice", "seen"], batch_size=_BATCH)


def _takes(standing: Standing, undecided: str) -> bool:
    mine = standing.choice == "mine" or (standing.undecided and undecided == "mine")
    return standing.state in ("changed", "conflict") and mine


def _leaves(standing: Standing, undecided: str) -> bool:
    theirs = standing.choice == "theirs" or (standing.undecided and undecided == "theirs")
    return standing.state == "same" or (standing.state in ("changed", "conflict") and theirs)


def _save(by: Actor, exchange: Exchange, cells: Sequence[ExchangeCell], now: Now, why: str) -> None:
    """The cells as edits of the grid, which checks them by its own rules."""
    edits = [
        GridEdit(at=dict(cell.at), measure=cell.measure, period=cell.period, before=now.value(cell), after=cell.mine)
        for cell in cells
    ]
    for start in range(0, len(edits), MOST_CELLS):
        part = edits[start : start + MOST_CELLS]
        edit_grid(by=by, version=exchange.version_id, asked=now.ground.asked, edits=part, why=why)


def _end(exchange: Exchange, state: str) -> None:
    """The exchange is over: the file it came with is no longer needed."""
    document, exchange.document, exchange.state = exchange.document, None, state
    exchange.save(update_fields=["document", "state"])
    if document is not None:
        document.delete()
