"""The two doors: every write is an action, every read a query; both are registered, checked, and known by name."""

from __future__ import annotations

import datetime as dt
import functools
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from sandop.cycle import roles as all_roles
from sandop.plan import Plan
from sandop.scenario import Month
from sandop_web.access.actor import Actor
from sandop_web.access.refusals import NotUnderstood, NotYourRole, TokenReadsOnly, WhyMissing
from sandop_web.access.roles import may, permissions, roles_for
from sandop_web.store.looking import looking_anew, one_look
from sandop_web.store.models import Deed
from sandop_web.wording import say

P = ParamSpec("P")
R = TypeVar("R")

ACTIONS: dict[str, Callable[..., Any]] = {}
QUERIES: dict[str, Callable[..., Any]] = {}
_UNTOLD = ("by", "why", "password")  # arguments that the record of a deed leaves out
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
_LISTED = 20  # members of a list that the record of a deed keeps; of a longer one it keeps the count


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Register a write. It takes `by=` (and `why=` where people must say why), runs in one transaction, and leaves
    a Deed. Raises NotYourRole, TokenReadsOnly or WhyMissing before anything is done."""
    name = function.__name__
    if name in ACTIONS:
        raise ValueError(f"there are two actions {name}")

    @functools.wraps(function)
    def through_the_door(*args: P.args, **kwargs: P.kwargs) -> R:
        by = kwargs["by"]
        assert isinstance(by, Actor)
        why = str(kwargs.get("why") or "").strip()
        require_may(by, name)
        _require_text(by, kwargs)
        if permissions()[name].must_say_why and not why:
            raise WhyMissing(action=permissions()[name].titles[by.language])
        with looking_anew(), transaction.atomic():
            given = function(*args, **kwargs)
            _record(by, name, why, kwargs)
        return given

    ACTIONS[name] = through_the_door
    return through_the_door


def query(function: Callable[P, R]) -> Callable[P, R]:
    """Register a read. It takes `by=`; where its name has a permission, only these roles may ask."""
    name = function.__name__
    if name in QUERIES:
        raise ValueError(f"there are two queries {name}")

    @functools.wraps(function)
    def through_the_door(*args: P.args, **kwargs: P.kwargs) -> R:
        by = kwargs["by"]
        assert isinstance(by, Actor)
        if name in permissions():
            _require_role(by, name)
        _require_text(by, kwargs)
        with one_look():
            return function(*args, **kwargs)

    QUERIES[name] = through_the_door
    return through_the_door


def require_may(by: Actor, name: str) -> None:
    """Raises TokenReadsOnly or NotYourRole unless this person may take the action now."""
    if by.read_only:
        raise TokenReadsOnly(action=permissions()[name].titles[by.language])
    _require_role(by, name)


def _require_role(by: Actor, name: str) -> None:
    if may(by.role, name):
        return
    role = all_roles().get(by.role, {}).get(by.language, by.role)
    raise NotYourRole(
        action=permissions()[name].titles[by.language], role=role, roles=roles_for(name, by.language) or "–"
    )


def _require_text(by: Actor, arguments: Mapping[str, Any]) -> None:
    """Raises NotUnderstood for text that no database can keep: a zero byte, half a character."""
    for field, value in arguments.items():
        if isinstance(value, str) and field != "password" and _UNKEEPABLE.search(value):
            wanted = say("access.plain_text", by.language)
            raise NotUnderstood(field=field, value=ascii(value), wanted=wanted)


def _record(by: Actor, name: str, why: str, arguments: Mapping[str, Any]) -> None:
    told = {key: _told(value) for key, value in arguments.items() if key not in _UNTOLD}
    Deed.objects.create(
        company_id=by.company_id or None,
        person=by.person or str(by.user_id),
        role=by.role,
        action=name,
        through=by.through,
        why=why,
        arguments=told,
        at=by.at,
    )


def _told(value: Any) -> Any:
    """An argument as the record keeps it: plain values; of what is long only its size."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bytes):
        return {"bytes": len(value)}
    if isinstance(value, Plan | Month):  # kept elsewhere, whole
        return type(value).__name__.lower()
    if is_dataclass(value) and not isinstance(value, type):
        return _told(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): _told(member) for key, member in value.items()}
    if isinstance(value, Sequence):
        return [_told(member) for member in value] if len(value) <= _LISTED else {"count": len(value)}
    return str(value)
