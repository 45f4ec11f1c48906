"""Verifies a supply plan without the solver: the program is drawn again from the plan's inputs, and the stored
certificate and sheets must agree with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sandop.findings import Finding, error
from sandop.measures import measure
from sandop.plan import Plan, Sheet
from sandop.supply.certificate import PROVEN_GAP, Certificate
from sandop.supply.checker import ARRAYS, Checked
from sandop.supply.draw import draw_chain
from sandop.supply.model import build_program
from sandop.supply.results import sheets_of


@dataclass(frozen=True)
class Verification:
    """Outcome of a check.

    checked     cost, bound, gap and violations as the arithmetic finds them
    whole       True where some numbers must be whole: then the gap is to the continuous plan
    findings    everything that does not agree; empty where the plan is verified
    """

    checked: Checked
    whole: bool
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """True where nothing disagrees."""
        return not self.findings


def verify_supply(
    *,
    plan: Plan,
    demand: Sheet,
    targets: Sheet,
    sheets: Mapping[str, Sheet],
    certificate: Certificate,
    frozen: Sheet | None = None,
) -> Verification:
    """Checks that the certificate is for this plan, keeps every limit, proves the cost, and gives these sheets.

    demand, targets, frozen   as in `plan_supply`
    sheets                    result sheets as stored; those of other disciplines are passed over
    """
    chain = draw_chain(plan=plan, demand=demand, targets=targets, frozen=frozen)
    program = build_program(chain)
    arrays, checked = certificate.arrays, certificate.checked
    findings = []
    foreign = [name for name in ARRAYS[:-2] if not _same(getattr(program, name), arrays[name])]
    if foreign:
        findings.append(error("supply.verify.other_program", parts=", ".join(foreign)))
    if not checked.holds():
        findings.append(error("supply.verify.limit_broken", violation=checked.violation, relative=checked.relative))
    whole = bool(np.any(arrays["whole"]))
    if not whole and not checked.gap <= PROVEN_GAP:
        findings.append(error("supply.verify.gap", gap=checked.gap, primal=checked.primal, bound=checked.bound))
    if len(arrays["x"]) == len(program.cost) and len(arrays["y"]) == len(program.row_lower):
        drawn = sheets_of(chain=chain, program=program, x=arrays["x"], y=arrays["y"])
        findings += [
            error("supply.verify.sheet_differs", sheet=name)
            for name, sheet in drawn.items()
            if name not in sheets or not _same_sheet(sheet, sheets[name])
        ]
    return Verification(checked, whole, tuple(findings))


def _same(one: object, other: object) -> bool:
    """Equal but for the last bits, which differ between processors."""
    a, b = np.asarray(one, dtype=np.float64), np.asarray(other, dtype=np.float64)
    return a.shape == b.shape and bool(np.allclose(a, b, rtol=1e-11, atol=1e-11, equal_nan=True))


def _same_sheet(one: Sheet, other: Sheet) -> bool:
    """Equal but for one unit of the last stored decimal. Rows that are wholly blank or zero need not be stored."""
    step = 1.01 * 10.0 ** -measure(one.name).decimals
    known = other.on(one.rows, one.periods).values
    extra = [key for key in other.rows.keys if key not in one.rows.position]
    return not extra and bool(np.allclose(np.nan_to_num(one.values), np.nan_to_num(known), rtol=1e-9, atol=step))
