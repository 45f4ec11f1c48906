"""Two versions side by side; a scenario merged into its plan."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from sandop.io.reference import setting_meaning
from sandop.wording import Language, in_a_row
from sandop_web.access import NotUnderstood
from sandop_web.actions.merging import Chosen, MergeConflict, merge_scenario
from sandop_web.queries.comparing import FigureLine, VersionComparison, compare_measure, compare_versions
from sandop_web.queries.merging import merge_outlook
from sandop_web.queries.plans import VersionFacts, VersionLine, version_facts, versions_of
from sandop_web.screens.addresses import address, back_to
from sandop_web.screens.door import SignedIn, member_deed, member_page
from sandop_web.screens.plans.words import cell_in_words, column_title, unit_title
from sandop_web.screens.typed import id_of, page_number, typed
from sandop_web.wording import say

ASKED_ONE_BY_ONE = 25  # conflicts of a measure; where there are more, its cells are decided together


@member_page
def compare(request: SignedIn) -> HttpResponse:
    """Choose two versions and see what sets them apart; `measure` opens the cells of one measure."""
    versions = versions_of(by=request.by)
    a, b = (id_of(request.GET.get(side, "")) for side in ("a", "b"))
    told: dict[str, Any] = {"versions": versions, "a": a or _older(versions), "b": b, "chosen": a and b}
    if a and b:
        comparison = compare_versions(by=request.by, a=a, b=b)
        told |= {"comparison": comparison, **_in_words(comparison, request.language)}
        if request.GET.get("measure"):
            cells = compare_measure(
                by=request.by,
                a=a,
                b=b,
                measure=request.GET["measure"],
                page=page_number(request.GET.get("page", "")),
            )
            told |= {"cells_of": cells, "cells_unit": unit_title(cells.unit, request.language)}
    return render(request, "plans/compare.html", told)


@member_page
def merge(request: SignedIn, version: int) -> HttpResponse:
    """What merging means, and the form that does it."""
    return _merge_page(request, version_facts(by=request.by, version=version), (), "")


@member_deed
def merge_now(request: SignedIn, version: int) -> HttpResponseBase:
    """Merge; where conflicts are open, the page asks about them and nothing has been written."""
    why = request.POST.get("why", "")
    conflicts = merge_scenario(by=request.by, version=version, choices=_choices(request), why=why)
    facts = version_facts(by=request.by, version=version)
    if conflicts:
        return _merge_page(request, facts, conflicts, why, status=409)
    messages.success(request, say("plans.merge.done", request.language))
    return back_to(request, address(request, "plan", facts.parent))


def _merge_page(
    request: SignedIn, facts: VersionFacts, conflicts: Sequence[MergeConflict], why: str, status: int = 200
) -> HttpResponse:
    outlook = merge_outlook(by=request.by, version=facts.version)
    counts = Counter((one.name, one.kind == "cell") for one in conflicts)
    told = {
        "facts": facts,
        "outlook": outlook,
        "signed_titles": in_a_row((one.title for one in outlook.signed), request.language),
        "moved_people": in_a_row(outlook.moved.people, request.language),
        "count": len(conflicts),
        "many": [
            (_place(name), name, count, numeric)
            for (name, numeric), count in counts.items()
            if count > ASKED_ONE_BY_ONE
        ],
        "conflicts": [
            (one, _place(one.name, one.row, one.part), one.kind == "cell")
            for one in conflicts
            if counts[one.name, one.kind == "cell"] <= ASKED_ONE_BY_ONE
        ],
        "why": why,
    }
    return render(request, "plans/merge.html", told, status=status)


def _place(name: str, row: Sequence[str] = (), part: str = "") -> str:
    """Where a conflict stands, as the form sends it back; of a measure or table alone all of its conflicts."""
    return json.dumps([name, list(row), part], ensure_ascii=False)


def _choices(request: SignedIn) -> list[Chosen]:
    sent = request.POST
    chosen = []
    for name in sent:
        number = name.removeprefix("side-")
        if number != name and f"cell-{number}" in sent:
            chosen.append(_choice(sent[f"cell-{number}"], sent[name], request.language))
    return chosen


def _choice(place: str, side: str, language: Language) -> Chosen:
    try:
        name, row, part = json.loads(place)
        key = tuple(str(each) for each in row)
    except (ValueError, TypeError):
        name = None
    if name is None or side not in ("ours", "theirs"):
        wanted = f"{say('plans.merge.keep_ours', language)} / {say('plans.merge.take_theirs', language)}"
        raise NotUnderstood(field=say("plans.do.choose", language), value=place[:80], wanted=wanted)
    return Chosen(str(name), key, str(part), "theirs" if side == "theirs" else "ours")


def _older(versions: tuple[VersionLine, ...]) -> int | None:
    return versions[1].version if len(versions) > 1 else None


def _in_words(comparison: VersionComparison, language: Language) -> dict[str, Any]:
    """What the page shows of a comparison besides numbers, in the reader's language."""
    both = comparison.both_computed
    return {
        "without_results": [line for line in (comparison.before, comparison.after) if line.behind is None],
        "measures": [(line, unit_title(line.unit, language)) for line in comparison.measures],
        "kpis": [_figure("kpis", "kpi", line, language) for line in comparison.kpis if both],
        "money": [_figure("money", "line", line, language) for line in comparison.money if both],
        "tables": [
            {
                "table": say(f"plans.table.{one.table}", language),
                "key": " · ".join(one.key),
                "column": column_title(one.column, language) if one.column else _row_moved(one.before, language),
                "before": "" if not one.column else _cell(one.before, language),
                "after": "" if not one.column else _cell(one.after, language),
            }
            for one in comparison.tables
        ],
        "settings": [
            {
                "meaning": setting_meaning("".join(one.key), one.column, language) or one.column,
                "before": _cell(one.before, language),
                "after": _cell(one.after, language),
            }
            for one in comparison.settings
        ],
    }


def _figure(report: str, column: str, line: FigureLine, language: Language) -> dict[str, Any]:
    change = line.after - line.before if line.before is not None and line.after is not None else None
    return {
        "title": cell_in_words(report, column, line.name, language),
        "period": line.period,
        "share": line.unit == "share",
        "values": (line.before, line.after, change),
    }


def _row_moved(before: Any, language: Language) -> str:
    return say("plans.compare.row_added" if before is None else "plans.compare.row_gone", language)


def _cell(value: Any, language: Language) -> str:
    if isinstance(value, bool):
        return say("plans.report.yes" if value else "plans.report.no", language)
    if isinstance(value, float):
        return typed(value, 9)
    return "–" if value in (None, "") else str(value)
