"""Asynchronous invocations: retried after an error, and their results delivered to the function's destinations.

AWS waits one minute, then two, before a retry; the emulator waits one second, then two.
"""

import json
import sys
import threading
import time
from collections import Counter
from datetime import UTC, datetime

from moto.awslambda.models import LambdaFunction, lambda_backends
from moto.core.exceptions import ServiceException
from moto.sns.models import sns_backends
from moto.sqs.models import sqs_backends
from werkzeug.exceptions import HTTPException

from . import firings, lambda_concurrency, lambda_process
from .lambda_process import Outcome
from .lock import LOCK

_MAXIMUM_ATTEMPTS_AFTER_THE_FIRST = 2
_MAXIMUM_AGE_SECONDS = 6 * 60 * 60
_WAIT_SECONDS = (1, 2)
_THROTTLED_WAIT_SECONDS = 0.25
#: By account.
_accepted: Counter[str] = Counter()
_count = threading.Lock()


def enqueue(function: LambdaFunction, event: str) -> str:
    """Accepts the event and returns at once, with the request id of all its attempts."""
    request_id = lambda_process.new_request_id()
    with _count:
        _accepted[function.account_id] += 1
    threading.Thread(target=_deliver_counted, args=(function, event, request_id), daemon=True).start()
    return request_id


def accepted(account_id: str) -> int:
    """The number of asynchronous invocations that run or wait for a retry."""
    with _count:
        return _accepted[account_id]


def _deliver_counted(function: LambdaFunction, event: str, request_id: str) -> None:
    try:
        _deliver(function, event, request_id)
    finally:
        with _count:
            _accepted[function.account_id] -= 1


def _exists(function: LambdaFunction) -> bool:
    """Lambda drops the events of a deleted function."""
    with LOCK:
        known = lambda_backends[function.account_id][function.region].list_functions()
    return any(each.function_name == function.function_name for each in known)


def _deliver(function: LambdaFunction, event: str, request_id: str) -> None:
    with LOCK:
        config = function.event_invoke_config[0].config if function.event_invoke_config else {}
    retries = config.get("MaximumRetryAttempts", _MAXIMUM_ATTEMPTS_AFTER_THE_FIRST)
    end = time.monotonic() + config.get("MaximumEventAgeInSeconds", _MAXIMUM_AGE_SECONDS)
    for attempt in range(1, retries + 2):
        outcome = _run_when_free(function, event, request_id, end)
        if outcome is not None and not outcome.failed:
            firings.note_result(function.account_id, request_id, outcome.payload, failed=False)
            _deliver_result(function, config, "OnSuccess", "Success", event, outcome, attempt)
            return
        if outcome is None or attempt > retries or not _exists(function):
            break
        time.sleep(_WAIT_SECONDS[attempt - 1])
        if time.monotonic() > end or not _exists(function):
            break
    firings.note_result(function.account_id, request_id, outcome.payload if outcome else None, failed=True)
    condition = "EventAgeExceeded" if time.monotonic() > end else "RetriesExhausted"
    _deliver_result(function, config, "OnFailure", condition, event, outcome, attempt)
    dead_letters = getattr(function, "overlay_settings", {}).get("DeadLetterConfig", {}).get("TargetArn")
    if dead_letters:
        _send(function, dead_letters, event)


def _run_when_free(function: LambdaFunction, event: str, request_id: str, end: float) -> Outcome | None:
    """Waits for free concurrency of the function; returns None when the event becomes too old."""
    while time.monotonic() <= end and _exists(function):
        with lambda_concurrency.slot(function) as free:
            if free:
                return lambda_process.run(function, event, request_id)
        time.sleep(_THROTTLED_WAIT_SECONDS)
    return None


def _deliver_result(
    function: LambdaFunction,
    config: dict,
    kind: str,
    condition: str,
    event: str,
    outcome: Outcome | None,
    attempts: int,
) -> None:
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
                    f"{function.function_name}: {arn} is kept, but this emulator cannot deliver to it",
                    file=sys.stderr,
                )
    except (ServiceException, HTTPException, KeyError) as error:
        print(f"{function.function_name}: {arn} did not accept the result: {error!r}", file=sys.stderr)
