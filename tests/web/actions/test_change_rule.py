"""A ground rule is changed."""

import pytest
from meeting import at_the_doors
from stage import Act, Browser

from sandop_web.access import NotUnderstood, NotYourRole, WhyMissing
from sandop_web.actions.rules import change_rule
from sandop_web.queries.rules import rules_of
from sandop_web.store.models import Company

pytestmark = pytest.mark.usefixtures("company")


def _held(act: Act) -> dict[str, object]:
    return {rule.name: rule.value for rule in rules_of(by=act("vic")).rules}


def test_the_defaults_hold_until_somebody_changes_them(act: Act) -> None:
    assert _held(act) == {
        "substitutes_with_authority": True,
        "silence_is_consent": True,
        "override_needs_reason": True,
        "packet_hours": 48,
        "meeting_minutes": 120,
        "no_new_numbers_in_meeting": True,
        "late_threshold": 0.05,
    }


def test_a_changed_rule_holds_and_shows_its_default(act: Act) -> None:
    change_rule(by=act("eve"), name="late_threshold", value=0.1, why="we are many")
    change_rule(by=act("max"), name="silence_is_consent", value=False, why="we want to hear it")
    held = _held(act)
    assert held["late_threshold"] == 0.1 and held["silence_is_consent"] is False and held["packet_hours"] == 48
    assert {rule.default for rule in rules_of(by=act("vic")).rules if rule.name == "late_threshold"} == {0.05}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("moon", True),
        ("silence_is_consent", 1),
        ("packet_hours", True),
        ("packet_hours", 500),
        ("late_threshold", -0.1),
    ],
)
def test_what_cannot_be_meant_is_refused(act: Act, name: str, value: float) -> None:
    with pytest.raises(NotUnderstood):
        change_rule(by=act("max"), name=name, value=value, why="try")


def test_only_those_who_run_the_cycle_may_and_say_why(act: Act) -> None:
    with pytest.raises(NotYourRole):
        change_rule(by=act("hana"), name="packet_hours", value=24, why="hurry")
    with pytest.raises(WhyMissing):
        change_rule(by=act("max"), name="packet_hours", value=24, why="")


def test_the_doors(client_of: Browser) -> None:
    form = {"name": "late_threshold", "value": "7.5%", "why": "we are many"}
    at_the_doors(client_of, "cycle/rules/change/", who="max", form=form, not_for=("hana", "vic"))
    assert Company.objects.get().rules["late_threshold"] == pytest.approx(0.075)


def test_a_yes_or_no_comes_from_the_page_as_such(client_of: Browser) -> None:
    form = {"name": "silence_is_consent", "value": "no", "why": "we want to hear it"}
    assert client_of("max").post("/c/small/cycle/rules/change/", form).status_code == 303
    assert Company.objects.get().rules["silence_is_consent"] is False
