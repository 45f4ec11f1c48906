"""The pages of the company's people."""

from stage import Browser

from sandop_web.queries.people import people_of
from sandop_web.store.models import Member


def test_everybody_sees_who_is_who(client_of: Browser) -> None:
    page = client_of("vic").get("/c/small/people/", headers={"accept-language": "en"}).text
    assert "Demand planner" in page and "50,000" in page
    assert "Add a person" not in page and "@small.example" not in page


def test_only_those_who_may_change_a_place_see_addresses_and_user_names(act) -> None:  # type: ignore[no-untyped-def]
    assert {row.email for row in people_of(by=act("dana"))} == {"", "dana@small.example"}
    assert all(row.email and row.username for row in people_of(by=act("max")))


def test_a_persons_page_has_the_forms_for_those_who_may(client_of: Browser) -> None:
    sally = Member.objects.get(person="sally")
    address = f"/c/small/people/{sally.pk}/"
    assert 'name="why"' in client_of("max").get(address).text
    assert 'name="why"' not in client_of("sam").get(address).text
    assert client_of("max").get("/c/small/people/0/").status_code == 404


def test_what_the_form_shows_can_be_sent_back_unchanged(client_of: Browser) -> None:
    """Fiona may decide 50,000.50 alone: opening and saving the form must not round it."""
    Member.objects.filter(person="fiona").update(authority=50_000.5, authority_units=1_234_567.0)
    fiona = Member.objects.get(person="fiona")
    for language in ("en", "zh-CN"):
        shown = client_of("eve").get(f"/c/small/people/{fiona.pk}/", headers={"accept-language": language}).text
        assert 'name="authority" value="50000.50"' in shown and 'name="authority_units" value="1234567"' in shown


def test_names_of_people_are_shown_as_text(client_of: Browser) -> None:
    Member.objects.filter(person="sally").update(name="<script>alert(1)</script>")
    page = client_of("max").get("/c/small/people/", headers={"accept-language": "en"}).text
    assert "<script>" not in page and "&lt;script&gt;" in page
