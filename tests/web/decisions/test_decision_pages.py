"""The pages of decisions, signature, actions, notices and work: in both languages, for each of the cast, whatever has
happened."""

import re

import pytest
from django.test import Client
from meeting import SHIFTS, asked, listed, ready_to_sign
from stage import Act, Browser

from sandop_web.actions.action_items import add_action_item
from sandop_web.actions.decisions import decide, escalate_decision, reopen_decision, take_up_decisions
from sandop_web.actions.signing import sign_plan
from sandop_web.store.models import Cycle

PAGES = ("", "decisions/", "sign/", "actions/", "actions/?which=all", "actions/?which=mine&owner=pia", "notices/")
UNTOLD = re.compile(r"\b(None|nan|inf|Traceback)\b|\b(decisions|shell|pack)\.[a-z_]+\.?[a-z_]*\b")


def _text(browser: Client, page: str, language: str = "en") -> str:
    browser.cookies["sandop_language"] = language
    answer = browser.get(f"/c/small/{page}")
    assert answer.status_code == 200, (page, answer.content.decode()[:400])
    html = answer.content.decode()
    assert html.count("<h1") == 1, page
    words = re.sub(r"<[^>]*>", " ", html)
    assert not UNTOLD.search(words), (page, UNTOLD.search(words))
    return words


def _everybody_reads(client_of: Browser, *pages: str) -> None:
    for person in ("eve", "sally", "vic"):
        browser = client_of(person)
        for page in (*PAGES, *pages):
            for language in ("en", "zh"):
                _text(browser, page, language)


@pytest.mark.usefixtures("company")
def test_without_a_cycle(client_of: Browser) -> None:
    _everybody_reads(client_of)


@pytest.mark.usefixtures("cycle")
def test_while_decisions_are_being_made(act: Act, client_of: Browser) -> None:
    listed(act("max"))
    asked(act("dana"), money=80_000.0, owner="pia")
    escalate_decision(by=act("fiona"), number=3, why="above my limit")
    decide(by=act("eve"), number=SHIFTS, outcome="conditional", chosen="c", conditions="no Sundays", why="go")
    reopen_decision(by=act("max"), number=SHIFTS, why="news")
    decide(by=act("eve"), number=SHIFTS, outcome="approved", chosen="b", why="go")
    add_action_item(by=act("max"), title="Call", owner="vic", due=act("max").today)
    _everybody_reads(client_of, "decisions/1/", "decisions/2/", "decisions/3/?month=2026-01")


@pytest.mark.usefixtures("cycle")
def test_after_the_signature(act: Act, client_of: Browser) -> None:
    version = ready_to_sign(act("eve"))
    sign_plan(by=act("eve"), version=version, conditions=["no Sundays"], why="agreed")
    _everybody_reads(client_of, "decisions/1/", f"sign/{version}/check/")
    words = _text(client_of("vic"), f"sign/{version}/check/")
    assert "The signature holds" in words and "no Sundays" in words


@pytest.mark.usefixtures("cycle")
def test_the_agenda_has_most_money_first(act: Act, client_of: Browser) -> None:
    listed(act("max"))
    asked(act("dana"), money=9_000_000.0, title="A large matter")
    words = _text(client_of("vic"), "decisions/")
    titles = ("A large matter", "Demand not served: East, West", "Extra shifts: Assembly")
    places = [words.index(title) for title in titles]
    assert places == sorted(places)


@pytest.mark.usefixtures("cycle")
def test_alternatives_stand_side_by_side_with_the_recommended_one_marked(act: Act, client_of: Browser) -> None:
    listed(act("max"))
    words = " ".join(_text(client_of("fiona"), "decisions/1/").split())
    assert "a b c recommended" in words and "14,448" in words and "Extra shifts at Assembly: 10%" in words


@pytest.mark.usefixtures("cycle")
def test_the_form_offers_what_ones_authority_reaches_and_else_to_escalate(act: Act, client_of: Browser) -> None:
    asked(act("dana"), money=80_000.0)
    reachable = client_of("max").get("/c/small/decisions/1/").content.decode()
    beyond = client_of("fiona").get("/c/small/decisions/1/").content.decode()
    assert 'action="/c/small/decisions/1/decide/"' in reachable
    assert 'action="/c/small/decisions/1/decide/"' not in beyond and "decisions/1/escalate/" in beyond
    viewer = client_of("vic").get("/c/small/decisions/1/").content.decode()
    assert "decisions/1/escalate/" not in viewer and "decisions/1/decide/" not in viewer


@pytest.mark.usefixtures("cycle")
def test_a_list_of_another_month_can_be_looked_at_and_of_no_month_not(act: Act, client_of: Browser) -> None:
    take_up_decisions(by=act("max"))
    Cycle.objects.update(state=Cycle.State.CLOSED)
    assert "Extra shifts: Assembly" in _text(client_of("vic"), "decisions/?month=2026-01")
    assert "Extra shifts: Assembly" in _text(client_of("vic"), "decisions/1/?month=2026-01")
    assert client_of("vic").get("/c/small/decisions/?month=1999-01").status_code == 404
    assert client_of("vic").get("/c/small/decisions/99/").status_code == 404


@pytest.mark.usefixtures("cycle")
def test_what_people_write_is_text_and_no_page(act: Act, client_of: Browser) -> None:
    asked(act("dana"), title="<script>alert(1)</script>", owner="pia")
    for page in ("decisions/", "decisions/1/", ""):
        html = client_of("pia").get(f"/c/small/{page}").content.decode()
        assert "<script>" not in html and "&lt;script&gt;" in html
