"""A new invitation for somebody who has lost theirs, or their password."""

import pytest
from django.core import mail
from stage import Act, Browser

from sandop_web.access import NothingThere, NotYourRole
from sandop_web.actions.people import AccountIsTheirs, HasLeft, add_member, change_member, invite_again
from sandop_web.store.models import Member, User


@pytest.fixture
def nina(act: Act) -> int:
    """Nina has been added, and has not come in yet."""
    add_member(by=act("max"), person="nina", name="Nina", role="materials", email="nina@small.example")
    return Member.objects.get(person="nina").pk


def test_who_has_not_come_in_gets_a_new_link(act: Act, nina: int) -> None:
    assert invite_again(by=act("max"), member=nina).path.startswith("/invitation/")


def test_nobody_takes_over_an_account_by_inviting_its_owner_again(act: Act) -> None:
    """Dana has a password: a link shown to Max would let him act as Dana."""
    with pytest.raises(AccountIsTheirs):
        invite_again(by=act("max"), member=Member.objects.get(person="dana").pk)


def test_nor_the_account_of_somebody_who_founds_companies(act: Act, nina: int) -> None:
    User.objects.filter(username="nina").update(is_staff=True)
    with pytest.raises(AccountIsTheirs):
        invite_again(by=act("max"), member=nina)


def test_a_forgotten_password_is_replaced_through_the_owners_own_mail(
    act: Act,
    settings,
    django_capture_on_commit_callbacks,  # type: ignore[no-untyped-def]
) -> None:
    settings.EMAIL_HOST = "mail.example"
    with django_capture_on_commit_callbacks(execute=True):
        invitation = invite_again(by=act("max"), member=Member.objects.get(person="dana").pk)
    assert (invitation.path, invitation.sent_to) == ("", "dana@small.example")
    (sent,) = mail.outbox
    assert sent.to == ["dana@small.example"] and "/invitation/" in sent.body


def test_who_has_left_is_not_invited(act: Act, nina: int) -> None:
    gone = {"name": "Nina", "role": "materials", "email": "nina@small.example", "active": False, "why": "left"}
    change_member(by=act("max"), member=nina, **gone)
    with pytest.raises(HasLeft):
        invite_again(by=act("max"), member=nina)


def test_other_roles_invite_nobody(act: Act, nina: int) -> None:
    for person in ("dana", "tom", "vic"):
        with pytest.raises(NotYourRole):
            invite_again(by=act(person), member=nina)
    with pytest.raises(NothingThere):
        invite_again(by=act("max"), member=0)


def test_the_page_shows_the_link_and_keeps_others_out(client_of: Browser, nina: int) -> None:
    address = f"/c/small/people/{nina}/invite/"
    assert client_of("").post(address).status_code == 302
    assert client_of("olga").post(address).status_code == 404
    assert client_of("vic").post(address).status_code == 403
    assert client_of("max").get(address).status_code == 405
    assert "/invitation/" in client_of("max").post(address).text
