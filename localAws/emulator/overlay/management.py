"""The emulator's own API, under `/_local/`: health, an account's resources and firings, resets, keys, live region.

- `GET /_local/health`: `{bootId, version, accounts, changes, clock, live, paces}`. A new boot id means that the
  emulator started again and is empty. The clock sends its id as `?clock=<id>`; `clock` is the id that came last.
  `live`: whether a live region runs the machines.
- `GET /_local/accounts/<id>/resources`: the resources that users created there, `[{service, region, type, id}]`.
- `POST /_local/accounts/<id>/reset`: empties one account, in all services and regions.
- `GET /_local/accounts/<id>/firings`: what the clock did there, newest first. The clock adds one with `POST`.
- `GET /_local/accounts/<id>/invocations`: `{running}`, the number of asynchronous invocations of functions that have
  not ended.
- `GET /_local/accounts/<id>/mail`: the mail that SNS and SES sent there, newest first. `GET /_local/mail?after=N`: that of
  all accounts above a number, oldest first, see `mail.py`.
- `GET /_local/accounts/<id>/mail/confirm`, `…/unsubscribe`: the links in mail of SNS. They answer with text.
- `POST /_local/accounts/<id>/scalings`: Auto Scaling changes a group's size, see `scaling.py`. Only the clock uses it.
- `POST /_local/accounts/<id>/pace`: `{secondsPerMinute}`, see `pace.py`.
- `GET /_local/accounts/<id>/measured`: the instances that count in their groups' metrics, see `warm_up.py`.
- `GET /_local/world?after=N&wait=SECONDS&live=ID`: what a live region runs, see `live_api.py`.
- `POST /_local/reports`: what a live region reports. `POST /_local/live`: `{id, budgetMiB}` begins its lease, which
  requests for the world with its id renew; `{id, gone: true}` ends it.
- `POST /_local/keys/<key>/expired`, `…/unknown`: from now on AWS's calls with this access key are refused
  with that reason; `…/valid` ends it.
"""

import json
import re
import time
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

from . import changes, firings, inventory, lambda_events, live, live_api, mail, mail_api, pace, scaling, warm_up
from .gaps import accounts, credentials
from .lock import LOCK

#: A clock asks every second.
_CLOCK_LIVES_SECONDS = 5
_ACCOUNT = re.compile(r"/_local/accounts/(\d{12})/(resources|reset|firings|invocations|mail|scalings|pace|measured)")
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
        status, answer = self._answer(environ, path)
        is_text = isinstance(answer, str)
        body = (answer if is_text else json.dumps(answer)).encode()
        kind = "text/plain; charset=utf-8" if is_text else "application/json"
        start_response(status, [("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [body]

    def _health(self) -> dict[str, Any]:
        alive = time.monotonic() - self._clock_seen < _CLOCK_LIVES_SECONDS
        return {
            "bootId": self._boot_id,
            "version": self._version,
            "accounts": sorted(accounts.seen),
            "changes": changes.listed(),
            "clock": self._clock if alive else None,
            "live": live.attached(),
            "paces": pace.listed(),
        }

    def _answer(self, environ: dict[str, Any], path: str) -> tuple[str, Any]:
        method = environ["REQUEST_METHOD"]

        def body() -> Any:
            return _body(environ)

        query = parse_qs(environ.get("QUERY_STRING", ""))
        if path == "/_local/world" and method == "GET":
            return "200 OK", live_api.world(self._boot_id, query, environ.get("werkzeug.socket"))
        if path == "/_local/reports" and method == "POST":
            return "200 OK", live_api.report(body())
        if path == "/_local/live" and method == "POST":
            return "200 OK", live_api.region(body())
        if path == "/_local/mail" and method == "GET":
            return "200 OK", mail_api.mails(query)
        page = mail_api.page_of_link(path, query) if method == "GET" else None
        if page is not None:
            return "200 OK", page
        if path == "/_local/health" and method == "GET":
            return "200 OK", self._health()
        match = _ACCOUNT.fullmatch(path)
        act = _OF_ACCOUNTS.get((method, match[2])) if match else None
        if match and act:
            with LOCK:
                return "200 OK", act(match[1], body)
        match = _KEY.fullmatch(path)
        if match and method == "POST":
            credentials.mark(match[1], match[2])
            return "200 OK", {}
        return "404 Not Found", {"message": f"There is no {method} {path} in this emulator."}


def _body(environ: dict[str, Any]) -> Any:
    return json.loads(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))


def _reset(account_id: str, _body: Callable[[], Any]) -> dict:
    inventory.reset(account_id)
    return {}


def _note_firing(account_id: str, body: Callable[[], Any]) -> dict:
    firings.note(account_id, body())
    return {}


def _set_pace(account_id: str, body: Callable[[], Any]) -> dict:
    pace.set_seconds_per_minute(account_id, float(body()["secondsPerMinute"]))
    return {}


#: What an account's paths do, by method and last part.
_OF_ACCOUNTS: dict[tuple[str, str], Callable[[str, Callable[[], Any]], Any]] = {
    ("GET", "resources"): lambda account_id, _body: inventory.resources_of(account_id),
    ("POST", "reset"): _reset,
    ("GET", "firings"): lambda account_id, _body: firings.listed(account_id),
    ("POST", "firings"): _note_firing,
    ("GET", "invocations"): lambda account_id, _body: {"running": lambda_events.accepted(account_id)},
    ("GET", "mail"): lambda account_id, _body: mail.listed(account_id),
    ("POST", "pace"): _set_pace,
    ("GET", "measured"): lambda account_id, _body: warm_up.measured_in(account_id),
    ("POST", "scalings"): lambda account_id, body: {"error": scaling.scale(account_id, body())},
}
