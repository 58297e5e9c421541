"""Which servers of a group warm up, when a live region runs them.

A server's warm-up begins when it is in service. Until it ends, the server does not count in the group's metrics. With a
faster pace than AWS's, the warm-up is shorter, but it lasts until the load balancer finds the server healthy: a boot is
not faster.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from moto.autoscaling.models import FakeAutoScalingGroup, InstanceState, autoscaling_backends
from moto.core.utils import utcnow

from . import live, pace

_SINCE = "overlay_in_service_since"


def groups() -> Iterator[FakeAutoScalingGroup]:
    """All groups of all accounts and regions."""
    for regions in list(dict.values(autoscaling_backends)):
        for backend in list(dict.values(regions)):
            yield from list(backend.autoscaling_groups.values())


@live.at_tick
def _note_in_service() -> None:
    now = utcnow()
    for group in groups():
        for state in group.instance_states:
            if is_in_service(state):
                state.instance.__dict__.setdefault(_SINCE, now)
            else:
                state.instance.__dict__.pop(_SINCE, None)


def is_in_service(state: InstanceState) -> bool:
    return state.lifecycle_state == "InService" and state.instance._state.name == "running"


def measured(group: FakeAutoScalingGroup) -> list[InstanceState]:
    """The instances that count in the group's metrics."""
    now = utcnow()
    return [state for state in group.instance_states if is_in_service(state) and not _is_warming(group, state, now)]


def measured_in(account_id: str) -> list[dict[str, Any]]:
    """The instances of `measured` of each group in the account."""
    return [
        {
            "region": group.region,
            "group": group.name,
            "instances": [state.instance.id for state in measured(group)],
        }
        for group in groups()
        if group.account_id == account_id
    ]


def _is_warming(group: FakeAutoScalingGroup, state: InstanceState, now: datetime) -> bool:
    since = state.instance.__dict__.get(_SINCE)
    if since is None:
        return True
    whole = timedelta(seconds=_warm_up_seconds(group))
    paced = whole * pace.seconds_per_minute(group.account_id) / 60
    passed = now - since
    return passed < paced or (passed < whole and _is_unhealthy(group, state.instance.id))


def _warm_up_seconds(group: FakeAutoScalingGroup) -> int:
    """The group's, or its policy's, or its cooldown, as AWS decides."""
    given = getattr(group, "default_instance_warmup", None)
    if given is not None and int(given) >= 0:
        return int(given)
    for policy in group.autoscaling_backend.policies.values():
        if policy.auto_scaling_group_name == group.name and policy.estimated_instance_warmup is not None:
            return int(policy.estimated_instance_warmup)
    return int(group.default_cooldown)


def _is_unhealthy(group: FakeAutoScalingGroup, instance_id: str) -> bool:
    backend = group.autoscaling_backend.elbv2_backend
    return any(
        health.status != "healthy"
        for arn in group.target_group_arns
        if arn in backend.target_groups
        for health in backend.describe_target_health(arn, [{"Id": instance_id}])
    )
