"""The look keeps its promises: text can be read by day and by night (WCAG AA)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sandop_web

STYLES = Path(sandop_web.__file__).parent / "static" / "styles"
PALETTE = (STYLES / "colours.css").read_text(encoding="utf-8")
TEMPLATES = Path(sandop_web.__file__).parent / "templates"
A_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(")
LEAST = 4.5  # contrast of text, WCAG 2.2 AA
LEAST_OF_EDGES = 3.0  # of the edges of fields and of the focus ring
PAIRS = [
    *((text, ground) for text in ("ink", "quiet", "accent") for ground in ("paper", "ground", "band")),
    ("accent", "accent-soft"),
    ("ink", "accent-soft"),
    ("red", "red-soft"),
    ("amber", "amber-soft"),
    ("green", "green-soft"),
    ("green", "ground"),
    ("on-accent", "accent"),
    ("on-top", "top"),
]


def colours(name: str) -> dict[str, str]:
    """Name → colour; at night what is not said stays as by day."""
    day, night = re.findall(r":root \{(.*?)\}", PALETTE, re.DOTALL)[:2]
    said = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", day))
    return said if name == "day" else said | dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", night))


def brightness(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    dark, light = sorted((brightness(first), brightness(second)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("light", ["day", "night"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read(text: str, ground: str, light: str) -> None:
    said = colours(light)
    assert contrast(said[text], said[ground]) >= LEAST


@pytest.mark.parametrize("light", ["day", "night"])
def test_edges_of_fields_can_be_seen(light: str) -> None:
    said = colours(light)
    assert contrast(said["edge"], said["paper"]) >= LEAST_OF_EDGES
    assert contrast(said["accent"], said["ground"]) >= LEAST_OF_EDGES


@pytest.mark.parametrize("sheet", sorted(path.name for path in STYLES.glob("*.css")))
def test_every_colour_is_named_once(sheet: str) -> None:
    """Outside the palette colours are called by name, so that night changes them all."""
    text = re.sub(r"/\*.*?\*/", "", (STYLES / sheet).read_text(encoding="utf-8"), flags=re.DOTALL)
    literal = A_COLOUR.findall(text)
    assert bool(literal) == (sheet == "colours.css"), literal


@pytest.mark.parametrize("sheet", sorted(path.name for path in STYLES.glob("*.css")))
def test_every_sheet_is_short_enough_to_read(sheet: str) -> None:
    assert len((STYLES / sheet).read_text(encoding="utf-8").splitlines()) <= 400


def test_every_shared_sheet_is_linked_once_and_the_last_one_changes_the_others() -> None:
    """Sheets of a single subject (the grid) are linked by their own pages."""
    linked = re.findall(r"styles/(\w+\.css)", (TEMPLATES / "styles.html").read_text(encoding="utf-8"))
    assert len(set(linked)) == len(linked)
    assert linked[0] == "colours.css"
    assert linked[-1] == "small_and_print.css"
    assert all((STYLES / name).exists() for name in linked)
