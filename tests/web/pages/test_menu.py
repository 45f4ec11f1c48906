"""The menu: every line leads somewhere, the place where one is is marked, every step shows its state."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from html_reading import Element, ReadPage
from stage import NOW

from sandop.cycle import steps
from sandop_web.actions.telling import tell
from sandop_web.store.models import Company, Member, Version

Browser = Callable[[str], Client]


def page_at(client: Client, address: str) -> ReadPage:
    return ReadPage(client.get(address).content.decode())


def menu_of(page: ReadPage) -> list[Element]:
    """The lines of the menu; a page has tabs of its own."""
    links = [link for link in page.all("a") if "nav" in link.inside and "main" not in link.inside]
    return [link for link in links if "href" in link.attributes]


@pytest.mark.usefixtures("version")
def test_every_line_of_the_menu_leads_to_a_page(client_of: Browser) -> None:
    client = client_of("eve")
    lines = [line.attributes["href"] for line in menu_of(page_at(client, "/c/small/step/pre_sop/"))]
    led = {line: client.get(line).status_code for line in lines if line.startswith("/")}
    assert len(led) > len(steps())
    assert set(led.values()) == {200}


@pytest.mark.usefixtures("version")
def test_the_menu_marks_where_one_is(client_of: Browser) -> None:
    page = page_at(client_of("eve"), "/c/small/step/supply_review/")
    marked = [link.attributes["href"] for link in menu_of(page) if link.attributes.get("aria-current") == "page"]
    assert marked == ["/c/small/step/supply_review/"]


@pytest.mark.usefixtures("cycle")
def test_the_menu_says_how_far_each_step_is(client_of: Browser) -> None:
    lines = {line.attributes["href"]: line.text for line in menu_of(page_at(client_of("vic"), "/c/small/cycle/"))}
    assert "open" in lines["/c/small/step/data_close/"]
    assert "waiting" in lines["/c/small/step/sop_meeting/"]


@pytest.mark.usefixtures("version")
def test_what_is_unread_is_counted_on_every_page(company: Company, client_of: Browser) -> None:
    dana = Member.objects.get(company=company, person="dana")
    for number in range(3):
        tell(member_id=dana.pk, message="shell.menu.work", values={}, link="", at=NOW, once=str(number))
    assert "Notices 3 unread" in " ".join(
        page_at(client_of("dana"), "/c/small/step/pre_sop/").first("header").text.split()
    )


@pytest.mark.usefixtures("version")
def test_an_invented_company_says_so_on_every_page(company: Company, client_of: Browser) -> None:
    assert "Invented company" in page_at(client_of("eve"), "/c/small/step/pre_sop/").first("header").text
    Company.objects.filter(pk=company.pk).update(invented=False)
    assert "Invented company" not in page_at(client_of("eve"), "/c/small/step/pre_sop/").first("header").text


def test_the_context_names_the_version_the_page_is_about(version: Version, client_of: Browser) -> None:
    page = page_at(client_of("eve"), f"/c/small/plan/{version.pk}/")
    context = [part.text for part in page.all("div") if part.attributes.get("class") == "context"]
    assert f"{version.number} · Jan 2026" in context[0]
