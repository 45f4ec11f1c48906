"""What a page is about beyond its address: a version to look at, a family and region to keep to. It stands behind the
question mark, is read once at the door, and is kept from page to page.

`?version=12`      look at version 12 instead of the one people work on; an address that names a version has its own
`?family=DOM&region=East`   only what belongs to this family and region
`?to_version=12`   from a page that is about one version to the same page of another; blank: the one people work on
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from sandop_web.access import Actor, NotUnderstood, looking
from sandop_web.queries.plans import working_version
from sandop_web.screens.typed import id_of
from sandop_web.wording import say

MOVE = "to_version"
PARTS = ("version", "family", "region", MOVE)


@dataclass(frozen=True)
class Looked:
    """What the reader has chosen to look at.

    version   the version the page is about, by its address or `?version=`; None for the one people work on
    family, region   what they narrowed their own scope to; empty where they did not
    """

    by: Actor | None = None
    version: int | None = None
    family: str = ""
    region: str = ""

    @property
    def narrowed(self) -> dict[str, str]:
        """The part that narrows the scope, by name."""
        return {name: value for name, value in (("family", self.family), ("region", self.region)) if value}

    @cached_property
    def away(self) -> bool:
        """True where the page is about another version than the one people work on."""
        return self.by is not None and self.version is not None and self.version != working_version(by=self.by)

    @property
    def kept(self) -> dict[str, str]:
        """What every link takes along, by name."""
        return ({"version": str(self.version)} if self.away else {}) | self.narrowed

    def after(self, sign: str = "?") -> str:
        """`kept` as the end of an address, `sign` before it; empty where nothing is to be kept."""
        return f"{sign}{urlencode(self.kept)}" if self.kept else ""


def looked_of(request: HttpRequest | None) -> Looked:
    """What the reader of this request looks at; nothing in particular outside a company's pages and after a form."""
    found: Looked | None = getattr(request, "looked", None)
    return found or Looked()


def look(request: HttpRequest, by: Actor) -> tuple[Actor, Looked]:
    """The reader as they look at the company on this page, and what they chose. Raises NotUnderstood for what names
    no version, NothingThere for what is not there or not theirs."""
    family, region = (request.GET.get(part, "").strip() for part in ("family", "region"))
    here = named_by_address(request)
    version = None if here is not None else _version(request.GET.get("version", ""), by)
    seen = looking(by=by, version=version, family=family, region=region, about=here)
    chosen = Looked(by, here if here is not None else version, _apart(family, by.family), _apart(region, by.region))
    return seen, chosen


def on_to_another_version(request: HttpRequest, by: Actor) -> HttpResponseRedirect | None:
    """Where the reader of a page about one version asked for another: on to the same page of that one."""
    match = request.resolver_match
    if MOVE not in request.GET or match is None or named_by_address(request) is None:
        return None
    wanted = _version(request.GET[MOVE], by) or working_version(by=by)
    rest = [
        (name, value) for name, values in request.GET.lists() if name not in ("version", MOVE) for value in values
    ]
    path = reverse(match.view_name, kwargs={**match.kwargs, "version": wanted})
    return HttpResponseRedirect(f"{path}?{urlencode([(name, value) for name, value in rest if value])}".rstrip("?"))


def named_by_address(request: HttpRequest) -> int | None:
    """The version in the address of the page; None where it has none."""
    named = request.resolver_match.kwargs.get("version") if request.resolver_match else None
    return named if isinstance(named, int) else None


def _version(text: str, by: Actor) -> int | None:
    if not text.strip():
        return None
    version = id_of(text.strip())
    if version is None:
        field, wanted = (
            say(message, by.language) for message in ("shell.context.version", "shell.context.a_version")
        )
        raise NotUnderstood(field=field, value=text.strip()[:80], wanted=wanted)
    return version


def _apart(wanted: str, own: str) -> str:
    """What is wanted, unless it is one's own scope anyway."""
    return "" if wanted == own else wanted
