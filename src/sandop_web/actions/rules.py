"""The ground rules of the cycle, changed by those who answer for it."""

from __future__ import annotations

from sandop_web.access import Actor, NotUnderstood, action
from sandop_web.store.ground_rules import RULES, Rule, keep_rule
from sandop_web.store.models import Company

_LIMITS: dict[str, tuple[float, float]] = {
    "packet_hours": (0, 240),
    "meeting_minutes": (30, 480),
    "late_threshold": (0.0, 1.0),
}


@action
def change_rule(*, by: Actor, name: str, value: Rule, why: str) -> None:
    """Change a ground rule: yes or no, hours (0 to 240), minutes (30 to 480) or a share (0 to 1).

    Raises NotUnderstood.
    """
    if name not in RULES:
        raise NotUnderstood(field="name", value=name, wanted=", ".join(RULES))
    company = Company.objects.select_for_update().get(pk=by.company_id)
    keep_rule(company, name, _checked(name, value))


def _checked(name: str, value: Rule) -> Rule:
    if isinstance(RULES[name], bool):
        if not isinstance(value, bool):
            raise NotUnderstood(field=name, value=value, wanted="yes, no")
        return value
    lowest, highest = _LIMITS[name]
    if isinstance(value, bool) or not isinstance(value, int | float) or not lowest <= value <= highest:
        raise NotUnderstood(field=name, value=value, wanted=f"{lowest:g}–{highest:g}")
    return int(value) if isinstance(RULES[name], int) else float(value)
