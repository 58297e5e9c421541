"""Instance states that wait for the live region: `pending`, `stopping` and `shutting-down` until it reports them done."""

import copy
import time
from collections.abc import Callable, Iterator

from moto.core.utils import utcnow
from moto.ec2.models import ec2_backends
from moto.ec2.models.instances import Instance, InstanceState, StateReason

from . import changes, live

PENDING, RUNNING, SHUTTING_DOWN = ("pending", 0), ("running", 16), ("shutting-down", 32)
STOPPING = ("stopping", 64)

_BY_USER = ("Client.UserInitiatedShutdown", "User initiated shutdown")
_BY_ITSELF = ("Client.InstanceInitiatedShutdown", "Instance initiated shutdown")
_CRASHED = ("Server.InternalError", "Internal error")

#: moto's own transitions, which end the states that wait.
_end_stop, _end_termination = Instance.stop, Instance.terminate

Act = Callable[[Instance], None]
_at_running: list[Act] = []
_at_terminated: list[Act] = []


def at_running(act: Act) -> Act:
    """The decorated function gets each instance that begins to run."""
    _at_running.append(act)
    return act


def at_terminated(act: Act) -> Act:
    """The decorated function gets each instance that ended, before it is gone from AWS's answers."""
    _at_terminated.append(act)
    return act


def hold(instance: Instance, state: tuple[str, int]) -> InstanceState:
    """Puts the instance into a state that the live region ends. Returns the state before."""
    before = copy.copy(instance._state)
    instance._state.name, instance._state.code = state
    if state in (STOPPING, SHUTTING_DOWN):
        _give_reason(instance, _BY_USER, by_user=True)
    return before


def start_running(instance: Instance) -> None:
    """The machine runs: of a new instance, of a started one, or again of a running one for another live region."""
    if getattr(instance, "overlay_region", None) != live.region_id():
        instance.overlay_region, instance.overlay_running_at = live.region_id(), time.monotonic()
    if instance.state != "pending":
        return
    instance._state.name, instance._state.code = RUNNING
    _run(_at_running, instance)


def end_running(instance: Instance, *, terminates: bool, by_itself: bool) -> None:
    """The machine is off. What a user asked for counts; without that, it powered itself off, or it crashed."""
    asked, instance.overlay_region = instance.state, None
    if asked == "terminated" or (asked == "stopped" and not terminates):
        return
    terminates = terminates or asked == "shutting-down"
    if by_itself and instance.instance_initiated_shutdown_behavior == "terminate":
        terminates = True
    reason = (instance._reason, instance.state_reason)
    (_end_termination if terminates else _end_stop)(instance)
    if asked in ("stopping", "shutting-down"):
        instance._reason, instance.state_reason = reason
    else:
        _give_reason(instance, _BY_ITSELF if by_itself else _CRASHED, by_user=False)
    if terminates:
        note_end(instance)
        _run(_at_terminated, instance)
    changes.touch()


def note_end(instance: Instance) -> None:
    instance.overlay_ended_at = time.monotonic()


def ended_seconds(instance: Instance) -> float:
    """How long ago the instance was terminated."""
    now = time.monotonic()
    return now - getattr(instance, "overlay_ended_at", now)


def _give_reason(instance: Instance, reason: tuple[str, str], *, by_user: bool) -> None:
    code, text = reason
    instance._reason = f"User initiated ({utcnow():%Y-%m-%d %H:%M:%S UTC})" if by_user else ""
    instance.state_reason = StateReason(f"{code}: {text}", code)


def _run(acts: list[Act], instance: Instance) -> None:
    for act in acts:
        act(instance)
    changes.touch()


def all_instances() -> Iterator[Instance]:
    """The instances of all accounts and regions."""
    for regions in list(dict.values(ec2_backends)):
        for ec2 in list(dict.values(regions)):
            for reservation in list(ec2.reservations.values()):
                yield from reservation.instances


def find(account_id: str, region: str, instance_id: str) -> Instance | None:
    ec2 = dict.get(dict.get(ec2_backends, account_id) or {}, region)
    return None if ec2 is None else ec2.get_instance_by_id(instance_id)
