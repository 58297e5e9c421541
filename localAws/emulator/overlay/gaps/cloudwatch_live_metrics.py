"""Gap: moto has no metrics that AWS sends. Here it has those that a live region reports, and those of Auto Scaling.

The region reports an instance's metrics with the dimension InstanceId. As on AWS, CloudWatch has them also for its
image and type (with detailed monitoring) and for its group, without servers that warm up.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from moto.autoscaling.models import FakeAutoScalingGroup
from moto.cloudwatch.models import CloudWatchBackend, MetricDatum, cloudwatch_backends
from moto.core.utils import utcnow
from moto.ec2.models import ec2_backends

from .. import live, pace, warm_up
from ..patching import state_of
from ..reports import handles
from ..scaling_members import all_groups
from . import cloudwatch_series

_GROUP_DIMENSION = "AutoScalingGroupName"

#: Counted lifecycle states of the group metrics; each has a metric for instances and one for capacity.
_LIFECYCLES = {
    "Pending": ("Pending", "Pending:Wait", "Pending:Proceed"),
    "Standby": ("Standby", "EnteringStandby"),
    "Terminating": ("Terminating", "Terminating:Wait", "Terminating:Proceed"),
}


@handles("metrics")
def _keep(report: dict[str, Any]) -> None:
    account_id, region = report["accountId"], report["region"]
    backend = cloudwatch_backends[account_id][region]
    for datum in report["data"]:
        at = datetime.fromtimestamp(datum["at"] / 1000, UTC).replace(tzinfo=None)
        for dimensions in _all_dimensions(account_id, region, report["namespace"], datum):
            _put(backend, report["namespace"], datum["name"], datum["value"], datum["unit"], dimensions, at)
    cloudwatch_series.compact(backend)


def _all_dimensions(
    account_id: str, region: str, namespace: str, datum: dict[str, Any]
) -> list[dict[str, str]]:
    given: dict[str, str] = datum["dimensions"]
    if namespace != "AWS/EC2" or list(given) != ["InstanceId"]:
        return [given]
    instance = ec2_backends[account_id][region].get_instance_by_id(given["InstanceId"])
    if instance is None:
        return [given]
    found = [given]
    if instance.monitoring_state == "enabled":
        found += [{"ImageId": instance.image_id}, {"InstanceType": instance.instance_type}]
    group = getattr(instance, "autoscaling_group", None)
    if group is not None and warm_up.counts(group, instance, datum["at"]):
        found.append({_GROUP_DIMENSION: group.name})
    return found


def _put(
    backend: CloudWatchBackend,
    namespace: str,
    name: str,
    value: float,
    unit: str,
    dimensions: dict[str, str],
    at: datetime,
) -> None:
    pairs = [{"Name": key, "Value": text} for key, text in dimensions.items()]
    backend.metric_data.append(MetricDatum(namespace, name, float(value), pairs, at, unit))


@live.at_tick
def _measure_groups() -> None:
    """Auto Scaling sends a group's metrics each minute, if they are enabled."""
    now = utcnow()
    for group in all_groups():
        last = state_of(group, "measured_at", lambda: [datetime.min])
        period = timedelta(seconds=pace.seconds_per_minute(group.account_id))
        if not group.metrics or now - last[0] < period:
            continue
        last[0] = now
        backend = cloudwatch_backends[group.account_id][group.region]
        for name, value in _group_values(group).items():
            if name in group.metrics:
                dimensions = {_GROUP_DIMENSION: group.name}
                _put(backend, "AWS/AutoScaling", name, value, "None", dimensions, now)


def _group_values(group: FakeAutoScalingGroup) -> dict[str, int]:
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
