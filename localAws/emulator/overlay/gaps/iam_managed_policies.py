"""Gap: AWS's managed policies are either all absent, or all loaded: a thousand of them in every account.

Here each policy exists from the first request that names it.
"""

import functools
import json

from moto.iam.aws_managed_policies import aws_managed_policies_data
from moto.iam.models import AWSManagedPolicy, IAMBackend

from ..patching import replaces

_PREFIX = "arn:aws:iam::aws:policy"


@functools.cache
def _all_policies() -> dict:
    policies = json.loads(aws_managed_policies_data)
    return {f"{_PREFIX}{data.get('Path', '/')}{name}": (name, data) for name, data in policies.items()}


def _load(backend: IAMBackend, arn: str) -> None:
    if arn in backend.managed_policies or not arn.startswith(_PREFIX):
        return
    found = _all_policies().get(arn)
    if found is None:
        return
    name, data = found
    policy = AWSManagedPolicy.from_data(name, backend.account_id, backend.region_name, data)
    backend.managed_policies[arn] = policy


@replaces(IAMBackend, "attach_role_policy")
def _attach_role_policy(original, self: IAMBackend, policy_arn: str, role_name: str):
    _load(self, policy_arn)
    return original(self, policy_arn, role_name)


@replaces(IAMBackend, "get_policy")
def _get_policy(original, self: IAMBackend, policy_arn: str):
    _load(self, policy_arn)
    return original(self, policy_arn)
