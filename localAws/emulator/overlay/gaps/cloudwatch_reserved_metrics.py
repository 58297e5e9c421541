"""Gap: moto accepts metrics in AWS's own namespaces, and of groups that do not exist. Here it refuses them, as AWS does.

There is one exception, to create load: the CPU use of an Auto Scaling group that exists in the caller's account and
region. On AWS the group's instances send this metric, and so they do with a live region: then there is no exception.
"""

from collections.abc import Iterator
from datetime import datetime

from moto.autoscaling.models import autoscaling_backends
from moto.cloudwatch.models import CloudWatchBackend
from moto.cloudwatch.responses import CloudWatchResponse
from moto.core.utils import utcnow

from .. import live
from ..errors import aws_error
from ..patching import replaces

_DIMENSION = "AutoScalingGroupName"


@replaces(CloudWatchResponse, "put_metric_data")
def _put_metric_data(original, self: CloudWatchResponse):
    if not str(self._get_param("Namespace")).startswith("AWS/"):
        return original(self)
    loads = self._get_param("MetricData", [])
    for number, metric in enumerate(loads, start=1):
        _check(self, metric, f"MetricData.member.{number}")
    for metric in loads:
        metric["Timestamp"] = _second_of(metric.get("Timestamp") or utcnow())
        _remove_same(self.cloudwatch_backend, metric)
    return original(self)


def _second_of(time: datetime) -> datetime:
    return time.replace(microsecond=0)


def _remove_same(backend: CloudWatchBackend, metric: dict) -> None:
    """A group has one load at a time: of several within one second the last one counts."""
    backend.metric_data = [
        datum
        for datum in backend.metric_data
        if datum.namespace != "AWS/EC2"
        or datum.timestamp != metric["Timestamp"]
        or datum.dimensions[0].value != metric["Dimensions"][0]["Value"]
    ]


def _check(response: CloudWatchResponse, metric: dict, member: str) -> None:
    if live.attached():
        raise _invalid(
            "The value AWS/ for parameter Namespace is invalid. The live region measures the servers; create load on one "
            "of them with `npm run local -- load`."
        )
    is_cpu = (response._get_param("Namespace"), metric.get("MetricName")) == ("AWS/EC2", "CPUUtilization")
    if not is_cpu:
        raise _invalid("The value AWS/ for parameter Namespace is invalid.")
    dimensions = metric.get("Dimensions") or []
    if [dimension["Name"] for dimension in dimensions] != [_DIMENSION]:
        raise _invalid(
            "The value AWS/ for parameter Namespace is invalid. To create load in this emulator, put CPUUtilization "
            f"with one dimension, {_DIMENSION}."
        )
    _check_group(response, dimensions[0]["Value"])
    if metric.get("Unit") not in (None, "Percent"):
        raise _invalid(
            f"The value {metric['Unit']} for parameter {member}.Unit is invalid. CPUUtilization is in Percent."
        )
    for value in _values(metric):
        if not 0 <= value <= 100:
            raise _invalid(
                f"The value {value:g} for parameter {member}.Value is invalid. CPUUtilization is from 0 to 100."
            )


def _check_group(response: CloudWatchResponse, name: str) -> None:
    account_id, region = response.current_account, response.region
    if name in autoscaling_backends[account_id][region].autoscaling_groups:
        return
    elsewhere = "; ".join(f"account {other} has it in {its_region}" for other, its_region in _places_of(name))
    raise _invalid(
        f"The value {name} for dimension {_DIMENSION} is invalid. Account {account_id} has no such Auto Scaling group "
        f"in {region}" + (f"; {elsewhere}. The access key is the account." if elsewhere else ".")
    )


def _places_of(name: str) -> Iterator[tuple[str, str]]:
    """Accounts and regions that have a group of this name."""
    for account_id, regions in list(dict.items(autoscaling_backends)):
        for region, backend in list(dict.items(regions)):
            if name in backend.autoscaling_groups:
                yield account_id, region


def _values(metric: dict) -> Iterator[float]:
    statistics = metric.get("StatisticValues") or {}
    for value in (metric.get("Value"), statistics.get("Minimum"), statistics.get("Maximum")):
        if value is not None:
            yield float(value)
    yield from (float(value) for value in metric.get("Values") or [])


def _invalid(message: str):
    return aws_error("cloudwatch", "InvalidParameterValue", message)
