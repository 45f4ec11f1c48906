"""A plan is a value: settings, calendar, network, sheets. Editing returns a new plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from sandop.calendar import Calendar, Periods
from sandop.measures import measure
from sandop.network import Network
from sandop.plan.change import Change, apply_changes
from sandop.plan.settings import Settings
from sandop.plan.sheet import Rows, Sheet

Sheets = Mapping[str, Sheet]


@dataclass(frozen=True, eq=False)
class Plan:
    """Everything the company brings into the month.

    sheets      input measure → sheet; a measure nobody brought is absent
    vintages    month in which a forecast was made → the demand forecast of that time ("demand" sheet)
    previous    result measure → sheet of the version approved last; empty where there is none
    """

    settings: Settings
    network: Network
    sheets: Sheets = field(default_factory=dict)
    vintages: Sheets = field(default_factory=dict)
    previous: Sheets = field(default_factory=dict)
    changes: tuple[Change, ...] = ()

    def __post_init__(self) -> None:
        for name in ("sheets", "vintages", "previous"):
            object.__setattr__(self, name, MappingProxyType(dict(sorted(getattr(self, name).items()))))

    @cached_property
    def calendar(self) -> Calendar:
        """History up to the month before `time.start`, then the planned periods (months or weeks)."""
        time = self.settings.time
        planned = Periods.months(time.start, time.months)
        return Calendar(
            history=Periods.between(time.history_start, time.start),
            horizon=planned if time.bucket == "month" else Periods.weeks(time.start, time.months),
            fiscal_year_start=self.settings.company.fiscal_year_start,
            frozen_periods=time.frozen_periods,
            firm_periods=time.firm_periods,
        )

    def sheet(self, name: str) -> Sheet:
        """An input sheet with its changes applied. Raises KeyError where nobody brought it."""
        return apply_changes(self.sheets[name], self.changes)

    def sheet_or_blank(self, name: str, rows: Rows | None = None, periods: Periods | None = None) -> Sheet:
        """The input sheet on these rows and periods; blank where nobody brought it."""
        if name in self.sheets:
            sheet = self.sheet(name)
            return sheet.on(rows or sheet.rows, periods)
        rows = rows or Rows(measure(name).grain, ())
        return Sheet.blank(name, rows, periods or self.calendar.horizon)

    def with_sheets(self, **sheets: Sheet) -> Plan:
        """The plan with these input sheets in place of its own."""
        return replace(self, sheets={**self.sheets, **sheets})

    def with_network(self, network: Network) -> Plan:
        return replace(self, network=network)

    def edited(self, *changes: Change) -> Plan:
        """The plan with more changes. Raises as `apply_changes` where a change does not fit."""
        edited = replace(self, changes=self.changes + changes)
        for name in {change.measure for change in changes}:
            edited.sheet(name)
        return edited
