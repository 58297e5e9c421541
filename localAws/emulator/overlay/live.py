"""The live region that runs what this emulator records, and the lease that it renews.

While a region holds the lease, states change when it reports them. Without a region they change at once.
"""

import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass

from . import changes
from .lock import LOCK

#: A region whose requests stop for this long has ended. A busy machine may delay a request for some seconds.
LEASE_SECONDS = 30.0
_TICK_SECONDS = 0.5


@dataclass
class _Region:
    id: str
    budget_mib: int | None
    expires: float


_region: _Region | None = None
#: The region whose lease ended last without its word: it may have been delayed, and come back.
_lapsed: _Region | None = None
_ticker: threading.Thread | None = None
_at_ticks: list[Callable[[], None]] = []
_at_ends: list[Callable[[], None]] = []


def attached() -> bool:
    """Whether a live region holds the lease. Callers hold the lock."""
    return _region is not None


def region_id() -> str | None:
    return None if _region is None else _region.id


def budget_mib() -> int | None:
    """The memory for all instances; None without a region or a limit."""
    return None if _region is None else _region.budget_mib


def at_tick(act: Callable[[], None]) -> Callable[[], None]:
    """The decorated function runs twice a second, with the lock, while a region is attached."""
    _at_ticks.append(act)
    return act


def at_end(act: Callable[[], None]) -> Callable[[], None]:
    """The decorated function runs once, with the lock, after a region's lease ended."""
    _at_ends.append(act)
    return act


def announce(region_id: str, budget: int | None) -> None:
    """A region begins; an older one's lease ends, but what it holds stays for the new one."""
    global _region, _lapsed, _ticker
    with LOCK:
        _lapsed = None
        _region = _Region(region_id, budget, time.monotonic() + LEASE_SECONDS)
        if _ticker is None:
            _ticker = threading.Thread(target=_tick_while_attached, daemon=True)
            _ticker.start()
    changes.touch()


def renew(region_id: str) -> None:
    """A request of this region. One that comes back after its lease ended gets a new lease."""
    with LOCK:
        if _region is not None and _region.id == region_id:
            _region.expires = time.monotonic() + LEASE_SECONDS
        elif _region is None and _lapsed is not None and _lapsed.id == region_id:
            announce(region_id, _lapsed.budget_mib)


def release(region_id: str) -> None:
    global _lapsed
    with LOCK:
        if _lapsed is not None and _lapsed.id == region_id:
            _lapsed = None
        if _region is not None and _region.id == region_id:
            _end()


def _tick_while_attached() -> None:
    global _lapsed, _ticker
    while True:
        time.sleep(_TICK_SECONDS)
        with LOCK:
            if _region is not None and time.monotonic() > _region.expires:
                print(f"The live region {_region.id} stopped answering; its lease ended.", file=sys.stderr)
                _lapsed = _region
                _end()
            if _region is None:
                _ticker = None
                return
            _run(_at_ticks)


def _end() -> None:
    global _region
    _region = None
    _run(_at_ends)
    changes.touch()


def _run(acts: list[Callable[[], None]]) -> None:
    for act in acts:
        try:
            act()
        except Exception:  # noqa: BLE001 - one failed rule must not stop the others; the log has the reason
            traceback.print_exc(file=sys.stderr)
