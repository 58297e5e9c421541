"""Gap: a group ends any of its servers, tells nobody, and leaves them registered as targets.

Here it ends the right one (in the fullest zone, of the oldest template, the longest running; never a protected one),
takes it out of its target groups and tells its topics. A server that somebody else stops or ends, or that is reported
unhealthy, is replaced. A group with servers is deleted by force only.
"""

from collections import Counter

from moto.autoscaling.models import AutoScalingBackend, FakeAutoScalingGroup, InstanceState
from moto.autoscaling.responses import AutoScalingResponse
from moto.core.responses import ActionResult, EmptyResult
from moto.ec2.models.instances import InstanceBackend

from ..errors import aws_error
from ..patching import replaces
from .autoscaling_events import TERMINATE, existing_group, record
from .autoscaling_launches import launch


@replaces(FakeAutoScalingGroup, "set_desired_capacity")
def _set_desired_capacity(_original, self: FakeAutoScalingGroup, new_capacity: int | None):
    if self.mixed_instances_policy:
        raise NotImplementedError("groups with a mixed instances policy")
    self.desired_capacity = self.min_size if new_capacity is None else new_capacity
    surplus = len(self.active_instances()) - self.desired_capacity
    cause = f"a user request update changed the desired capacity to {self.desired_capacity}."
    if surplus > 0:
        terminate(self, _choose(self, surplus), cause)
    elif surplus < 0 and not _suspended(self, "Launch"):
        self.replace_autoscaling_group_instances(-surplus, self.get_propagated_tags())
    register_targets(self)


def register_targets(group: FakeAutoScalingGroup) -> None:
    if group.name in group.autoscaling_backend.autoscaling_groups:
        group.autoscaling_backend.update_attached_target_groups(group.name)


def terminate(group: FakeAutoScalingGroup, states: list[InstanceState], cause: str) -> list[dict]:
    """Ends servers of the group and answers the activities."""
    if not states:
        return []
    ids = [state.instance.id for state in states]
    for state in states:
        state.instance.disable_api_termination = False
    group.ec2_backend.terminate_instances(ids)
    return _forget(group, ids, cause)


def _forget(group: FakeAutoScalingGroup, instance_ids: list[str], cause: str) -> list[dict]:
    gone = [state for state in group.instance_states if state.instance.id in instance_ids]
    group.instance_states = [state for state in group.instance_states if state not in gone]
    group.autoscaling_backend.elbv2_backend.notify_terminate_instances(instance_ids)
    return [record(group, TERMINATE, cause, state.instance) for state in gone]


def _choose(group: FakeAutoScalingGroup, count: int) -> list[InstanceState]:
    """AWS's default termination policy, over the instances that are not protected from scale-in."""
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


def _suspended(group: FakeAutoScalingGroup, process: str) -> bool:
    return any(suspended["ProcessName"] == process for suspended in group.suspended_processes)


@replaces(AutoScalingBackend, "notify_terminate_instances")
def _notify_terminate_instances(_original, self: AutoScalingBackend, instance_ids: list[str]):
    for group in self.autoscaling_groups.values():
        cause = (
            "an instance was taken out of service in response to an EC2 health check: terminated or stopped."
        )
        if _forget(group, instance_ids, cause):
            _refill(group)


def _refill(group: FakeAutoScalingGroup) -> None:
    missing = (group.desired_capacity or 0) - len(group.active_instances())
    if missing > 0 and not _suspended(group, "Launch"):
        launch(
            group,
            missing,
            "an instance was started in response to an unhealthy instance needing to be replaced.",
        )
    register_targets(group)


def _replace_unhealthy(group: FakeAutoScalingGroup, states: list[InstanceState], reason: str) -> None:
    if not states or _suspended(group, "ReplaceUnhealthy") or _suspended(group, "Terminate"):
        return
    terminate(group, states, f"an instance was taken out of service in response to {reason}.")
    _refill(group)


@replaces(AutoScalingBackend, "set_instance_health")
def _set_instance_health(original, self: AutoScalingBackend, instance_id: str, health_status: str):
    group, state = _member(self, instance_id)
    original(self, instance_id, health_status)
    if health_status == "Unhealthy":
        _replace_unhealthy(group, [state], "a user health-check")


@replaces(InstanceBackend, "stop_instances")
def _stop_instances(original, self: InstanceBackend, instance_ids: list[str]):
    stopped = original(self, instance_ids)
    for instance, _ in stopped:
        group = getattr(instance, "autoscaling_group", None)
        states = [state for state in group.instance_states if state.instance is instance] if group else []
        for state in states:
            state.health_status = "Unhealthy"
            _replace_unhealthy(group, [state], "an EC2 health check: terminated or stopped")
    return stopped


def _member(backend: AutoScalingBackend, instance_id: str) -> tuple[FakeAutoScalingGroup, InstanceState]:
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
    group, state = _member(self.autoscaling_backend, self._get_param("InstanceId"))
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
    cause = "an instance was taken out of service in response to a user request."
    (activity,) = terminate(group, [state], cause)
    _refill(group)
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
    group.desired_capacity = 0
    terminate(group, list(group.instance_states), "the group was deleted.")
    del backend.autoscaling_groups[group.name]
    for owned in (backend.policies, backend.scheduled_actions, backend.lifecycle_hooks):
        for key in [key for key, value in owned.items() if value.auto_scaling_group_name == group.name]:
            del owned[key]
    return EmptyResult()
