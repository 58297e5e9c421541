"""Gap: a target tracking policy has no alarms. Here it has Auto Scaling's two alarms, deleted with the policy.

The clock sets their states. A policy with DisableScaleIn has only the alarm for high values.
"""

from typing import Any

from moto.autoscaling.models import AutoScalingBackend, FakeScalingPolicy
from moto.cloudwatch.models import CloudWatchBackend, cloudwatch_backends
from moto.moto_api._internal import mock_random

#: AWS scales out when the metric is above its target for 3 minutes, and in when it is below 90 % of it for 15.
_HIGH = ("AlarmHigh", "GreaterThanThreshold", 3, 1.0)
_LOW = ("AlarmLow", "LessThanThreshold", 15, 0.9)

#: Namespace, name and statistic of the predefined metrics.
_PREDEFINED = {
    "ASGAverageCPUUtilization": ("AWS/EC2", "CPUUtilization", "Average"),
    "ASGAverageNetworkIn": ("AWS/EC2", "NetworkIn", "Average"),
    "ASGAverageNetworkOut": ("AWS/EC2", "NetworkOut", "Average"),
    "ALBRequestCountPerTarget": ("AWS/ApplicationELB", "RequestCountPerTarget", "Sum"),
}


def put_alarms(policy: FakeScalingPolicy) -> None:
    """Creates the policy's alarms and lists them in its ``alarms``, as DescribePolicies does."""
    policy.alarms = []
    if policy.target_tracking_configuration is None:
        return
    configuration = vars(policy.target_tracking_configuration)
    metric = _metric_of(configuration, policy.auto_scaling_group_name)
    if metric is None:
        return
    kinds = [_HIGH] if configuration.get("DisableScaleIn") else [_HIGH, _LOW]
    for kind, operator, minutes, share in kinds:
        alarm = _cloudwatch(policy.autoscaling_backend).put_metric_alarm(
            name=f"TargetTracking-{policy.auto_scaling_group_name}-{kind}-{mock_random.uuid4()}",
            description=f"DO NOT EDIT OR DELETE. For TargetTrackingScaling policy {policy.arn}.",
            comparison_operator=operator,
            evaluation_periods=minutes,
            period=60,
            threshold=round(float(configuration["TargetValue"]) * share, 6),
            alarm_actions=[policy.arn],
            **metric,
        )
        alarm.state_value = "INSUFFICIENT_DATA"
        policy.alarms.append({"AlarmName": alarm.name, "AlarmARN": alarm.alarm_arn})


def remove_alarms(policy: FakeScalingPolicy) -> None:
    names = [alarm["AlarmName"] for alarm in getattr(policy, "alarms", [])]
    _cloudwatch(policy.autoscaling_backend).delete_alarms(names)


def _metric_of(configuration: dict[str, Any], group_name: str) -> dict[str, Any] | None:
    predefined = configuration.get("PredefinedMetricSpecification") or {}
    custom = configuration.get("CustomizedMetricSpecification") or {}
    if predefined.get("PredefinedMetricType") in _PREDEFINED:
        namespace, name, statistic = _PREDEFINED[predefined["PredefinedMetricType"]]
        dimensions = _dimensions(group_name, predefined.get("ResourceLabel"))
    elif custom.get("MetricName"):
        namespace, name, statistic = custom["Namespace"], custom["MetricName"], custom["Statistic"]
        dimensions = custom.get("Dimensions") or []
    else:
        # Metric math: this emulator does not evaluate expressions.
        return None
    return {"namespace": namespace, "metric_name": name, "statistic": statistic, "dimensions": dimensions}


def _dimensions(group_name: str, label: str | None) -> list[dict[str, str]]:
    """A label is `app/<load balancer>/<id>/targetgroup/<target group>/<id>`."""
    if not label:
        return [{"Name": "AutoScalingGroupName", "Value": group_name}]
    load_balancer, _, target_group = label.partition("/targetgroup/")
    return [
        {"Name": "LoadBalancer", "Value": load_balancer},
        {"Name": "TargetGroup", "Value": f"targetgroup/{target_group}"},
    ]


def _cloudwatch(backend: AutoScalingBackend) -> CloudWatchBackend:
    found: CloudWatchBackend = cloudwatch_backends[backend.account_id][backend.region_name]
    return found
