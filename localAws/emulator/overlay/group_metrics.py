"""The metrics of Auto Scaling groups with a live region: of their instances together, and of their sizes.

The region reports a metric of an instance with the dimension InstanceId. As on AWS, CloudWatch has it also for the
instance's image and type, with detailed monitoring, and for its group, unless the instance warms up.
"""

import time
from typing import Any

from moto.autoscaling.models import FakeAutoScalingGroup
from moto.cloudwatch.models import cloudwatch_backends

from . import live, live_instances, pace, warm_up
from .patching import state_of
from .reported_metrics import add, key_of
from .scaling_members import all_groups

_GROUP = "AutoScalingGroupName"

#: Lifecycle states that a metric counts; each is a metric of instances, and one of capacity.
_LIFECYCLES = {
    "Pending": ("Pending", "Pending:Wait", "Pending:Proceed"),
    "Standby": ("Standby", "EnteringStandby"),
    "Terminating": ("Terminating", "Terminating:Wait", "Terminating:Proceed"),
}


def all_dimensions(
    account_id: str, region: str, namespace: str, datum: dict[str, Any]
) -> list[dict[str, str]]:
    """The dimensions under which CloudWatch keeps a reported value."""
    given: dict[str, str] = datum["dimensions"]
    instance = None
    if namespace == "AWS/EC2" and list(given) == ["InstanceId"]:
        instance = live_instances.find(account_id, region, given["InstanceId"])
    if instance is None:
        return [given]
    found = [given]
    if instance.monitoring_state == "enabled":
        found += [{"ImageId": instance.image_id}, {"InstanceType": instance.instance_type}]
    group = getattr(instance, "autoscaling_group", None)
    if group is not None and warm_up.counts(group, instance, datum["at"]):
        found.append({_GROUP: group.name})
    return found


@live.at_tick
def _measure() -> None:
    """Auto Scaling sends a group's metrics each minute, if they are enabled."""
    now = time.time()
    for group in all_groups():
        measured = state_of(group, "measured", dict)
        period = pace.seconds_per_minute(group.account_id)
        if not group.metrics or now - measured.get("at", 0.0) < period:
            continue
        measured["at"] = now
        backend = cloudwatch_backends[group.account_id][group.region]
        dimensions = [{"Name": _GROUP, "Value": group.name}]
        for name, value in _values(group).items():
            if name in group.metrics:
                add(backend, key_of("AWS/AutoScaling", name, dimensions), now, float(value), "None")


def _values(group: FakeAutoScalingGroup) -> dict[str, int]:
    states = group.instance_states
    counts = {
        name: sum(state.lifecycle_state in lifecycles for state in states)
        for name, lifecycles in _LIFECYCLES.items()
    }
    counts["InService"] = sum(warm_up.is_in_service(state) for state in states)
    counts["Total"] = sum(counts.values())
    return {
        "GroupMinSize": group.min_size,
        "GroupMaxSize": group.max_size,
        "GroupDesiredCapacity": group.desired_capacity or 0,
        **{f"Group{name}Instances": count for name, count in counts.items()},
        **{f"Group{name}Capacity": count for name, count in counts.items()},
    }
