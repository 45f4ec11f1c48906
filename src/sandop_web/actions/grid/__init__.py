"""Changing numbers in the planning grid, taking it back, and talking about cells."""

from sandop_web.access.grid.asked import GridAsked, GridEdit
from sandop_web.access.grid.shown import GridComment, GridMoved, GridSaved
from sandop_web.actions.grid.commenting import comment_on_cell, resolve_comment
from sandop_web.actions.grid.editing import edit_grid
from sandop_web.actions.grid.stepping import redo_in_grid, undo_in_grid
from sandop_web.actions.grid.wishes import GridHasMoved

__all__ = [
    "GridAsked",
    "GridComment",
    "GridEdit",
    "GridHasMoved",
    "GridMoved",
    "GridSaved",
    "comment_on_cell",
    "edit_grid",
    "redo_in_grid",
    "resolve_comment",
    "undo_in_grid",
]
