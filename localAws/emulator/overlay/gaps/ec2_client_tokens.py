"""Gap: RunInstances ignores its client token and starts instances again.

Here the same token with the same request returns the instances of the first call, and with another request it is an
`IdempotentParameterMismatch`.
"""

import json

from moto.core.responses import ActionResult
from moto.ec2.responses.instances import InstanceResponse

from ..errors import aws_error
from ..patching import replaces, state_of


@replaces(InstanceResponse, "run_instances")
def _run_instances(original, self: InstanceResponse):
    request = {name: value for name, value in self.params.items() if name not in ("ClientToken", "DryRun")}
    token = self.params.get("ClientToken")
    if not token or self.params.get("DryRun"):
        return original(self)
    answered = state_of(self.ec2_backend, "client_tokens", dict)
    fingerprint = json.dumps(request, sort_keys=True, default=str)
    if token in answered:
        of_first_call, reservation = answered[token]
        if of_first_call != fingerprint:
            raise aws_error(
                "ec2",
                "IdempotentParameterMismatch",
                f"The request with client token {token} differs from the one that used it first.",
            )
        return ActionResult(reservation)
    result = original(self)
    answered[token] = (fingerprint, result.result)
    return result
