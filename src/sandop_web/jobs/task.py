"""A job as its work sees it: what was asked for, by whom, and how to say how far it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.utils import timezone

from sandop.findings import Refusal
from sandop.wording import Language
from sandop_web.access import Actor, actor_of, founder_of
from sandop_web.store.models import User

Tell: TypeAlias = Callable[[float | None, str, Mapping[str, Any]], None]


@dataclass(frozen=True)
class Outcome:
    """What a work gives back: plain values for JSON, and the file it made, if any."""

    said: Mapping[str, Any] = field(default_factory=dict)
    document: int | None = None


Write: TypeAlias = Callable[[], Outcome]


@dataclass(frozen=True)
class Task:
    """One job to be done.

    company   slug; empty for work outside every company
    tell      takes progress (0 to 1, None: as before) and a line of the log (message id, values)
    """

    arguments: Mapping[str, Any]
    language: Language
    user_id: int
    company: str
    tell: Tell

    def actor(self) -> Actor:
        """Who asked for the work, as they stand now. Raises NothingThere or NotYourRole where they have left."""
        user = User.objects.get(pk=self.user_id)
        at = timezone.now()
        if self.company:
            return actor_of(user=user, company=self.company, at=at, language=self.language, through="job")
        return founder_of(user=user, at=at, language=self.language, through="job")

    def line(self, message: str, /, *, progress: float | None = None, **values: Any) -> None:
        """A line of the log, and how far the work is."""
        self.tell(progress, message, values)


Work: TypeAlias = Callable[[Task], Write]


class RefusedWith(Exception):
    """A refusal with something more to show, such as the findings that led to it."""

    def __init__(self, refusal: Refusal, more: Mapping[str, Any]) -> None:
        self.refusal, self.more = refusal, more
        super().__init__(str(refusal))
