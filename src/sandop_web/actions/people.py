"""People of a company: adding somebody, changing their place, inviting them (again)."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from sandop.cycle import roles
from sandop_web.access import Actor, NotUnderstood, WebRefusal, action, known_person
from sandop_web.access.members import member_numbered
from sandop_web.access.places import known_places
from sandop_web.actions.delegating import OwnPlace, Place, place_of, require_may_give, require_role
from sandop_web.actions.inviting import Invitation, invite, is_ours_alone
from sandop_web.actions.telling import tell
from sandop_web.store.models import Member, Token, User
from sandop_web.store.spoken import named
from sandop_web.wording import say


class PersonThereAlready(WebRefusal):
    """The company has this person already."""

    message = "people.person_there_already"


class EmailTaken(WebRefusal):
    """The e-mail address belongs to another account."""

    message = "people.email_taken"


class AccountIsTheirs(WebRefusal):
    """The account belongs to somebody who has signed in, or opens another company too: a manager of this company
    may not take it over."""

    message = "people.account_is_theirs"
    status = 403


class HasLeft(WebRefusal):
    """The person's place in the company has been closed."""

    message = "people.has_left"


@action
def add_member(
    *,
    by: Actor,
    person: str,
    name: str,
    name_zh: str = "",
    email: str = "",
    role: str,
    region: str = "",
    family: str = "",
    authority: float = 0.0,
    authority_units: float | None = None,
    why: str = "",
) -> Invitation:
    """Give somebody a place in the company, and an account where the e-mail address has none yet.

    authority         plan currency that may be decided alone
    authority_units   plan units that may be decided alone; None is no limit

    Raises PersonThereAlready, NotUnderstood, OnlyTheArbiter, MoreThanYourOwn.
    """
    person, name = _named(by, "people.person", person), _named(by, "people.name", name)
    place = _understood(by, Place(role, region, family, authority, authority_units))
    _require_known_scope(by, place, Place(role))
    require_may_give(by=by, before=None, after=place)
    address = _address(by, email)
    user = known_person(address) or new_account(person=person, email=address, at=by.at)
    members = Member.objects.filter(company_id=by.company_id)
    if members.filter(person=person).exists() or members.filter(user=user).exists():
        raise PersonThereAlready(person=person)
    member = Member(company_id=by.company_id, user=user, person=person, name=name)
    member.name_zh = _text(by, "people.name_zh", name_zh)
    _settle(member, place)
    return _invited(by, member)


@action
def change_member(
    *,
    by: Actor,
    member: int,
    name: str,
    name_zh: str = "",
    email: str = "",
    role: str,
    region: str = "",
    family: str = "",
    authority: float = 0.0,
    authority_units: float | None = None,
    active: bool = True,
    why: str,
) -> None:
    """Change a person's name or place; `active=False` closes the place and revokes its tokens.

    The e-mail address can be changed only while the account is nobody's yet: afterwards it says who may sign in.
    Raises NothingThere, OwnPlace, OnlyTheArbiter, LastArbiter, MoreThanYourOwn, AccountIsTheirs, EmailTaken.
    """
    changed = member_numbered(by=by, member=member)
    before = place_of(changed)
    after = _understood(by, Place(role, region, family, authority, authority_units, active))
    if changed.pk == by.member_id and after != before:
        raise OwnPlace()
    _require_known_scope(by, after, before)
    require_may_give(by=by, before=before, after=after)
    changed.name, changed.name_zh = _named(by, "people.name", name), _text(by, "people.name_zh", name_zh)
    _change_email(by, changed.user, _address(by, email))
    _settle(changed, after)
    if not active:
        Token.objects.filter(member=changed, revoked_at=None).update(revoked_at=by.at)
    elif after != before:
        told = {"role": roles()[role], "by": named(by.name, by.name_zh), "why": why}
        tell(member_id=changed.pk, message="people.told_place", values=told, link=f"people/{changed.pk}/", at=by.at)


@action
def invite_again(*, by: Actor, member: int, why: str = "") -> Invitation:
    """A new link for somebody who has lost theirs, or their password. Raises NothingThere, HasLeft, and
    AccountIsTheirs where the link may be neither shown nor sent."""
    found = member_numbered(by=by, member=member)
    if not found.active:
        raise HasLeft(person=found.person)
    invitation = invite(by=by, member=found)
    if not invitation.path and not invitation.sent_to:
        raise AccountIsTheirs(person=found.person)
    return invitation


def new_account(*, person: str, at: dt.datetime, email: str = "") -> User:
    """An account without a password, named after the person; a number makes the name unique."""
    wished = re.sub(r"[^\w.@+-]", "-", unicodedata.normalize("NFKC", person))[:140] or "person"
    taken = set(User.objects.filter(username__startswith=wished).values_list("username", flat=True))
    username = next(name for name in _numbered(wished) if name not in taken)
    user = User(username=username, email=email, date_joined=at)
    user.set_unusable_password()
    user.save()
    return user


def _numbered(wished: str) -> Iterable[str]:
    yield wished
    number = 2
    while True:
        yield f"{wished}-{number}"
        number += 1


def _invited(by: Actor, member: Member) -> Invitation:
    """A link for somebody new; who has an account already needs none."""
    if member.user.claimed:
        return Invitation(member.pk, member.person, member.user.get_username(), "", "")
    return invite(by=by, member=member)


def _settle(member: Member, place: Place) -> None:
    member.role, member.region, member.family = place.role, place.region, place.family
    member.authority, member.authority_units = place.authority, place.authority_units
    member.active = place.active
    member.save()


def _understood(by: Actor, place: Place) -> Place:
    """The place as it is kept. Raises RoleUnknown or NotUnderstood."""
    require_role(role=place.role, language=by.language)
    region, family = _text(by, "people.region", place.region), _text(by, "people.family", place.family)
    for limit in (place.authority, place.authority_units or 0.0):
        if not math.isfinite(limit) or limit < 0:
            raise NotUnderstood(
                field=say("people.authority", by.language), value=limit, wanted=say("people.a_limit", by.language)
            )
    return replace(place, region=region, family=family)


def _require_known_scope(by: Actor, place: Place, before: Place) -> None:
    """Raises NotUnderstood for a region or family that the plan does not know: its member would see nothing."""
    if (place.region, place.family) == (before.region, before.family):
        return
    known = known_places(company_id=by.company_id)
    for field, value, names in (
        ("people.region", place.region, known.regions),
        ("people.family", place.family, known.families),
    ):
        if value and names and value not in names:
            raise NotUnderstood(field=say(field, by.language), value=value, wanted=" / ".join(names))


def _named(by: Actor, field: str, text: str) -> str:
    """A name as it is kept. Raises NotUnderstood for an empty or overlong one."""
    kept = _text(by, field, text)
    if not kept:
        raise NotUnderstood(field=say(field, by.language), value=text, wanted=say("people.a_name", by.language))
    return kept


def _text(by: Actor, field: str, text: str) -> str:
    """A text as it is kept, empty for none. Raises NotUnderstood for an overlong one."""
    kept = unicodedata.normalize("NFC", text).strip()
    if len(kept) > 100 or not kept.isprintable():
        raise NotUnderstood(field=say(field, by.language), value=text, wanted=say("people.a_name", by.language))
    return kept


def _address(by: Actor, email: str) -> str:
    """An e-mail address as it is kept, empty for none. Raises NotUnderstood for what is none."""
    kept = email.strip().lower()
    try:
        if kept:
            validate_email(kept)
    except ValidationError:
        wanted = say("people.an_email", by.language)
        raise NotUnderstood(field=say("people.email", by.language), value=email, wanted=wanted) from None
    return kept


def _change_email(by: Actor, user: User, email: str) -> None:
    if email == user.email.lower():
        return
    if not is_ours_alone(user, by.company_id):
        raise AccountIsTheirs(person=user.get_username())
    if User.objects.filter(email__iexact=email).exclude(email="").exists():
        raise EmailTaken(email=email)
    user.email = email
    user.save(update_fields=["email"])
