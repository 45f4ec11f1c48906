"""What the nodes and the people of a grid are called, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sandop_web.access.actor import Actor
from sandop_web.access.grid.ground import Ground
from sandop_web.access.sheet_rows import part_named
from sandop_web.store.models import Member
from sandop_web.store.spoken import Spoken
from sandop_web.wording import LANGUAGES, say


def node_names(ground: Ground) -> tuple[str, ...]:
    """What people call each node, (node,); an id that has no name is its own."""
    known: dict[tuple[int, str], str] = {}
    for depth, label in {*zip(ground.hierarchy.level.tolist(), ground.hierarchy.label)}:
        known[depth, label] = _name(ground, depth, label)
    return tuple(known[place] for place in zip(ground.hierarchy.level.tolist(), ground.hierarchy.label))


def path_names(ground: Ground, node: int) -> str:
    """The node with everything above it, for a sentence: "Domestic pumps · Pump A"."""
    above = [_name(ground, place + 1, label) for place, label in enumerate(ground.hierarchy.path(node).values())]
    return " · ".join(above) or _name(ground, 0, "")


def path_spoken(ground: Ground, node: int) -> Spoken:
    """The same in every language."""
    return {
        language: path_names(replace(ground, by=replace(ground.by, language=language)), node)
        for language in LANGUAGES
    }


def people_names(by: Actor) -> Callable[[str], str]:
    """Person id → name in the reader's language; somebody unknown keeps the id."""
    members = Member.objects.filter(company_id=by.company_id).values_list("person", "name", "name_zh")
    names = {person: (name_zh if by.language == "zh" else "") or name for person, name, name_zh in members}
    return lambda person: names.get(person, person)


def _name(ground: Ground, depth: int, label: str) -> str:
    language = ground.by.language
    if depth == 0:
        return say("gridrules.all", language)
    return label_name(ground, ground.levels[depth - 1], label)


def label_name(ground: Ground, level: str, label: str) -> str:
    """What people call a label of a level."""
    if not label:
        return say("gridrules.nameless", ground.by.language)
    part = part_named(network=ground.network, level=level, label=label)
    return (part.name_zh if ground.by.language == "zh" else "") or part.name
