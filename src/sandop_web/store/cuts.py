"""Cuts: the demand a version does not serve on time, and what sales said to each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sandop.network import Network
from sandop.plan import Key
from sandop.tables import Report
from sandop_web.store.models import CutAnswer, Version

_ABOUT = 0.01  # share of a quantity by which a cut may move and still be the one that was answered


@dataclass(frozen=True)
class Cut:
    """Demand of a series that is not served on time.

    key      item, site, customer
    period   the first in which it is not served in full
    late     unit-months owed; `lost` units given up; `penalty` their price, plan currency
    reason   code of why; `limits` ids of what is short
    """

    key: Key
    family: str
    period: str
    late: float
    lost: float
    penalty: float
    reason: str
    limits: tuple[str, ...]

    @property
    def customer(self) -> str:
        """Who is not served."""
        return self.key[2]


def cuts_of_report(report: Report, network: Network) -> list[Cut]:
    """The cuts of a report `unserved`, the dearest first."""
    families = dict(zip(network.items.keys, network.items.family))
    found = [
        Cut(
            key=(str(row["item"]), str(row["site"]), str(row["customer"])),
            family=str(families.get(str(row["item"]), "")),
            period=str(row["period"]),
            late=float(row["late"] or 0.0),
            lost=float(row["lost"] or 0.0),
            penalty=float(row["penalty"] or 0.0),
            reason=str(row["reason"]),
            limits=tuple(limit.strip() for limit in str(row["limits"] or "").split(",") if limit.strip()),
        )
        for row in report
    ]
    return sorted(found, key=lambda cut: (-cut.penalty, cut.key))


def answers_to(version: Version) -> dict[Key, CutAnswer]:
    """The newest answer to each series of the version."""
    given = CutAnswer.objects.filter(version=version).select_related("member", "decision").order_by("pk")
    return {(one.item, one.site, one.customer): one for one in given}


def state_of(cut: Cut, answers: Mapping[Key, CutAnswer]) -> str:
    """accepted or escalated; "changed" where the cut has moved since it was answered; "open" before any answer."""
    answer = answers.get(cut.key)
    if answer is None:
        return "open"
    moved = not (_about(cut.late, answer.late) and _about(cut.lost, answer.lost))
    return "changed" if moved else answer.answer


def unanswered(cuts: Iterable[Cut], answers: Mapping[Key, CutAnswer]) -> list[Cut]:
    """The cuts that wait for a word: never answered, or changed since."""
    return [cut for cut in cuts if state_of(cut, answers) in ("open", "changed")]


def _about(now: float, then: float) -> bool:
    return abs(now - then) <= max(_ABOUT * abs(then), 0.5)
