"""New instances of an instance refresh that have to become healthy before the old ones are terminated."""

from typing import Any

from moto.autoscaling.models import FakeAutoScalingGroup, InstanceState

from .gaps.autoscaling_events import activities_of
from .gaps.autoscaling_launches import launch
from .gaps.autoscaling_live_health import is_ready
from .gaps.autoscaling_terminations import terminate

LAUNCHED = "an instance was launched in response to an instance refresh."
_TAKEN_OUT = "an instance was taken out of service in response to an instance refresh."


def begin(refresh: Any, ready: list[InstanceState]) -> str | None:
    """Launches new instances for the next old ones. Returns the reason if a launch failed."""
    for old in ready[: _batch(refresh)]:
        if launch(refresh.group, 1, [LAUNCHED], leaving=old, template=refresh.template) == 0:
            return str(activities_of(refresh.group)[0]["StatusMessage"])
        refresh.trials[refresh.group.instance_states[-1].instance.id] = old.instance.id
    return None


def _batch(refresh: Any) -> int:
    """How many instances are replaced at a time: what the healthy percentages leave, at least one."""
    largest = refresh.preferences.get("MaxHealthyPercentage") or 100
    smallest = refresh.preferences.get("MinHealthyPercentage", 90)
    return max(1, (refresh.group.desired_capacity or 0) * (int(largest) - int(smallest)) // 100)


def judge(refresh: Any, states: dict[str, InstanceState]) -> str | None:
    """Terminates the old instances whose new ones are healthy. Returns the reason if a new one failed.

    ``states`` has the members that are not leaving.
    """
    waiting = None
    for new, old in list(refresh.trials.items()):
        if new not in states or states[new].health_status == "Unhealthy":
            return f"The new instance {new} failed its health checks."
        if not is_ready(refresh.group, states[new], refresh.preferences):
            waiting = waiting or new
            continue
        del refresh.trials[new]
        refresh.launched.append(new)
        if old in states:
            take_out(refresh.group, states[old])
        refresh.left = [instance_id for instance_id in refresh.left if instance_id != old]
    refresh.reason = waiting and (
        f"Waiting for instances to warm up before continuing. For example: {waiting} is warming up."
    )
    return None


def take_out(group: FakeAutoScalingGroup, old: InstanceState) -> None:
    selected = f"instance {old.instance.id} was selected for termination."
    terminate(group, [old], [_TAKEN_OUT, selected])


def give_up(refresh: Any) -> None:
    """Terminates the new instances that have not replaced any."""
    trials, refresh.trials = refresh.trials, {}
    states = [state for state in refresh.group.instance_states if state.instance.id in trials]
    terminate(refresh.group, states, [_TAKEN_OUT])
