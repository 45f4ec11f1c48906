"""Sales, supply and finance each say yes or no to the plan of a family, as it stands."""

import pytest
from meeting import at_the_doors
from stage import Act, Browser

from sandop_web.access import NothingThere, NotYourRole, OutsideYourScope
from sandop_web.actions.agreeing import DisagreementUnexplained, NoFamilyNamed, agree_on_families
from sandop_web.actions.decisions import ResultsDoNotSpeak
from sandop_web.actions.editing import Edit, edit_cells_of_plan
from sandop_web.queries.steps.agreements import AgreementLine, agreements_of
from sandop_web.store.models import FamilyAgreement, Version

pytestmark = pytest.mark.usefixtures("cycle")


def families(act: Act) -> list[str]:
    return [line.family for line in agreements_of(by=act("max")).families]


def first(act: Act) -> AgreementLine:
    wanted = families(act)[0]
    return next(line for line in agreements_of(by=act("max")).families if line.family == wanted)


def test_a_family_is_agreed_when_all_three_say_yes(act: Act) -> None:
    every = families(act)
    for person in ("hana", "sam"):
        agree_on_families(by=act(person), families=every, agrees=True)
    assert agreements_of(by=act("max")).agreed == 0
    agree_on_families(by=act("fiona"), families=every, agrees=True)
    assert agreements_of(by=act("max")).agreed == len(every)


def test_one_no_with_its_reason_disputes_it_until_it_is_taken_back(act: Act) -> None:
    every = families(act)
    agree_on_families(by=act("fiona"), families=every, agrees=False, why="margin is too thin")
    line = first(act)
    assert line.state == "disagreed" and [word.why for word in line.words][-1] == "margin is too thin"
    agree_on_families(by=act("fiona"), families=every, agrees=True)
    assert first(act).state == "open"


def test_a_word_is_outdated_once_the_plan_has_moved(act: Act) -> None:
    agree_on_families(by=act("sam"), families=families(act), agrees=True)
    version = Version.objects.get()
    edit = Edit("sales_forecast", ("A", "DC", "E"), "2026-03", None, 900.0)
    edit_cells_of_plan(by=act("sally"), version=version.pk, edits=[edit], why="Tender won")
    states = {word.function: word.state for word in first(act).words}
    assert states["supply"] == "outdated" and first(act).state == "open"


def test_who_disagrees_says_why_and_names_a_family(act: Act) -> None:
    with pytest.raises(DisagreementUnexplained):
        agree_on_families(by=act("sam"), families=families(act), agrees=False)
    with pytest.raises(NoFamilyNamed):
        agree_on_families(by=act("sam"), families=[], agrees=True)
    with pytest.raises(NothingThere):
        agree_on_families(by=act("sam"), families=["NO-SUCH"], agrees=True)


def test_stale_results_are_not_agreed_to(act: Act) -> None:
    every = families(act)
    Version.objects.update(results_of=99)
    with pytest.raises(ResultsDoNotSpeak):
        agree_on_families(by=act("sam"), families=every, agrees=True)


def test_one_region_cannot_speak_for_all_and_marketing_for_nobody(act: Act) -> None:
    with pytest.raises(OutsideYourScope):
        agree_on_families(by=act("sally"), families=families(act), agrees=True)
    with pytest.raises(NotYourRole):
        agree_on_families(by=act("marc"), families=families(act), agrees=True)
    assert not FamilyAgreement.objects.exists()


def test_the_page_has_a_door(act: Act, client_of: Browser) -> None:
    form = {"family": families(act)[0], "agrees": "yes"}
    at_the_doors(client_of, "pre-sop/agreement/agree/", who="sam", form=form, not_for=("vic", "marc", "sally"))
    assert FamilyAgreement.objects.get().member.person == "sam"
