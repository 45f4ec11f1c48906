"""Chunks that no version points at any more are thrown away."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from sandop_web.store import locks
from sandop_web.store.models import Chunk, Entry


def collect_garbage() -> int:
    """Throw away every chunk that no entry points at; returns how many.

    Writers wait meanwhile, so that none of them points at a chunk that is about to go.
    """
    with locks.collecting():
        unused = Chunk.objects.filter(~Exists(Entry.objects.filter(chunk=OuterRef("pk"))))
        gone: int = unused._raw_delete(unused.db)
        return gone
