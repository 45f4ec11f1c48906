"""Verbs on a plan folder. No database: everything is read from the folder and written beside it."""
