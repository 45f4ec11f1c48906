"""The line above every page: which version, family and region it speaks of, and where it can be another."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpRequest

from sandop.wording import Language, when
from sandop_web.queries.context import Choice, Choices, choices_of
from sandop_web.queries.plans import working_version
from sandop_web.screens.context import MOVE, PARTS, Looked, looked_of, named_by_address
from sandop_web.wording import say

# Pages that show a version and a scope: there the reader may choose another. On all others the line only says which.
_CHOOSING = frozenset(
    (
        *("step", "step-part", "grid", "family-sheet", "family-sheets", "cuts", "meeting", "work"),
        *("sheet", "report", "plan", "settings", "masters", "master-table"),
    )
)


@dataclass(frozen=True)
class Option:
    """A line of a chooser."""

    id: str
    title: str
    chosen: bool


@dataclass(frozen=True)
class Group:
    """Lines of a chooser that belong together; no title for those that stand alone."""

    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class ContextBar:
    """What the line says.

    choosing    the reader may choose on this page; `version_field` is then the name of the version's field
    others      what the page's address asks for besides, by name: it stays as it is
    family, region   titles of what the reader narrowed their scope to; empty where they did not
    away        the page is about another version than the one people work on
    kept        what links take along, as the end of an address; `back` leads to the version people work on
    """

    choosing: bool
    version_field: str
    versions: tuple[Group, ...]
    families: tuple[Option, ...]
    regions: tuple[Option, ...]
    others: tuple[tuple[str, str], ...]
    family: str
    region: str
    away: bool
    kept: str
    back: str

    @property
    def narrowed(self) -> tuple[str, ...]:
        """Titles of what the reader narrowed their scope to."""
        return tuple(title for title in (self.family, self.region) if title)


def context_bar(request: HttpRequest) -> ContextBar | None:
    """The line for this page; None outside the pages that look at a company."""
    looked = looked_of(request)
    if looked.by is None:
        return None
    choices = choices_of(by=looked.by, shown=looked.version)
    about_one = named_by_address(request) is not None
    families, regions = _options(choices.families, looked.family), _options(choices.regions, looked.region)
    return ContextBar(
        choosing=_url_name(request) in _CHOOSING and choices.working is not None,
        version_field=MOVE if about_one else "version",
        versions=_versions(looked, choices),
        families=families,
        regions=regions,
        others=tuple(
            (name, value) for name in request.GET if name not in PARTS for value in request.GET.getlist(name)
        ),
        family=_chosen(families),
        region=_chosen(regions),
        away=looked.away,
        kept=looked.after(),
        back=_back(request, looked, about_one),
    )


def _versions(looked: Looked, choices: Choices) -> tuple[Group, ...]:
    """The versions by what they are; the one people work on is what nothing chosen means."""
    assert looked.by is not None
    language, shown = looked.by.language, str(looked.version) if looked.away else ""
    alone = [Option("", when(choices.working.title, language), not shown)] if choices.working else []
    groups = (
        ("in_force", (choices.in_force,) if choices.in_force else ()),
        ("scenarios", choices.scenarios),
        ("older", choices.older),
    )
    named = (
        Group(say(f"shell.context.{name}", language), _options(_dated(found, language), shown))
        for name, found in groups
        if found
    )
    return (Group("", tuple(alone)), *named)


def _dated(choices: tuple[Choice, ...], language: Language) -> tuple[Choice, ...]:
    """The versions, the months they are called by in local form."""
    return tuple(replace(choice, title=when(choice.title, language)) for choice in choices)


def _options(choices: tuple[Choice, ...], chosen: str) -> tuple[Option, ...]:
    return tuple(Option(choice.id, choice.title, choice.id == chosen) for choice in choices)


def _chosen(options: tuple[Option, ...]) -> str:
    return next((option.title for option in options if option.chosen), "")


def _back(request: HttpRequest, looked: Looked, about_one: bool) -> str:
    """The address of the same page for the version people work on; empty where it is about that one."""
    if not looked.away or looked.by is None:
        return ""
    rest = request.GET.copy()
    for part in (MOVE, "version"):
        rest.pop(part, None)
    if about_one:
        rest[MOVE] = str(working_version(by=looked.by) or "")
    return f"{request.path}?{rest.urlencode()}".rstrip("?")


def _url_name(request: HttpRequest) -> str:
    return (request.resolver_match.url_name or "") if request.resolver_match else ""
