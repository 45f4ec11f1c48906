"""Every write anyone makes: atomic, keyword-only, `by=` and `why=`, leaving a Deed."""
