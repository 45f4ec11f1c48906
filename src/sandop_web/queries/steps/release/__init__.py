"""The questions of execution, each a section: the weeks ahead, one plan for each function, what may still change, and
how far the plan has moved from the one signed last."""
