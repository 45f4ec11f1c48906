"""One look at the store: whoever only reads asks for the same thing once.

A page is made of several queries, and each of them wants the network, the open cycle, the number of changes. Within
`one_look` they are read once and shared, so that a page also speaks of one moment. Whoever writes looks anew: nothing
is shared there.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

T = TypeVar("T")
_seen: ContextVar[dict[Hashable, Any] | None] = ContextVar("seen", default=None)


@contextmanager
def one_look() -> Iterator[None]:
    """Within it `once` reads the same thing once. One within another goes on with what was seen."""
    token = _seen.set({}) if _seen.get() is None else None
    try:
        yield
    finally:
        if token is not None:
            _seen.reset(token)


@contextmanager
def looking_anew() -> Iterator[None]:
    """Within it nothing is shared, whatever stands around it."""
    token = _seen.set(None)
    try:
        yield
    finally:
        _seen.reset(token)


def once(what: Hashable, read: Callable[[], T]) -> T:
    """What `read` gives; within `one_look` what it gave before under the same name. The same object, so it must not
    be changed."""
    seen = _seen.get()
    if seen is None:
        return read()
    if what not in seen:
        seen[what] = read()
    return cast(T, seen[what])
