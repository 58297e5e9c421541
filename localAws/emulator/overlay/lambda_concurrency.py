"""Reserved concurrency: how many of a function's invocations may run at a time."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from moto.awslambda.models import LambdaFunction

_running: Counter[str] = Counter()
_lock = threading.Lock()


@contextmanager
def slot(function: LambdaFunction) -> Iterator[bool]:
    """Reserves one invocation, if one is free."""
    arn = function.function_arn
    with _lock:
        limit = function.reserved_concurrency
        free = limit is None or _running[arn] < int(limit)
        _running[arn] += free
    try:
        yield free
    finally:
        with _lock:
            _running[arn] -= free
