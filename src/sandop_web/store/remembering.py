"""Opened content, remembered by its hash."""

from __future__ import annotations

from sandop_web.remembering import Remembered

ROOM = 256 * 1024 * 1024  # bytes of content a process remembers

remembered = Remembered(ROOM)
