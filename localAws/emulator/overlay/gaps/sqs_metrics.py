"""Gap: SQS sends no metrics. With a live region it sends the number of visible messages, which alarms read."""

import time

from moto.cloudwatch.models import cloudwatch_backends
from moto.sqs.models import sqs_backends

from .. import live, pace
from ..reported_metrics import add, key_of

#: When each account's queues were last measured, in seconds.
_measured: dict[str, float] = {}


@live.at_tick
def _measure() -> None:
    now = time.time()
    for account_id, regions in list(dict.items(sqs_backends)):
        if now - _measured.get(account_id, 0.0) < pace.seconds_per_minute(account_id):
            continue
        _measured[account_id] = now
        for region, sqs in list(dict.items(regions)):
            for queue in list(sqs.queues.values()):
                dimensions = [{"Name": "QueueName", "Value": queue.name}]
                key = key_of("AWS/SQS", "ApproximateNumberOfMessagesVisible", dimensions)
                visible = float(queue.approximate_number_of_messages)
                add(cloudwatch_backends[account_id][region], key, now, visible, "Count")
