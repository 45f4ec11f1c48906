"""What stands in for a company's own servers in the trial: run with `mail FOLDER` or `provider EMAIL`.

Each listens on a free port of the loopback address, prints its number, and serves until it is ended. The mail server
keeps every message as a file of the folder; the provider signs in whoever comes as the person with that address.
"""

from __future__ import annotations

import socketserver
import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "web" / "people"))


class _Letterbox(socketserver.StreamRequestHandler):
    """As much of SMTP as a client needs to hand in a message."""

    folder: Path

    def handle(self) -> None:
        self._say("220 trial")
        while (line := self.rfile.readline().decode().strip()) and line.upper() != "QUIT":
            if line.upper() == "DATA":
                self._say("354 go on")
                self._keep()
            self._say("250 well")
        self._say("221 bye")

    def _keep(self) -> None:
        lines = iter(self.rfile.readline, b".\r\n")
        file = self.folder / f"{len(list(self.folder.iterdir())) + 1:03d}.eml"
        file.write_bytes(b"".join(lines))

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


def mail(folder: str) -> None:
    """A mail server that keeps what it is given."""
    _Letterbox.folder = Path(folder)
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Letterbox) as server:
        print(server.server_address[1], flush=True)
        server.serve_forever()


def provider(email: str) -> None:
    """An OpenID Connect provider at which one person is signed in."""
    from provider import running

    with running() as server:
        server.person = {"sub": "trial", "email": email, "email_verified": True}
        print(server.server_port, flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    {"mail": mail, "provider": provider}[sys.argv[1]](sys.argv[2])
