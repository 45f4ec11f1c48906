"""The plan is signed in the S&OP meeting, over a hash, and stays as it is."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from cast import company_month
from meeting import all_decided, asked, at_the_doors, in_the_meeting, listed, ready_to_sign
from stage import NOW, Act, Browser

from sandop.io import version_hash
from sandop.plan import input_hash
from sandop_web.access import NothingThere, NotYourRole, WhyMissing
from sandop_web.access.signing import (
    CertificateDoesNotHold,
    DecisionsAreUndecided,
    HashHasMoved,
    IsSignedAlready,
    MonthIsNotWhole,
    NotInTheMeeting,
    NotTheCyclesPlan,
    ResultsAreOlder,
)
from sandop_web.actions.signing import sign_plan
from sandop_web.queries.signatures import signatures, signing_sheet, verify_signature
from sandop_web.store.branches import branch
from sandop_web.store.edits import Edit, edit_cells
from sandop_web.store.models import Cycle, CycleStep, Member, Notice, Signature, StepInput, Version
from sandop_web.store.plans import read_report, read_sheet, write_results
from sandop_web.store.refusals import VersionIsPublished

pytestmark = pytest.mark.usefixtures("cycle")


def _edit(version: Version) -> None:
    sheet = read_sheet(version, "input", "price")
    assert sheet is not None
    before = float(sheet.values[0, 0])
    edits = [Edit("price", sheet.rows.keys[0], sheet.periods.labels[0], before, before + 1.0)]
    edit_cells(version=version, edits=edits, member=Member.objects.get(person="dana"), at=NOW, why="list price")


def test_the_name_stands_over_the_hash_the_command_line_would_give(act: Act) -> None:
    version = ready_to_sign(act("eve"))
    root = sign_plan(by=act("eve"), version=version, conditions=["no Sundays", " "], why="agreed by all")
    month = company_month()
    assert root == version_hash(input_hash=input_hash(month.plan), sheets=month.sheets, reports=month.reports)
    signature = Signature.objects.get()
    assert (signature.root_hash, signature.member.person, signature.role) == (root, "eve", "gm")
    assert (signature.conditions, signature.why, signature.at) == (["no Sundays"], "agreed by all", NOW)
    assert [one["state"] for one in signature.decisions] == ["approved", "approved"]


def test_from_then_on_nobody_changes_the_plan(act: Act) -> None:
    version = ready_to_sign(act("eve"))
    sign_plan(by=act("eve"), version=version, why="agreed")
    with pytest.raises(VersionIsPublished):
        _edit(Version.objects.get(pk=version))


def test_everybody_is_told_once(act: Act) -> None:
    sign_plan(by=act("eve"), version=ready_to_sign(act("eve")), why="agreed")
    told = Notice.objects.filter(message="decisions.told.signed")
    assert told.count() == Member.objects.count() == len(set(told.values_list("member", flat=True)))


def test_what_the_page_shows_is_what_is_signed(act: Act) -> None:
    version = ready_to_sign(act("eve"))
    sheet = signing_sheet(by=act("eve"))
    assert sheet is not None and sheet.may_sign and not sheet.obstacles
    assert sign_plan(by=act("eve"), version=version, expected_hash=sheet.grouped, why="agreed") == sheet.root_hash


def test_a_plan_that_moved_under_the_pen_is_not_signed(act: Act) -> None:
    version = ready_to_sign(act("eve"))
    with pytest.raises(HashHasMoved):
        sign_plan(by=act("eve"), version=version, expected_hash="0" * 64, why="agreed")
    assert Version.objects.get(pk=version).state == Version.State.DRAFT and not Signature.objects.exists()


@pytest.mark.parametrize("person", ["max", "fiona", "dana", "vic"])
def test_only_the_general_manager_signs(act: Act, person: str) -> None:
    version = ready_to_sign(act("eve"))
    with pytest.raises(NotYourRole):
        sign_plan(by=act(person), version=version, why="agreed")


def test_a_signature_says_why(act: Act) -> None:
    with pytest.raises(WhyMissing):
        sign_plan(by=act("eve"), version=ready_to_sign(act("eve")), why=" ")


def _before_the_meeting() -> None:
    Cycle.objects.get().steps.filter(step="sop_meeting").update(state=CycleStep.State.WAITING)


def _without_pre_sop() -> None:
    Cycle.objects.get().steps.filter(step="pre_sop").update(state=CycleStep.State.OPEN)


def _with_later_changes() -> None:
    _edit(Version.objects.get())


def _without_a_step() -> None:
    version = Version.objects.get()
    version.steps = version.steps[:-1]
    version.save()


@pytest.mark.parametrize(
    ("so", "refusal"),
    [
        (_before_the_meeting, NotInTheMeeting),
        (_without_pre_sop, NotInTheMeeting),
        (_with_later_changes, ResultsAreOlder),
        (_without_a_step, MonthIsNotWhole),
    ],
)
def test_what_stands_in_the_way_is_named(act: Act, so: Callable[[], None], refusal: type[Exception]) -> None:
    version = ready_to_sign(act("eve"))
    so()
    with pytest.raises(refusal):
        sign_plan(by=act("eve"), version=version, why="agreed")
    sheet = signing_sheet(by=act("eve"))
    assert sheet is not None and len(sheet.obstacles) == 1 and not sheet.may_sign


def test_every_decision_is_made_first_and_the_open_ones_are_named(act: Act) -> None:
    listed(act("eve"))
    version = in_the_meeting().version_id
    with pytest.raises(DecisionsAreUndecided) as refused:
        sign_plan(by=act("eve"), version=version, why="agreed")
    assert "1, 2" in refused.value.text("en")
    all_decided(act("eve"))
    asked(act("dana"), money=5.0)
    with pytest.raises(DecisionsAreUndecided) as refused:
        sign_plan(by=act("eve"), version=version, why="agreed")
    assert refused.value.text("en").endswith(": 3")


def test_a_supply_plan_that_is_not_what_its_certificate_proves_is_not_signed(act: Act) -> None:
    version = Version.objects.get(pk=ready_to_sign(act("eve")))
    month = company_month()
    made = month.sheets["production"]
    more = replace(made, values=np.where(np.isnan(made.values), made.values, made.values + 50.0))
    forged = replace(month, sheets={**month.sheets, "production": more})
    write_results(version, forged, 0)
    with pytest.raises(CertificateDoesNotHold):
        sign_plan(by=act("eve"), version=version.pk, why="agreed")


def test_a_word_that_other_results_were_checked_does_not_count(act: Act) -> None:
    version = Version.objects.get(pk=ready_to_sign(act("eve")))
    month = company_month()
    made = month.sheets["production"]
    more = replace(made, values=np.where(np.isnan(made.values), made.values, made.values + 50.0))
    write_results(version, replace(month, sheets={**month.sheets, "production": more}), 0, verified=month.result_hash)
    with pytest.raises(CertificateDoesNotHold):
        sign_plan(by=act("eve"), version=version.pk, why="agreed")


def test_a_substitute_is_part_of_what_is_signed(act: Act) -> None:
    version = Version.objects.get(pk=ready_to_sign(act("eve")))
    without = signing_sheet(by=act("eve"))
    given = StepInput.objects.filter(input="sales_forecast", for_person="wes").first()
    assert given is not None and without is not None
    given.state, given.substitute, given.person = StepInput.State.SUBSTITUTED, "statistical", "max"
    given.at, given.why = NOW, "Wes is ill"
    given.save()
    shown = signing_sheet(by=act("eve"))
    assert shown is not None and shown.root_hash != without.root_hash
    assert [(row.owner, row.customer, row.why) for row in shown.substitutes] == [("wes", "W", "Wes is ill")]
    root = sign_plan(by=act("eve"), version=version.pk, expected_hash=shown.root_hash, why="agreed")
    assert root == shown.root_hash
    assert [row["owner"] for row in read_report(version, "substitutes")] == ["wes"]
    assert verify_signature(by=act("max"), version=version.pk).holds


def test_only_the_plan_of_the_cycle_is_signed(act: Act) -> None:
    version = Version.objects.get(pk=ready_to_sign(act("eve")))
    other = branch(version=version, title="more shifts", made_by=Member.objects.get(person="dana"), at=NOW)
    with pytest.raises(NotTheCyclesPlan):
        sign_plan(by=act("eve"), version=other.pk, why="agreed")
    with pytest.raises(NothingThere):
        sign_plan(by=act("eve"), version=9_999, why="agreed")


def test_a_plan_is_signed_once(act: Act) -> None:
    version = ready_to_sign(act("eve"))
    sign_plan(by=act("eve"), version=version, why="agreed")
    with pytest.raises(IsSignedAlready):
        sign_plan(by=act("eve"), version=version, why="again")
    assert [one.version for one in signatures(by=act("vic"))] == [version]


def test_the_page_has_a_door(act: Act, client_of: Browser) -> None:
    version = ready_to_sign(act("eve"))
    sheet = signing_sheet(by=act("eve"))
    assert sheet is not None
    form = {"version": version, "expected_hash": sheet.root_hash, "conditions": "no Sundays\n", "why": "agreed"}
    at_the_doors(client_of, "sign/now/", who="eve", form=form, not_for=("max", "vic"))
    assert Signature.objects.get().conditions == ["no Sundays"]
    assert client_of("eve").post("/c/small/sign/now/", {**form, "version": "x"}).status_code == 400
