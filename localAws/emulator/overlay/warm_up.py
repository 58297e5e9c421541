"""Which servers of a group warm up, when a live region runs them.

A server's warm-up begins when it is in service. Until it ends, the server does not count in the group's metrics. With a
faster pace than AWS's, the warm-up is shorter, but it lasts until the load balancer finds the server healthy: a boot is
not faster.
"""

from typing import Any

from moto.autoscaling.models import FakeAutoScalingGroup, InstanceState
from moto.ec2.models.instances import Instance

from . import pace
from .gaps.elbv2_live import health_of
from .scaling_members import all_groups, in_service_seconds

_SINCE = "overlay_measured_since"


def is_in_service(state: InstanceState) -> bool:
    return state.lifecycle_state == "InService" and state.instance.state == "running"


def measured(group: FakeAutoScalingGroup) -> list[InstanceState]:
    """The instances that count in the group's metrics."""
    return [
        state for state in group.instance_states if is_in_service(state) and not _is_warming_up(group, state)
    ]


def counts(group: FakeAutoScalingGroup, instance: Instance, at: int) -> bool:
    """Whether a value of this instance counts in the group's metric; notes since when it does."""
    is_measured = any(state.instance is instance for state in measured(group))
    if is_measured:
        instance.__dict__.setdefault(_SINCE, at)
    else:
        instance.__dict__.pop(_SINCE, None)
    return is_measured


def measured_in(account_id: str) -> list[dict[str, Any]]:
    """The measured instances of each group in the account, and since when (in milliseconds) they count."""
    return [
        {
            "region": group.region,
            "group": group.name,
            "since": {
                state.instance.id: state.instance.__dict__[_SINCE]
                for state in measured(group)
                if _SINCE in state.instance.__dict__
            },
        }
        for group in all_groups()
        if group.account_id == account_id
    ]


def _is_warming_up(group: FakeAutoScalingGroup, state: InstanceState) -> bool:
    passed, whole = in_service_seconds(state), _seconds(group)
    paced = whole * pace.seconds_per_minute(group.account_id) / 60
    return passed < paced or (passed < whole and not _is_healthy(group, state.instance.id))


def _seconds(group: FakeAutoScalingGroup) -> int:
    """The group's warm-up, or its policy's, or its cooldown, as AWS decides."""
    given = getattr(group, "default_instance_warmup", None)
    if given is not None and int(given) >= 0:
        return int(given)
    for policy in group.autoscaling_backend.policies.values():
        if policy.auto_scaling_group_name == group.name and policy.estimated_instance_warmup is not None:
            return int(policy.estimated_instance_warmup)
    return int(group.default_cooldown)


def _is_healthy(group: FakeAutoScalingGroup, instance_id: str) -> bool:
    """Whether all its target groups find it healthy; so it is without target groups."""
    known = group.autoscaling_backend.elbv2_backend.target_groups
    target_groups = [known[arn] for arn in group.target_group_arns if arn in known]
    return all(health_of(target_group, instance_id)[0] == "healthy" for target_group in target_groups)
