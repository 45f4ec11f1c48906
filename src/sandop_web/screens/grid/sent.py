"""What the browser sends: JSON of a shape that is checked before anything is done with it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, TypeVar

from django.http import HttpRequest, JsonResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sandop.findings import Refusal
from sandop.wording import Language
from sandop_web.access import NotUnderstood, status_of
from sandop_web.access.grid.asked import MOST_CELLS, GridEdit, Sharing, SharingKey

_Label = Annotated[str, Field(max_length=200)]
_Place = Annotated[dict[_Label, _Label], Field(max_length=8)]
_Number = Annotated[float, Field(allow_inf_nan=False, ge=-1e15, le=1e15)]
_REASON = 2_000
_WORDS = 4_000
_MOST_KEPT = 500


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class SentEdit(_Sent):
    """One cell: labels from the node up, and what it held and is to hold; null is a blank."""

    measure: _Label
    at: _Place
    period: _Label
    before: _Number | None
    after: _Number | None

    def edit(self) -> GridEdit:
        """The cell as the action takes it."""
        return GridEdit(self.at, self.measure, self.period, self.before, self.after)


class _SentShared(_Sent):
    """Cells that are changed together, and how totals among them are shared out."""

    edits: Annotated[list[SentEdit], Field(min_length=1, max_length=MOST_CELLS)]
    by: SharingKey = "current"
    kept: Annotated[list[_Place], Field(max_length=_MOST_KEPT)] = []

    def sharing(self) -> Sharing:
        """How they are shared out, as the action takes it."""
        return Sharing(self.by, tuple(self.kept))


class SentEdits(_SentShared):
    """Cells that are to be changed."""

    why: Annotated[str, Field(max_length=_REASON)]


class SentSpread(_SentShared):
    """Cells that may be changed: only what would become of them is asked, told apart by a level."""

    level: _Label = ""


class SentStep(_Sent):
    """A step back or forward; the reason may be left out."""

    why: Annotated[str, Field(max_length=_REASON)] = ""


class SentReason(_Sent):
    """Another reason for cells that were changed together."""

    batch: _Label
    why: Annotated[str, Field(max_length=_REASON)]


class SentView(_Sent):
    """A name for what the page shows."""

    name: _Label
    query: Annotated[str, Field(max_length=_REASON)]


class SentForgotten(_Sent):
    """A kept view that is no longer wanted."""

    view: Annotated[int, Field(gt=0, lt=2**63)]


class SentComment(_Sent):
    """Something said of a cell."""

    measure: _Label
    at: _Place
    period: _Label
    text: Annotated[str, Field(max_length=_WORDS)]


class SentResolved(_Sent):
    """The comment that is settled."""

    id: Annotated[int, Field(gt=0, lt=2**63)]


SentT = TypeVar("SentT", bound=_Sent)


def sent(request: HttpRequest, shape: type[SentT]) -> SentT:
    """What was sent, of this shape. Raises NotUnderstood, which names the first place that is not."""
    try:
        return shape.model_validate_json(request.body)
    except ValidationError as fault:
        first = fault.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "JSON"
        raise NotUnderstood(field=place, value="…", wanted=first["msg"]) from None


def refusal_json(refusal: Refusal, language: Language, **more: Any) -> JsonResponse:
    """A refusal as the browser's script reads it: which rule, and who can lift it."""
    told = {"refusal": refusal.text(language), "remedy": refusal.remedy(language), **more}
    return JsonResponse(told, status=HTTPStatus(status_of(refusal)))
