"""Gap: a group terminates any of its instances, reports nothing, and leaves them registered as targets.

Here it selects by AWS's default policy (the fullest zone, the oldest template, the longest running; never a protected
one), deregisters the instance from the target groups and notifies the topics. An instance that a user stops or
terminates, or that is reported unhealthy, is replaced. A group with instances is deleted only with ForceDelete.
"""

from collections import Counter

from moto.autoscaling.models import AutoScalingBackend, FakeAutoScalingGroup, InstanceState
from moto.autoscaling.responses import AutoScalingResponse
from moto.core.responses import ActionResult, EmptyResult
from moto.ec2.models.instances import InstanceBackend

from .. import live, scaling_causes, scaling_members
from ..errors import aws_error
from ..patching import replaces
from .autoscaling_alarms import remove_alarms
from .autoscaling_events import TERMINATE, existing_group, record
from .autoscaling_launches import launch

NOT_RUNNING = "an EC2 health check indicating it has been terminated or stopped"


@replaces(FakeAutoScalingGroup, "set_desired_capacity")
def _set_desired_capacity(_original, self: FakeAutoScalingGroup, new_capacity: int | None):
    if self.mixed_instances_policy:
        raise NotImplementedError("groups with a mixed instances policy")
    before = getattr(self, "desired_capacity", None) or 0
    self.desired_capacity = self.min_size if new_capacity is None else new_capacity
    causes = scaling_causes.change(before, self.desired_capacity)
    present = len(self.active_instances())
    if present > self.desired_capacity:
        leaving = _choose(self, present - self.desired_capacity)
        ids = [state.instance.id for state in leaving]
        terminate(self, leaving, causes + scaling_causes.ended(present, self.desired_capacity, ids))
    elif present < self.desired_capacity and not is_suspended(self, "Launch"):
        _start(self, present, causes)
    register_targets(self)


def _start(group: FakeAutoScalingGroup, present: int, causes: list[str]) -> None:
    missing = group.desired_capacity - present
    if group.ec2_launch_template is None:
        group.replace_autoscaling_group_instances(missing, group.get_propagated_tags())
    else:
        launch(group, missing, [*causes, scaling_causes.started(present, group.desired_capacity)])


@replaces(FakeAutoScalingGroup, "active_instances")
def _active_instances(_original, self: FakeAutoScalingGroup) -> list[InstanceState]:
    """Also those that a live region has not booted yet: they count for the capacity."""
    return [state for state in self.instance_states if state.lifecycle_state in ("InService", "Pending")]


@replaces(AutoScalingBackend, "update_attached_target_groups")
def _update_attached_target_groups(original, self: AutoScalingBackend, group_name: str):
    """Registers only instances that run."""
    group = self.autoscaling_groups[group_name]
    every = group.instance_states
    group.instance_states = [
        state for state in every if scaling_members.is_in_service(state) and state.instance.state == "running"
    ]
    try:
        original(self, group_name)
    finally:
        group.instance_states = every


def register_targets(group: FakeAutoScalingGroup) -> None:
    if group.name in group.autoscaling_backend.autoscaling_groups:
        group.autoscaling_backend.update_attached_target_groups(group.name)


def terminate(group: FakeAutoScalingGroup, states: list[InstanceState], causes: list[str]) -> list[dict]:
    """Terminates instances of the group and returns the activities."""
    if live.attached():
        return scaling_members.terminate(group, states, causes)
    if not states:
        return []
    ids = [state.instance.id for state in states]
    for state in states:
        state.instance.disable_api_termination = False
    group.ec2_backend.terminate_instances(ids)
    return _forget(group, ids, causes)


def _forget(group: FakeAutoScalingGroup, instance_ids: list[str], causes: list[str]) -> list[dict]:
    gone = [state for state in group.instance_states if state.instance.id in instance_ids]
    if live.attached():
        return [state.overlay_activity for state in scaling_members.left_by_user(group, gone, causes)]
    group.instance_states = [state for state in group.instance_states if state not in gone]
    group.autoscaling_backend.elbv2_backend.notify_terminate_instances(instance_ids)
    return [record(group, TERMINATE, causes, state.instance) for state in gone]


def _choose(group: FakeAutoScalingGroup, count: int) -> list[InstanceState]:
    """Selects by AWS's default termination policy, among the instances that are not protected from scale-in."""
    free = [state for state in group.active_instances() if not state.protected_from_scale_in]
    chosen: list[InstanceState] = []
    while len(chosen) < count and len(chosen) < len(free):
        left = [state for state in group.active_instances() if state not in chosen]
        in_zone = Counter(state.availability_zone for state in left)
        candidates = [state for state in free if state not in chosen]
        chosen.append(
            min(
                candidates,
                key=lambda state: (
                    -in_zone[state.availability_zone],
                    int(getattr(state.instance, "overlay_template", {}).get("Version", 0)),
                    state.instance.launch_time,
                ),
            )
        )
    return chosen


def is_suspended(group: FakeAutoScalingGroup, process: str) -> bool:
    return any(suspended["ProcessName"] == process for suspended in group.suspended_processes)


@replaces(AutoScalingBackend, "notify_terminate_instances")
def _notify_terminate_instances(_original, self: AutoScalingBackend, instance_ids: list[str]):
    for group in self.autoscaling_groups.values():
        if _forget(group, instance_ids, [_taken_out(NOT_RUNNING)]):
            refill(group)


def refill(group: FakeAutoScalingGroup, cause: str = scaling_causes.REPLACEMENT) -> None:
    """Launches what the group lacks."""
    missing = (group.desired_capacity or 0) - len(group.active_instances())
    if missing > 0 and not is_suspended(group, "Launch") and not scaling_members.is_deleted(group):
        launch(group, missing, [cause])
    register_targets(group)


def replace_unhealthy(group: FakeAutoScalingGroup, states: list[InstanceState], reason: str) -> None:
    if not states or is_suspended(group, "ReplaceUnhealthy") or is_suspended(group, "Terminate"):
        return
    terminate(group, states, [_taken_out(reason)])
    refill(group)


def _taken_out(reason: str) -> str:
    return f"an instance was taken out of service in response to {reason}."


@replaces(AutoScalingBackend, "set_instance_health")
def _set_instance_health(original, self: AutoScalingBackend, instance_id: str, health_status: str):
    group, state = member(self, instance_id)
    original(self, instance_id, health_status)
    if health_status == "Unhealthy":
        replace_unhealthy(group, [state], "a user health-check")


@replaces(InstanceBackend, "stop_instances")
def _stop_instances(original, self: InstanceBackend, instance_ids: list[str]):
    stopped = original(self, instance_ids)
    for instance, _ in stopped:
        group = getattr(instance, "autoscaling_group", None)
        states = [state for state in group.instance_states if state.instance is instance] if group else []
        for state in states:
            if live.attached() and (scaling_members.is_leaving(state) or is_suspended(group, "HealthCheck")):
                continue
            state.health_status = "Unhealthy"
            replace_unhealthy(group, [state], NOT_RUNNING)
    return stopped


def member(backend: AutoScalingBackend, instance_id: str) -> tuple[FakeAutoScalingGroup, InstanceState]:
    for group in backend.autoscaling_groups.values():
        for state in group.instance_states:
            if state.instance.id == instance_id:
                return group, state
    raise aws_error(
        "autoscaling",
        "ValidationError",
        f"Instance Id not found - No managed instance found for instance ID {instance_id}",
    )


@replaces(AutoScalingResponse, "terminate_instance_in_auto_scaling_group")
def _terminate_instance_in_group(_original, self: AutoScalingResponse):
    group, state = member(self.autoscaling_backend, self._get_param("InstanceId"))
    if scaling_members.is_leaving(state):
        return ActionResult({"Activity": state.overlay_activity})
    shrinking = ""
    if self._get_bool_param("ShouldDecrementDesiredCapacity", False):
        if group.desired_capacity <= group.min_size:
            raise aws_error(
                "autoscaling",
                "ValidationError",
                f"Currently, desiredSize equals minSize ({group.min_size}). Terminating instance without replacement "
                f"will violate group's min size constraint. Either set shouldDecrementDesiredCapacity flag to false or "
                f"lower group's min size.",
            )
        group.desired_capacity -= 1
        shrinking = f", shrinking the capacity from {group.desired_capacity + 1} to {group.desired_capacity}"
    cause = f"instance {state.instance.id} was taken out of service in response to a user request{shrinking}."
    (activity,) = terminate(group, [state], [cause])
    refill(group)
    return ActionResult({"Activity": activity})


@replaces(AutoScalingBackend, "detach_instances")
def _detach_instances(
    original, self: AutoScalingBackend, group_name: str, instance_ids: list[str], should_decrement: bool
):
    group = existing_group(self, group_name)
    for arn in group.target_group_arns:
        targets = self.elbv2_backend.target_groups[arn].targets
        for instance_id in instance_ids:
            targets.pop(instance_id, None)
    return original(self, group_name, instance_ids, should_decrement)


@replaces(AutoScalingResponse, "delete_auto_scaling_group")
def _delete_group(_original, self: AutoScalingResponse):
    backend = self.autoscaling_backend
    group = existing_group(backend, self._get_param("AutoScalingGroupName"))
    if group.instance_states and not self._get_bool_param("ForceDelete", False):
        raise aws_error(
            "autoscaling",
            "ResourceInUse",
            "You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still "
            "in the group.",
        )
    before, group.desired_capacity = group.desired_capacity, 0
    leaving = list(group.instance_states)
    ids = [state.instance.id for state in leaving]
    with scaling_causes.because(scaling_causes.user_update(0, 0, 0)):
        causes = scaling_causes.change(before, 0) + scaling_causes.ended(len(ids), 0, ids)
    if live.attached():
        scaling_members.begin_deletion(group, causes)
    else:
        terminate(group, leaving, causes)
        del backend.autoscaling_groups[group.name]
    for policy in backend.policies.values():
        if policy.auto_scaling_group_name == group.name:
            remove_alarms(policy)
    for owned in (backend.policies, backend.scheduled_actions, backend.lifecycle_hooks):
        for key in [key for key, value in owned.items() if value.auto_scaling_group_name == group.name]:
            del owned[key]
    return EmptyResult()
