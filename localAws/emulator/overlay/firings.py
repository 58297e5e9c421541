"""Firings of an account: calls of schedules, scheduled actions, and scaling by a metric.

The clock reports them. The result of a function that a schedule called is added when the function ends.
"""

import json
from datetime import UTC, datetime
from typing import Any

#: Newest first, by account.
_firings: dict[str, list[dict[str, Any]]] = {}
#: Results of asynchronous invocations by request id, newest last, by account.
_results: dict[str, dict[str, dict[str, Any]]] = {}

_KEPT = 100


def note(account_id: str, firing: dict[str, Any]) -> None:
    kept = _firings.setdefault(account_id, [])
    kept.insert(0, {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), **firing})
    del kept[_KEPT:]


def note_result(account_id: str, request_id: str, payload: str | None, failed: bool) -> None:
    """Keeps the result of an asynchronous invocation; no payload when the event became too old to run."""
    kept = _results.setdefault(account_id, {})
    kept[request_id] = {
        "outcome": "failed" if failed else "succeeded",
        "result": None if payload is None else json.loads(payload),
    }
    for oldest in list(kept)[:-_KEPT]:
        del kept[oldest]


def listed(account_id: str) -> list[dict[str, Any]]:
    results = _results.get(account_id, {})
    return [{**firing, **results.get(firing.get("requestId"), {})} for firing in _firings.get(account_id, [])]


def forget(account_id: str) -> None:
    _firings.pop(account_id, None)
    _results.pop(account_id, None)
