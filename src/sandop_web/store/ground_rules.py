"""The ground rules of the cycle, their defaults in one place, and what a company has made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from sandop_web.store.models import Company

Rule = bool | int | float


@dataclass(frozen=True)
class GroundRules:
    """What the members have agreed on. Kept in `Company.rules` where a company differs from these defaults.

    substitutes_with_authority   who cannot come sends somebody who may decide
    silence_is_consent           what nobody has said by the day of the step counts as agreed; only inputs for which
                                 a word is enough: numbers are never taken from silence
    override_needs_reason        no override without a reason
    packet_hours                 hours before the S&OP meeting at which the meeting pack is out
    meeting_minutes              minutes that the S&OP meeting lasts; its agenda fits into them
    no_new_numbers_in_meeting    once pre-S&OP is signed numbers change in labelled scenarios only
    late_threshold               share of a family's total from which late numbers are brought before the S&OP manager
    """

    substitutes_with_authority: bool = True
    silence_is_consent: bool = True
    override_needs_reason: bool = True
    packet_hours: int = 48
    meeting_minutes: int = 120
    no_new_numbers_in_meeting: bool = True
    late_threshold: float = 0.05


RULES: Mapping[str, Rule] = asdict(GroundRules())


def ground_rules(company: Company) -> GroundRules:
    """The rules that hold in the company."""
    kept = {field.name: company.rules[field.name] for field in fields(GroundRules) if field.name in company.rules}
    return replace(GroundRules(), **kept)


def keep_rule(company: Company, name: str, value: Any) -> None:
    """Keep a rule of the company. Other keys of `Company.rules` belong to others and stay."""
    company.rules = {**company.rules, name: value}
    company.save(update_fields=["rules"])
