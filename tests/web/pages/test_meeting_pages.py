"""The pages of cuts, agreement, meeting mode and minutes: whole and named in both languages, whoever reads them."""

from __future__ import annotations

import pytest
from cutting import cut_of
from html_reading import ReadPage, troubles_of
from meeting import SHIFTS, listed, ready_to_sign
from stage import Act, Browser

from sandop_web.actions.agreeing import agree_on_families
from sandop_web.actions.cuts import accept_cuts, escalate_cuts
from sandop_web.actions.decisions import decide
from sandop_web.actions.minutes import mark_attendance, write_minute
from sandop_web.actions.scenarios import branch_scenario
from sandop_web.actions.signing import sign_plan
from sandop_web.queries.steps.agreements import agreements_of
from sandop_web.store.models import Decision, Version

PAGES = (
    "step/pre_sop/",
    "step/pre_sop/side-by-side/",
    "step/sop_meeting/",
    "pre-sop/cuts/",
    "pre-sop/cuts/?customer=E",
    "pre-sop/agreement/",
    "meeting/",
    "meeting/past-actions/",
    "meeting/1/",
    "meeting/2/",
    "meeting/scenario/",
    "meeting/plan/",
    "meeting/sign/",
    "meeting/actions/",
    "meeting/minutes/",
)


def faults(client_of: Browser, *pages: str) -> dict[str, list[str]]:
    found = {}
    for person in ("eve", "sally", "vic"):
        browser = client_of(person)
        for page in pages:
            for language in ("en", "zh"):
                browser.cookies["sandop_language"] = language
                answer = browser.get(f"/c/small/{page}")
                assert answer.status_code == 200, (page, answer.status_code)
                if troubles := troubles_of(answer.content.decode(), language):
                    found[f"{person} {language} {page}"] = troubles
    return found


@pytest.mark.usefixtures("company")
def test_without_a_cycle_every_page_says_so(client_of: Browser) -> None:
    assert faults(client_of, "pre-sop/cuts/", "pre-sop/agreement/", "meeting/", "meeting/minutes/") == {}


@pytest.mark.usefixtures("cycle")
def test_before_anybody_has_spoken(act: Act, client_of: Browser) -> None:
    listed(act("max"))
    assert faults(client_of, *PAGES) == {}


@pytest.mark.usefixtures("cycle")
def test_in_the_midst_of_it(act: Act, client_of: Browser) -> None:
    listed(act("max"))
    accept_cuts(by=act("sally"), cuts=[cut_of("E").key], why="fine")
    escalate_cuts(by=act("wes"), cuts=[cut_of("W").key], why="no")
    families = [line.family for line in agreements_of(by=act("max")).families]
    agree_on_families(by=act("sam"), families=families, agrees=True)
    agree_on_families(by=act("fiona"), families=families, agrees=False, why="thin")
    mark_attendance(by=act("max"), present=["eve"])
    write_minute(by=act("max"), text="noted", point="decision-1")
    decide(by=act("eve"), number=SHIFTS, outcome="conditional", chosen="c", conditions="no Sundays", why="go")
    assert faults(client_of, *PAGES) == {}


@pytest.mark.usefixtures("cycle")
def test_after_the_signature(act: Act, client_of: Browser) -> None:
    sign_plan(by=act("eve"), version=ready_to_sign(act("eve")), why="agreed")
    assert faults(client_of, *PAGES) == {}


@pytest.mark.usefixtures("cycle")
def test_a_scenario_is_labelled_wherever_its_figures_stand(act: Act, client_of: Browser) -> None:
    scenario = branch_scenario(by=act("max"), version=Version.objects.get().pk, title="Second shift", why="what if")
    page = client_of("vic").get(f"/c/small/meeting/scenario/?scenario={scenario}").content.decode()
    assert "is a scenario and no plan" in page
    heads = [head.text for head in ReadPage(page).all("th") if "Second shift" in head.text]
    assert [head for head in heads if not head.startswith("Scenario: ")] == []


@pytest.mark.usefixtures("cycle")
def test_a_salesperson_sees_their_own_cuts_and_a_viewer_no_form(client_of: Browser) -> None:
    sally = client_of("sally").get("/c/small/pre-sop/cuts/").content.decode()
    boxes = [one.attributes["value"] for one in ReadPage(sally).all("input") if one.attributes.get("name") == "group"]
    assert boxes and all(box.endswith("|E") for box in boxes)
    viewer = ReadPage(client_of("vic").get("/c/small/pre-sop/cuts/").content.decode())
    assert not [one for one in viewer.all("input") if one.attributes.get("name") in ("group", "cut", "why")]


@pytest.mark.usefixtures("cycle")
def test_what_was_typed_is_still_there_after_a_refusal(act: Act, client_of: Browser) -> None:
    form = {"title": "A test rig", "text-1": "Leave it", "text-2": "Buy it", "money-2": "lots", "owner": "pia"}
    answer = client_of("dana").post("/c/small/decisions/add/", form)
    page = ReadPage(answer.content.decode())
    typed = {one.attributes.get("name"): one.attributes.get("value") for one in page.all("input")}
    assert answer.status_code == 400 and not Decision.objects.filter(by_hand=True).exists()
    assert (typed["title"], typed["text-2"], typed["money-2"]) == ("A test rig", "Buy it", "lots")
    listed(act("max"))
    form = {"outcome": "conditional", "chosen": "c", "conditions": "", "why": "because it pays"}
    answer = client_of("eve").post(f"/c/small/decisions/{SHIFTS}/decide/", form)
    assert answer.status_code == 400 and "because it pays" in answer.content.decode()


@pytest.mark.usefixtures("cycle")
def test_in_the_meeting_the_outcome_follows_from_what_was_chosen(act: Act, client_of: Browser) -> None:
    listed(act("max"))
    form = {"chosen": "c", "conditions": "no Sundays", "why": "go", "back": "/c/small/meeting/1/"}
    answer = client_of("eve").post(f"/c/small/decisions/{SHIFTS}/decide/", form)
    assert answer.status_code == 303 and answer["Location"] == "/c/small/meeting/1/"
    assert Decision.objects.get(number=SHIFTS).state == "conditional"


@pytest.mark.usefixtures("cycle")
def test_the_minutes_can_be_taken_away_as_text(act: Act, client_of: Browser) -> None:
    write_minute(by=act("max"), text="Casting <is> the issue", point="plan")
    answer = client_of("vic").get("/c/small/meeting/minutes/file/")
    assert answer["Content-Type"].startswith("text/plain") and "Casting <is> the issue" in answer.content.decode()
    assert client_of("vic").get("/c/small/meeting/minutes/?month=1999-01").status_code == 404
    assert client_of("vic").get("/c/small/meeting/lunch/").status_code == 404
    assert client_of("vic").get("/c/small/meeting/99/").status_code == 404
