"""The settings of a plan, as `plan.toml` states them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Share = Annotated[float, Field(ge=0.0, le=1.0)]
Amount = Annotated[float, Field(ge=0.0)]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Company(_Section):
    """Who plans."""

    name: str = Field(description="Name of the company in English", examples=["Qiantang Pumps"])
    name_zh: str = Field("", description="Name in Chinese", examples=["钱塘泵业"])
    invented: bool = Field(False, description="The company is made up; every page says so")
    currency: str = Field(description="The one plan currency", examples=["CNY"])
    fiscal_year_start: int = Field(1, ge=1, le=12, description="First month of the fiscal year")
    source: str = Field("", description="Where the figures come from, shown with them")


class Time(_Section):
    """What is past, what is planned."""

    start: Month = Field(description="First planned month: the first that is not closed", examples=["2026-01"])
    months: int = Field(18, ge=1, le=60, description="Planned months")
    history_start: Month = Field(description="First month of history", examples=["2022-01"])
    bucket: Literal["month", "week"] = Field("month", description="Bucket of the supply plan")
    frozen_periods: int = Field(1, ge=0, description="Periods that may not change (planning time fence)")
    firm_periods: int = Field(2, ge=0, description="Periods that change with approval only (demand time fence)")
    date_order: Literal["", "ymd", "dmy", "mdy"] = Field(
        "", description="How dates such as 03/04/2026 are read; unset, they are findings"
    )


class Demand(_Section):
    """How the demand plan is made."""

    sales_includes: tuple[Literal["activities", "launches"], ...] = Field(
        ("activities", "launches"), description="What the sales forecast already includes"
    )
    festival: Literal["", "spring"] = Field("", description="Moving holiday whose effect is estimated")
    learned: bool = Field(True, description="Let a learned correction improve the forecast where it proves itself")
    vintages: int = Field(12, ge=0, description="Past months at which the forecast is made again to judge it")


class Supply(_Section):
    """How the supply plan is made."""

    holding_rate: Amount = Field(0.015, description="Cost of holding stock, share of its value a month")
    shortfall_rate: Amount = Field(
        0.25, description="Cost of a unit missing to its stock target, share of its value a month"
    )
    service_level: Share = Field(0.95, description="Cycle service where neither item nor family says one")


class Finance(_Section):
    """How money is counted."""

    payable_days: Amount = Field(45.0, description="Days to pay suppliers that state no days of their own")


class Settings(_Section):
    """All settings of a plan."""

    company: Company
    time: Time
    demand: Demand = Demand()
    supply: Supply = Supply()
    finance: Finance = Finance()
    seed: int = Field(7, description="Seed of everything that draws numbers")
