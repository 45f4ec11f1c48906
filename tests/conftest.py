"""Puts `tests/` on the import path, so that test files share their small plans (`supply_cases`)."""
