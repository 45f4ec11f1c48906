"""The questions of the supply review, each a section: what is short, what could be done, where the load lies, what is
kept in stock, who supplies, what it costs, and whether it is proven."""
