"""The supply plan's records as flat tables: shortages, unserved demand, surpluses, the certificate."""

from __future__ import annotations

import math
from collections.abc import Mapping

from sandop.findings import Finding, warning
from sandop.supply import Certificate, Shortage, SupplyPlan, Surplus, Unserved
from sandop.supply.shortages import STEPS
from sandop.tables import Cell, Report

_KINDS = {"capacity": "capacity", "supplier limit": "supplier", "purchases": "purchase", "production": "process"}

# Decimals of each column as it is kept: solvers differ in the last bits from run to run, and a report is hashed.
_DECIMALS = {
    **dict.fromkeys(("late", "lost", "quantity", "available", "used", "short"), 3),
    **dict.fromkeys(("penalty", "value", "amount", "primal", "bound"), 2),
    **{f"saves_{round(share * 100)}": 2 for share in STEPS},
    **dict.fromkeys(("unit_value", "worth", "share"), 6),
    **dict.fromkeys(("gap", "infeasibility"), 12),
}


def supply_reports(supplied: SupplyPlan) -> dict[str, Report]:
    """Every report of the supply review, its numbers as they are kept."""
    return {name: [_as_kept(row) for row in rows] for name, rows in _reports(supplied).items()}


def _as_kept(row: Mapping[str, Cell]) -> dict[str, Cell]:
    return {
        name: round(float(cell), _DECIMALS[name]) + 0.0 if isinstance(cell, float) and name in _DECIMALS else cell
        for name, cell in row.items()
    }


def _reports(supplied: SupplyPlan) -> dict[str, Report]:
    return {
        "shortages": [_shortage(shortage) for shortage in supplied.shortages],
        "unserved": [_unserved(one) for one in supplied.unserved],
        "surpluses": [_surplus(surplus) for surplus in supplied.surpluses],
        "costs": [{"kind": kind.replace(" ", "_"), "amount": amount} for kind, amount in supplied.costs.items()],
        "certificate": [_certificate(supplied.certificate)],
    }


def _unserved(one: Unserved) -> dict[str, Cell]:
    return {
        "item": one.key[0],
        "site": one.key[1],
        "customer": one.key[2],
        "period": one.period,
        "late": one.late,
        "lost": one.lost,
        "penalty": one.penalty,
        "reason": one.reason.replace(" ", "_"),
        "limits": ", ".join(dict.fromkeys(" · ".join(limit.key) for limit in one.limits)),
    }


def _surplus(surplus: Surplus) -> dict[str, Cell]:
    return {
        "kind": surplus.kind.replace(" ", "_"),
        "id": " · ".join(surplus.key),
        "quantity": surplus.quantity,
        "share": surplus.share,
        "value": surplus.value,
    }


def _certificate(certificate: Certificate) -> dict[str, Cell]:
    return {
        "status": "proven" if certificate.is_best else "bounded",
        "primal": certificate.primal,
        "bound": certificate.bound,
        "gap": certificate.gap,
        "infeasibility": certificate.checked.violation,
        "rows": len(certificate.arrays["row_lower"]),
        "columns": len(certificate.arrays["cost"]),
        "nonzeros": len(certificate.arrays["values"]),
        "whole": int(certificate.arrays["whole"].sum()),
    }


def lost_without_a_limit(supplied: SupplyPlan) -> list[Finding]:
    """A finding where demand is lost though no limit is short and supply could arrive in time: because nothing brings
    it, or because its penalties do not outweigh what serving it costs."""
    found = []
    for reason, message in (("no way", "no_way_to_serve"), ("price", "not_worth_serving")):
        lost = [one for one in supplied.unserved if one.reason == reason and one.lost > 0]
        if lost:
            worst = max(lost, key=lambda one: one.lost)
            found.append(warning(message, series=len(lost), worst=" · ".join(worst.key), lost=worst.lost))
    return found


def _shortage(shortage: Shortage) -> dict[str, Cell]:
    limit = shortage.limit
    return {
        "kind": _KINDS.get(limit.kind, limit.kind),
        "limit": " · ".join(limit.key),
        "period": limit.period,
        "available": shortage.available,
        "used": None if math.isnan(shortage.required) else shortage.required,
        "short": shortage.short,
        "unit": shortage.unit,
        "unit_value": shortage.price,
        "worth": None if not shortage.gains else shortage.value,
        **{f"saves_{round(share * 100)}": _saving(shortage, share * shortage.available) for share in STEPS},
        "items": ", ".join(dict.fromkeys(key[0] for key in shortage.hit)),
        "customers": ", ".join(dict.fromkeys(key[2] for key in shortage.hit)),
    }


def _saving(shortage: Shortage, more: float) -> float | None:
    """The confirmed saving of a step, blank where it has not been solved."""
    return next((gain.saving for gain in shortage.gains if math.isclose(gain.more, more)), None)
