"""A workbook on the stage: taken out by Dana, changed offline, brought back.

The forecast of March: A·E 300, A·W 100, B·E blank; in the workbook A·E 330, A·W 120, B·E 40.
"""

from __future__ import annotations

from planning import EAST, WEST, forecast, say_forecast
from stage import Act

from exchange_workbooks import Workbook, brought_back, taken_out
from sandop_web.actions.exchange import CellChoice, bring_exchange
from sandop_web.queries.exchange.reviewing import Review, ReviewedCell, Shown, exchange_of
from sandop_web.store.models import Version

WHY = "talked to the dealers"


def edited_offline(act: Act, version: Version) -> Workbook:
    """The workbook with Dana's numbers of March."""
    say_forecast(act("dana"), version, forecast(EAST, 300.0), forecast(WEST, 100.0))
    out = taken_out(act("dana"), version.pk)
    edited = out.typed(out.at("DOM", "A", "E"), 330.0).typed(out.at("DOM", "A", "W"), 120.0)
    return edited.typed(out.at("DOM", "B", "E"), 40.0)


def brought(act: Act, version: Version, workbook: Workbook | None = None, person: str = "dana") -> int:
    """The number of the exchange, once the workbook has been brought back."""
    workbook = workbook or edited_offline(act, version)
    by = act(person)
    return bring_exchange(by=by, version=version.pk, brought=brought_back(by, version.pk, workbook))


def reviewed(act: Act, exchange: int, person: str = "dana", **shown: str) -> Review:
    """What the person sees of the exchange."""
    return exchange_of(by=act(person), exchange=exchange, shown=Shown(**shown))  # type: ignore[arg-type]


def cell_of(act: Act, exchange: int, mine: float) -> ReviewedCell:
    """The cell in which the workbook holds this number, as Dana sees it."""
    return next(cell for cell in reviewed(act, exchange).cells if cell.mine == mine)


def choose(cell: ReviewedCell, side: str) -> CellChoice:
    """The choice of somebody who sees the cell as it is."""
    return CellChoice(cell.cell, side, cell.now)  # type: ignore[arg-type]
