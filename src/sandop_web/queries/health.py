"""Whether the workbench can work at all: asked by machines, of nobody's company."""

from __future__ import annotations

from django.db import Error

from sandop_web.store.models import Company


def database_answers() -> bool:
    """True where the database can be reached and its tables are there."""
    try:
        Company.objects.exists()
    except Error:
        return False
    return True
