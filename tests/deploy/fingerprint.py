"""What a database holds, table by table, as the environment names it: rows and a hash of them all, one line each.

Sessions, sign-in records and chores are left out: they move on while nobody works. Two databases with the same lines
hold the same. The last lines take each version's own hash again from its content.
"""

from __future__ import annotations

import hashlib

import django
from django.apps import apps
from django.db.models import Model

MOVING_APPS = ("sessions", "axes", "auth", "contenttypes")
MOVING_TABLES = ("Chore",)
MOVING_COLUMNS = ("last_login", "last_used_at")


def rows_and_hash(table: type[Model]) -> str:
    """Count and hash of all rows, in the order of their keys."""
    columns = [field.attname for field in table._meta.concrete_fields if field.attname not in MOVING_COLUMNS]
    digest, count = hashlib.sha256(), 0
    for row in table._base_manager.order_by("pk").values_list(*columns).iterator():
        plain = [bytes(cell) if isinstance(cell, memoryview) else cell for cell in row]
        digest.update(repr(plain).encode())
        count += 1
    return f"{count} {digest.hexdigest()[:16]}"


def main() -> None:
    """Print the lines."""
    django.setup()
    from sandop_web.store.models import Version
    from sandop_web.store.sealing import hash_of_content

    for table in apps.get_models():
        if table._meta.app_label not in MOVING_APPS and table.__name__ not in MOVING_TABLES:
            print(table._meta.label, rows_and_hash(table))
    for version in Version.objects.order_by("pk"):
        print("version", version.pk, hash_of_content(version))


if __name__ == "__main__":
    main()
