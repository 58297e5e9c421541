"""Gap: without Docker no function runs. Here Node.js functions run, each call in its own process, and asynchronous
invocations are retried and their results delivered.
"""

import base64
import json
from urllib.parse import unquote

from moto.awslambda.exceptions import LambdaClientError
from moto.awslambda.models import EventInvokeConfig, LambdaBackend, LambdaFunction
from moto.awslambda.responses import LambdaResponse
from moto.core import responses

from .. import lambda_concurrency, lambda_events, lambda_process
from ..lock import LOCK
from ..patching import replaces

_MAXIMUM_LOG_TAIL_BYTES = 4096


@replaces(LambdaResponse, "invoke")
def _invoke(_original, self: LambdaResponse):
    name = unquote(self.path.rstrip("/").rsplit("/", 2)[-2])
    event = self.body or "{}"
    with LOCK:
        function = self.backend.get_function(name, self._get_param("qualifier"))
    _check(function, event)
    kind = self.headers.get("X-Amz-Invocation-Type", "RequestResponse")
    if kind == "DryRun":
        return 204, {"status": "204"}, ""
    if kind == "Event":
        return 202, {"status": "202", "x-amzn-requestid": lambda_events.enqueue(function, event)}, ""
    with lambda_concurrency.slot(function) as free:
        if not free:
            return _throttled()
        outcome = lambda_process.run(function, event, lambda_process.new_request_id())
    headers = {
        "status": "200",
        "content-type": "application/json",
        "x-amzn-requestid": outcome.request_id,
        "x-amz-executed-version": str(function.version),
    }
    if outcome.failed:
        headers["x-amz-function-error"] = "Unhandled"
    if self.headers.get("X-Amz-Log-Type") == "Tail":
        tail = outcome.log.encode()[-_MAXIMUM_LOG_TAIL_BYTES:]
        headers["x-amz-log-result"] = base64.b64encode(tail).decode()
    return 200, headers, outcome.payload


@replaces(responses, "gen_amzn_requestid_long")
def _request_id(original, headers: dict[str, str] | None = None) -> str:
    """An invocation returns the request id that is in the function's logs and destinations."""
    return (headers or {}).get("x-amzn-requestid") or original(headers)


def _check(function: LambdaFunction, event: str) -> None:
    if not lambda_process.supported(function):
        raise NotImplementedError(f"runs Node.js functions from a zip file, not {function.run_time}")
    try:
        json.loads(event)
    except ValueError as error:
        message = f"Could not parse request body into json: {error}"
        raise LambdaClientError("InvalidRequestContentException", message) from error


def _throttled():
    message = {"Reason": "ReservedFunctionConcurrentInvocationLimitExceeded", "message": "Rate Exceeded."}
    headers = {
        "status": "429",
        "x-amzn-errortype": "TooManyRequestsException",
        "content-type": "application/json",
    }
    return 429, headers, json.dumps(message)


@replaces(LambdaFunction, "invoke")
def _invoke_by_another_service(
    _original, self: LambdaFunction, body: str, _request_headers, _response_headers
):
    """SNS, SQS, S3, EventBridge and CloudWatch Logs hold the lock during this call, so the function runs later."""
    if lambda_process.supported(self):
        lambda_events.enqueue(self, body)
    return b""


@replaces(LambdaBackend, "put_function_event_invoke_config")
def _put_event_invoke_config(_original, self: LambdaBackend, function_name: str, config: dict):
    """moto never replaces the first one."""
    function = self.get_function(function_name)
    kept = EventInvokeConfig(function.function_arn, function.last_modified, config)
    function.event_invoke_config = [kept]
    return kept.response()


@replaces(LambdaBackend, "update_function_event_invoke_config")
def _update_event_invoke_config(_original, self: LambdaBackend, function_name: str, config: dict):
    function = self.get_function(function_name)
    before = function.event_invoke_config[0].config if function.event_invoke_config else {}
    return self.put_function_event_invoke_config(function_name, {**before, **config})
