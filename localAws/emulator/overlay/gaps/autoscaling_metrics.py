"""Gap: a group's metrics cannot be disabled, and enabling some disables all others."""

from moto.autoscaling.responses import AutoScalingResponse
from moto.core.responses import EmptyResult

from ..patching import adds, replaces
from .autoscaling_events import existing_group

#: Source: EC2 Auto Scaling API reference, EnableMetricsCollection; the default is all of these.
_ALL = (
    "GroupMinSize",
    "GroupMaxSize",
    "GroupDesiredCapacity",
    "GroupInServiceInstances",
    "GroupPendingInstances",
    "GroupStandbyInstances",
    "GroupTerminatingInstances",
    "GroupTotalInstances",
    "GroupInServiceCapacity",
    "GroupPendingCapacity",
    "GroupStandbyCapacity",
    "GroupTerminatingCapacity",
    "GroupTotalCapacity",
    "WarmPoolDesiredCapacity",
    "WarmPoolWarmedCapacity",
    "WarmPoolPendingCapacity",
    "WarmPoolTerminatingCapacity",
    "WarmPoolTotalCapacity",
    "GroupAndWarmPoolDesiredCapacity",
    "GroupAndWarmPoolTotalCapacity",
)


@replaces(AutoScalingResponse, "enable_metrics_collection")
def _enable(_original, self: AutoScalingResponse):
    group = existing_group(self.autoscaling_backend, self._get_param("AutoScalingGroupName"))
    wanted = self._get_param("Metrics") or _ALL
    group.metrics = [metric for metric in _ALL if metric in wanted or metric in group.metrics]
    return EmptyResult()


@adds(AutoScalingResponse)
def disable_metrics_collection(self: AutoScalingResponse):
    group = existing_group(self.autoscaling_backend, self._get_param("AutoScalingGroupName"))
    unwanted = self._get_param("Metrics") or _ALL
    group.metrics = [metric for metric in group.metrics if metric not in unwanted]
    return EmptyResult()
