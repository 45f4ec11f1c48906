"""An OpenID Connect provider on loopback, small and strict: authorization code, client secret, PKCE (S256), nonce.

It signs in whomever `person` says, without asking. `spoil` lets a test bend its answers.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "sandop", "a secret: with a colon"
_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
_OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider(ThreadingHTTPServer):
    """The provider.

    person    claims of whoever signs in now
    spoil     what is wrong: "denied", "nonce", "signature", "audience", "other person", "no id token", "broken"
    asked     the authorization requests so far
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.person: dict[str, Any] = {}
        self.spoil = ""
        self.asked: list[dict[str, str]] = []
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: dict[str, dict[str, Any]] = {}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def id_token(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        claims = {
            **self.person,
            "iss": self.address,
            "aud": "somebody else" if self.spoil == "audience" else asked["client_id"],
            "iat": now,
            "exp": now + 60,
            "nonce": "another" if self.spoil == "nonce" else asked["nonce"],
        }
        key = _OTHER_KEY if self.spoil == "signature" else _KEY
        return jwt.encode(claims, key, algorithm="RS256", headers={"kid": "one"})


class _Answer(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(asked.query).items()}
        if asked.path == "/.well-known/openid-configuration":
            self._json(_configuration(self.server.address))
        elif asked.path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(_KEY.public_key()))
            self._json({"keys": [{**public, "kid": "one", "alg": "RS256", "use": "sig"}]})
        elif asked.path == "/authorize":
            self._authorize(query)
        elif asked.path == "/userinfo":
            person = self.server.tokens[self.headers["Authorization"].removeprefix("Bearer ")]
            self._json({**person, "sub": "somebody else"} if self.server.spoil == "other person" else person)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        asked = self.server.codes.pop(form.get("code", ""), None)
        if self.server.spoil == "broken":
            self._send(200, "text/html", b"<h1>out of order</h1>")
        elif asked is None or not _entitled(form, asked):
            self._json({"error": "invalid_grant"}, 400)
        else:
            token = secrets.token_urlsafe()
            self.server.tokens[token] = self.server.person
            given = {"access_token": token, "token_type": "Bearer", "expires_in": 60}
            if self.server.spoil != "no id token":
                given["id_token"] = self.server.id_token(asked)
            self._json(given)

    def _authorize(self, asked: dict[str, str]) -> None:
        self.server.asked.append(asked)
        wanted = {"response_type": "code", "client_id": CLIENT, "code_challenge_method": "S256"}
        assert wanted.items() <= asked.items() and "openid" in asked["scope"].split()
        if self.server.spoil == "denied":
            answer = {"error": "access_denied", "state": asked["state"]}
        else:
            code = secrets.token_urlsafe()
            self.server.codes[code] = asked
            answer = {"code": code, "state": asked["state"]}
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{urlencode(answer)}")
        self.end_headers()

    def _json(self, value: object, status: int = 200) -> None:
        self._send(status, "application/json", json.dumps(value).encode())

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *told: object) -> None:
        """Quiet."""


def _configuration(address: str) -> dict[str, object]:
    return {
        "issuer": address,
        "authorization_endpoint": f"{address}/authorize",
        "token_endpoint": f"{address}/token",
        "userinfo_endpoint": f"{address}/userinfo",
        "jwks_uri": f"{address}/keys",
        "token_endpoint_auth_methods_supported": ["client_secret_post"],
    }


def _entitled(form: dict[str, str], asked: dict[str, str]) -> bool:
    """Whoever redeems a code is the client it was given to, and holds what the challenge was made from."""
    digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    return (
        (form.get("client_id"), form.get("client_secret")) == (CLIENT, SECRET)
        and form.get("redirect_uri") == asked["redirect_uri"]
        and challenge == asked["code_challenge"]
    )


@contextmanager
def running() -> Iterator[Provider]:
    """A provider at work until the block ends."""
    with Provider() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
