"""Gap: a web ACL logs to a destination with a name that AWS WAF refuses, and keeps its log when it is deleted."""

import re

from moto.wafv2.models import WAFV2Backend

from ..errors import aws_error
from ..patching import replaces


@replaces(WAFV2Backend, "put_logging_configuration")
def _put_logging_configuration(original, self: WAFV2Backend, arn: str, log_destination_configs, *others):
    if arn not in self.wacls:
        raise aws_error(
            "wafv2",
            "WAFNonexistentItemException",
            "AWS WAF couldn’t perform the operation because your resource doesn’t exist.",
        )
    for destination in log_destination_configs:
        if re.search(r"[:/]aws-waf-logs-[^:/]*$", destination) is None:
            raise aws_error(
                "wafv2",
                "WAFInvalidParameterException",
                "Error reason: The ARN isn't valid. A valid ARN begins with arn: and includes other information"
                f" separated by colons or slashes., field: LOG_DESTINATION, parameter: {destination}",
            )
    return original(self, arn, log_destination_configs, *others)


@replaces(WAFV2Backend, "delete_web_acl")
def _delete_web_acl(original, self: WAFV2Backend, name: str, scope: str, _id: str, lock_token: str):
    arns = [arn for arn, acl in self.wacls.items() if acl.id == _id]
    answer = original(self, name, scope, _id, lock_token)
    for arn in arns:
        self.logging_configurations.pop(arn, None)
    return answer
