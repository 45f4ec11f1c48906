"""`sandop-web`: start the workbench, more workers, the first account."""

from __future__ import annotations


def main() -> None:
    """Start the workbench."""
