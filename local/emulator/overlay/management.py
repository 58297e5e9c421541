"""The emulator's own API, under `/_local/`: who it is, what an account still has, and how to empty one.

- `GET /_local/health`: `{bootId, version, accounts}`. A new boot id means that everything from before is gone.
- `GET /_local/accounts/<id>/resources`: what is left there of what somebody made, `[{service, region, type, id}]`.
- `POST /_local/accounts/<id>/reset`: empties one account, in all services and regions.
"""

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from . import inventory
from .gaps import accounts
from .lock import LOCK

_ACCOUNT = re.compile(r"/_local/accounts/(\d{12})/(resources|reset)")


class Management:
    """A WSGI application in front of moto's."""

    def __init__(self, boot_id: str, version: str, aws: Callable[..., Iterable[bytes]]) -> None:
        self._boot_id = boot_id
        self._version = version
        self._aws = aws

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if not path.startswith("/_local/"):
            return self._aws(environ, start_response)
        status, answer = self._answer(environ["REQUEST_METHOD"], path)
        body = json.dumps(answer).encode()
        start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

    def _answer(self, method: str, path: str) -> tuple[str, Any]:
        if path == "/_local/health" and method == "GET":
            return "200 OK", {"bootId": self._boot_id, "version": self._version, "accounts": sorted(accounts.seen)}
        match = _ACCOUNT.fullmatch(path)
        if match and (method, match[2]) == ("GET", "resources"):
            with LOCK:
                return "200 OK", inventory.resources_of(match[1])
        if match and (method, match[2]) == ("POST", "reset"):
            with LOCK:
                inventory.reset(match[1])
            return "200 OK", {}
        return "404 Not Found", {"message": f"There is no {method} {path} in this emulator."}
