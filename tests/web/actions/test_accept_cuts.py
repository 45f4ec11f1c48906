"""Sales accepts what the plan does not serve on time, in their own region and with a reason.

The small company's plan cuts customer E (East, Sally's) and customer W (West, Wes's).
"""

import pytest
from cutting import cut_of, said_to
from meeting import at_the_doors, ready_to_sign
from stage import NOW, Act, Browser

from sandop_web.access import NotYourRole, OutsideYourScope, WhyMissing
from sandop_web.access.deciding import PlanIsSigned
from sandop_web.actions.cuts import CutIsGone, NothingIsTicked, accept_cuts
from sandop_web.actions.decisions import ResultsDoNotSpeak
from sandop_web.actions.signing import sign_plan
from sandop_web.queries.steps.cuts import cuts_of
from sandop_web.store.models import CutAnswer, Version

pytestmark = pytest.mark.usefixtures("cycle")


def test_it_is_kept_with_who_when_why_and_how_much(act: Act) -> None:
    cut = cut_of("E")
    assert accept_cuts(by=act("sally"), cuts=[cut.key], why="the customer can wait") == 1
    kept = CutAnswer.objects.get()
    assert (kept.answer, kept.member.person, kept.at, kept.why) == ("accepted", "sally", NOW, "the customer can wait")
    assert (kept.late, kept.lost, kept.penalty) == (cut.late, cut.lost, cut.penalty)
    assert said_to(act("sally"), cut.key) == "accepted"


def test_a_group_is_answered_in_ones_own_region_only(act: Act) -> None:
    family = cut_of("E").family
    accept_cuts(by=act("sally"), groups=[(family, "E")], why="fine")
    assert {one.customer for one in CutAnswer.objects.all()} == {"E"}
    with pytest.raises(NothingIsTicked):
        accept_cuts(by=act("sally"), groups=[(family, "W")], why="fine")


def test_the_head_of_sales_answers_everywhere(act: Act) -> None:
    accept_cuts(by=act("hana"), cuts=[cut_of("E").key, cut_of("W").key], why="fine")
    seen = cuts_of(by=act("hana"))
    assert seen.accepted == 2 and seen.waiting == seen.count - 2


def test_a_cut_of_another_region_is_not_theirs(act: Act) -> None:
    with pytest.raises(OutsideYourScope):
        accept_cuts(by=act("sally"), cuts=[cut_of("W").key], why="fine")
    assert not CutAnswer.objects.exists()


def test_what_the_plan_serves_is_no_cut_and_nothing_is_no_answer(act: Act) -> None:
    with pytest.raises(CutIsGone):
        accept_cuts(by=act("hana"), cuts=[("A", "NOWHERE", "E")], why="fine")
    with pytest.raises(NothingIsTicked):
        accept_cuts(by=act("hana"), why="fine")


def test_an_answer_is_marked_when_the_cut_has_moved_since(act: Act) -> None:
    cut = cut_of("E")
    accept_cuts(by=act("sally"), cuts=[cut.key], why="fine")
    kept = CutAnswer.objects.get()
    CutAnswer(
        version=kept.version,
        item=kept.item,
        site=kept.site,
        customer=kept.customer,
        period=kept.period,
        answer="accepted",
        late=kept.late + 100,
        lost=kept.lost,
        penalty=kept.penalty,
        why="as it was",
        member=kept.member,
        role="sales",
        at=NOW,
    ).save()
    assert said_to(act("sally"), cut.key) == "changed"
    accept_cuts(by=act("sally"), cuts=[cut.key], why="still fine")
    assert said_to(act("sally"), cut.key) == "accepted"


def test_it_needs_a_reason_fresh_results_and_somebody_of_sales(act: Act) -> None:
    cut = cut_of("E")
    with pytest.raises(WhyMissing):
        accept_cuts(by=act("sally"), cuts=[cut.key], why=" ")
    with pytest.raises(NotYourRole):
        accept_cuts(by=act("sam"), cuts=[cut.key], why="fine")
    Version.objects.update(results_of=99)
    with pytest.raises(ResultsDoNotSpeak):
        accept_cuts(by=act("sally"), cuts=[cut.key], why="fine")


def test_after_the_signature_nothing_is_answered(act: Act) -> None:
    cut = cut_of("E")
    sign_plan(by=act("eve"), version=ready_to_sign(act("eve")), why="agreed")
    with pytest.raises(PlanIsSigned):
        accept_cuts(by=act("sally"), cuts=[cut.key], why="fine")


def test_the_page_has_a_door(client_of: Browser) -> None:
    form = {"cut": "|".join(cut_of("E").key), "why": "fine"}
    at_the_doors(client_of, "pre-sop/cuts/accept/", who="sally", form=form, not_for=("vic", "sam", "wes"))
