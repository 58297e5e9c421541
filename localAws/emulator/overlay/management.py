"""The emulator's own API, under `/_local/`: who it is, what an account still has, and how to empty one.

- `GET /_local/health`: `{bootId, version, accounts, changes, clock}`. A new boot id means that everything from before
  is gone. The clock names itself with `?clock=<id>`; whoever asks learns which clock did so of late.
- `GET /_local/accounts/<id>/resources`: what is left there of what somebody made, `[{service, region, type, id}]`.
- `POST /_local/accounts/<id>/reset`: empties one account, in all services and regions.
- `POST /_local/keys/<key>/expired`, `…/unknown`: AWS's calls with this access key are refused as such from now on;
  `…/valid`: no more.
"""

import json
import re
import time
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

from . import changes, inventory
from .gaps import accounts, credentials
from .lock import LOCK

#: A clock asks every second.
_CLOCK_LIVES_SECONDS = 5
_ACCOUNT = re.compile(r"/_local/accounts/(\d{12})/(resources|reset)")
_KEY = re.compile(r"/_local/keys/(\w{12,128})/(expired|unknown|valid)")


class Management:
    """A WSGI application in front of moto's."""

    def __init__(self, boot_id: str, version: str, aws: Callable[..., Iterable[bytes]]) -> None:
        self._boot_id = boot_id
        self._version = version
        self._aws = aws
        self._clock: str | None = None
        self._clock_seen = 0.0

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if not path.startswith("/_local/"):
            return self._aws(environ, start_response)
        clock = parse_qs(environ.get("QUERY_STRING", "")).get("clock")
        if clock:
            self._clock, self._clock_seen = clock[0], time.monotonic()
        status, answer = self._answer(environ["REQUEST_METHOD"], path)
        body = json.dumps(answer).encode()
        start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

    def _health(self) -> dict[str, Any]:
        alive = time.monotonic() - self._clock_seen < _CLOCK_LIVES_SECONDS
        return {
            "bootId": self._boot_id,
            "version": self._version,
            "accounts": sorted(accounts.seen),
            "changes": changes.listed(),
            "clock": self._clock if alive else None,
        }

    def _answer(self, method: str, path: str) -> tuple[str, Any]:
        if path == "/_local/health" and method == "GET":
            return "200 OK", self._health()
        match = _ACCOUNT.fullmatch(path)
        if match and (method, match[2]) == ("GET", "resources"):
            with LOCK:
                return "200 OK", inventory.resources_of(match[1])
        if match and (method, match[2]) == ("POST", "reset"):
            with LOCK:
                inventory.reset(match[1])
            return "200 OK", {}
        match = _KEY.fullmatch(path)
        if match and method == "POST":
            credentials.mark(match[1], match[2])
            return "200 OK", {}
        return "404 Not Found", {"message": f"There is no {method} {path} in this emulator."}
