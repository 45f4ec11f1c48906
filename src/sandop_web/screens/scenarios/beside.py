"""Numbers of several versions on one page: each leads to its reasons in its own version, a difference to what makes
it."""

from __future__ import annotations

from sandop.pack.page import Place
from sandop_web.queries.scenarios import PlaceBetween, PlaceIn
from sandop_web.screens.addresses import address
from sandop_web.screens.door import SignedIn
from sandop_web.screens.drawing import Why


def why_beside(request: SignedIn) -> Why:
    """Where the numbers of a page with several versions are explained."""

    def asked(place: Place) -> str:
        if isinstance(place, PlaceBetween):
            sides = [place.base, place.version]
            return address(request, "scenarios-money", v=sides, of=place.measure, month=place.period)
        if isinstance(place, PlaceIn):
            shown: dict[str, object] = {"measure": place.measure, **dict(place.at), "period": place.period}
            return address(request, "why", place.version, **shown)
        return ""

    return asked
