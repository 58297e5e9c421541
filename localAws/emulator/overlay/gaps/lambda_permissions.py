"""Gap: a permission for a function URL loses its authorization type, and a permission for an account has no ARN."""

import re

from moto.awslambda.policy import Policy

from ..patching import replaces


@replaces(Policy, "decode_policy")
def _decode(original, self: Policy, obj: dict):
    policy = original(self, obj)
    for statement in policy.statements:
        if auth_type := statement.pop("FunctionUrlAuthType", None):
            equals = statement.setdefault("Condition", {}).setdefault("StringEquals", {})
            equals["lambda:FunctionUrlAuthType"] = auth_type
        principal = statement["Principal"]
        if isinstance(principal, str) and re.fullmatch(r"\d{12}", principal):
            statement["Principal"] = {"AWS": f"arn:aws:iam::{principal}:root"}
    return policy
