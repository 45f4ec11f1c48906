"""Reasons of changes as people read them: the latest amendment, else the one the change was made with."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from sandop_web.store.models import AmendedReason, Version


def amended_reasons(version: Version) -> Mapping[uuid.UUID, str]:
    """Batch of cells changed together → the reason that holds now; batches whose reason was never amended are left
    out."""
    found = AmendedReason.objects.filter(version=version).order_by("pk").values_list("batch", "why")
    return dict(found)
