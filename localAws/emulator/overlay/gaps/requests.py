"""Gap: a call that moto lacks, or that crashes, returns an HTML page, and two calls at the same time can collide.

Here a missing call returns `501 NotImplemented` with its name, a crash `500 InternalFailure` with the reason, both in
the service's wire format, and calls run one after the other. A Lambda function may call AWS, so it runs without the lock.
"""

import json
import sys
import traceback

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, BaseResponse
from werkzeug.exceptions import HTTPException

from .. import changes
from ..errors import aws_error
from ..lock import LOCK
from ..patching import replaces

#: Calls that may take long. They lock only while they use moto's state.
_UNLOCKED = frozenset({"Invoke", "InvokeAsync"})

_LONGEST_REASON = 500


@replaces(BaseResponse, "call_action")
def _call_action(original, response: BaseResponse):
    action = response._get_action() or ""
    try:
        if action in _UNLOCKED:
            return original(response)
        with LOCK:
            answer = original(response)
            changes.note(response, _service(response), action)
            return answer
    except (ServiceException, HTTPException):
        raise
    except NotImplementedError as error:
        message = _not_implemented(response, action, error)
        print(f"501 {message}", file=sys.stderr)
        return error_answer(response, 501, "NotImplemented", message)
    except Exception as error:  # noqa: BLE001 - for any crash in moto the caller gets an AWS error
        traceback.print_exc(file=sys.stderr)
        reason = f"{type(error).__name__}: {error}"[:_LONGEST_REASON]
        return error_answer(response, 500, "InternalFailure", f"{_name(response)} {action}: {reason}")


def _not_implemented(response: BaseResponse, action: str, error: NotImplementedError) -> str:
    reason = f" ({error})" if str(error) and not str(error).endswith("has not been implemented") else ""
    return f"This emulator does not have {_name(response)} {action}{reason}."


def _name(response: BaseResponse) -> str:
    """AWS's name of the service."""
    return response.boto3_service_name or _service(response)


def _service(response: BaseResponse) -> str:
    """moto's name of the service: its package."""
    return type(response).__module__.split(".")[1]


def error_answer(response: BaseResponse, status: int, code: str, message: str):
    """An AWS error in the service's own wire format."""
    try:
        _, headers, body = response.serialized(ActionResult(aws_error(_service(response), code, message)))
    except Exception:  # noqa: BLE001 - a service without a serializer in moto: all of those speak JSON
        headers = {"Content-Type": "application/x-amz-json-1.1", "x-amzn-errortype": code}
        body = json.dumps({"__type": code, "message": message})
    headers["status"] = str(status)
    return status, headers, body
