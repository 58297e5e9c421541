"""What the live region reports: `localAws/live/reports.ts`. A report about something that is gone is ignored."""

from collections.abc import Callable
from typing import Any

Report = dict[str, Any]

_kinds: dict[str, Callable[[Report], None]] = {}


def handles(kind: str) -> Callable[[Callable[[Report], None]], Callable[[Report], None]]:
    """The decorated function applies reports of this kind. It is called with the lock."""

    def install(act: Callable[[Report], None]) -> Callable[[Report], None]:
        _kinds[kind] = act
        return act

    return install


def apply(report: Report) -> None:
    _kinds[report["kind"]](report)
