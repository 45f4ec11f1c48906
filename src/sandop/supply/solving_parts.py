"""Solves part of a program once (HiGHS, one thread): no business names, nothing kept alive."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from sandop.supply.solver import ONE_THREAD, Start, basis_of

Numbers = NDArray[np.float64]
_DUAL, _PRIMAL = 1, 4  # the solver's words for its simplex methods


@dataclass(frozen=True, eq=False)
class Part:
    """Least cost @ x over lower <= x <= upper, row_lower <= matrix x <= row_upper; (column,) and (row,)."""

    cost: Numbers
    lower: Numbers
    upper: Numbers
    row_lower: Numbers
    row_upper: Numbers
    matrix: csc_array


@dataclass(frozen=True, eq=False)
class Solved:
    """Plan x (column,), prices y (row,), and the status of columns and rows from which they follow."""

    x: Numbers
    y: Numbers
    start: Start


def solve_part(part: Part, *, dual: Start | None = None, primal: Start | None = None) -> Solved | None:
    """The best plan of a part; None where the solver finds none.

    dual      a start that is right for its prices: the dual simplex method continues from it
    primal    a start that keeps every limit: the primal simplex method continues from it

    With neither the program is reduced first and solved from nothing. Costs are not perturbed: measured at 2,000
    items that saves a tenth of the time.
    """
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (
        *ONE_THREAD,
        ("simplex_strategy", _DUAL if primal is None else _PRIMAL),
        ("dual_simplex_cost_perturbation_multiplier", 0.0),
        ("primal_simplex_bound_perturbation_multiplier", 0.0),
    ):
        highs.setOptionValue(option, value)
    highs.passModel(_model(part))
    start = dual if primal is None else primal
    if start is not None:
        highs.setBasis(basis_of(start))
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    solution, basis = highs.getSolution(), highs.getBasis()
    return Solved(
        np.array(solution.col_value),
        np.array(solution.row_dual),
        (_status(basis.col_status), _status(basis.row_status)),
    )


def _model(part: Part) -> highspy.HighsLp:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(part.cost), len(part.row_lower)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = part.cost, part.lower, part.upper
    lp.row_lower_, lp.row_upper_ = part.row_lower, part.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = part.matrix.indptr, part.matrix.indices
    lp.a_matrix_.value_ = part.matrix.data
    return lp


def _status(statuses: list[highspy.HighsBasisStatus]) -> NDArray[np.int8]:
    """0 at the lower limit, 1 basic, 2 at the upper; what lies at neither counts as at the lower."""
    status = np.array([int(each) for each in statuses], dtype=np.int8)
    return np.where(status > 2, 0, status).astype(np.int8)
