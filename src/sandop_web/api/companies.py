"""Who asks, and in which companies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from ninja import Router
from ninja.responses import Status
from pydantic import Field

from sandop.wording import Language, LargeNumbers
from sandop_web.access import companies_of
from sandop_web.actions.account import set_language, set_number_form
from sandop_web.api.entrance import Asked
from sandop_web.api.outcomes import DONE, done, says
from sandop_web.api.values import Sent
from sandop_web.queries.frame import company_frame

everywhere = Router()
router = Router()


@dataclass(frozen=True)
class CompanyLine:
    """A company of which the caller is a member.

    company     short name, as in every address
    """

    company: str
    name: str
    name_zh: str


@dataclass(frozen=True)
class Caller:
    """Who asks, as the rules see them.

    company     short name of the company
    person      id in the plan's people table
    region, family   scope: only its rows are seen and changed; empty is all
    authority   plan currency that may be decided alone
    authority_units   plan units that may be decided alone; null is no limit in volume
    currency    the plan's currency
    month       first planned month of the open cycle; empty where none is open
    notices     how many notices the caller has not read
    read_only   the token may only read
    """

    company: str
    person: str
    name: str
    name_zh: str
    role: str
    region: str
    family: str
    authority: float
    authority_units: float | None
    currency: str
    month: str
    notices: int
    read_only: bool


class LanguageSent(Sent):
    """A language."""

    language: Language


class NumberFormSent(Sent):
    """How large amounts are said."""

    large_numbers: Annotated[
        LargeNumbers, Field(description="million, or in Chinese wan: 万 and 亿; wherever the caller signs in")
    ]


@everywhere.get("/companies", response=says(list[CompanyLine]))
def companies(request: Asked) -> list[CompanyLine]:
    """The companies of which the caller is a member; a token speaks in one company only."""
    if request.auth.company:
        frame = company_frame(by=request.auth)
        return [CompanyLine(frame.slug, frame.name, frame.name_zh)]
    assert request.user.is_authenticated
    return [CompanyLine(*line) for line in companies_of(request.user)]


@everywhere.put("/language", response=says(None, status=DONE))
def choose_language(request: Asked, body: LanguageSent) -> Status[None]:
    """Answer the caller in this language on every page from now on."""
    set_language(by=request.auth, language=body.language)
    return done()


@everywhere.put("/number-form", response=says(None, status=DONE))
def choose_number_form(request: Asked, body: NumberFormSent) -> Status[None]:
    """Say large amounts to the caller in millions or, in Chinese, in 万 and 亿 from now on."""
    set_number_form(by=request.auth, large_numbers=body.large_numbers)
    return done()


@router.get("/me", response=says(Caller))
def me(request: Asked) -> Caller:
    """Who asks: role, scope and authority in this company, and what waits."""
    by, frame = request.auth, company_frame(by=request.auth)
    return Caller(
        company=by.company,
        person=by.person,
        name=by.name,
        name_zh=by.name_zh,
        role=by.role,
        region=by.region,
        family=by.family,
        authority=by.authority,
        authority_units=by.authority_units,
        currency=frame.currency,
        month=frame.month,
        notices=frame.notices,
        read_only=by.read_only,
    )
