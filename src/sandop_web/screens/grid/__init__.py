"""The planning grid: its page, its numbers as JSON, and what people change in it."""
