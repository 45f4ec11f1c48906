"""Pages by their URL name, where this workbench has one of that name."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse


def address_of(name: str, *parts: object) -> str:
    """The address of a page; empty where there is none of that name."""
    try:
        return reverse(name, args=parts)
    except NoReverseMatch:
        return ""
