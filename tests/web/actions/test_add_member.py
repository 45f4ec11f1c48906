"""Adding a person to the company."""

import pytest
from django.core import mail
from stage import NOW, Act, Browser

from sandop_web.access import NothingThere, NotUnderstood, NotYourRole
from sandop_web.actions.delegating import MoreThanYourOwn, OnlyTheArbiter, RoleUnknown
from sandop_web.actions.people import PersonThereAlready, add_member
from sandop_web.store.models import Company, Deed, Member, User

NEW = {"person": "nina", "name": "Nina", "role": "materials"}


def test_the_sop_manager_adds_a_person_and_gets_a_link_for_her(act: Act) -> None:
    invitation = add_member(by=act("max"), **NEW, email="Nina@Small.example", region="East", authority=50_000)
    nina = Member.objects.select_related("user").get(person="nina")
    assert (nina.role, nina.region, nina.authority, nina.authority_units) == ("materials", "East", 50_000, None)
    assert nina.user.email == "nina@small.example" and not nina.user.claimed
    assert invitation.path.startswith("/invitation/") and invitation.username == "nina"


def test_the_deed_is_on_record(act: Act) -> None:
    add_member(by=act("max"), **NEW, why="a planner for castings")
    deed = Deed.objects.get(action="add_member")
    assert (deed.person, deed.why, deed.arguments["person"]) == ("max", "a planner for castings", "nina")


@pytest.mark.parametrize("person", ["dana", "sally", "fiona", "tom", "vic"])
def test_other_roles_add_nobody(act: Act, person: str) -> None:
    with pytest.raises(NotYourRole):
        add_member(by=act(person), **NEW)
    assert not Member.objects.filter(person="nina").exists()


def test_an_outsider_is_not_let_in_to_add(act: Act) -> None:
    with pytest.raises(NothingThere):
        act("olga")


def test_nobody_is_added_twice(act: Act) -> None:
    with pytest.raises(PersonThereAlready):
        add_member(by=act("max"), person="dana", name="Dana", role="sales")


def test_somebody_with_an_account_keeps_it_and_needs_no_link(act: Act) -> None:
    invitation = add_member(by=act("max"), **NEW, email="OLGA@elsewhere.example")
    assert Member.objects.get(person="nina").user.username == "olga"
    assert (invitation.path, invitation.sent_to) == ("", "")


def test_an_unclaimed_account_that_opens_another_company_is_not_handed_over(act: Act) -> None:
    """Whoever holds the link of an account holds all its companies."""
    other = Company.objects.create(slug="other", name="Other", currency="CNY", made_at=NOW)
    shared = User(username="shared", email="shared@other.example")
    shared.set_unusable_password()
    shared.save()
    Member.objects.create(company=other, user=shared, person="shared", name="Shared", role="gm")
    invitation = add_member(by=act("max"), **NEW, email="shared@other.example")
    assert invitation.path == ""


def test_two_companies_may_each_have_a_wang_with_an_account_of_their_own(act: Act) -> None:
    User.objects.create_user("nina")
    assert add_member(by=act("max"), **NEW).username == "nina-2"


def test_a_role_that_the_cycle_does_not_know_is_refused(act: Act) -> None:
    with pytest.raises(RoleUnknown):
        add_member(by=act("max"), person="nina", name="Nina", role="emperor")


@pytest.mark.parametrize(
    "wrong",
    [
        {"person": " "},
        {"name": ""},
        {"name": "N" * 101},
        {"person": "ni\nna"},
        {"person": "ni\0na"},
        {"email": "nowhere"},
        {"region": "E" * 101},
        {"authority": -1.0},
        {"authority": float("nan")},
        {"authority_units": float("inf")},
    ],
)
def test_what_cannot_be_meant_is_refused(act: Act, wrong: dict[str, object]) -> None:
    with pytest.raises(NotUnderstood):
        add_member(by=act("eve"), **{**NEW, **wrong})
    assert not Member.objects.filter(name="Nina").exists()


@pytest.mark.usefixtures("version")
@pytest.mark.parametrize("unknown", [{"region": "Easst"}, {"family": "PUMPS"}])
def test_a_scope_that_the_plan_does_not_know_is_refused(act: Act, unknown: dict[str, str]) -> None:
    """Its member would see nothing at all."""
    with pytest.raises(NotUnderstood):
        add_member(by=act("max"), **NEW, **unknown)
    add_member(by=act("max"), **NEW, region="East", family="DOM")


def test_the_sop_manager_makes_nobody_general_manager(act: Act) -> None:
    with pytest.raises(OnlyTheArbiter):
        add_member(by=act("max"), person="nina", name="Nina", role="gm")
    add_member(by=act("eve"), person="nina", name="Nina", role="gm")
    assert Member.objects.get(person="nina").role == "gm"


def test_a_company_without_a_general_manager_gets_its_first_from_the_sop_manager(act: Act) -> None:
    Member.objects.filter(person="eve").update(active=False)
    add_member(by=act("max"), person="nina", name="Nina", role="gm", authority=9e9)
    assert Member.objects.get(person="nina").role == "gm"


def test_nobody_but_the_general_manager_gives_more_authority_than_their_own(act: Act) -> None:
    """Max may decide 100,000 alone."""
    with pytest.raises(MoreThanYourOwn):
        add_member(by=act("max"), **NEW, authority=100_001)
    Member.objects.filter(person="max").update(authority_units=500.0)
    with pytest.raises(MoreThanYourOwn):
        add_member(by=act("max"), **NEW, authority=1_000)  # no limit in volume is more than 500
    add_member(by=act("max"), **NEW, authority=100_000, authority_units=500)
    add_member(by=act("eve"), person="otto", name="Otto", role="sales_head", authority=5_000_000)


def test_the_link_is_also_sent_where_there_is_a_mail_server(
    act: Act, settings, django_capture_on_commit_callbacks
) -> None:  # type: ignore[no-untyped-def]
    settings.EMAIL_HOST = "mail.example"
    with django_capture_on_commit_callbacks(execute=True):
        invitation = add_member(by=act("max"), **NEW, email="nina@small.example")
    assert invitation.sent_to == "nina@small.example"
    (sent,) = mail.outbox
    assert sent.to == ["nina@small.example"]
    assert f"http://127.0.0.1:8000{invitation.path}" in sent.body


def test_the_page_shows_the_link_once(client_of: Browser) -> None:
    answer = client_of("max").post("/c/small/people/add/", {**NEW, "authority": "50,000"})
    assert answer.status_code == 200
    assert "http://testserver/invitation/" in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert Member.objects.get(person="nina").authority == 50_000


def test_the_page_speaks_chinese(client_of: Browser) -> None:
    browser = client_of("max")
    browser.post("/language/", {"language": "zh"})
    answer = browser.post("/c/small/people/add/", {**NEW, "authority": "plenty"})
    assert answer.status_code == 400 and "金额授权" in answer.text


def test_the_page_keeps_others_out(client_of: Browser) -> None:
    address = "/c/small/people/add/"
    assert client_of("").post(address, NEW).status_code == 302
    assert client_of("olga").post(address, NEW).status_code == 404
    assert client_of("vic").post(address, NEW).status_code == 403
    assert client_of("max").get(address).status_code == 405
