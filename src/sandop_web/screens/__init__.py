"""Pages: each view makes one call to one action, or asks queries, and renders; it holds no rule."""
