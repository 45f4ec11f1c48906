"""A live solver (HiGHS, one thread) over a program: solved cold from a given start, changed limits warm."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import highspy
import numpy as np
from numpy.typing import NDArray

from sandop.supply.certificate import Certificate
from sandop.supply.program import Program

Numbers = NDArray[np.float64]
Start = tuple[NDArray[np.int8], NDArray[np.int8]]
_STATUS = np.array(
    [highspy.HighsBasisStatus.kLower, highspy.HighsBasisStatus.kBasic, highspy.HighsBasisStatus.kUpper], dtype=object
)

ONE_THREAD = (("output_flag", False), ("threads", 1), ("random_seed", 0), ("parallel", "off"))
_MOST_NODES = 5000
_FEASIBLE = 2  # the solver's word for a plan that keeps every limit


def basis_of(start: Start) -> highspy.HighsBasis:
    """The status of columns, (column,), and of rows, (row,), in the solver's words."""
    basis = highspy.HighsBasis()
    basis.col_status, basis.row_status = list(_STATUS[start[0]]), list(_STATUS[start[1]])
    basis.valid, basis.alien = True, False
    return basis


class NoPlanFound(RuntimeError):
    """The solver stopped without an answer; a program drawn by `build_program` always has one."""


@dataclass(frozen=True, eq=False)
class Answer:
    """Plan (column,), prices (row,), cost, and the solver's own bound where numbers are whole."""

    x: Numbers
    y: Numbers
    cost: float
    claimed: float = float("nan")


class LiveModel:
    """One program kept alive in the solver, so that a what-if starts from the last plan.

    start   where to begin: status of columns and rows, see `just_in_time_start` and `sifted_start`
    """

    def __init__(self, program: Program, *, start: Start | None = None) -> None:
        self.program = program
        self._start = start
        self._row_upper = program.row_upper.copy()
        self._upper = program.upper.copy()
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in (*ONE_THREAD, ("mip_rel_gap", 1e-7), ("mip_max_nodes", _MOST_NODES)):
            self._highs.setOptionValue(option, value)
        self._pass(whole=False)
        self._begin(start)

    def solve(self) -> Answer:
        """The best plan. Raises NoPlanFound where the solver gives up every time.

        The bound is recomputed; where it does not prove the plan, the program is solved again from its start and
        then from nothing (warm starts have returned wrong optima; a large plan from nothing takes very long).
        """
        answer = self.solve_continuous()
        return self._solve_whole(answer) if self.program.whole.any() else answer

    def solve_continuous(self) -> Answer:
        """The best plan where nothing need be whole, under the limits as they stand; as `solve`."""
        answer = self._run()
        for start in (self._start, None):
            if answer is None or not self.certify(answer).is_best:
                self._highs.clearSolver()
                self._begin(start)
                answer = self._run()
        if answer is None:
            raise NoPlanFound(self._highs.modelStatusToString(self._highs.getModelStatus()))
        return answer

    def certify(self, answer: Answer) -> Certificate:
        """Certificate of an answer under the limits as they now stand."""
        return Certificate.of(self._program_now(), x=answer.x, y=answer.y, claimed=answer.claimed)

    def change_row_upper(self, row: int, upper: float) -> None:
        """Another limit of a row (a capacity, a supplier limit)."""
        self._highs.changeRowBounds(row, float(self.program.row_lower[row]), upper)
        self._row_upper[row] = upper

    def change_upper(self, column: int, upper: float) -> None:
        """Another limit of a quantity (a purchase or process limit)."""
        self._highs.changeColBounds(column, float(self.program.lower[column]), upper)
        self._upper[column] = upper

    @contextmanager
    def with_more(self, *, row: int = -1, column: int = -1, more: float) -> Iterator[LiveModel]:
        """The model with a limit of a row or of a column raised by `more`, put back afterwards."""
        before = self._row_upper[row] if row >= 0 else self._upper[column]
        change, place = (self.change_row_upper, row) if row >= 0 else (self.change_upper, column)
        change(place, float(before + more))
        try:
            yield self
        finally:
            change(place, float(before))

    def least_cost(self) -> float:
        """Cost of the best continuous plan under the limits as they stand; as `solve_continuous`."""
        return self.solve_continuous().cost

    def _program_now(self) -> Program:
        return replace(self.program, row_upper=self._row_upper, upper=self._upper)

    def _pass(self, *, whole: bool) -> None:
        program, highs = self.program, self._highs
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(program.cost), len(program.row_lower)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = program.cost, program.lower, self._upper
        lp.row_lower_, lp.row_upper_, lp.offset_ = program.row_lower, self._row_upper, program.constant
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_, lp.a_matrix_.index_ = program.starts, program.rows
        lp.a_matrix_.value_ = program.values
        if whole:
            lp.integrality_ = [
                highspy.HighsVarType.kInteger if flag else highspy.HighsVarType.kContinuous for flag in program.whole
            ]
        highs.passModel(lp)

    def _begin(self, start: Start | None) -> None:
        if start is not None:
            self._highs.setBasis(basis_of(start))

    def _run(self) -> Answer | None:
        highs = self._highs
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        solution = highs.getSolution()
        x = np.clip(np.array(solution.col_value), self.program.lower, self._upper)
        return Answer(x, np.array(solution.row_dual), self.program.objective(x))

    def _solve_whole(self, continuous: Answer) -> Answer:
        """Whole workers by branch and bound, stopped after a count of nodes (never by the clock, so that the plan
        is the same on every machine). The proof keeps the prices of the continuous plan."""
        self._pass(whole=True)
        self._highs.run()
        if self._highs.getInfo().primal_solution_status != _FEASIBLE:
            raise NoPlanFound(self._highs.modelStatusToString(self._highs.getModelStatus()))
        x = np.array(self._highs.getSolution().col_value)
        x = np.where(self.program.whole, np.round(x), x)
        claimed = float(self._highs.getInfo().mip_dual_bound)
        x = np.clip(x, self.program.lower, self._upper)
        self._pass(whole=False)
        self._begin(self._start)
        return Answer(x, continuous.y, self.program.objective(x), claimed)
