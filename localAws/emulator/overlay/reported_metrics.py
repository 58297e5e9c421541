"""The metrics that the live region reports, by account and region: in the order of time, for some hours."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from moto.cloudwatch.models import CloudWatchBackend, MetricDatum

from .patching import state_of

#: Older data are dropped: a class runs for a few hours.
_KEPT_SECONDS = 6 * 3600.0
#: The first entries are dropped together, when there are as many.
_DROPPED_TOGETHER = 64

#: Namespace, name, and the sorted dimensions: CloudWatch's identity of a metric.
Key = tuple[str, str, tuple[tuple[str, str], ...]]


@dataclass
class Series:
    key: Key
    #: Seconds since 1970 and the value, ordered.
    data: list[tuple[float, float]] = field(default_factory=list)
    unit: str | None = None

    def add(self, at: float, value: float) -> None:
        if not self.data or at >= self.data[-1][0]:
            self.data.append((at, value))
        else:
            insort(self.data, (at, value))
        oldest = self.data[-1][0] - _KEPT_SECONDS
        expired = bisect_left(self.data, (oldest,))
        if expired >= _DROPPED_TOGETHER:
            del self.data[:expired]

    def between(self, start: float, end: float) -> list[tuple[float, float]]:
        return self.data[bisect_left(self.data, (start,)) : bisect_left(self.data, (end,))]

    def periods(self, start: float, end: float, period: int) -> Iterator[tuple[float, list[float]]]:
        """The values of each period with data; periods begin at multiples of their length, as in CloudWatch."""
        first = start // period * period
        values: dict[float, list[float]] = defaultdict(list)
        for at, value in self.between(first, end):
            values[at // period * period].append(value)
        yield from sorted(values.items())

    def datum(self) -> MetricDatum:
        """The newest value, as moto lists metrics."""
        at, value = self.data[-1]
        namespace, name, dimensions = self.key
        described = [{"Name": dimension, "Value": its} for dimension, its in dimensions]
        return MetricDatum(namespace, name, value, described, to_datetime(at), self.unit)


def key_of(namespace: str, name: str, dimensions: list[dict[str, str]]) -> Key:
    pairs = ((dimension["Name"], dimension["Value"]) for dimension in dimensions)
    return namespace, name, tuple(sorted(pairs))


def all_series(backend: CloudWatchBackend) -> dict[Key, Series]:
    return state_of(backend, "reported_metrics", dict)


def add(backend: CloudWatchBackend, key: Key, at: float, value: float, unit: str | None) -> None:
    known = all_series(backend)
    series = known.get(key)
    if series is None:
        series = known[key] = Series(key)
    series.unit = unit
    series.add(at, value)


def drop_old(backend: CloudWatchBackend, now: float) -> None:
    """Deletes the metrics that end: of terminated instances, of deleted groups."""
    known = all_series(backend)
    for key in [key for key, series in known.items() if series.data[-1][0] < now - _KEPT_SECONDS]:
        del known[key]


def to_seconds(time: datetime) -> float:
    """moto's times have no zone and are UTC."""
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp()


def to_datetime(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
