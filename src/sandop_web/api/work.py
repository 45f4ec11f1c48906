"""What people have to do and to know: actions and notices."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Query, Router
from ninja.responses import Status
from pydantic import BaseModel, Field

from sandop_web.actions.action_items import add_action_item, report_on_action
from sandop_web.actions.notices import change_webhooks, mark_notices_read
from sandop_web.actions.webhooks import Webhook
from sandop_web.api.entrance import Asked
from sandop_web.api.outcomes import DONE, MADE, NewNumber, done, made, says
from sandop_web.api.pages import Page
from sandop_web.api.values import LARGEST_COUNT, AnyId, Cell, Day, Id, Meaning, Month, RowId, Sent, Title, Why, Words
from sandop_web.queries.action_items import ActionList, actions_of
from sandop_web.queries.notices import Deliveries, NoticeLine, deliveries, notices_of
from sandop_web.queries.work import Work, my_work

router = Router()
ActionNumber = Annotated[int, Field(ge=1, le=LARGEST_COUNT), Meaning("Number of the action")]
Money = Annotated[Cell, Field(description="Plan currency; null: nobody can say")]


class ActionsWanted(BaseModel):
    """Which actions are wanted."""

    which: Literal["open", "overdue", "mine", "done", "all"] = "open"
    owner: Annotated[AnyId, Field(description="Person; empty: all")] = ""
    month: Annotated[Month | None, Field(description="Cycle they were made in; left out, all")] = None


class NewAction(Sent):
    """Something somebody is to do."""

    title: Title
    owner: Id
    due: Day
    effect_expected: Money = None
    decision: Annotated[
        int | None,
        Field(ge=1, le=LARGEST_COUNT, strict=True, description="Decision of the open cycle it carries out"),
    ] = None
    remark: Words = ""


class Progress(Sent):
    """How far an action is, and what it has brought."""

    state: Literal["open", "started", "done", "given_up"]
    effect_seen: Money = None
    remark: Words = ""


class NoticesWanted(Page):
    """Which notices are wanted."""

    limit: Annotated[int, Field(ge=1, le=500, description="How many rows at most")] = 100
    unread: Annotated[bool, Field(description="Only those not read")] = False


class NoticesRead(Sent):
    """Which notices are marked as read."""

    notices: Annotated[
        list[RowId] | None, Field(max_length=1_000, description="Their ids; null is all of the caller's")
    ] = None


class Marked(BaseModel):
    """How many notices became read."""

    marked: int


class WebhookSent(Sent):
    """Where notices are sent."""

    kind: Literal["generic", "wecom", "dingtalk"]
    url: Annotated[str, Field(min_length=9, max_length=500, pattern=r"^https?://[\x21-\x7e]+$")]


class WebhooksSent(Sent):
    """Everywhere notices are sent from now on, and nowhere else."""

    webhooks: Annotated[list[WebhookSent], Field(max_length=10)]
    why: Why


@router.get("/work", response=says(Work))
def waiting(request: Asked) -> Work:
    """What waits for the caller, overdue first; where the cycle stands; the plan in force."""
    return my_work(by=request.auth)


@router.get("/actions", response=says(ActionList))
def actions(request: Asked, wanted: Query[ActionsWanted]) -> ActionList:
    """The actions of the company, those that run first, by the day they are due."""
    return actions_of(by=request.auth, which=wanted.which, owner=wanted.owner, month=wanted.month or "")


@router.post("/actions", response=says(NewNumber, status=MADE))
def give_action(request: Asked, body: NewAction) -> Status[NewNumber]:
    """Give somebody something to do; they are told."""
    return made(NewNumber(number=add_action_item(by=request.auth, **body.model_dump())))


@router.post("/actions/{number}/progress", response=says(None, status=DONE))
def report_progress(request: Asked, number: ActionNumber, body: Progress) -> Status[None]:
    """Say how far an action is and what it has brought."""
    report_on_action(by=request.auth, number=number, **body.model_dump())
    return done()


@router.get("/notices", response=says(list[NoticeLine]))
def notices(request: Asked, wanted: Query[NoticesWanted]) -> tuple[NoticeLine, ...]:
    """The caller's own notices, the newest first."""
    return notices_of(by=request.auth, unread=wanted.unread, limit=wanted.limit, offset=wanted.offset)


@router.post("/notices/read", response=says(Marked))
def read_notices(request: Asked, body: NoticesRead) -> Marked:
    """Mark the caller's own notices as read."""
    return Marked(marked=mark_notices_read(by=request.auth, notices=body.notices))


@router.get("/webhooks", response=says(Deliveries))
def webhooks(request: Asked) -> Deliveries:
    """Where the company's notices are sent, and how that goes; addresses hold keys, so only hosts are shown."""
    return deliveries(by=request.auth)


@router.put("/webhooks", response=says(None, status=DONE))
def send_notices_to(request: Asked, body: WebhooksSent) -> Status[None]:
    """Send the company's notices to these webhooks from now on, and to no others."""
    hooks = [Webhook(kind=hook.kind, url=hook.url) for hook in body.webhooks]
    change_webhooks(by=request.auth, webhooks=hooks, why=body.why)
    return done()
