"""Why a number is so, at any level: what it is made of, what makes it up, how it went, who changed it and why."""

from sandop_web.queries.why.explained import NumberExplained, number_explained
from sandop_web.queries.why.reasons import Opinion, WhoChanged
from sandop_web.queries.why.summing import Asked, Course, Piece, Portion

__all__ = ["Asked", "Course", "NumberExplained", "Opinion", "Piece", "Portion", "WhoChanged", "number_explained"]
