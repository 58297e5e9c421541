"""Gap: a group accepts any capacity and loses settings, and actions of one name in two groups overwrite each other.

Here minimum <= desired <= maximum is required, a name is used once, and warm-up, cooldown, grace period, termination
policies and instance lifetime are kept, on create and on update.
"""

from moto.autoscaling.models import AutoScalingBackend, FakeAutoScalingGroup
from moto.autoscaling.responses import AutoScalingResponse
from moto.core.utils import utcnow

from .. import scaling_causes
from ..errors import aws_error
from ..patching import replaces
from .autoscaling_events import existing_group
from .autoscaling_terminations import register_targets

#: Parameters that moto drops, with the attribute that its answers read.
_KEPT = {
    "DefaultCooldown": "default_cooldown",
    "DefaultInstanceWarmup": "default_instance_warmup",
    "HealthCheckGracePeriod": "health_check_grace_period",
    "MaxInstanceLifetime": "max_instance_lifetime",
    "CapacityRebalance": "capacity_rebalance",
    "TerminationPolicies": "termination_policies",
    "PlacementGroup": "placement_group",
}


@replaces(AutoScalingResponse, "create_auto_scaling_group")
def _create_group(original, self: AutoScalingResponse):
    name = self._get_param("AutoScalingGroupName")
    if name in self.autoscaling_backend.autoscaling_groups:
        raise aws_error(
            "autoscaling", "AlreadyExists", f"AutoScalingGroup by this name already exists - {name}"
        )
    check_bounds(
        self._get_int_param("MinSize"), self._get_int_param("DesiredCapacity"), self._get_int_param("MaxSize")
    )
    with scaling_causes.because(scaling_causes.USER_CREATED):
        result = original(self)
    group = self.autoscaling_backend.autoscaling_groups[name]
    _keep_settings(self, group)
    # moto writes the machine's local time and reads it as UTC.
    group.created_time = utcnow()
    # AWS's own default; moto's is 300.
    if self._get_param("HealthCheckGracePeriod") is None:
        group.health_check_grace_period = 0
    return result


@replaces(AutoScalingResponse, "update_auto_scaling_group")
def _update_group(original, self: AutoScalingResponse):
    group = existing_group(self.autoscaling_backend, self._get_param("AutoScalingGroupName"))
    smallest = self._get_int_param("MinSize", group.min_size)
    largest = self._get_int_param("MaxSize", group.max_size)
    wanted = self._get_int_param("DesiredCapacity")
    check_bounds(smallest, wanted, largest)
    desired = min(max(group.desired_capacity, smallest), largest) if wanted is None else wanted
    self.params["DesiredCapacity"] = desired
    _keep_settings(self, group)
    with scaling_causes.because(scaling_causes.user_update(smallest, largest, desired)):
        return original(self)


def check_bounds(smallest: int, desired: int | None, largest: int) -> None:
    if smallest > largest:
        raise aws_error(
            "autoscaling",
            "ValidationError",
            f"Max bound, {largest}, must be greater than or equal to min bound, {smallest}",
        )
    if desired is not None and not smallest <= desired <= largest:
        raise aws_error(
            "autoscaling",
            "ValidationError",
            f"Desired capacity:{desired} must be between the specified min size:{smallest} and max size:{largest}",
        )


def _keep_settings(response: AutoScalingResponse, group: FakeAutoScalingGroup) -> None:
    for parameter, attribute in _KEPT.items():
        value = response._get_param(parameter)
        if value is not None:
            setattr(group, attribute, value)


@replaces(AutoScalingBackend, "set_desired_capacity")
def _set_desired_capacity(original, self: AutoScalingBackend, group_name: str, desired_capacity: int | None):
    group = existing_group(self, group_name)
    if desired_capacity is not None and desired_capacity > group.max_size:
        raise _out_of_bounds(desired_capacity, "above max", group.max_size)
    if desired_capacity is not None and desired_capacity < group.min_size:
        raise _out_of_bounds(desired_capacity, "below min", group.min_size)
    original(self, group_name, desired_capacity)
    register_targets(group)


def _out_of_bounds(value: int, where: str, bound: int):
    message = f"New SetDesiredCapacity value {value} is {where} value {bound} for the AutoScalingGroup."
    return aws_error("autoscaling", "ValidationError", message)


@replaces(AutoScalingBackend, "put_scheduled_update_group_action")
def _put_scheduled_action(original, self: AutoScalingBackend, **action):
    group = existing_group(self, action["name"])
    _check_scheduled(action["min_size"], action["desired_capacity"], action["max_size"])
    _check_times(self, action)
    others = dict(self.scheduled_actions)
    scheduled = original(self, **action)
    scheduled.scheduled_action_arn = (
        f"arn:aws:autoscaling:{self.region_name}:{self.account_id}:scheduledUpdateGroupAction:{group._id}:"
        f"autoScalingGroupName/{group.name}:scheduledActionName/{scheduled.scheduled_action_name}"
    )
    self.scheduled_actions.clear()
    self.scheduled_actions.update(others)
    self.scheduled_actions[_key(action["name"], action["scheduled_action_name"])] = scheduled
    return scheduled


@replaces(AutoScalingBackend, "delete_scheduled_action")
def _delete_scheduled_action(
    _original, self: AutoScalingBackend, auto_scaling_group_name: str, scheduled_action_name: str
):
    if self.scheduled_actions.pop(_key(auto_scaling_group_name, scheduled_action_name), None) is None:
        raise aws_error("autoscaling", "ValidationError", "Scheduled action name not found")


def _check_scheduled(smallest: int | None, desired: int | None, largest: int | None) -> None:
    """A size that is left out, or is -1, does not change."""
    given = [int(size) for size in (smallest, desired, largest) if size is not None and int(size) >= 0]
    if given != sorted(given):
        raise aws_error(
            "autoscaling",
            "ValidationError",
            "Given sizes must be in the order: MinSize <= DesiredCapacity <= MaxSize",
        )


def _check_times(backend: AutoScalingBackend, action: dict) -> None:
    for other in backend.scheduled_actions.values():
        if (
            other.auto_scaling_group_name == action["name"]
            and other.scheduled_action_name != action["scheduled_action_name"]
            and action["recurrence"] is not None
            and (other.recurrence, other.time_zone) == (action["recurrence"], action["timezone"])
        ):
            raise aws_error(
                "autoscaling",
                "AlreadyExists",
                f"A scheduled action with this start time already exists: {other.scheduled_action_name}",
            )


def _key(group_name: str, name: str) -> str:
    return f"{group_name}/{name}"
