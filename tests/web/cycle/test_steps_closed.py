"""What a signed step means for the numbers of its version."""

from __future__ import annotations

import pytest

from sandop_web.store.models import CycleStep, Version
from sandop_web.store.steps import NumbersAreFixed, StepIsClosed, require_step_open


def _sign(*steps: str) -> None:
    CycleStep.objects.filter(step__in=steps).update(state=CycleStep.State.SIGNED)


def test_an_open_cycle_takes_numbers(cycle: str, version: Version) -> None:
    require_step_open(version=version, step="demand_review")


def test_numbers_of_a_signed_step_are_closed_and_the_refusal_says_how_to_go_on(cycle: str, version: Version) -> None:
    _sign("demand_review")
    with pytest.raises(StepIsClosed) as refused:
        require_step_open(version=version, step="demand_review")
    assert "Demand review of Jan 2026" in str(refused.value) and "late input" in refused.value.remedy("en")
    assert "需求评审" in refused.value.text("zh") and "逾期输入" in refused.value.remedy("zh")
    require_step_open(version=version, step="supply_review")


def test_once_pre_sop_is_signed_no_number_of_the_plan_moves(cycle: str, version: Version) -> None:
    _sign("pre_sop")
    with pytest.raises(NumbersAreFixed):
        require_step_open(version=version, step="sop_meeting")


def test_where_the_company_allows_numbers_in_the_meeting_they_stay_open(cycle: str, version: Version) -> None:
    _sign("pre_sop")
    version.company.rules = {"no_new_numbers_in_meeting": False}
    version.company.save()
    require_step_open(version=version, step="sop_meeting")


def test_a_scenario_stays_open(cycle: str, version: Version) -> None:
    _sign("demand_review", "pre_sop")
    scenario = Version.objects.create(
        company=version.company,
        number=99,
        title="what if",
        purpose=Version.Purpose.SCENARIO,
        parent=version,
        start=version.start,
        made_at=version.made_at,
    )
    require_step_open(version=scenario, step="demand_review")
