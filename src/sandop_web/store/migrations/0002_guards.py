"""What nobody can change, whatever door they come through: the database refuses it by itself.

published version    no change of its row, entries, changes; it cannot be deleted
chunk                never changed
changes, steps in the grid, step events never changed; deleted only with the draft they belong to
answers to cuts, agreements, minutes, packets   likewise; to a published version no answer is added
master rows          never changed; deleted only with a company that has published nothing
deeds, signatures    never changed, never deleted
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import migrations

FROZEN = "this version is published"
APPEND_ONLY = "this record is kept as it was written"


@dataclass(frozen=True)
class Guard:
    """When `condition` holds before `event` on a row of `table`, the database says `words` and refuses."""

    table: str
    event: str
    condition: str
    words: str

    @property
    def name(self) -> str:
        return f"guard_{self.table}_{self.event.lower()}"


def _published(version: str) -> str:
    return f"EXISTS (SELECT 1 FROM store_version v WHERE v.id = {version} AND v.state = 'published')"


_STEP_OF_PUBLISHED = (
    "EXISTS (SELECT 1 FROM store_cyclestep s JOIN store_cycle c ON c.id = s.cycle_id "
    "JOIN store_version v ON v.id = c.version_id WHERE s.id = OLD.step_id AND v.state = 'published')"
)
_MINUTE_OF_PUBLISHED = (
    "EXISTS (SELECT 1 FROM store_cycle c JOIN store_version v ON v.id = c.version_id "
    "WHERE c.id = OLD.cycle_id AND v.state = 'published')"
)
_COMPANY_HAS_PUBLISHED = (
    "EXISTS (SELECT 1 FROM store_version v WHERE v.company_id = OLD.company_id AND v.state = 'published')"
)
GUARDS = (
    Guard("store_version", "UPDATE", "OLD.state = 'published'", FROZEN),
    Guard("store_version", "DELETE", "OLD.state = 'published'", FROZEN),
    Guard("store_entry", "INSERT", _published("NEW.version_id"), FROZEN),
    Guard("store_entry", "UPDATE", f"{_published('OLD.version_id')} OR {_published('NEW.version_id')}", FROZEN),
    Guard("store_entry", "DELETE", _published("OLD.version_id"), FROZEN),
    Guard("store_chunk", "UPDATE", "TRUE", APPEND_ONLY),
    Guard("store_change", "INSERT", _published("NEW.version_id"), FROZEN),
    Guard("store_change", "UPDATE", "TRUE", APPEND_ONLY),
    Guard("store_change", "DELETE", _published("OLD.version_id"), FROZEN),
    Guard("store_masterchange", "INSERT", _published("NEW.version_id"), FROZEN),
    Guard("store_masterchange", "UPDATE", "TRUE", APPEND_ONLY),
    Guard("store_masterchange", "DELETE", _published("OLD.version_id"), FROZEN),
    Guard("store_masterrow", "UPDATE", "TRUE", APPEND_ONLY),
    Guard("store_masterrow", "DELETE", _COMPANY_HAS_PUBLISHED, APPEND_ONLY),
    Guard("store_gridbatch", "UPDATE", "TRUE", APPEND_ONLY),
    Guard("store_amendedreason", "INSERT", _published("NEW.version_id"), FROZEN),
    Guard("store_amendedreason", "UPDATE", "TRUE", APPEND_ONLY),
    Guard("store_amendedreason", "DELETE", _published("OLD.version_id"), FROZEN),
    Guard("store_stepevent", "UPDATE", "TRUE", APPEND_ONLY),
    Guard("store_stepevent", "DELETE", _STEP_OF_PUBLISHED, APPEND_ONLY),
    Guard("store_cutanswer", "INSERT", _published("NEW.version_id"), FROZEN),
    Guard("store_cutanswer", "UPDATE", "TRUE", APPEND_ONLY),
    Guard("store_cutanswer", "DELETE", _published("OLD.version_id"), FROZEN),
    Guard("store_familyagreement", "INSERT", _published("NEW.version_id"), FROZEN),
    Guard("store_familyagreement", "UPDATE", "TRUE", APPEND_ONLY),
    Guard("store_familyagreement", "DELETE", _published("OLD.version_id"), FROZEN),
    Guard("store_minuteline", "UPDATE", "TRUE", APPEND_ONLY),
    Guard("store_minuteline", "DELETE", _MINUTE_OF_PUBLISHED, APPEND_ONLY),
    Guard("store_packet", "UPDATE", "TRUE", APPEND_ONLY),
    Guard("store_packet", "DELETE", _MINUTE_OF_PUBLISHED, APPEND_ONLY),
    Guard("store_deed", "UPDATE", "TRUE", APPEND_ONLY),
    Guard("store_deed", "DELETE", "TRUE", APPEND_ONLY),
    Guard("store_signature", "UPDATE", "TRUE", APPEND_ONLY),
    Guard("store_signature", "DELETE", "TRUE", APPEND_ONLY),
)


def _putting(vendor: str) -> Iterator[str]:
    for guard in GUARDS:
        if vendor == "sqlite":
            yield (
                f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} WHEN {guard.condition} "
                f"BEGIN SELECT RAISE(ABORT, '{guard.words}'); END"
            )
            continue
        row = "OLD" if guard.event == "DELETE" else "NEW"
        yield (
            f"CREATE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN "
            f"IF {guard.condition} THEN "
            f"RAISE EXCEPTION '{guard.words}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            f"RETURN {row}; END $guard$"
        )
        yield (
            f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {guard.name}()"
        )


def _lifting(vendor: str) -> Iterator[str]:
    for guard in GUARDS:
        if vendor == "sqlite":
            yield f"DROP TRIGGER IF EXISTS {guard.name}"
        else:
            yield f"DROP FUNCTION IF EXISTS {guard.name}() CASCADE"


def put_guards(connection: Any) -> None:
    """Let the database refuse from now on."""
    with connection.cursor() as cursor:
        for statement in _putting(connection.vendor):
            cursor.execute(statement)


def lift_guards(connection: Any) -> None:
    """Let the database take anything again."""
    with connection.cursor() as cursor:
        for statement in _lifting(connection.vendor):
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0001_initial")]
    operations: ClassVar = [
        migrations.RunPython(
            lambda _, editor: put_guards(editor.connection), lambda _, editor: lift_guards(editor.connection)
        )
    ]
