"""Settings of a plan are the S&OP manager's, until Pre-S&OP is signed."""

from typing import Any

import pytest
from planning import address, closed_doors, signed
from stage import Act, Browser

from sandop_web.access import NotYourRole, WhyMissing
from sandop_web.actions.masters import edit_settings_of_plan
from sandop_web.queries.plans import version_facts
from sandop_web.store.models import MasterChange, Version
from sandop_web.store.plans import read_settings
from sandop_web.store.refusals import MasterHasMoved, SettingIsFixed, ValueNotAllowed
from sandop_web.store.steps import StepIsClosed


def _set(act: Act, version: Version, person: str = "max", **said: Any) -> None:
    change = {"section": "supply", "key": "holding_rate", "before": 0.015, "value": 0.02, "why": "interest", **said}
    edit_settings_of_plan(by=act(person), version=version.pk, **change)


def test_the_plan_holds_it_and_its_results_are_stale(act: Act, version: Version) -> None:
    _set(act, version)
    assert read_settings(version).supply.holding_rate == 0.02
    assert version_facts(by=act("max"), version=version.pk).behind == 1
    assert MasterChange.objects.get().person == "max"


@pytest.mark.parametrize("person", ["dana", "fiona", "eve", "vic"])
def test_others_do_not_change_it(act: Act, version: Version, person: str) -> None:
    with pytest.raises(NotYourRole):
        _set(act, version, person)


def test_what_cannot_be_is_refused(act: Act, version: Version) -> None:
    for said, error in (
        ({"before": 0.5}, MasterHasMoved),
        ({"value": -1.0}, ValueNotAllowed),
        ({"section": "time", "key": "start", "before": "2026-01", "value": "2026-02"}, SettingIsFixed),
        ({"why": ""}, WhyMissing),
    ):
        with pytest.raises(error):
            _set(act, version, **said)


@pytest.mark.usefixtures("cycle")
def test_once_pre_sop_is_signed_they_are_fixed(act: Act, version: Version) -> None:
    signed(version, "pre_sop")
    with pytest.raises(StepIsClosed):
        _set(act, version)


def test_the_page_changes_one_and_its_doors(client_of: Browser, version: Version) -> None:
    path = address(version, "settings/edit/")
    sent = {"section": "time", "key": "frozen_periods", "was": "1", "now": "2", "why": "calmer"}
    closed_doors(client_of, path, sent, wrong_role="dana")
    assert read_settings(version).time.frozen_periods == 1
    assert client_of("max").post(path, sent).status_code == 303
    assert read_settings(version).time.frozen_periods == 2
