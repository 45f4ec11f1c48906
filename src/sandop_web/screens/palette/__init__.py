"""Going anywhere by name: the command palette, and the same search as a page."""
