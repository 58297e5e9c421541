"""Gap: AWS's services send no metrics. With a live region they are what it measures, for some hours.

Reads of these metrics match their dimensions exactly, and periods begin at multiples of their length.
"""

import math
import time
from datetime import datetime
from typing import Any

from moto.cloudwatch.models import CloudWatchBackend, MetricDatum, Statistics, cloudwatch_backends

from .. import changes, reports
from ..group_metrics import all_dimensions
from ..patching import replaces
from ..reported_metrics import (
    Series,
    add,
    all_series,
    drop_old,
    key_of,
    to_datetime,
    to_seconds,
)


@reports.handles("metrics")
def _report(report: reports.Report) -> None:
    backend = cloudwatch_backends[report["accountId"]][report["region"]]
    for datum in report["data"]:
        for dimensions in all_dimensions(report["accountId"], report["region"], report["namespace"], datum):
            pairs = [{"Name": name, "Value": value} for name, value in dimensions.items()]
            key = key_of(report["namespace"], datum["name"], pairs)
            add(backend, key, datum["at"] / 1000, float(datum["value"]), datum.get("unit"))
    drop_old(backend, time.time())
    changes.note_change(report["accountId"], report["region"], "cloudwatch")


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
) -> list[Statistics]:
    series = all_series(self).get(key_of(namespace, metric_name, dimensions))
    if series is None or start_time >= end_time:
        return original(
            self, namespace, metric_name, start_time, end_time, period, stats, dimensions, unit=unit
        )
    if unit not in (None, series.unit):
        return []
    found = []
    for begin, values in series.periods(to_seconds(start_time), to_seconds(end_time), period):
        statistics = Statistics(stats, to_datetime(begin), series.unit)
        statistics.metric_data = [_datum(series, begin, value) for value in values]
        found.append(statistics)
    return found


def _datum(series: Series, at: float, value: float) -> MetricDatum:
    namespace, name, _ = series.key
    return MetricDatum(namespace, name, value, [], to_datetime(at), series.unit)


@replaces(CloudWatchBackend, "get_metric_data")
def _get_metric_data(
    original,
    self: CloudWatchBackend,
    queries: list[dict[str, Any]],
    start_time: datetime,
    end_time: datetime,
    scan_by: str = "TimestampAscending",
) -> list[dict[str, Any]]:
    own = {query["Id"]: series for query in queries if (series := _series_of(self, query)) is not None}
    if not own or start_time >= end_time:
        return original(self, queries, start_time, end_time, scan_by)
    others = [query for query in queries if query["Id"] not in own and "MetricStat" in query]
    results = {result["id"]: result for result in original(self, others, start_time, end_time, scan_by)}
    for query in queries:
        if query["Id"] in own:
            results[query["Id"]] = _result(query, own[query["Id"]], start_time, end_time, scan_by)
    for query in queries:
        # moto evaluates no expression but the id of another query.
        if query.get("Expression") in results:
            of_query = results[query["Expression"]]
            results[query["Id"]] = {**of_query, "id": query["Id"], "label": query.get("Label") or query["Id"]}
    return [
        results[query["Id"]] for query in queries if query["Id"] in results and query.get("ReturnData", True)
    ]


def _series_of(backend: CloudWatchBackend, query: dict[str, Any]) -> Series | None:
    if "MetricStat" not in query:
        return None
    metric = query["MetricStat"]["Metric"]
    key = key_of(metric["Namespace"], metric["MetricName"], metric.get("Dimensions") or [])
    series = all_series(backend).get(key)
    unit = query["MetricStat"].get("Unit")
    return series if series is not None and unit in (None, series.unit) else None


def _result(
    query: dict[str, Any], series: Series, start: datetime, end: datetime, scan_by: str
) -> dict[str, Any]:
    stat = query["MetricStat"]["Stat"]
    periods = list(series.periods(to_seconds(start), to_seconds(end), int(query["MetricStat"]["Period"])))
    if scan_by == "TimestampDescending":
        periods.reverse()
    return {
        "id": query["Id"],
        "label": query.get("Label") or series.key[1],
        "values": [statistic(stat, values) for _, values in periods],
        "timestamps": [to_datetime(begin) for begin, _ in periods],
        "status_code": "Complete",
    }


def statistic(name: str, values: list[float]) -> float:
    """CloudWatch's statistics of one period, with percentiles such as `p99`."""
    match name:
        case "Average":
            return sum(values) / len(values)
        case "Sum":
            return sum(values)
        case "Minimum":
            return min(values)
        case "Maximum":
            return max(values)
        case "SampleCount":
            return float(len(values))
    if name.startswith("p"):
        rank = math.ceil(float(name[1:]) / 100 * len(values))
        return sorted(values)[max(rank - 1, 0)]
    raise NotImplementedError(f"the statistic {name}")


@replaces(CloudWatchBackend, "get_filtered_metrics")
def _get_filtered_metrics(
    original, self: CloudWatchBackend, metric_name: str, namespace: str, dimensions: list[dict[str, str]]
) -> list:
    series = [series.datum() for series in all_series(self).values()]
    chosen = [datum for datum in series if datum.filter(namespace, metric_name, dimensions)]
    known = {_identity(datum) for datum in chosen}
    others = original(self, metric_name, namespace, dimensions)
    return chosen + [datum for datum in others if _identity(datum) not in known]


def _identity(datum) -> tuple:
    dimensions = tuple(sorted((dimension.name, dimension.value) for dimension in datum.dimensions))
    return datum.namespace, datum.name, dimensions
