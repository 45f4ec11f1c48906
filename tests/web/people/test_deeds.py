"""The record of deeds: who did what, when and why."""

import datetime as dt

import pytest
from stage import NOW, Act, Browser

from sandop_web.access import NotYourRole
from sandop_web.actions.tokens import make_token
from sandop_web.queries.deeds import DEEDS_ON_A_PAGE, deeds_of
from sandop_web.store.models import Company, Deed, Member


@pytest.fixture
def deeds(act: Act, company: Company) -> None:
    """Dana made a token, then Sam made one; another company did things too."""
    make_token(by=act("dana"), name="notebook", scope="read", days=30)
    make_token(by=act("sam", at=NOW + dt.timedelta(hours=1)), name="robot", scope="write", days=30)
    other = Company.objects.create(slug="other", name="Other", currency="CNY", made_at=NOW)
    Deed.objects.create(company=other, person="eve", role="gm", action="make_token", through="page", at=NOW)


@pytest.mark.usefixtures("deeds")
def test_the_newest_comes_first_and_other_companies_do_not_come(act: Act) -> None:
    page = deeds_of(by=act("tom"))
    assert [(row.person, row.title) for row in page.rows] == [("sam", "make a token"), ("dana", "make a token")]
    assert dict(page.rows[0].arguments) == {"name": "robot", "scope": "write", "days": "30"}
    assert page.count == 2


@pytest.mark.usefixtures("deeds")
def test_it_can_be_asked_for_one_person_or_one_action(act: Act) -> None:
    assert [row.person for row in deeds_of(by=act("eve"), person="dana").rows] == ["dana"]
    assert deeds_of(by=act("eve"), action="sign_plan").rows == ()


@pytest.mark.usefixtures("deeds")
@pytest.mark.parametrize("person", ["dana", "sally", "vic", "marc"])
def test_it_is_not_for_everybody(act: Act, person: str) -> None:
    with pytest.raises(NotYourRole):
        deeds_of(by=act(person))


@pytest.mark.usefixtures("deeds")
def test_a_reader_with_a_limited_scope_does_not_see_the_numbers(act: Act) -> None:
    Member.objects.filter(person="fiona").update(region="East")
    assert all(row.arguments == () for row in deeds_of(by=act("fiona")).rows)


def test_it_is_read_page_by_page(act: Act, company: Company) -> None:
    for number in range(DEEDS_ON_A_PAGE + 1):
        at = NOW + dt.timedelta(minutes=number)
        Deed.objects.create(
            company=company, person="dana", role="", action="a", through="api", why=str(number), at=at
        )
    first, second = deeds_of(by=act("eve")), deeds_of(by=act("eve"), page=2)
    assert (first.pages, len(first.rows), first.rows[0].why) == (2, DEEDS_ON_A_PAGE, str(DEEDS_ON_A_PAGE))
    assert [row.why for row in second.rows] == ["0"]
    assert deeds_of(by=act("eve"), page=99).page == 2 and deeds_of(by=act("eve"), page=-1).page == 1


@pytest.mark.usefixtures("deeds")
def test_the_page_shows_it_and_takes_any_filter(client_of: Browser) -> None:
    browser = client_of("eve")
    assert "robot" in browser.get("/c/small/deeds/").text
    for wish in ({"page": "x"}, {"page": "9" * 30}, {"page": "²"}, {"person": "<b>"}, {"action": "drop table"}):
        assert browser.get("/c/small/deeds/", wish).status_code == 200
    assert browser.get("/c/small/deeds/", {"person": "a\0b"}).status_code == 400
    assert client_of("dana").get("/c/small/deeds/").status_code == 403
