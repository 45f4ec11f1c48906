"""People are told: in the product, by e-mail, by webhook; a reminder once."""

import datetime as dt

import pytest
from pytest_django import Settings
from stage import NOW

from sandop_web.actions.telling import tell, tell_everybody
from sandop_web.store.models import Company, Member, Notice, Outgoing, User

pytestmark = pytest.mark.usefixtures("company")
HOOK = {"kind": "generic", "url": "https://hook.example/1"}


def _tell(person: str, *, once: str = "", **more: object) -> None:
    values = {"number": 1, "title": "Rig", "name": {"en": "Max", "zh": "马克斯"}, "day": dt.date(2026, 1, 21)}
    tell(
        member_id=Member.objects.get(person=person).pk,
        message="decisions.told.reopened",
        values={**values, **more},
        link="decisions/1/",
        at=NOW,
        once=once,
    )


def _tell_all(roles: tuple[str, ...] = ()) -> None:
    tell_everybody(
        company_id=Company.objects.get().pk,
        message="decisions.told.signed",
        values={"name": {"en": "Eve", "zh": "伊芙"}, "month": "2026-01", "hash": "1234"},
        link="sign/",
        at=NOW,
        roles=roles,
    )


def test_without_e_mail_and_webhooks_a_notice_stays_in_the_product() -> None:
    _tell("sam")
    assert Notice.objects.get().member.person == "sam"
    assert not Outgoing.objects.exists()


def test_a_reminder_is_given_once_to_each() -> None:
    for person in ("sam", "sam", "dana"):
        _tell(person, once="input-1-today")
    assert sorted(Notice.objects.values_list("member__person", flat=True)) == ["dana", "sam"]


def test_with_e_mail_set_up_whoever_has_an_address_gets_one(settings: Settings) -> None:
    settings.EMAIL_HOST = "mail.example"
    User.objects.filter(username="dana").update(email="")
    _tell("sam")
    _tell("dana")
    assert list(Outgoing.objects.values_list("channel", "address")) == [("email", "sam@small.example")]


def test_a_group_hears_once_of_what_everybody_is_told() -> None:
    Company.objects.update(rules={"webhooks": [HOOK, {**HOOK, "kind": "wecom"}]})
    _tell_all()
    assert Notice.objects.count() == Member.objects.count()
    assert sorted(Outgoing.objects.values_list("channel", "everybody")) == [("generic", True), ("wecom", True)]


def test_some_roles_only() -> None:
    _tell_all(roles=("gm", "sop_manager"))
    assert sorted(Notice.objects.values_list("member__person", flat=True)) == ["eve", "max"]


def test_who_has_left_is_told_nothing() -> None:
    Member.objects.filter(person="sam").update(active=False)
    _tell("sam")
    _tell_all()
    assert not Notice.objects.filter(member__person="sam").exists()


def test_a_sentence_nobody_can_read_is_a_mistake_of_whoever_tells() -> None:
    with pytest.raises(KeyError):
        tell(member_id=Member.objects.get(person="sam").pk, message="decisions.no_such", values={}, link="", at=NOW)
    with pytest.raises(TypeError):
        _tell("sam", title=object())
    assert not Notice.objects.exists()
