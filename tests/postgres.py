"""Runs a command with a throwaway PostgreSQL server beside it: `python tests/postgres.py pytest tests/web`.

The server listens on a free port of the loopback address, keeps its files in a temporary folder and is stopped
whatever becomes of the command. Its address is in SANDOP_TEST_DATABASE_URL. Where this machine has no PostgreSQL the
command is not run: the exit code is 0, or 1 with SANDOP_NEEDS_POSTGRES=1.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

OWNER = "postgres"  # PostgreSQL refuses to run as root: there it runs as this user
SUPERUSER = "sandop"


def programs() -> Path | None:
    """Folder of the server's programs, the newest version first; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    other = shutil.which("initdb")
    return Path(other).resolve().parent if other else None


@contextmanager
def server(programs: Path) -> Iterator[str]:
    """A running server; its address while inside."""
    folder = Path(tempfile.mkdtemp(prefix="sandop-postgres-"))
    cluster, port = folder / "cluster", _free_port()
    if os.geteuid() == 0:
        shutil.chown(folder, OWNER)
    try:
        _run(programs / "initdb", "-D", cluster, "-A", "trust", "-U", SUPERUSER, "-E", "UTF8", "--locale=C.UTF-8")
        settings = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off -c max_connections=200"
        _run(programs / "pg_ctl", "-D", cluster, "-o", settings, "-l", folder / "log", "-w", "start")
        try:
            yield f"postgres://{SUPERUSER}@127.0.0.1:{port}/postgres"
        finally:
            _run(programs / "pg_ctl", "-D", cluster, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(*command: str | Path) -> None:
    """One of the server's programs, as somebody who is not root; what it says is shown only where it fails."""
    become = pwd.getpwnam(OWNER).pw_uid if os.geteuid() == 0 else None
    home = Path(str(command[2])).parent
    done = subprocess.run(
        [str(word) for word in command],
        user=become,
        cwd=home,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{Path(command[0]).name} failed:\n{done.stdout.decode(errors='replace')}")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def main(command: Sequence[str]) -> int:
    """Exit code of the command; see the file's own words for a machine without PostgreSQL."""
    found = programs()
    if found is None:
        needed = os.environ.get("SANDOP_NEEDS_POSTGRES") == "1"
        print("PostgreSQL is not installed: its tests were " + ("wanted, and are missing" if needed else "skipped"))
        return int(needed)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with server(found) as url:
        return subprocess.run(command, env={**os.environ, "SANDOP_TEST_DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
