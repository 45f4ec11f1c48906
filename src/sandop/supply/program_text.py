"""A program as text that a planner can read: one line a rule, one line a quantity, with their business names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from sandop.supply.program import Block, Program


def rule_text(program: Program, name: str, *, labels: Sequence[str]) -> str:
    """The rows of one rule: its name, what adds and what takes, its limit.

    labels  names of the periods
    """
    names = np.concatenate([_names(block, labels) for block in program.columns.values()])
    places = np.concatenate([block.index.ravel() for block in program.columns.values()])
    of_column = np.empty(len(program.cost), dtype=object)
    of_column[places] = names
    column = np.repeat(np.arange(len(program.cost)), np.diff(program.starts))
    block = program.rules[name]
    lines = []
    for row, own in zip(block.index.ravel(), _names(block, labels)):
        here = np.flatnonzero(program.rows == row)
        terms = [
            f"{'-' if program.values[k] < 0 else '+'} {abs(program.values[k]):.6g} {of_column[column[k]]}"
            for k in here
        ]
        lines.append(f"{own}: {' '.join(terms) or '0'} {_limits(program.row_lower[row], program.row_upper[row])}")
    return "\n".join(lines) + "\n"


def quantity_text(program: Program, name: str, *, labels: Sequence[str]) -> str:
    """The columns of one quantity: its name, its upper limit, its cost, and whether it is whole."""
    block = program.columns[name]
    return "".join(
        f"0 <= {own} <= {program.upper[column]:.6g} at {program.cost[column]:.6g}"
        f"{' whole' if program.whole[column] else ''}\n"
        for column, own in zip(block.index.ravel(), _names(block, labels))
    )


def _names(block: Block, labels: Sequence[str]) -> NDArray[np.object_]:
    return np.array(list(_each_name(block, labels)), dtype=object)


def _each_name(block: Block, labels: Sequence[str]) -> Iterator[str]:
    for key in block.keys:
        for label in labels:
            yield f"{block.name}[{' '.join(key)} {label}]"


def _limits(lower: float, upper: float) -> str:
    if lower == upper:
        return f"= {lower:.6g}"
    return (
        f"<= {upper:.6g}"
        if lower == -np.inf
        else f">= {lower:.6g}"
        if upper == np.inf
        else (f"between {lower:.6g} and {upper:.6g}")
    )
