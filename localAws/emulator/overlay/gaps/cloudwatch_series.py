"""Gap: moto mixes metrics whose dimensions overlap, begins periods at any second, keeps all data and reads all of it.

Here a metric is its namespace, name and exact dimensions; periods begin at multiples of their length; percentiles work.
Values of AWS's namespaces that are older than 15 minutes are kept by the minute (AWS: after three hours).
"""

import re
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any

from moto.cloudwatch.models import (
    CloudWatchBackend,
    MetricAggregatedDatum,
    MetricDatum,
    MetricDatumBase,
    Statistics,
)
from moto.core.utils import utcnow

from ..patching import replaces, state_of

#: Namespace, name, and the dimensions' names and values.
_Key = tuple[str, str, frozenset[tuple[str, str]]]

_DETAILED = timedelta(minutes=15)
_KEPT = timedelta(days=15)
_PERCENTILE = re.compile(r"p(\d{1,2}(?:\.\d+)?|100)")


class _Index:
    """The data of a backend by metric; it follows the list to which moto appends."""

    def __init__(self) -> None:
        self.source: list[MetricDatumBase] = []
        self.read = 0
        self.series: dict[_Key, list[MetricDatumBase]] = defaultdict(list)

    def follow(self, data: list[MetricDatumBase]) -> None:
        if data is not self.source or len(data) < self.read:
            self.source, self.read = data, 0
            self.series = defaultdict(list)
        for datum in data[self.read :]:
            self.series[_key_of(datum)].append(datum)
        self.read = len(data)


def _key_of(datum: MetricDatumBase) -> _Key:
    dimensions = frozenset((str(each.name), str(each.value)) for each in datum.dimensions)
    return datum.namespace, datum.name, dimensions


def _series(
    backend: CloudWatchBackend, namespace: str, name: str, dimensions: list[dict[str, str]]
) -> list[MetricDatumBase]:
    index: _Index = state_of(backend, "series", _Index)
    index.follow(backend.metric_data)
    own = index.series.get((namespace, name, frozenset((d["Name"], d["Value"]) for d in dimensions)), [])
    # moto computes the metrics of other services, such as the size of a bucket, at each question.
    computed = backend.aws_metric_data if namespace == "AWS/S3" else []
    return own + [datum for datum in computed if datum.filter(namespace, name, dimensions)]


@replaces(CloudWatchBackend, "get_filtered_metrics")
def _get_filtered_metrics(
    _original, self: CloudWatchBackend, metric_name: str, namespace: str, dimensions: list[dict[str, str]]
):
    index: _Index = state_of(self, "series", _Index)
    index.follow(self.metric_data)
    one_of_each = [data[-1] for data in index.series.values()] + self.aws_metric_data
    found: list[MetricDatumBase] = []
    for datum in one_of_each:
        if datum.filter(namespace, metric_name, dimensions, already_present_metrics=found):
            found.append(datum)
    return found


def _periods(
    data: list[MetricDatumBase], start: datetime, end: datetime, period: int, stats: list[str], unit: str | None
) -> list[Statistics]:
    """One for each period that has data, the oldest first."""
    by_start: dict[int, list[MetricDatumBase]] = defaultdict(list)
    for datum in data:
        if start <= datum.timestamp < end and unit in (None, datum.unit):
            second = int(datum.timestamp.replace(tzinfo=UTC).timestamp())
            by_start[second - second % period].append(datum)
    found = []
    for second, of_period in sorted(by_start.items()):
        statistics = Statistics(stats, datetime.fromtimestamp(second, UTC).replace(tzinfo=None))
        statistics.metric_data = of_period
        statistics.unit = of_period[-1].unit
        found.append(statistics)
    return found


def _aligned(start: datetime, period: int) -> datetime:
    """A period that has begun before the start belongs to the answer."""
    second = int(start.replace(tzinfo=start.tzinfo or UTC).timestamp())
    return datetime.fromtimestamp(second - second % period, UTC).replace(tzinfo=None)


@replaces(CloudWatchBackend, "get_metric_statistics")
def _get_metric_statistics(
    original,
    self: CloudWatchBackend,
    namespace: str,
    metric_name: str,
    start_time: datetime,
    end_time: datetime,
    period: int,
    stats: list[str],
    dimensions: list[dict[str, str]],
    unit: str | None = None,
):
    if start_time >= end_time:
        return original(self, namespace, metric_name, start_time, end_time, period, stats, dimensions, unit)
    data = _series(self, namespace, metric_name, dimensions)
    return _periods(data, _aligned(start_time, period), end_time, period, stats or [], unit)


@replaces(CloudWatchBackend, "get_metric_data")
def _get_metric_data(
    original,
    self: CloudWatchBackend,
    queries: list[dict[str, Any]],
    start_time: datetime,
    end_time: datetime,
    scan_by: str = "TimestampAscending",
):
    if start_time >= end_time or any("Expression" in query for query in queries):
        return original(self, queries, start_time, end_time, scan_by)
    return [
        _result(self, query, start_time, end_time, scan_by)
        for query in queries
        if query.get("ReturnData", True)
    ]


def _result(
    backend: CloudWatchBackend, query: dict[str, Any], start: datetime, end: datetime, scan_by: str
) -> dict[str, Any]:
    asked = query["MetricStat"]
    metric, period, stat = asked["Metric"], int(asked["Period"]), asked["Stat"]
    data = _series(backend, metric["Namespace"], metric["MetricName"], metric.get("Dimensions", []))
    periods = _periods(data, _aligned(start, period), end, period, [stat], asked.get("Unit"))
    points = [(each.timestamp, _value(each, stat)) for each in periods]
    if scan_by == "TimestampDescending":
        points.reverse()
    return {
        "id": query["Id"],
        "label": query.get("Label") or metric["MetricName"],
        "timestamps": [at for at, _ in points],
        "values": [value for _, value in points],
        "status_code": "Complete",
    }


def _value(statistics: Statistics, stat: str) -> Any:
    percentile = _PERCENTILE.fullmatch(stat)
    if percentile is None:
        return statistics.get_statistics_for_type(stat)
    values = sorted(statistics.metric_single_values_list)
    if not values:
        return None
    position = float(percentile[1]) / 100 * (len(values) - 1)
    below = int(position)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (position - below)


def compact(backend: CloudWatchBackend) -> None:
    """Joins old values of AWS's namespaces, once a minute."""
    now = utcnow()
    last = state_of(backend, "compacted_at", lambda: [now])
    if now - last[0] < timedelta(minutes=1):
        return
    last[0] = now
    limit = (now - _DETAILED).replace(second=0, microsecond=0)
    recent: list[MetricDatumBase] = []
    minutes: dict[tuple[_Key, datetime], MetricAggregatedDatum] = {}
    for datum in backend.metric_data:
        if datum.timestamp >= limit or not datum.namespace.startswith("AWS/"):
            recent.append(datum)
        elif datum.timestamp >= now - _KEPT:
            _join(minutes, datum)
    backend.metric_data = [*minutes.values(), *recent]


def _join(minutes: dict[tuple[_Key, datetime], MetricAggregatedDatum], datum: MetricDatumBase) -> None:
    minute = datum.timestamp.replace(second=0, microsecond=0)
    least, most, count, total = _numbers(datum)
    known = minutes.get((_key_of(datum), minute))
    if known is None:
        pairs = [{"Name": str(each.name), "Value": str(each.value)} for each in datum.dimensions]
        minutes[(_key_of(datum), minute)] = MetricAggregatedDatum(
            datum.namespace, datum.name, least, most, count, total, pairs, minute, datum.unit
        )
        return
    known.min, known.max = min(known.min, least), max(known.max, most)
    known.sample_count += count
    known.sum += total


def _numbers(datum: MetricDatumBase) -> tuple[float, float, float, float]:
    if isinstance(datum, MetricAggregatedDatum):
        return datum.min, datum.max, datum.sample_count, datum.sum
    assert isinstance(datum, MetricDatum)
    return datum.value, datum.value, 1, datum.value
