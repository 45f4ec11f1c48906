"""Files of a company for whoever may see the whole of it."""

from __future__ import annotations

from dataclasses import dataclass

from sandop_web.access import Actor, NothingThere, query
from sandop_web.store.models import Document


@dataclass(frozen=True)
class DocumentView:
    """A file to download: its name, its type, its content."""

    number: int
    name: str
    media_type: str
    size: int
    content: bytes


@query
def document_of(*, by: Actor, document: int) -> DocumentView:
    """A file of the company. It may hold the whole plan, so raises NothingThere for somebody with a scope, as for a
    file that is not there."""
    found = Document.objects.filter(company_id=by.company_id, pk=document).first()
    if found is None or not by.everywhere:
        raise NothingThere()
    return DocumentView(found.pk, found.name, found.media_type, found.size, bytes(found.content))
