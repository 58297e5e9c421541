"""When targets were registered, and which deregistered targets are draining."""

import time
from dataclasses import dataclass
from typing import Any

from moto.elbv2.models import FakeTargetGroup

from .patching import state_of


@dataclass(frozen=True)
class Draining:
    target: dict[str, Any]
    #: Seconds since 1970.
    since: float


def note_registered(group: FakeTargetGroup, target_ids: list[str]) -> None:
    now = time.time()
    for target_id in target_ids:
        _registered(group).setdefault(target_id, now)
        _draining(group).pop(target_id, None)


def note_deregistered(group: FakeTargetGroup, target: dict[str, Any]) -> None:
    _registered(group).pop(target["Id"], None)
    _draining(group)[target["Id"]] = Draining(dict(target), time.time())


def registered_at(group: FakeTargetGroup, target_id: str, now: float) -> float:
    return _registered(group).get(target_id, now)


def draining(group: FakeTargetGroup, now: float) -> list[Draining]:
    """The targets whose deregistration delay has not ended."""
    delay = float(group.attributes["deregistration_delay.timeout_seconds"])
    kept = _draining(group)
    for target_id in [target_id for target_id, entry in kept.items() if now >= entry.since + delay]:
        del kept[target_id]
    return list(kept.values())


def is_draining(group: FakeTargetGroup, target_id: str) -> bool:
    """Whether it waits for the end of connections. A group that no load balancer uses has none."""
    return bool(group.load_balancer_arns) and any(
        entry.target["Id"] == target_id for entry in draining(group, time.time())
    )


def end_draining(group: FakeTargetGroup, target_id: str) -> bool:
    """Ends it before the delay: the target has no connection left. Returns whether it was draining."""
    return _draining(group).pop(target_id, None) is not None


def _registered(group: FakeTargetGroup) -> dict[str, float]:
    return state_of(group, "registered", dict)


def _draining(group: FakeTargetGroup) -> dict[str, Draining]:
    return state_of(group, "draining", dict)
