"""Where the solver starts on large plans: the best plan of a small part of the program, priced against the rest.

Hardly anything of a large plan differs from the plan that is best when limits are not looked at: with 2,000 items
and 18 months 1,500 of 139,000 basic quantities. So the limits are dropped first, and the solver makes that plan in
under a second. Then they return, each with a relief at a price, and only the quantities that pay at the prices so
far may change; all else is held. What can no longer change drops out of the program with its rows, and its prices
follow from those of the rest. Quantities that would pay are let in, reliefs still used get dearer, and so on until
nothing pays (Bixby et al., Very large-scale linear programming, Operations Research 40 (1992), call it sifting).

The result is only a start: the solver then runs on the whole program and the certificate is recomputed as ever.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from sandop.supply.program import Program
from sandop.supply.solver import Start
from sandop.supply.solving_parts import Part, Solved, solve_part

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]

RELIEVED = ("capacity", "supplier limit", "storage")  # rules over many items: all else falls apart into item chains
_BASIC, _UPPER = 1, 2
_PAYS = 1e-7  # the solver's own tolerance for prices
_USED = 1e-6
_FIRST_PRICE = 0.02  # of a relief, times the cost of what passes through a unit of the limit: about a month's holding
_GENTLE_ROUNDS, _DEARER = 5, 3.0  # for so many rounds a used relief gets so much dearer; then all are closed
_PROHIBITIVE = 1000.0  # likewise, for all, where what may change so far cannot do without reliefs
_MOST_ROUNDS = 40
_FEW = 0.15  # up to this share of newcomers the last round's plan is continued, above it begun anew


def sifted_start(program: Program, start: Start) -> Start:
    """A start near the best plan: status of columns, (column,), and of rows, (row,), as `just_in_time_start` gives
    them, from such a start. It is a valid one even where the rounds end early."""
    sieve = _Sieve.without_limits(program, start)
    if sieve is None:
        return start
    for turn in range(_MOST_ROUNDS):
        if not sieve.turn(closed=turn >= _GENTLE_ROUNDS):
            break
    return sieve.start()


@dataclass(eq=False)
class _Sieve:
    """The state between rounds.

    relieved    rows with a relief, (relief,); passing: cost of what passes through a unit of each; price and status
                of each relief
    columns, rows    status of columns and rows; x: the plan; admitted: what may change, (column,)
    order       rows and columns that settle each other, with the coefficient, in the order in which they did
    continued   True where the last round changed so little that its plan is the place to go on from
    """

    program: Program
    matrix: csc_array
    relieved: Places
    passing: Numbers
    price: Numbers
    status: NDArray[np.int8]
    columns: NDArray[np.int8]
    rows: NDArray[np.int8]
    x: Numbers
    admitted: Flags
    continued: bool
    order: list[tuple[Places, Places, Numbers]] = field(default_factory=list)

    @staticmethod
    def without_limits(program: Program, start: Start) -> _Sieve | None:
        """The best plan with the shared limits dropped. None where there are none, or no plan was found."""
        size = (len(program.row_lower), len(program.cost))
        matrix = csc_array((program.values, program.rows, program.starts), shape=size)
        relieved = np.concatenate(
            [program.rules[name].index.ravel() for name in RELIEVED if name in program.rules]
            or [np.zeros(0, dtype=np.int64)]
        )
        kept = np.ones(size[0], dtype=bool)
        kept[relieved] = False
        part = Part(
            program.cost,
            program.lower,
            program.upper,
            program.row_lower[kept],
            program.row_upper[kept],
            matrix.tocsr()[kept].tocsc(),
        )
        solved = solve_part(part, dual=(start[0], start[1][kept])) if len(relieved) else None
        if solved is None:
            return None
        rows = np.full(size[0], _BASIC, dtype=np.int8)
        rows[kept] = solved.start[1]
        over = (matrix @ solved.x - program.row_upper)[relieved] > _USED
        rows[relieved[over]] = _UPPER
        passing, basic = _passing_cost(program, relieved), solved.start[0] == _BASIC
        return _Sieve(
            program=program,
            matrix=matrix,
            relieved=relieved,
            passing=passing,
            price=_FIRST_PRICE * passing,
            status=over.astype(np.int8),
            columns=solved.start[0],
            rows=rows,
            x=solved.x,
            admitted=basic,
            continued=False,
        )

    def start(self) -> Start:
        """The start that has been reached. A relief in the basis is its row's own slack with the other sign."""
        rows = self.rows.copy()
        rows[self.relieved[self.status == _BASIC]] = _BASIC
        return self.columns, rows

    def turn(self, *, closed: bool) -> bool:
        """One round, with all reliefs closed where that leaves a plan; False where nothing is left to do, or the
        solver found no plan."""
        row, column = self._free()
        used = self._solve(row, column, closed=closed)
        if used is None and closed:
            self.price = np.maximum(self.price, _PROHIBITIVE * self.passing)
            used = self._solve(row, column, closed=False)
        if used is None:
            return False
        prices, reliefs = used
        pays = self._pays(self._prices_of_settled(prices))
        self.admitted |= pays
        few = pays.sum() <= _FEW * (self.admitted.sum() - (self.columns == _BASIC).sum())
        self.continued = bool(closed and few and not reliefs.any())
        self.price[reliefs] *= _DEARER
        return bool(pays.any() or reliefs.any())

    def _free(self) -> tuple[Places, Places]:
        """Rows and columns that may change. A balance with a single quantity that may still change settles it, at
        the value that it has; that may leave a single one in the next balance."""
        program, size = self.program, len(self.program.row_lower)
        balance = program.row_lower == program.row_upper
        basic = self.columns == _BASIC
        free = self.admitted & (basic | (program.upper > program.lower))
        column = np.repeat(np.arange(len(free)), np.diff(program.starts))
        entry = np.flatnonzero(free[column])
        self.order = []
        settled = np.zeros(size, dtype=bool)
        while True:
            row, own = program.rows[entry], column[entry]
            alone = balance[row] & (np.bincount(row, minlength=size)[row] == 1) & basic[own]
            if not alone.any():
                break
            once, first = np.unique(own[alone], return_index=True)
            by_row = row[alone][first]
            self.order.append((by_row, once, program.values[entry[alone][first]]))
            free[once], settled[by_row] = False, True
            entry = entry[free[own]]
        open_rows = np.zeros(size, dtype=bool)
        open_rows[program.rows[entry]] = True
        open_rows[self.relieved] = True
        return np.flatnonzero(open_rows & ~settled), np.flatnonzero(free)

    def _solve(self, row: Places, column: Places, *, closed: bool) -> tuple[Numbers, Flags] | None:
        """Solves the part of these rows and columns; prices by row, (row of the program,), and the reliefs in use."""
        program, count = self.program, len(self.relieved)
        held = self.x.copy()
        held[column] = 0.0
        taken = (self.matrix @ held)[row]
        place = np.searchsorted(row, self.relieved)
        relief = csc_array((-np.ones(count), place, np.arange(count + 1)), shape=(len(row), count))
        part = Part(
            np.concatenate([program.cost[column], self.price]),
            np.concatenate([program.lower[column], np.zeros(count)]),
            np.concatenate([program.upper[column], np.full(count, 0.0 if closed else np.inf)]),
            program.row_lower[row] - taken,
            program.row_upper[row] - taken,
            _beside(self.matrix[:, column].tocsr()[row].tocsc(), relief),
        )
        before = (np.concatenate([self.columns[column], self.status]), self.rows[row])
        solved = solve_part(part, primal=before if self.continued else None)
        if solved is None:
            return None
        self._take(solved, row, column)
        prices = np.zeros(len(program.row_lower))
        prices[row] = solved.y
        return prices, solved.x[len(column) :] > _USED

    def _take(self, solved: Solved, row: Places, column: Places) -> None:
        count = len(column)
        self.x[column], self.columns[column] = solved.x[:count], solved.start[0][:count]
        self.status, self.rows[row] = solved.start[0][count:], solved.start[1]

    def _prices_of_settled(self, prices: Numbers) -> Numbers:
        """Prices of all rows: what settles a quantity is priced so that the quantity costs what it earns."""
        for row, column, value in reversed(self.order):
            prices[row] = (self.program.cost[column] - self.matrix[:, column].T @ prices) / value
        return prices

    def _pays(self, prices: Numbers) -> Flags:
        program = self.program
        reduced = program.cost - self.matrix.T @ prices
        at_upper = self.columns == _UPPER
        better = np.where(at_upper, reduced > _PAYS, reduced < -_PAYS)
        flags: Flags = ~self.admitted & better & (program.upper > program.lower)
        return flags


def _passing_cost(program: Program, relieved: Places) -> Numbers:
    """Median cost of the quantities that take a unit of each of these limits, currency, (relief,); 1 without any."""
    column = np.repeat(np.arange(len(program.cost)), np.diff(program.starts))
    takes = np.isin(program.rows, relieved) & (program.values > 0)
    row, each = program.rows[takes], program.cost[column[takes]] / program.values[takes]
    order = np.lexsort((each, row))
    first, after = np.searchsorted(row[order], relieved), np.searchsorted(row[order], relieved, side="right")
    each = np.append(each[order], 1.0)
    median = each[np.where(after > first, (first + after) // 2, len(each) - 1)]
    positive: Numbers = np.where(median > 0, median, 1.0)
    return positive


def _beside(one: csc_array, other: csc_array) -> csc_array:
    """Columns of both, one after the other."""
    return csc_array(
        (
            np.concatenate([one.data, other.data]),
            np.concatenate([one.indices, other.indices]),
            np.concatenate([one.indptr, one.indptr[-1] + other.indptr[1:]]),
        ),
        shape=(one.shape[0], one.shape[1] + other.shape[1]),
    )
