"""Numbers of the small company on the stage, for tests that change them.

sales_forecast   nobody has brought it yet     (item, site, customer)
price            A 100, B 240                   (item, customer)
capacity_regular 560 hours of LINE              (resource)
"""

from __future__ import annotations

from collections.abc import Mapping

from stage import Browser

from sandop_web.access import Actor
from sandop_web.actions.editing import Edit, edit_cells_of_plan
from sandop_web.store.models import Company, CycleStep, Version
from sandop_web.store.plans import read_network, read_sheet

EAST, WEST, B_EAST = ("A", "DC", "E"), ("A", "DC", "W"), ("B", "DC", "E")
LINE = ("LINE",)


def forecast(
    row: tuple[str, ...], after: float | None, *, before: float | None = None, period: str = "2026-03"
) -> Edit:
    """A salesperson's word for one month."""
    return Edit("sales_forecast", row, period, before, after)


def hours(after: float | None, *, before: float | None = 560.0, period: str = "2026-03") -> Edit:
    """Regular hours of the line in one month."""
    return Edit("capacity_regular", LINE, period, before, after)


def say_forecast(by: Actor, version: Version, *edits: Edit) -> str:
    """Forecasts said and kept; their batch."""
    return edit_cells_of_plan(by=by, version=version.pk, edits=edits, why="talked to the customer")


def held(version: Version, measure: str, row: tuple[str, ...], period: str = "2026-03") -> float | None:
    """What an input cell holds now; None is a blank."""
    sheet = read_sheet(version, "input", measure)
    if sheet is None or row not in sheet.rows.position:
        return None
    value = sheet.at(row, period)
    return None if value != value else value


def signed(version: Version, step: str) -> None:
    """A step of the open cycle has been signed."""
    CycleStep.objects.filter(cycle__version=version, step=step).update(state=CycleStep.State.SIGNED)


def registered(version: Version) -> None:
    """The register of masters knows the rows of the plan from ever."""
    from sandop_web.store.masters import record_masters

    company = Company.objects.get(pk=version.company_id)
    network = read_network(version)
    record_masters(company=company, network=network, effective="", person="max", at=version.made_at, why="founded")


def address(version: Version, path: str) -> str:
    """A page below the version."""
    return f"/c/small/plan/{version.pk}/{path}"


def closed_doors(client_of: Browser, path: str, sent: Mapping[str, str], *, wrong_role: str = "vic") -> None:
    """Who is signed out is sent to sign in, an outsider finds nothing, a wrong role and a wrong verb are refused."""
    assert "sign-in" in client_of("").post(path, sent).headers["Location"]
    assert client_of("olga").post(path, sent).status_code == 404
    assert client_of(wrong_role).post(path, sent).status_code == 403
    assert client_of("max").get(path).status_code == 405
