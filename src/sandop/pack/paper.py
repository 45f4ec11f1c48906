"""How a page falls on A4 paper: at which scale, and where a new sheet begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sandop.pack.grid import pixels

HEAD_ROWS = 3  # the lines of the title
ROW_POINTS = 16.5
LITTLE_MORE = 1.4  # a page up to this many papers long is made smaller to fit one
PAPER_WIDE, PAPER_HIGH = 784.0, 508.0  # points of A4 landscape inside the margins


@dataclass(frozen=True)
class Paper:
    """One page on paper.

    widths      characters of each grid column
    heights     points of the rows that are higher than ROW_POINTS
    blocks      first row and row after each part of the page
    wanted      rows before which the page itself asks for a new sheet
    repeated    rows that stand on every sheet
    """

    widths: Sequence[float]
    heights: Mapping[int, float]
    blocks: Sequence[tuple[int, int]]
    wanted: Sequence[int]
    repeated: int

    @property
    def scale(self) -> int:
        """Percent at which the page's width fits the paper, and what stands between two wanted breaks its height."""
        fits = PAPER_WIDE / (sum(pixels(width) for width in self.widths) * 0.75)
        if self.wanted:
            edges = [HEAD_ROWS, *self.wanted, self.blocks[-1][1]]
            head = self.points(0, self.repeated)
            fits = min(fits, *(PAPER_HIGH / (head + self.points(top, end)) for top, end in pairwise(edges)))
        else:
            fits = min(fits, self._little_more(fits))
        return max(30, min(100, int(92 * fits)))

    def _little_more(self, fits: float) -> float:
        """A page a little longer than the paper is made smaller rather than cut."""
        needed = self.points(0, self.blocks[-1][1]) if self.blocks else 0.0
        return PAPER_HIGH / needed if PAPER_HIGH < needed * min(fits, 1.0) <= LITTLE_MORE * PAPER_HIGH else fits

    @property
    def one_sheet(self) -> bool:
        """The whole page fits one sheet at its scale."""
        return self.points(0, self.blocks[-1][1]) * self.scale / 100 <= PAPER_HIGH if self.blocks else True

    @property
    def breaks(self) -> list[int]:
        """The wanted breaks; without any, breaks before parts that the end of a sheet would cut and that fit on the
        next."""
        return list(self.wanted) or self._kept_together()

    def points(self, top: int, end: int) -> float:
        """Height of the rows `top` to before `end`."""
        return sum(self.heights.get(row, ROW_POINTS) for row in range(top, end))

    def _kept_together(self) -> list[int]:
        room = PAPER_HIGH / (self.scale / 100) - self.points(0, self.repeated)
        breaks: list[int] = []
        top = HEAD_ROWS
        for start, after in self.blocks:
            while self.points(top, start) >= room:
                top = self._filled(top, room)
            if self.points(top, after) > room >= self.points(start, after) and start > top:
                breaks.append(start)
                top = start
        return breaks

    def _filled(self, top: int, room: float) -> int:
        """The first row that no longer fits on the sheet that begins with `top`."""
        end = top + 1
        while self.points(top, end + 1) <= room:
            end += 1
        return end
