"""Help: what S&OP is, a guide to each step, how to read and work the pages; texts in `pages`, one pair a page."""
