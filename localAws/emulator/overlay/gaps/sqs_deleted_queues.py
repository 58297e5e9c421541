"""Gap: the name of a deleted queue is free at once; on AWS it takes a minute."""

import time

from moto.sqs.models import SQSBackend

from ..errors import aws_error
from ..patching import replaces, state_of

_SECONDS = 60


def _deleted(backend: SQSBackend) -> dict[str, float]:
    return state_of(backend, "deleted_queues", dict)


@replaces(SQSBackend, "delete_queue")
def _delete_queue(original, self: SQSBackend, queue_name: str):
    original(self, queue_name)
    _deleted(self)[queue_name] = time.monotonic()


@replaces(SQSBackend, "create_queue")
def _create_queue(original, self: SQSBackend, name: str, *args, **settings):
    deleted = _deleted(self).get(name)
    if deleted is not None and time.monotonic() - deleted < _SECONDS:
        raise aws_error(
            "sqs",
            "QueueDeletedRecently",
            f"You must wait {_SECONDS} seconds after deleting a queue before you can create another with the same name.",
        )
    return original(self, name, *args, **settings)
