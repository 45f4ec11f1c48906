"""Why a number is so, at any level: what it is made of, what makes it up, how it went, who changed it and why."""

from sandop_web.queries.why.computed import Computed, Line
from sandop_web.queries.why.explained import Course, NumberExplained, number_explained
from sandop_web.queries.why.figures import figure_explained, is_figure
from sandop_web.queries.why.pieces import Piece
from sandop_web.queries.why.portions import Portion
from sandop_web.queries.why.reasons import Opinion, WhoChanged
from sandop_web.queries.why.sources import Source, sources_of
from sandop_web.queries.why.summing import ASKED_LEVELS

__all__ = [
    "ASKED_LEVELS",
    "Computed",
    "Course",
    "Line",
    "NumberExplained",
    "Opinion",
    "Piece",
    "Portion",
    "Source",
    "WhoChanged",
    "figure_explained",
    "is_figure",
    "number_explained",
    "sources_of",
]
