"""Template tags and filters: sentences by message id, numbers and days in local form. Built into every template."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from babel import Locale
from babel.dates import format_date
from django import template

from sandop.cycle import roles, step
from sandop.measures import measures
from sandop.pack.reader import money_in_words
from sandop.wording import Language, currency_name, in_a_row, when
from sandop_web.screens.context import looked_of
from sandop_web.screens.written import BLANK, LOCALES, grouped, moment_of, month_of, readable, trimmed
from sandop_web.wording import say as say_it

register = template.Library()

_STOPS = {": ": "：", "; ": "；", ", ": "、", " (": "（", ")": "）"}


@register.simple_tag(takes_context=True)
def say(context: template.Context, message: str, **values: Any) -> str:
    """`{% say 'cycle.opened' month=cycle.month %}`: the sentence in the reader's language."""
    return say_it(message, _language(context), **values)


@register.simple_tag(takes_context=True)
def keep(context: template.Context, sign: str = "?") -> str:
    """`<a href="{% url 'step' company.slug name %}{% keep %}">`: what the reader chose to look at, so that the link
    keeps it; `{% keep '&' %}` after an address that asks for something already."""
    return looked_of(context.get("request")).after(sign)


@register.simple_tag
def number(value: float | None, decimals: int = 0) -> str:
    """`{% number row.money 0 %}`: a number with thousands apart; a blank is a dash, never zero."""
    return grouped(value, decimals)


@register.simple_tag(takes_context=True)
def money(context: template.Context, amount: float | None) -> str:
    """`{% money one.money %}`: an amount of the company's currency as a sentence says it: "5.2 M CNY", 520万元."""
    if amount is None or amount != amount:
        return BLANK
    code, by = context["company"].currency, context["by"]
    return money_in_words(amount, currency=code, language=_language(context), large_numbers=by.large_numbers)


@register.simple_tag(takes_context=True)
def currency(context: template.Context) -> str:
    """`{% currency %}`: the company's currency by its name: CNY, 元."""
    return currency_name(context["company"].currency, _language(context))


@register.simple_tag
def quantity(value: float | None, decimals: int = 3) -> str:
    """`{% quantity cell.value measure.decimals %}`: a number with at most so many decimals, none of them idle."""
    return trimmed(value, decimals)


@register.simple_tag(name="readable")
def readable_number(value: float | None, decimals: int = 3) -> str:
    """`{% readable row.total %}`: as many decimals as its size deserves; a dash for a blank."""
    return readable(value, decimals)


@register.simple_tag
def share(value: float | None, decimals: int = 1) -> str:
    """`{% share row.gap %}`: a share as a percentage."""
    return BLANK if value is None or value != value else f"{grouped(value * 100, decimals)}%"


@register.simple_tag
def signed_share(value: float | None, decimals: int = 1) -> str:
    """`{% signed_share change.share %}`: a change as a percentage with its sign."""
    if value is None or value != value:
        return BLANK
    return f"{value * 100:+,.{decimals}f}%".replace("-", "−")


@register.simple_tag(takes_context=True)
def day(context: template.Context, value: dt.date | None) -> str:
    """`{% day step.day %}`: a day in local form."""
    return BLANK if value is None else str(format_date(value, "medium", locale=_locale(context)))


@register.simple_tag(takes_context=True)
def moment(context: template.Context, value: dt.datetime | None) -> str:
    """`{% moment event.at %}`: a moment in the company's own time."""
    if value is None:
        return BLANK
    by = context.get("by")
    return moment_of(value, by.time_zone if by is not None else "UTC", _language(context))


@register.simple_tag(takes_context=True)
def month(context: template.Context, label: str) -> str:
    """`{% month cycle.month %}`: "2026-01" as Jan 2026; a week stays as it is."""
    return month_of(label, _language(context))


@register.simple_tag(takes_context=True)
def dated(context: template.Context, title: str) -> str:
    """`{% dated facts.title %}`: what somebody called a version, its month in local form: "2026-01" as Jan 2026."""
    return when(title, _language(context))


@register.simple_tag(takes_context=True)
def country(context: template.Context, code: str) -> str:
    """`{% country cycle.country %}`: "CN" as China and 中国; a code nobody knows stays as it is."""
    return str(Locale.parse(_locale(context)).territories.get(code, code))


@register.simple_tag(takes_context=True)
def listed(context: template.Context, words: Iterable[object]) -> str:
    """`{% listed line.chairs %}`: several words as a sentence lists them: "a, b" and "a、b"."""
    return in_a_row(map(str, words), _language(context))


@register.simple_tag(takes_context=True)
def stop(context: template.Context, sign: str) -> str:
    """`{{ owner }}{% stop ': ' %}{{ given.title }}`: a colon, semicolon, comma or bracket of the language."""
    return _STOPS[sign] if _zh(context) else sign


@register.simple_tag(takes_context=True)
def title(context: template.Context, thing: Any) -> str:
    """`{% title company %}`: the name of anything that has `name` and `name_zh`, in the reader's language."""
    return str(thing.name_zh or thing.name) if _zh(context) else str(thing.name)


@register.simple_tag(takes_context=True)
def step_title(context: template.Context, name: str) -> str:
    """`{% step_title 'demand_review' %}`."""
    return step(name).title(_language(context))


@register.simple_tag(takes_context=True)
def role_title(context: template.Context, name: str) -> str:
    """`{% role_title by.role %}`; a role nobody knows is shown as it is."""
    return roles().get(name, {}).get(_language(context), name)


@register.simple_tag(takes_context=True)
def measure_title(context: template.Context, name: str) -> str:
    """`{% measure_title 'sales_forecast' %}`; what is no measure is shown as it is."""
    known = measures().get(name)
    return known.title(_language(context)) if known else name


@register.simple_tag(takes_context=True)
def measure_meaning(context: template.Context, name: str) -> str:
    """`{% measure_meaning 'sales_forecast' %}`: what the measure says, in a sentence."""
    known = measures().get(name)
    return known.meaning(_language(context)) if known else ""


def _language(context: template.Context) -> Language:
    return "zh" if context.get("language") == "zh" else "en"


def _zh(context: template.Context) -> bool:
    return _language(context) == "zh"


def _locale(context: template.Context) -> str:
    return LOCALES[_language(context)]
