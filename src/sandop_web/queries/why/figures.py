"""Any figure opened by its name: `ledger.<line>.<side>`, `report.<report>.<column>`, `made.<kind>.<measures>`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sandop.pack.places import LEDGER, MADE, REPORT
from sandop_web.access import Actor, NotUnderstood, query
from sandop_web.access.versions import version_of
from sandop_web.queries.why.computed import Computed
from sandop_web.queries.why.ledger_figure import ledger_figure
from sandop_web.queries.why.ledgers import LINES
from sandop_web.queries.why.made import made_figure
from sandop_web.queries.why.report_figure import report_figure
from sandop_web.queries.why.summing import ASKED_LEVELS, scope_of
from sandop_web.store.models import Version
from sandop_web.store.plans import read_network
from sandop_web.wording import say

MONEY = ("money", "money_by_family")  # reports of the ledger


def is_figure(name: str) -> bool:
    """True for the name of a computed figure, which no measure's is."""
    return "." in name


@query
def figure_explained(*, by: Actor, version: int, figure: str, key: Mapping[str, str], period: str) -> Computed:
    """How the figure is computed, in the reader's scope. `key` chooses rows: labels by level for the ledger, what
    names the row for a report. Raises NothingThere, and NotUnderstood for a figure that does not exist."""
    found = version_of(by=by, version=version)
    computed = _computed(by, found, figure, key, period)
    return replace(computed, scope=scope_of(by=by, network=read_network(found)))


def _computed(by: Actor, found: Version, figure: str, key: Mapping[str, str], period: str) -> Computed:
    kind, _, rest = figure.partition(".")
    name, _, column = rest.partition(".")
    at = {level: key[level] for level in ASKED_LEVELS if key.get(level)}
    if kind == MADE:
        return made_figure(by=by, version=found, rest=rest, at=at, period=period)
    if kind == LEDGER:
        return ledger_figure(by=by, version=found, line=name, side=column, at=at, period=period)
    if kind == REPORT and name in MONEY and key.get("line") in LINES:  # the ledger says the same, and of what
        return ledger_figure(by=by, version=found, line=key["line"], side=column, at=at, period=period)
    if kind == REPORT:
        return report_figure(by=by, version=found, report=name, column=column, key=key, period=period)
    title = say("drill.figure", by.language)
    raise NotUnderstood(field=title, value=figure[:80], wanted=f"{LEDGER}.revenue.plan, {REPORT}.kpis.value")
