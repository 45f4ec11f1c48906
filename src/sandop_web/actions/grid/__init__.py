"""Changing numbers in the planning grid, taking it back, and talking about cells."""

from sandop_web.access.grid.asked import GridAsked, GridEdit, Sharing
from sandop_web.access.grid.shown import GridComment, GridMoved, GridSaved
from sandop_web.access.grid.wishes import GridHasMoved
from sandop_web.actions.grid.amending import GridReason, ReasonIsTheirs, amend_reason
from sandop_web.actions.grid.commenting import comment_on_cell, resolve_comment
from sandop_web.actions.grid.editing import edit_grid
from sandop_web.actions.grid.keeping_views import forget_grid_view, keep_grid_view
from sandop_web.actions.grid.stepping import redo_in_grid, undo_in_grid

__all__ = [
    "GridAsked",
    "GridComment",
    "GridEdit",
    "GridHasMoved",
    "GridMoved",
    "GridReason",
    "GridSaved",
    "ReasonIsTheirs",
    "Sharing",
    "amend_reason",
    "comment_on_cell",
    "edit_grid",
    "forget_grid_view",
    "keep_grid_view",
    "redo_in_grid",
    "resolve_comment",
    "undo_in_grid",
]
