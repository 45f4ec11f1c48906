"""People and their places, tokens, and the record of deeds."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal

from ninja import Query, Router
from ninja.responses import Status
from pydantic import BaseModel, Field

from sandop_web.actions.inviting import Invitation
from sandop_web.actions.people import add_member, change_member, invite_again
from sandop_web.actions.tokens import LONGEST, make_token, revoke_token
from sandop_web.api.answers import answer
from sandop_web.api.entrance import Asked, by_token, require_session
from sandop_web.api.outcomes import DONE, MADE, done, made, says
from sandop_web.api.pages import Page, page_of
from sandop_web.api.values import LARGEST_NUMBER, AnyId, Flag, Id, Name, Remark, RowId, Sent, Title, Why
from sandop_web.queries.deeds import DeedsPage, deeds_of
from sandop_web.queries.people import MemberRow, member_of_company, people_of
from sandop_web.queries.tokens import TokenRow, tokens_of

router = Router()
Limit = Annotated[float, Field(ge=0, le=LARGEST_NUMBER, allow_inf_nan=False, strict=True)]


class PlaceSent(Sent):
    """A person's place in the company."""

    name: Id
    name_zh: AnyId = ""
    email: AnyId = ""
    role: Name
    region: AnyId = ""
    family: AnyId = ""
    authority: Annotated[Limit, Field(description="Plan currency that may be decided alone")] = 0.0
    authority_units: Annotated[
        Limit | None, Field(description="Plan units that may be decided alone; null is no limit")
    ] = None


class NewMember(PlaceSent):
    """Somebody new."""

    person: Id
    why: Why = ""


class ChangedMember(PlaceSent):
    """A person's place as it is to be."""

    active: Annotated[Flag, Field(description="False closes the place and revokes its tokens")] = True
    why: Why


class NewToken(Sent):
    """A token to be made."""

    name: Title
    scope: Literal["read", "write", "calendar"]
    days: Annotated[int, Field(ge=1, le=LONGEST, strict=True, description="Days until it runs out")]


class Key(BaseModel):
    """A fresh token: it is shown this one time."""

    key: str


class DeedsWanted(BaseModel):
    """Which deeds are wanted."""

    person: AnyId = ""
    action: Annotated[
        str, Field(max_length=60, pattern="^[a-z_]*$", description="Name of the action; empty: all")
    ] = ""
    page: Annotated[int, Field(ge=1, le=1_000_000, description="Page of a hundred deeds, from 1")] = 1


@router.get("/people", response=says(page_of(answer(MemberRow))))
def people(request: Asked, page: Query[Page]) -> dict[str, Any]:
    """The people of the company and their places."""
    return page.of(people_of(by=request.auth))


@router.post("/people", response=says(Invitation, status=MADE))
def add_person(request: Asked, body: NewMember) -> Status[Invitation]:
    """Give somebody a place in the company. The link of the invitation is shown to a session only, never to a
    token."""
    return made(_for_caller(request, add_member(by=request.auth, **body.model_dump())))


@router.get("/people/{member}", response=says(MemberRow))
def person(request: Asked, member: RowId) -> MemberRow:
    """A person of the company."""
    return member_of_company(by=request.auth, member=member)


@router.put("/people/{member}", response=says(None, status=DONE))
def change_person(request: Asked, member: RowId, body: ChangedMember) -> Status[None]:
    """Change a person's name, role, scope or authority, or close their place."""
    change_member(by=request.auth, member=member, **body.model_dump())
    return done()


@router.post("/people/{member}/invitation", response=says(Invitation, status=MADE))
def invite_person(request: Asked, member: RowId, body: Remark) -> Status[Invitation]:
    """Give a person a new invitation. The link is shown to a session only, never to a token."""
    return made(_for_caller(request, invite_again(by=request.auth, member=member, why=body.why)))


@router.get("/tokens", response=says(page_of(answer(TokenRow))))
def tokens(request: Asked, page: Query[Page]) -> dict[str, Any]:
    """The tokens the caller may see; their keys are known to nobody."""
    return page.of(tokens_of(by=request.auth))


@router.post("/tokens", response=says(Key, status=MADE))
def make_a_token(request: Asked, body: NewToken) -> Status[Key]:
    """Make a token. A session is needed: a token makes no further tokens."""
    require_session(request)
    return made(Key(key=make_token(by=request.auth, **body.model_dump())))


@router.delete("/tokens/{token}", response=says(None, status=DONE))
def revoke_a_token(request: Asked, token: RowId) -> Status[None]:
    """Revoke a token: it opens nothing from now on."""
    revoke_token(by=request.auth, token=token)
    return done()


@router.get("/deeds", response=says(DeedsPage))
def deeds(request: Asked, wanted: Query[DeedsWanted]) -> DeedsPage:
    """The record of deeds: who did what, when, through which door, and why."""
    return deeds_of(by=request.auth, **wanted.model_dump())


def _for_caller(request: Asked, invitation: Invitation) -> Invitation:
    return replace(invitation, path="") if by_token(request) else invitation
