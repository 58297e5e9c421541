"""Gap: moto judges a bucket's policy without its conditions, so a Deny for requests without TLS denies every request.

The emulator stands for AWS's HTTPS endpoint, so that such a statement never applies to a request.
"""

import json

from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3.models import FakeBucket

from ..patching import replaces

_WITHOUT_TLS = {"Bool": {"aws:SecureTransport": "false"}}


@replaces(FakeBucket, "get_permission")
def _get_permission(original, self: FakeBucket, action: str, resource: str):
    if self.policy is None:
        return original(self, action, resource)
    policy = json.loads(self.policy)
    applied = [each for each in policy["Statement"] if each.get("Condition") != _WITHOUT_TLS]
    if not applied:
        return PermissionResult.NEUTRAL
    return IAMPolicy(json.dumps({**policy, "Statement": applied})).is_action_permitted(action, resource)
