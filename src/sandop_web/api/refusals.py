"""How the API says no: one shape for every refusal, in the caller's language, with the status of the rule.

A refusal by the rules says which rule and who can lift it. Values that cannot be meant are listed one by one (422).
What went wrong on our side is logged and answered without details (500).
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping
from typing import Any, cast

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import BaseModel, Field

from sandop.findings import Refusal
from sandop.wording import LANGUAGES, Language
from sandop_web.access import NothingThere, WebRefusal, status_of
from sandop_web.api.answers import plain

_LOG = logging.getLogger(__name__)


class NoToken(WebRefusal):
    """Nobody is known by this request: no token, a wrong one, or one that has run out."""

    message = "api.no_token"
    status = 401


class NotFromOurPages(WebRefusal):
    """A signed-in browser asked for a change without the mark that our own pages carry (CSRF)."""

    message = "api.not_from_our_pages"
    status = 403


class SessionNeeded(WebRefusal):
    """A token asked for what only a person who is signed in may do."""

    message = "api.session_needed"
    status = 403


class NotValid(WebRefusal):
    """Values that cannot be meant; the faults say which."""

    message = "api.not_valid"
    status = 422


class NotReadable(WebRefusal):
    """A body that is no JSON, or a form that is none."""

    message = "api.not_readable"
    status = 400


class TooLarge(WebRefusal):
    """A body larger than the workbench takes."""

    message = "api.too_large"
    status = 413


class Broken(WebRefusal):
    """A mistake of ours."""

    message = "api.broken"
    status = 500


class Fault(BaseModel):
    """One value that cannot be meant."""

    where: list[str | int] = Field(description="Where it stands: query, path or body, then names and places")
    what: str = Field(description="What is wrong with it")


class MovedCell(BaseModel):
    """A cell that does not hold what its editor saw; values in the measure's unit, null is a blank."""

    measure: str
    row: list[str]
    period: str
    expected: float | None = Field(description="What the editor saw")
    found: float | None = Field(description="What the cell holds now")
    wanted: float | None = Field(description="What the editor wants it to hold")
    person: str = Field(description="Who changed it last; empty where no change is on record")
    at: dt.datetime | None = Field(description="When that was")


class Refused(BaseModel):
    """Why something was not done."""

    refusal: str = Field(description="Which rule refused, in the caller's language")
    remedy: str = Field(description="What to do, and who can lift the rule")
    message: str = Field(description="Id of the sentence: the same in every language")
    values: dict[str, Any] = Field(
        description="The values of the sentence, such as both values of a cell in conflict"
    )
    faults: list[Fault] = Field(description="For 422: every value that cannot be meant")
    conflicts: list[MovedCell] = Field(description="For 409: every cell that has moved, with both values")


def refused(request: HttpRequest, refusal: Refusal, faults: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """A refusal as JSON, in the language of the request."""
    language = cast(Language, getattr(request, "language", "en"))
    return {
        "refusal": refusal.text(language),
        "remedy": refusal.remedy(language),
        "message": refusal.message,
        "values": {name: plain(_in_words(value, language)) for name, value in refusal.values.items()},
        "faults": faults or [],
        "conflicts": plain(getattr(refusal, "cells", ())),
    }


def _in_words(value: object, language: Language) -> object:
    """A value that reads differently in each language, in this one."""
    return value[language] if isinstance(value, Mapping) and set(value) == set(LANGUAGES) else value


def answer_refusals(api: NinjaAPI) -> None:
    """Every exception of every operation ends in one of these answers."""

    def say_no(request: HttpRequest, refusal: Refusal, faults: list[dict[str, Any]] | None = None) -> HttpResponse:
        status = status_of(refusal)
        response = api.create_response(request, refused(request, refusal, faults), status=status)
        if status == NoToken.status:
            response["WWW-Authenticate"] = "Bearer"
        return response

    def answer(request: HttpRequest, exception: Exception | type[Exception]) -> HttpResponse:
        if isinstance(exception, Refusal):
            return say_no(request, exception)
        if isinstance(exception, ValidationError):
            return say_no(request, NotValid(), [_fault(error) for error in exception.errors])
        for kind, refusal in _SAID_AS.items():
            if isinstance(exception, kind):
                return say_no(request, refusal())
        _LOG.error("%s %s", request.method, request.path, exc_info=cast(Exception, exception))
        return say_no(request, Broken())

    for kind in (Exception, Refusal, ValidationError, *_SAID_AS):
        api.add_exception_handler(kind, answer)


# What the framework raises, as a refusal; the first that fits counts.
_SAID_AS: Mapping[type[Exception], type[WebRefusal]] = {
    Http404: NothingThere,
    AuthenticationError: NoToken,
    HttpError: NotReadable,
    RequestDataTooBig: TooLarge,
    SuspiciousOperation: NotReadable,
}


def _fault(error: Mapping[str, Any]) -> dict[str, Any]:
    return {"where": plain(error["loc"]), "what": _well_formed(str(error["msg"]))}


def _well_formed(text: str) -> str:
    """The text without half characters, which cannot be sent."""
    return text.encode("utf-8", "replace").decode("utf-8")
