"""Members of Auto Scaling groups that wait for the live region: `Pending` and `Terminating`, with their activities.

A new member is in service when its instance runs. A leaving one is deregistered, drained, and terminated.
"""

import time

from moto.autoscaling.models import FakeAutoScalingGroup, InstanceState, autoscaling_backends
from moto.core.utils import utcnow
from moto.ec2.models.instances import Instance

from . import changes, live, live_instances
from .gaps.autoscaling_events import LAUNCH, LAUNCH_ERROR, TERMINATE, begin, finish, record
from .target_registrations import is_draining

_PENDING, _TERMINATING = "Pending", "Terminating"


def launched(group: FakeAutoScalingGroup, state: InstanceState, causes: list[str]) -> None:
    """Records the launch; it ends when the instance runs."""
    if state.instance.state == "pending":
        state.lifecycle_state = _PENDING
        state.overlay_activity = begin(group, LAUNCH, causes, state.instance, "PreInService", 30)
    else:
        record(group, LAUNCH, causes, state.instance)


def is_in_service(state: InstanceState) -> bool:
    return state.lifecycle_state not in (_PENDING, _TERMINATING)


def is_leaving(state: InstanceState) -> bool:
    return state.lifecycle_state == _TERMINATING


def in_service_seconds(state: InstanceState) -> float:
    """How long the instance has been running in this live region."""
    now = time.monotonic()
    return now - getattr(state.instance, "overlay_running_at", now)


def terminate(
    group: FakeAutoScalingGroup, states: list[InstanceState], causes: list[str], *, drains: bool = True
) -> list[dict]:
    """Begins the termination of these members. Returns the activities."""
    return [_terminate(group, state, causes, drains) for state in states if not is_leaving(state)]


def _terminate(group: FakeAutoScalingGroup, state: InstanceState, causes: list[str], drains: bool) -> dict:
    failed_launch = state.lifecycle_state == _PENDING
    if failed_launch:
        _end_launch(group, state)
    running = state.instance.state == "running"
    _deregister(group, state.instance.id)
    status = (
        "WaitingForELBConnectionDraining" if running and _drains(group, state) and drains else "InProgress"
    )
    state.lifecycle_state = _TERMINATING
    state.overlay_activity = begin(group, TERMINATE, causes, state.instance, status, 50)
    if status == "InProgress":
        _terminate_instance(group, state)
    changes.touch()
    return state.overlay_activity


def left_by_user(
    group: FakeAutoScalingGroup, states: list[InstanceState], causes: list[str]
) -> list[InstanceState]:
    """Members whose instances a user terminated leave the group. Returns those that were not leaving already."""
    leaving = [state for state in states if not is_leaving(state)]
    for state in leaving:
        if state.lifecycle_state == _PENDING:
            _end_launch(group, state)
        state.lifecycle_state = _TERMINATING
        state.overlay_activity = begin(group, TERMINATE, causes, state.instance, "InProgress", 50)
    return leaving


def _end_launch(group: FakeAutoScalingGroup, state: InstanceState) -> None:
    activity, reason = getattr(state, "overlay_activity", None), state.instance.state_reason
    if activity is not None and state.instance.state == "pending":
        # Nothing is wrong with the instance: the group does not need it any more.
        activity.update(EndTime=utcnow(), StatusCode="Cancelled", Progress=100)
    elif activity is not None:
        failure = "Instance became unhealthy while waiting for instance to be in InService state."
        if reason.message:
            failure += f" Termination Reason: {reason.message}"
        finish(group, LAUNCH_ERROR, activity, state.instance, failure)


def _deregister(group: FakeAutoScalingGroup, instance_id: str) -> None:
    for target_group in _target_groups(group):
        target_group.deregister_terminated_instances([instance_id])


def _drains(group: FakeAutoScalingGroup, state: InstanceState) -> bool:
    return any(is_draining(target_group, state.instance.id) for target_group in _target_groups(group))


def _target_groups(group: FakeAutoScalingGroup) -> list:
    known = group.autoscaling_backend.elbv2_backend.target_groups
    return [known[arn] for arn in group.target_group_arns if arn in known]


def _terminate_instance(group: FakeAutoScalingGroup, state: InstanceState) -> None:
    state.instance.disable_api_termination = False
    if state.instance.state not in ("shutting-down", "terminated"):
        group.ec2_backend.terminate_instances([state.instance.id])


def _member_of(instance: Instance) -> tuple[FakeAutoScalingGroup | None, InstanceState | None]:
    group = getattr(instance, "autoscaling_group", None)
    states = [] if group is None else group.instance_states
    return group, next((state for state in states if state.instance is instance), None)


@live_instances.at_running
def _enter_service(instance: Instance) -> None:
    group, state = _member_of(instance)
    if state is None:
        return
    if state.lifecycle_state == _PENDING:
        state.lifecycle_state = "InService"
        finish(group, LAUNCH, state.overlay_activity, instance)
        state.overlay_activity = None
        if group.name in group.autoscaling_backend.autoscaling_groups:
            group.autoscaling_backend.update_attached_target_groups(group.name)


@live_instances.at_terminated
def _leave(instance: Instance) -> None:
    group, state = _member_of(instance)
    if state is not None and is_leaving(state):
        group.instance_states = [other for other in group.instance_states if other is not state]
        finish(group, TERMINATE, state.overlay_activity, instance)
        _delete_empty(group)


def begin_deletion(group: FakeAutoScalingGroup, causes: list[str]) -> None:
    """A deleted group exists until its instances are terminated."""
    group.status = "Delete in progress"
    group.min_size = group.max_size = group.desired_capacity = 0
    terminate(group, list(group.instance_states), causes, drains=False)
    for state in group.instance_states:
        _terminate_instance(group, state)
    _delete_empty(group)


def is_deleted(group: FakeAutoScalingGroup) -> bool:
    return getattr(group, "status", None) is not None


def _delete_empty(group: FakeAutoScalingGroup) -> None:
    if is_deleted(group) and not group.instance_states:
        group.autoscaling_backend.autoscaling_groups.pop(group.name, None)


def all_groups() -> list[FakeAutoScalingGroup]:
    return [
        group
        for regions in list(dict.values(autoscaling_backends))
        for backend in list(dict.values(regions))
        for group in list(backend.autoscaling_groups.values())
    ]


@live.at_tick
@live.at_end
def _end_draining() -> None:
    """Terminates the leaving instances whose targets have drained, or whose live region ended."""
    for group in all_groups():
        for state in [state for state in group.instance_states if is_leaving(state)]:
            if not live.attached() or not _drains(group, state):
                state.overlay_activity["StatusCode"] = "InProgress"
                _terminate_instance(group, state)
