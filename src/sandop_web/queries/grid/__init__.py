"""Reading the planning grid."""

from sandop_web.access.grid.asked import GridAsked, GridEdit
from sandop_web.access.grid.shown import GridComment, GridMark, GridPatch, GridStep
from sandop_web.queries.grid.kept_views import KeptGridView, grid_views
from sandop_web.queries.grid.reading import grid_comments, grid_of
from sandop_web.queries.grid.shape import (
    Grid,
    GridExceptions,
    GridLevel,
    GridMeasure,
    GridNodes,
    GridOffered,
    GridPeriod,
    GridQuarter,
)
from sandop_web.queries.grid.spreading import GridSpread, GridSpreadLine, spread_of

__all__ = [
    "Grid",
    "GridAsked",
    "GridComment",
    "GridEdit",
    "GridExceptions",
    "GridLevel",
    "GridMark",
    "GridMeasure",
    "GridNodes",
    "GridOffered",
    "GridPatch",
    "GridPeriod",
    "GridQuarter",
    "GridSpread",
    "GridSpreadLine",
    "GridStep",
    "KeptGridView",
    "grid_comments",
    "grid_of",
    "grid_views",
    "spread_of",
]
