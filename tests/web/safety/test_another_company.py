"""Nobody learns anything of another company, and nobody changes anything there.

New actions and queries are found by themselves; they are called with numbers and names of our company by the general
manager of another one.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from registered import ACTIONS, QUERIES
from stage import NOW, Act

from sandop.findings import Refusal
from sandop_web.access import Actor, actor_of
from sandop_web.access.roles import permissions
from sandop_web.actions.tokens import make_token
from sandop_web.store.models import Company, Member, Token, User


@pytest.fixture
def stranger(act: Act) -> Actor:
    """The general manager of another company, as an actor."""
    other = Company.objects.create(slug="other", name="Other", currency="CNY", made_at=NOW)
    user = User.objects.create_user("zoe")
    Member.objects.create(company=other, user=user, person="zoe", name="Zoe", role="gm")
    return actor_of(user=user, company="other", at=NOW)


def sample(parameter: inspect.Parameter, ours: dict[str, Any]) -> Any:
    """An argument that fits: of our company where it can be."""
    if parameter.name in ours:
        return ours[parameter.name]
    kind = str(parameter.annotation)
    samples = {"int": 1, "float": 1.0, "bool": True, "str": "x", "dt.date": NOW.date(), "bytes": b""}
    return samples.get(kind.partition(" |")[0], {} if "Mapping" in kind else ())


@pytest.fixture
def ours(act: Act, version: Any, cycle: str) -> dict[str, Any]:
    """Names and numbers of things in our company."""
    make_token(by=act("dana"), name="notebook", scope="read", days=30)
    return {
        "version": version.pk,
        "a": version.pk,
        "b": version.pk,
        "ours": version.pk,
        "theirs": version.pk,
        "member": Member.objects.get(person="dana").pk,
        "token": Token.objects.get().pk,
        "owner": "dana",
        "person": "dana",
        "step": "demand_review",
        "measure": "sales_forecast",
        "name": "unserved",
        "table": "items",
        "month": cycle,
        "row": ("A", "DC", "E"),
        "key": ("A",),
        "period": "2026-01",
        "input": "history",
        "why": "because",
        "role": "viewer",
        "scope": "read",
        "days": 1,
        "language": "zh",
        "password": "fresh-casting-sand-7",
    }


def rows_of_everybody() -> dict[str, dict[Any, Any]]:
    """Every row of every table of the workbench."""
    return {
        model.__name__: {row["id"]: row for row in model.objects.values()}  # type: ignore[attr-defined]
        for model in apps.get_app_config("store").get_models()
    }


def called(function: Callable[..., Any], by: Any, ours: dict[str, Any]) -> Any:
    """What comes back; a refusal as its text. A sample that does not fit is not held against anybody."""
    parameters = [
        parameter for parameter in inspect.signature(function).parameters.values() if parameter.name != "by"
    ]
    try:
        return function(by=by, **{parameter.name: sample(parameter, ours) for parameter in parameters})
    except Refusal as refusal:
        return str(refusal)
    except (TypeError, ValueError, KeyError, AttributeError, AssertionError) as misfit:
        return f"{type(misfit).__name__}"


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_no_query_tells_another_company_anything(name: str, stranger: Actor, ours: dict[str, Any]) -> None:
    del ours["owner"], ours["person"]
    told = repr(called(QUERIES[name], stranger, ours))
    assert not re.search(r"dana|Dana|Sally|'small'|Small Pumps|notebook", told)


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_no_action_touches_another_company(name: str, stranger: Actor, ours: dict[str, Any]) -> None:
    theirs = {("User", stranger.user_id), ("Company", stranger.company_id), ("Member", stranger.member_id)}
    before = rows_of_everybody()
    may_act = permissions()[name].roles
    called(ACTIONS[name], stranger if stranger.role in may_act else replace(stranger, role=min(may_act)), ours)
    after = rows_of_everybody()
    changed = [
        (table, key)
        for table, rows in before.items()
        for key, row in rows.items()
        if after[table].get(key) != row and (table, key) not in theirs
    ]
    assert changed == []
