"""Things remembered by a name that is made of what they are made of, until room is needed. What such a name names
never changes, so nothing here can be out of date."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Any


class Remembered:
    """Name → what it names, the longest unused forgotten first. Safe to share between threads."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._used = 0
        self._kept: OrderedDict[str, tuple[Any, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, name: str) -> Any:
        """What is remembered under this name; None where nothing is."""
        with self._lock:
            if name not in self._kept:
                return None
            self._kept.move_to_end(name)
            return self._kept[name][0]

    def keep(self, name: str, opened: Any, size: int) -> None:
        """Remember it; `size` is about what it takes, bytes."""
        with self._lock:
            if name in self._kept or size > self._room:
                return
            self._kept[name] = (opened, size)
            self._used += size
            while self._used > self._room:
                self._used -= self._kept.popitem(last=False)[1][1]

    def forget(self) -> None:
        """Remember nothing."""
        with self._lock:
            self._kept.clear()
            self._used = 0
