"""Invitations: a link, good once and for three days, with which a person chooses a password.

Whoever holds the link holds the account. Therefore it is shown to the inviter only while the account belongs to
nobody yet: its owner has never signed in, and it opens no other company. Afterwards it goes to the owner's own e-mail
address and nowhere else.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes, force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from sandop.wording import Language
from sandop_web.access import Actor
from sandop_web.store.models import Company, Member, User
from sandop_web.store.spoken import named
from sandop_web.wording import say

LINK_IN_SESSION = "set-password"  # stands in the address for a token that has moved into the session


class InvitationTokens(PasswordResetTokenGenerator):
    """Good until used: the token holds the account's password, e-mail address and last sign-in as they were."""

    key_salt = "sandop.invitation"


invitation_tokens = InvitationTokens()


@dataclass(frozen=True)
class Invitation:
    """What the inviter gets.

    path      address of the link below the workbench's own; empty: it is not shown, or the person has an account
    sent_to   e-mail address the link is on its way to; empty: none
    """

    member: int
    person: str
    username: str
    path: str
    sent_to: str


def is_ours_alone(user: User, company_id: int) -> bool:
    """True where the account belongs to nobody yet, and opens nothing beyond this company."""
    elsewhere = user.is_staff or user.members.exclude(company_id=company_id).exists()
    return not elsewhere and not user.claimed


def invite(*, by: Actor, member: Member) -> Invitation:
    """A link for this member: shown where the account is still nobody's, sent where there is a mail server and an
    address."""
    user = member.user
    path = link_of(user)
    sent_to = user.email if settings.EMAIL_HOST else ""
    if sent_to:
        company = Company.objects.get(pk=by.company_id)
        transaction.on_commit(partial(_send, sent_to, path, company, user.get_username(), by.language), robust=True)
    shown = path if is_ours_alone(user, by.company_id) else ""
    return Invitation(member.pk, member.person, user.get_username(), shown, sent_to)


def link_of(user: User) -> str:
    """The address of an invitation for this account, below the workbench's own."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("invitation", kwargs={"uid": uid, "token": invitation_tokens.make_token(user)})


def invited(uid: str) -> User | None:
    """Whom an invitation is for; None where there is no such account, or it no longer opens anything."""
    try:
        user = User.objects.filter(pk=int(force_str(urlsafe_base64_decode(uid)))).first()
    except (ValueError, OverflowError):
        return None
    if user is None or not user.is_active:
        return None
    return user if user.is_staff or user.members.filter(active=True).exists() else None


def _send(address: str, path: str, company: Company, username: str, language: Language) -> None:
    name = named(company.name, company.name_zh)[language]
    link = settings.ADDRESS.url + path
    subject = say("people.mail_subject", language, company=name)
    text = say("people.mail_text", language, company=name, username=username, link=link)
    try:
        send_mail(subject, text, None, [address])
    except OSError as trouble:  # the inviter can ask again; the reason is the administrator's to read
        logging.getLogger(__name__).warning("an invitation could not be sent: %s", trouble)
