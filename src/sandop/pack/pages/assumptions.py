"""What the plan rests on: activities, launches, overrides with who and why; its sources, hashes, proof, findings."""

from __future__ import annotations

from collections import Counter

import numpy as np

from sandop.calendar import month_number
from sandop.findings import Finding
from sandop.network import Activities, Overrides
from sandop.pack.figures import known, number, rows, text
from sandop.pack.page import Cell, Column, Page, Part, Row, Sentence, Table, Tone
from sandop.pack.pages.decide import proof
from sandop.pack.pages.shortages import limit_name
from sandop.pack.reader import Reader
from sandop.plan import input_hash
from sandop.scenario.month import Month
from sandop.wording import in_brackets

GRID = (16.0, 28.0, 26.0, 11.0, 11.0, 11.0, 13.0, 13.0, 18.0)
MOST_ALIKE = 3
_ORDER = {"error": 0, "warning": 1, "note": 2}
_SEVERITY: dict[str, tuple[str, Tone]] = {"error": ("✗", "bad"), "warning": ("!", "watch"), "note": ("i", "quiet")}


def page(month: Month, reader: Reader) -> Page:
    """Everything somebody said or the machine noticed."""
    network = month.plan.network
    ahead = activities_ahead(month)
    parts = (
        *activities(reader, ahead),
        *launches(month, reader),
        *overrides(reader, network.overrides),
        *risks(month, reader),
        *_sources(month, reader),
        *_findings(month, reader),
    )
    title = reader.say(
        "assumptions.title",
        activities=len(ahead),
        launches=len(network.launches),
        overrides=len(network.overrides),
    )
    return Page("assumptions", reader.say("tab.assumptions"), title, reader.say("assumptions.scope"), parts, GRID, 0)


def activities_ahead(month: Month) -> Activities:
    """Activities that still act in a planned month, the month after their end included."""
    table = month.plan.network.activities
    start = month_number(month.plan.settings.time.start)
    ends = [month_number(str(first)) + int(count) for first, count in zip(table.start, table.months)]
    return table.take(np.array([end >= start for end in ends], dtype=bool))


def _scope_of(reader: Reader, family: str, item: str, region: str, customer: str) -> str:
    """The scope of an opinion in words; all blank is everything."""
    parts = [
        reader.family(family) if family else "",
        reader.name("items", item) if item else "",
        reader.word("region", region) if region else "",
        reader.name("customers", customer) if customer else "",
    ]
    return " · ".join(part for part in parts if part) or reader.say("everything")


def activities(reader: Reader, table: Activities) -> tuple[Part, ...]:
    """Each activity with its scope, effect, probability and owner."""
    if not len(table):
        return (Sentence(reader.say("assumptions.no_activities"), "quiet"),)
    columns = (
        Column(reader.say("head.kind")),
        Column(reader.say("head.activity"), wrap=True),
        Column(reader.say("head.scope"), wrap=True),
        Column(reader.say("head.start")),
        Column(reader.say("head.months_count"), "whole"),
        Column(reader.say("head.uplift"), "share+"),
        Column(reader.say("head.per_month"), "whole+"),
        Column(reader.say("head.probability"), "share"),
        Column(reader.say("head.owner")),
    )
    lines = tuple(
        Row(
            (
                reader.word("activity_kind", row["kind"]),
                reader.name("activities", row["activity"]),
                _scope_of(reader, row["family"], row["item"], row["region"], row["customer"]),
                reader.month(row["start"]),
                float(row["months"]),
                float(row["uplift"]),
                float(row["quantity"]),
                float(row["probability"]),
                reader.name("people", row["owner"]),
            )
        )
        for row in table.rows()
    )
    return (Table(columns, lines, reader.say("assumptions.activities")),)


def launches(month: Month, reader: Reader) -> tuple[Part, ...]:
    """New products and what they replace. Nothing where there are none."""
    table = month.plan.network.launches
    if not len(table):
        return ()
    columns = (
        Column(reader.say("head.item")),
        Column(reader.say("head.name"), wrap=True),
        Column(reader.say("head.customer"), wrap=True),
        Column(reader.say("head.launch")),
        Column(reader.say("head.ramp"), "whole"),
        Column(reader.say("head.per_month"), "whole"),
        Column(reader.say("head.replaces")),
        Column(reader.say("head.probability"), "share"),
        Column(reader.say("head.owner")),
    )
    lines = tuple(
        Row(
            (
                row["item"],
                reader.name("items", row["item"]),
                reader.name("customers", row["customer"]),
                reader.month(row["launch"]),
                float(row["ramp_months"]),
                float(row["monthly"]),
                row["replaces"],
                float(row["probability"]),
                reader.name("people", row["owner"]),
            )
        )
        for row in table.rows()
    )
    return (Table(columns, lines, reader.say("assumptions.launches")),)


def overrides(reader: Reader, table: Overrides) -> tuple[Part, ...]:
    """Who set another number, where, when and why."""
    if not len(table):
        return (Sentence(reader.say("assumptions.no_overrides"), "quiet"),)
    columns = (
        Column(reader.say("head.who")),
        Column(reader.say("head.why"), wrap=True),
        Column(reader.say("head.scope"), wrap=True),
        Column(reader.say("head.month")),
        Column(reader.say("head.quantity"), "whole"),
        Column(reader.say("head.when"), "date"),
    )
    lines = tuple(
        Row(
            (
                reader.name("people", row["who"]),
                row["why"],
                _scope_of(reader, row["family"], row["item"], row["region"], row["customer"]),
                reader.month(row["period"]),
                float(row["quantity"]),
                None if np.isnat(row["when"]) else row["when"].astype(object),
            )
        )
        for row in table.rows()
    )
    return (Table(columns, lines, reader.say("assumptions.overrides")),)


def risks(month: Month, reader: Reader) -> tuple[Part, ...]:
    """What may happen and is not in the plan: its probability is under one half."""
    found = rows(month, "risks_opportunities")
    if not found:
        return ()
    columns = (
        Column(reader.say("head.side")),
        Column(reader.say("head.activity"), wrap=True),
        Column(reader.say("head.kind")),
        Column(reader.say("head.start")),
        Column(reader.say("head.quantity"), "whole+"),
        Column(reader.say("head.unit")),
        Column(reader.say("head.at_cost"), "whole"),
        Column(reader.say("head.probability"), "share"),
        Column(reader.say("head.owner")),
    )
    lines = tuple(
        Row(
            (
                reader.word("side", text(row.get("side"))),
                Cell(_named(reader, text(row.get("id"))), tone="strong"),
                reader.word("risk_kind", text(row.get("kind"))),
                reader.month(text(row.get("first"))),
                number(row.get("quantity")),
                reader.word("unit_of", text(row.get("unit"))),
                number(row.get("value_at_cost")),
                number(row.get("probability")),
                reader.name("people", text(row.get("owner"))),
            )
        )
        for row in found
    )
    return (Table(columns, lines, reader.say("assumptions.risks")),)


def _named(reader: Reader, key: str) -> str:
    """An activity by its name, a launch by the names of its item and customer."""
    activity = reader.name("activities", key)
    return limit_name(reader, key) if activity == key else activity


def _sources(month: Month, reader: Reader) -> tuple[Part, ...]:
    """Where the figures come from and which plan this is."""
    facts = [
        (reader.say("source.source"), month.plan.settings.company.source),
        (reader.say("source.input"), input_hash(month.plan)),
        (reader.say("source.result"), month.result_hash if month.sheets else ""),
        (reader.say("source.proof"), proof(month, reader)),
        *_certificate(month, reader),
    ]
    lines = tuple(Row((name, value)) for name, value in facts if value)
    columns = (Column(reader.say("head.fact"), span=2), Column(reader.say("head.said"), span=7, wrap=True))
    return (Table(columns, lines, reader.say("assumptions.sources")),)


def _certificate(month: Month, reader: Reader) -> list[tuple[str, str]]:
    found = rows(month, "certificate")
    if not found:
        return []
    row = found[0]
    forms = {
        "primal": ",.2f",
        "bound": ",.2f",
        "gap": ".2e",
        "infeasibility": ".2e",
        "rows": ",.0f",
        "columns": ",.0f",
    }
    said = [(reader.say("source.status"), reader.word("solver_status", text(row.get("status"))))]
    for name, form in forms.items():
        value = number(row.get(name))
        if known(value):
            said.append((reader.say(f"source.{name}"), format(value, form)))
    return said


def _findings(month: Month, reader: Reader) -> tuple[Part, ...]:
    """The worst first; of many alike a few are shown and the rest counted."""
    if not month.findings:
        return (Sentence(reader.say("assumptions.no_findings"), "quiet"),)
    alike: dict[tuple[int, str], list[Finding]] = {}
    for finding in month.findings:
        alike.setdefault((_ORDER[str(finding.severity)], finding.message), []).append(finding)
    columns = (
        Column(reader.say("head.severity")),
        Column(reader.say("head.what"), span=4, wrap=True),
        Column(reader.say("head.remedy"), span=4, wrap=True),
    )
    lines = [line for key in sorted(alike) for line in _alike(reader, alike[key])]
    counts = Counter(str(finding.severity) for finding in month.findings)
    said = reader.joined(f"{reader.word('severity', kind)} {counts[kind]}" for kind in _ORDER if counts[kind])
    return (Table(columns, tuple(lines), reader.say("assumptions.findings", counts=said)),)


def _alike(reader: Reader, found: list[Finding]) -> list[Row]:
    lines = []
    for place, finding in enumerate(map(reader.naming, found[:MOST_ALIKE])):
        sign, tone = _SEVERITY[str(finding.severity)]
        severity = f"{sign} {reader.word('severity', str(finding.severity))}"
        at = str(finding.where)
        what = finding.text(reader.language) + (in_brackets(at, reader.language) if at else "")
        if place == MOST_ALIKE - 1 and len(found) > MOST_ALIKE:
            what += reader.say("and_more_alike", count=len(found) - MOST_ALIKE)
        lines.append(Row((Cell(severity, tone=tone), what, finding.remedy(reader.language))))
    return lines
