"""Files that people bring in, and files made for them."""

from __future__ import annotations

import datetime as dt
import hashlib

from sandop_web.store.models import Document


def keep_document(
    *, name: str, media_type: str, content: bytes, user_id: int, company_id: int | None, at: dt.datetime
) -> int:
    """Keep a file; its number."""
    kept = Document.objects.create(
        name=name,
        media_type=media_type,
        size=len(content),
        hash=hashlib.sha256(content).hexdigest(),
        content=content,
        user_id=user_id,
        company_id=company_id,
        made_at=at,
    )
    return kept.pk
