"""Django's settings for the tests: a home that goes away, quick passwords, the database of the test run.

SANDOP_TEST_DATABASE_URL names a PostgreSQL server to test on; left out, the embedded SQLite is used.
"""

import os
import tempfile
from pathlib import Path

_HOME = tempfile.mkdtemp(prefix="sandop-test-")
Path(_HOME, "static").mkdir()
os.environ["SANDOP_HOME"] = _HOME
os.environ.pop("SANDOP_URL", None)
os.environ["DATABASE_URL"] = os.environ.get("SANDOP_TEST_DATABASE_URL", "")

from sandop_web.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, so that several processes can meet in it.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_HOME) / "test.sqlite3")}  # noqa: F405
else:
    # Several runs may share a server: each names its own database.
    DATABASES["default"]["TEST"] = {"NAME": f"test_sandop_{os.environ.get('SANDOP_TEST_NAME', os.getpid())}"}  # noqa: F405
