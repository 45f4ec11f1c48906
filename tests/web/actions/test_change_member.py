"""Changing a person's place: role, scope, authority, or closing it."""

import pytest
from stage import NOW, Act, Browser

from sandop_web.access import NothingThere, NotUnderstood, NotYourRole, WhyMissing
from sandop_web.access.tokens import actor_of_token
from sandop_web.actions.delegating import LastArbiter, MoreThanYourOwn, OnlyTheArbiter, OwnPlace
from sandop_web.actions.people import AccountIsTheirs, EmailTaken, add_member, change_member
from sandop_web.actions.tokens import make_token
from sandop_web.store.models import Company, Member, Notice, User


def place(person: str, **changed: object) -> dict[str, object]:
    """The place of a person as it is, but for what is changed."""
    member = Member.objects.get(person=person)
    kept = ("name", "name_zh", "role", "region", "family", "authority", "authority_units", "active")
    now = {field: getattr(member, field) for field in kept}
    return {"member": member.pk, "email": member.user.email, "why": "new tasks", **now, **changed}


def test_the_sop_manager_gives_a_person_another_scope(act: Act) -> None:
    change_member(by=act("max"), **place("sally", region="North", family="DOM"))
    sally = Member.objects.get(person="sally")
    assert (sally.region, sally.family, sally.role) == ("North", "DOM", "sales")


def test_the_person_is_told(act: Act) -> None:
    change_member(by=act("max"), **place("sally", role="sales_head"))
    notice = Notice.objects.get(member__person="sally")
    assert notice.message == "people.told_place" and notice.values["role"]["zh"] == "销售总监"


@pytest.mark.parametrize("person", ["dana", "fiona", "tom", "vic"])
def test_other_roles_change_nobody(act: Act, person: str) -> None:
    with pytest.raises(NotYourRole):
        change_member(by=act(person), **place("sally", region=""))


def test_it_needs_a_reason(act: Act) -> None:
    with pytest.raises(WhyMissing):
        change_member(by=act("max"), **place("sally", region="", why=" "))


def test_nobody_changes_their_own_place(act: Act) -> None:
    for changed in ({"role": "gm"}, {"authority": 1e9}, {"active": False}, {"region": "East"}):
        with pytest.raises(OwnPlace):
            change_member(by=act("max"), **place("max", **changed))
    change_member(by=act("max"), **place("max", name_zh="马克斯"))
    assert Member.objects.get(person="max").name_zh == "马克斯"


def test_the_sop_manager_makes_and_unmakes_no_general_manager(act: Act) -> None:
    with pytest.raises(OnlyTheArbiter):
        change_member(by=act("max"), **place("hana", role="gm"))
    with pytest.raises(OnlyTheArbiter):
        change_member(by=act("max"), **place("eve", active=False))
    with pytest.raises(OnlyTheArbiter):
        change_member(by=act("max"), **place("eve", authority=1.0))


def test_a_general_manager_makes_another_one_who_may_then_close_her_place(act: Act) -> None:
    change_member(by=act("eve"), **place("hana", role="gm"))
    change_member(by=act("hana"), **place("eve", role="viewer"))
    assert Member.objects.get(person="eve").role == "viewer"


def test_the_last_general_manager_stays(act: Act) -> None:
    change_member(by=act("eve"), **place("hana", role="gm"))
    eve = act("eve")
    change_member(by=act("hana"), **place("eve", active=False))
    with pytest.raises(LastArbiter):
        change_member(by=eve, **place("hana", role="sales_head"))


def test_authority_comes_from_above(act: Act) -> None:
    """Max may decide 100,000 alone; Olaf has 200,000 and may keep them."""
    with pytest.raises(MoreThanYourOwn):
        change_member(by=act("max"), **place("fiona", authority=100_001.0))
    change_member(by=act("max"), **place("fiona", authority=100_000.0))
    change_member(by=act("max"), **place("olaf", region="East"))
    change_member(by=act("eve"), **place("fiona", authority=1_000_000.0))
    assert Member.objects.get(person="fiona").authority == 1_000_000


def test_who_leaves_loses_company_and_tokens(act: Act, client_of: Browser) -> None:
    key = make_token(by=act("dana"), name="notebook", scope="write", days=30)
    browser = client_of("dana")
    assert browser.get("/c/small/people/").status_code == 200
    change_member(by=act("max"), **place("dana", active=False))
    assert browser.get("/c/small/people/").status_code == 404
    change_member(by=act("max"), **place("dana", active=True))
    assert browser.get("/c/small/people/").status_code == 200
    with pytest.raises(Exception, match="does not open anything"):
        actor_of_token(key=key, at=NOW)


def test_an_email_address_changes_only_while_the_account_is_nobodys(act: Act) -> None:
    """The address says who may sign in by the company's provider, and where a lost password's link goes."""
    with pytest.raises(AccountIsTheirs):
        change_member(by=act("eve"), **place("dana", email="max@small.example"))
    add_member(by=act("max"), person="nina", name="Nina", role="materials")
    with pytest.raises(EmailTaken):
        change_member(by=act("max"), **place("nina", email="Dana@small.example"))
    change_member(by=act("max"), **place("nina", email="nina@small.example"))
    assert User.objects.get(username="nina").email == "nina@small.example"


def test_a_role_nobody_knows_and_a_limit_below_zero_are_refused(act: Act) -> None:
    with pytest.raises(NotUnderstood):
        change_member(by=act("eve"), **place("dana", authority=-1.0))
    with pytest.raises(Exception, match="no role"):
        change_member(by=act("eve"), **place("dana", role="founder"))


def test_a_person_of_another_company_is_not_there(act: Act) -> None:
    other = Company.objects.create(slug="other", name="Other", currency="CNY", made_at=NOW)
    theirs = Member.objects.create(
        company=other, user=User.objects.get(username="olga"), person="olga", name="Olga", role="gm"
    )
    with pytest.raises(NothingThere):
        change_member(by=act("eve"), **{**place("dana"), "member": theirs.pk})


def test_the_page_changes_the_place_and_keeps_others_out(client_of: Browser, act: Act) -> None:
    sally = place("sally")
    address = f"/c/small/people/{sally['member']}/change/"
    form = {"name": "Sally", "role": "marketing", "active": "yes", "why": "moves", "email": sally["email"]}
    assert client_of("").post(address, form).status_code == 302
    assert client_of("olga").post(address, form).status_code == 404
    assert client_of("dana").post(address, form).status_code == 403
    assert client_of("max").get(address).status_code == 405
    assert Member.objects.get(person="sally").role == "sales"
    assert client_of("max").post(address, form).status_code == 303
    assert Member.objects.get(person="sally").role == "marketing"
