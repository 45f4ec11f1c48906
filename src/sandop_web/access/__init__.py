"""Who may see and do what: the one place that says so, for page, API, export and job alike.

who asks        actor, entering, tokens
what may be     doors (every action and query passes), roles, scope, authority, refusals
of one subject  editing, deciding, signing, cycles, acting (on an action)
looking closer  looking
finding it      versions, members, places, sheet_rows: through the company, so that others find nothing
"""

from sandop_web.access.actor import Actor
from sandop_web.access.authority import require_authority
from sandop_web.access.doors import ACTIONS, QUERIES, action, query
from sandop_web.access.entering import actor_of, companies_of, founder_of, guest_of, known_person
from sandop_web.access.looking import looking
from sandop_web.access.refusals import (
    BeyondYourAuthority,
    NothingThere,
    NotUnderstood,
    NotYourRole,
    OutsideYourScope,
    TokenNotForThis,
    TokenReadsOnly,
    TokenUnknown,
    WebRefusal,
    WhyMissing,
    status_of,
)
from sandop_web.access.roles import may, may_take, roles_for
from sandop_web.access.scope import in_scope, report_in_scope, require_in_scope, sheet_in_scope
from sandop_web.store.looking import one_look

__all__ = [
    "ACTIONS",
    "QUERIES",
    "Actor",
    "BeyondYourAuthority",
    "NotUnderstood",
    "NotYourRole",
    "NothingThere",
    "OutsideYourScope",
    "TokenNotForThis",
    "TokenReadsOnly",
    "TokenUnknown",
    "WebRefusal",
    "WhyMissing",
    "action",
    "actor_of",
    "companies_of",
    "founder_of",
    "guest_of",
    "in_scope",
    "known_person",
    "looking",
    "may",
    "may_take",
    "one_look",
    "query",
    "report_in_scope",
    "require_authority",
    "require_in_scope",
    "roles_for",
    "sheet_in_scope",
    "status_of",
]
