"""A key figure with its causes, on a page of its own or beside another; its target, set and kept with history."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from sandop.findings import Refusal
from sandop_web.access import status_of
from sandop_web.actions.masters import CellOfRow, add_master_row, edit_master_row
from sandop_web.queries.masters import CellEdit, MasterHistory, master_history
from sandop_web.queries.steps.causes import KeyFigureExplained, key_figure_explained
from sandop_web.screens.addresses import address, to_page
from sandop_web.screens.door import SignedIn, member_deed, member_page
from sandop_web.screens.drawing import shown_parts
from sandop_web.screens.steps.drawn import why_of
from sandop_web.screens.typed import required_number

GOALS = "goals"
_SET = ("target", "tolerance")


@member_page
def key_figure(request: SignedIn, kpi: str) -> HttpResponse:
    """Formula, light, causes and way through the months. Raises NothingThere."""
    return _page(request, kpi)


@member_deed
def target(request: SignedIn, kpi: str) -> HttpResponse:
    """Set the target; a share may be typed as a percentage. After a refusal the form holds what was typed."""
    form, by = request.POST, request.by
    seen = key_figure_explained(by=by, kpi=kpi)
    goal = master_history(by=by, version=seen.version, table=GOALS, key=(kpi,))
    try:
        said = {
            name: required_number(form.get(name, ""), field=f"causes.column.{name}", language=request.language)
            for name in _SET
        }
        _keep(request, seen.version, goal, said, form.get("why", ""))
    except Refusal as refusal:
        return _page(request, kpi, refusal)
    return to_page(request, "kpi", kpi)


def _keep(request: SignedIn, version: int, goal: MasterHistory, said: dict[str, float], why: str) -> None:
    told: dict[str, Any] = {"by": request.by, "version": version, "table": GOALS, "effective": "", "why": why}
    if goal.now is None:
        add_master_row(cells={"goal": goal.key[0], **said}, **told)
        return
    cells = [CellOfRow(name, goal.now[name], value) for name, value in said.items() if goal.now[name] != value]
    edit_master_row(key=goal.key, cells=cells, **told)


def _page(request: SignedIn, kpi: str, refusal: Refusal | None = None) -> HttpResponse:
    seen = key_figure_explained(by=request.by, kpi=kpi)
    goal = master_history(by=request.by, version=seen.version, table=GOALS, key=(kpi,))
    why = why_of(request, seen.version)
    shown = {
        "figure": seen,
        "causes": shown_parts(seen.causes, request.language, why=why),
        "trend": shown_parts(seen.trend, request.language, why=why),
        "onward": _onward(request, seen),
        "goal": goal,
        "typed": {name: request.POST.get(name) or _typed(goal, name, seen) for name in _SET},
        "why": request.POST.get("why", ""),
        "edits": [(edit, *_told(edit, seen)) for edit in goal.edits],
        "pending": _pending(goal, seen),
    }
    beside = bool(request.headers.get("X-Beside"))
    if refusal is not None:
        shown |= {"refusal": refusal.text(request.language), "remedy": refusal.remedy(request.language)}
    status = 200 if refusal is None else status_of(refusal)
    answer = render(request, "meeting/kpi_figure.html" if beside else "meeting/kpi.html", shown, status=status)
    if beside:
        answer["X-Beside"] = "1"
    return answer


def _onward(request: SignedIn, seen: KeyFigureExplained) -> str:
    """The section of the step that deals with the figure."""
    if seen.onward.section:
        return address(request, "step-part", seen.onward.step, seen.onward.section)
    return address(request, "step", seen.onward.step)


def _typed(goal: MasterHistory, name: str, seen: KeyFigureExplained) -> str:
    """What the version holds now, as it is typed."""
    value = (goal.now or {}).get(name)
    return _in_words(float(value), seen) if isinstance(value, float) else ""


def _in_words(value: float, seen: KeyFigureExplained) -> str:
    """A target as it is read and typed: 97% of a share, 35 of days."""
    return f"{value:.10g}" if seen.unit else f"{value * 100:.10g}%"


def _told(edit: CellEdit, seen: KeyFigureExplained) -> tuple[str, str]:
    """Before and after in words."""
    ends = (edit.before, edit.after)
    before, after = (
        _in_words(one, seen) if isinstance(one, float) and edit.column in _SET else str(one or "") for one in ends
    )
    return before, after


def _pending(goal: MasterHistory, seen: KeyFigureExplained) -> dict[str, str]:
    """What has been set since the month was run; nothing where the light judges by it."""
    now = {name: _typed(goal, name, seen) for name in _SET}
    return now if now["target"] and not seen.judged_by(float(str((goal.now or {})["target"]))) else {}
