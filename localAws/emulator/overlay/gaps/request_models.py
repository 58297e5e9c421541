"""Gap: moto accepts values that AWS refuses: names, lengths, patterns, enumerations, tags.

Here each request is first checked against AWS's model (`../model_constraints`) and against documented limits
(`../limits`). A refusal lists every violation.
"""

from moto.core.model import OperationModel
from moto.core.parse import PROTOCOL_PARSERS
from moto.core.request import determine_request_protocol
from moto.core.responses import BaseResponse
from moto.core.utils import get_service_model

from ..limits import documented_violations
from ..model_constraints import violations
from ..patching import replaces
from .requests import error_answer

#: The error code, by service or else by protocol.
_CODES = {
    "rds": "InvalidParameterValue",
    "route53": "InvalidInput",
    "sns": "InvalidParameter",
    "ec2": "InvalidParameterValue",
    "query": "ValidationError",
}


@replaces(BaseResponse, "call_action")
def _call_action(original, response: BaseResponse):
    request = parsed_request(response)
    if request is None:
        return original(response)
    operation, values = request
    if operation.input_shape is None:
        return original(response)
    # Limits rely on the model, so they check only requests that satisfy it.
    found = list(violations(operation.input_shape, values)) or list(
        documented_violations(response.boto3_service_name, operation.name, values)
    )
    if not found:
        return original(response)
    count = f"{len(found)} validation error{'' if len(found) == 1 else 's'} detected: "
    return refusal(response, count + "; ".join(found))


def parsed_request(response: BaseResponse) -> tuple[OperationModel, dict] | None:
    """The operation and its values by the model's names; None for an action that the model lacks."""
    action = response._get_action()
    if not response.boto3_service_name or not action:
        return None
    model = get_service_model(response.boto3_service_name)
    if action not in model.operation_names:
        return None
    operation = model.operation_model(action)
    request = response.normalized_request
    parser = PROTOCOL_PARSERS[determine_request_protocol(model, request.content_type)](operation, map_type=dict)
    values = parser.parse(
        {
            "method": request.method,
            "values": request.values,
            "headers": request.headers,
            "body": request.data,
            "url_path": request.path,
            "url_params": response.uri_match,
        }
    )
    return operation, values


def refusal(response: BaseResponse, message: str):
    """The answer to a request with values that the service refuses."""
    service = response.boto3_service_name
    protocol = response.determine_response_protocol(get_service_model(service))
    code = _CODES.get(service) or _CODES.get(protocol, "ValidationException")
    return error_answer(response, 400, code, message)
