"""Views of the planning grid that people keep under a name."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sandop_web.store.models.people import Member


class SavedGridView(models.Model):
    """What a person likes to look at: view, measures, rows, filters, unit, periods, as the grid's address says it."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="grid_views")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1000)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member", "name"], name="one_grid_view_per_name"),
        ]
