"""Opened content, remembered by its hash until room is needed. What a hash names never changes, so nothing here can
be out of date."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Any

ROOM = 256 * 1024 * 1024  # bytes of content a process remembers


class Remembered:
    """Hash → opened content, the longest unused forgotten first. Safe to share between threads."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._used = 0
        self._kept: OrderedDict[str, tuple[Any, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, name: str) -> Any:
        """What is remembered under this hash; None where nothing is."""
        with self._lock:
            if name not in self._kept:
                return None
            self._kept.move_to_end(name)
            return self._kept[name][0]

    def keep(self, name: str, opened: Any, size: int) -> None:
        """Remember it; `size` is its length in bytes."""
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


remembered = Remembered()
