"""Sandop turns the numbers and opinions of a company into one signed plan every month."""

__version__ = "0.2.0"
