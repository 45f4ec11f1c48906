"""Parts of a page drawn: tables, charts and tiles from values, as HTML and as options for the chart library."""

from sandop_web.screens.drawing.parts import shown_parts, shown_tiles
from sandop_web.screens.drawing.tables import Why, written

__all__ = ["Why", "shown_parts", "shown_tiles", "written"]
