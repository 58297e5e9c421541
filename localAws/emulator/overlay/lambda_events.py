"""Asynchronous invocations: tried again after an error, and their end told to the function's destinations.

AWS waits a minute, then two, before it tries again; here it is one second, then two.
"""

import json
import sys
import threading
import time
from datetime import UTC, datetime

from moto.awslambda.models import LambdaFunction, lambda_backends
from moto.core.exceptions import ServiceException
from moto.sns.models import sns_backends
from moto.sqs.models import sqs_backends
from werkzeug.exceptions import HTTPException

from . import lambda_concurrency, lambda_process
from .lambda_process import Outcome
from .lock import LOCK

_MAXIMUM_ATTEMPTS_AFTER_THE_FIRST = 2
_MAXIMUM_AGE_SECONDS = 6 * 60 * 60
_WAIT_SECONDS = (1, 2)
_THROTTLED_WAIT_SECONDS = 0.25


def enqueue(function: LambdaFunction, event: str) -> None:
    """Takes the event and answers at once."""
    threading.Thread(target=_deliver, args=(function, event), daemon=True).start()


def _deliver(function: LambdaFunction, event: str) -> None:
    with LOCK:
        config = function.event_invoke_config[0].config if function.event_invoke_config else {}
    # On AWS, too, all attempts of one event have the same.
    request_id = lambda_process.new_request_id()
    retries = config.get("MaximumRetryAttempts", _MAXIMUM_ATTEMPTS_AFTER_THE_FIRST)
    end = time.monotonic() + config.get("MaximumEventAgeInSeconds", _MAXIMUM_AGE_SECONDS)
    for attempt in range(1, retries + 2):
        outcome = _run_when_free(function, event, request_id, end)
        if outcome is not None and not outcome.failed:
            _tell(function, config, "OnSuccess", "Success", event, outcome, attempt)
            return
        if outcome is None or attempt > retries:
            break
        time.sleep(_WAIT_SECONDS[attempt - 1])
        if time.monotonic() > end:
            break
    condition = "EventAgeExceeded" if time.monotonic() > end else "RetriesExhausted"
    _tell(function, config, "OnFailure", condition, event, outcome, attempt)
    dead_letters = getattr(function, "overlay_settings", {}).get("DeadLetterConfig", {}).get("TargetArn")
    if dead_letters:
        _send(function, dead_letters, event)


def _run_when_free(function: LambdaFunction, event: str, request_id: str, end: float) -> Outcome | None:
    """Waits for the function's concurrency; nothing when the event grows too old meanwhile."""
    while time.monotonic() <= end:
        with lambda_concurrency.slot(function) as free:
            if free:
                return lambda_process.run(function, event, request_id)
        time.sleep(_THROTTLED_WAIT_SECONDS)
    return None


def _tell(
    function: LambdaFunction,
    config: dict,
    kind: str,
    condition: str,
    event: str,
    outcome: Outcome | None,
    attempts: int,
):
    destination = config.get("DestinationConfig", {}).get(kind, {}).get("Destination")
    if not destination:
        return
    record = {
        "version": "1.0",
        "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "requestContext": {
            "requestId": outcome.request_id if outcome else None,
            "functionArn": f"{function.function_arn}:$LATEST",
            "condition": condition,
            "approximateInvokeCount": attempts,
        },
        "requestPayload": json.loads(event or "{}"),
    }
    if outcome:
        record["responseContext"] = {
            "statusCode": 200,
            "executedVersion": "$LATEST",
            **({"functionError": "Unhandled"} if outcome.failed else {}),
        }
        record["responsePayload"] = json.loads(outcome.payload)
    _send(function, destination, json.dumps(record))


def _send(function: LambdaFunction, arn: str, message: str) -> None:
    _, _, service, region, account_id, name = arn.split(":", 5)
    try:
        with LOCK:
            if service == "sqs":
                sqs_backends[account_id][region].send_message(name, message)
            elif service == "sns":
                sns_backends[account_id][region].publish(message=message, arn=arn)
            elif service == "lambda":
                enqueue(lambda_backends[account_id][region].get_function(arn), message)
            else:
                print(
                    f"{function.function_name}: {arn} is recorded, but this emulator cannot deliver there",
                    file=sys.stderr,
                )
    except (ServiceException, HTTPException, KeyError) as error:
        print(f"{function.function_name}: {arn} did not take the result: {error!r}", file=sys.stderr)
