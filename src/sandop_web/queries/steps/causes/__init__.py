"""What makes a key figure: its formula node by node, its way through the months, and who makes it miss."""

from sandop_web.queries.steps.causes.explained import KeyFigureExplained, Onward, key_figure_explained
from sandop_web.queries.steps.causes.trends import trends_of

__all__ = ["KeyFigureExplained", "Onward", "key_figure_explained", "trends_of"]
