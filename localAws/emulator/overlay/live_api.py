"""The live region's part of the emulator's own API: the world, reports, and the region's lease."""

import select
import socket
import sys
import time
import traceback
from typing import Any

from . import changes, live, reports
from .lock import LOCK
from .world import places

#: Several changes within this time are one answer.
_JOIN_SECONDS = 0.01
_LONGEST_WAIT_SECONDS = 60.0
#: How often a waiting request renews the lease, and checks that its caller still waits.
_RENEW_SECONDS = 1.0


def world(boot_id: str, query: dict[str, list[str]], connection: socket.socket | None) -> dict[str, Any]:
    """Answers at once when there is a change after the number ``after``, else after ``wait`` seconds at most."""
    after = int(query.get("after", ["-1"])[0])
    wait = min(float(query.get("wait", ["0"])[0]), _LONGEST_WAIT_SECONDS)
    region = query.get("live", [None])[0]
    ends = time.monotonic() + wait
    while not _is_closed(connection):
        if region is not None:
            live.renew(region)
        left = ends - time.monotonic()
        if changes.wait_for_world(after, max(0.0, min(left, _RENEW_SECONDS))):
            time.sleep(_JOIN_SECONDS)
            break
        if left <= 0:
            break
    with LOCK:
        # The number comes first: a change while the state is read gets a higher one.
        number = changes.world_number()
        return {"bootId": boot_id, "number": number, "places": places()}


def _is_closed(connection: socket.socket | None) -> bool:
    if connection is None or not select.select([connection], [], [], 0)[0]:
        return False
    return connection.recv(1, socket.MSG_PEEK) == b""


def report(entries: list[dict[str, Any]]) -> dict[str, Any]:
    with LOCK:
        for entry in entries:
            try:
                reports.apply(entry)
            except Exception:  # noqa: BLE001 - the region repeats a refused list for ever; the log has the reason
                traceback.print_exc(file=sys.stderr)
    return {}


def region(state: dict[str, Any]) -> dict[str, Any]:
    if state.get("gone"):
        live.release(state["id"])
    else:
        live.announce(state["id"], state.get("budgetMiB"))
    return {"leaseSeconds": live.LEASE_SECONDS}
