"""Refusals of the workbench, each with the HTTP status it is answered with."""

from __future__ import annotations

from sandop.findings import Refusal
from sandop.wording import LANGUAGES, say
from sandop_web.store.spoken import SpokenRefusal

# Fields of forms and of the API that a refusal may name, each with a word for it in both languages.
FIELDS = frozenset(
    (
        "alternatives",
        "cells",
        "chosen",
        "company",
        "conditions",
        "cost",
        "due",
        "first",
        "form",
        "kind",
        "line",
        "measure",
        "money",
        "name",
        "notice",
        "number",
        "outcome",
        "row",
        "site",
        "state",
        "substitute",
        "title",
        "units",
        "unticked",
        "version",
        "webhooks",
        "word",
    )
)


class WebRefusal(SpokenRefusal):
    """A refusal by the rules of the workbench, with an HTTP status of its own where it is not 409."""


class NotYourRole(WebRefusal):
    """The role may not do this; the message names the roles that may."""

    message = "access.not_your_role"
    status = 403


class OutsideYourScope(WebRefusal):
    """The row belongs to a family or region outside the person's scope."""

    message = "access.outside_your_scope"
    status = 403


class BeyondYourAuthority(WebRefusal):
    """The decision is larger than the person may decide alone."""

    message = "access.beyond_your_authority"
    status = 403


class TokenReadsOnly(WebRefusal):
    """The token may only read."""

    message = "access.token_reads_only"
    status = 403


class TokenUnknown(WebRefusal):
    """There is no such token, or it has been revoked or run out."""

    message = "access.token_unknown"
    status = 401


class TokenNotForThis(WebRefusal):
    """The token was made for something else."""

    message = "access.token_not_for_this"
    status = 403


class NothingThere(WebRefusal):
    """There is no such thing, or it is not for this person: the two are not told apart."""

    message = "access.nothing_there"
    status = 404


class WhyMissing(WebRefusal):
    """An action that must be explained was not."""

    message = "access.why_missing"
    status = 400


class NotUnderstood(WebRefusal):
    """A value that cannot be meant. `field` names it: the id of one of the fields below, or words of the caller's."""

    message = "access.not_understood"
    status = 400

    def __init__(self, *, field: object, **values: object) -> None:
        known = field if isinstance(field, str) and field in FIELDS else ""
        spoken = {language: say(f"access.field.{known}", language) for language in LANGUAGES} if known else field
        super().__init__(field=spoken, **values)


def status_of(refusal: Refusal) -> int:
    """HTTP status of any refusal; the library's own are conflicts with the state of the plan."""
    return getattr(refusal, "status", SpokenRefusal.status)
