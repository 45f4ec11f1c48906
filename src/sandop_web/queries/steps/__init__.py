"""What each step of the month shows: its conclusion in a sentence, then the tables it rests on."""

from sandop_web.queries.steps.content import Onward, Section, StepPage, Tile
from sandop_web.queries.steps.step_page import content_of_step, page_of_step

__all__ = ["Onward", "Section", "StepPage", "Tile", "content_of_step", "page_of_step"]
