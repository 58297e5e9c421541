"""Gap: moto accepts every access key. Here an expired or unknown access key is refused, as on AWS.

Tests mark keys through `/_local/keys/<key>/…`: real credentials would take hours to expire.
"""

from moto.core.model import ServiceModel
from moto.core.responses import BaseResponse
from moto.core.utils import get_service_model

from ..patching import replaces
from .requests import error_answer

#: Access keys that are refused, and why.
_refused: dict[str, str] = {}

#: AWS's code, HTTP status and message by protocol, for all services of the protocol.
_ERRORS = {
    "expired": {
        "ec2": ("RequestExpired", 400, "Request has expired."),
        "query": ("ExpiredToken", 403, "The security token included in the request is expired"),
        "json": ("ExpiredTokenException", 400, "The security token included in the request is expired"),
    },
    "unknown": {
        "ec2": ("AuthFailure", 401, "AWS was not able to validate the provided access credentials"),
        "query": ("InvalidClientTokenId", 403, "The security token included in the request is invalid."),
        "json": ("UnrecognizedClientException", 400, "The security token included in the request is invalid."),
    },
}


def mark(access_key: str, state: str) -> None:
    """From now on the key is `expired`, `unknown` or `valid`."""
    if state == "valid":
        _refused.pop(access_key, None)
    else:
        _refused[access_key] = state


@replaces(BaseResponse, "call_action")
def _call_action(original, response: BaseResponse):
    why = _refused.get(response.get_access_key())
    if why is None:
        return original(response)
    code, status, message = _ERRORS[why][_protocol(response)]
    return error_answer(response, status, code, message)


def _protocol(response: BaseResponse) -> str:
    model: ServiceModel = get_service_model(response.boto3_service_name)
    protocol = response.determine_response_protocol(model)
    if protocol == "rest-xml":
        return "query"
    return protocol if protocol in _ERRORS["expired"] else "json"
