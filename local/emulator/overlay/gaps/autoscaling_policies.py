"""Gap: PutScalingPolicy answers no ARN, takes any group, and two groups' policies of one name overwrite each other."""

from moto.autoscaling.models import AutoScalingBackend
from moto.autoscaling.responses import AutoScalingResponse
from moto.core.responses import ActionResult, EmptyResult

from ..errors import aws_error
from ..patching import replaces
from .autoscaling_events import existing_group


@replaces(AutoScalingResponse, "put_scaling_policy")
def _put_policy(original, self: AutoScalingResponse):
    group = existing_group(self.autoscaling_backend, self._get_param("AutoScalingGroupName"))
    policies = self.autoscaling_backend.policies
    others = dict(policies)
    original(self)
    policy = policies[self._get_param("PolicyName")]
    policy.enabled = self._get_bool_param("Enabled", True)
    policies.clear()
    policies.update({**others, _key(group.name, policy.name): policy})
    return ActionResult({"PolicyARN": policy.arn, "Alarms": []})


@replaces(AutoScalingResponse, "delete_policy")
def _delete_policy(_original, self: AutoScalingResponse):
    del self.autoscaling_backend.policies[_existing_key(self)]
    return EmptyResult()


@replaces(AutoScalingResponse, "execute_policy")
def _execute_policy(_original, self: AutoScalingResponse):
    AutoScalingBackend.execute_policy(self.autoscaling_backend, _existing_key(self))
    return EmptyResult()


def _existing_key(response: AutoScalingResponse) -> str:
    """A policy is named by its ARN, or by its name together with the group's."""
    wanted, group_name = response._get_param("PolicyName"), response._get_param("AutoScalingGroupName")
    for key, policy in response.autoscaling_backend.policies.items():
        if wanted == policy.arn or key == _key(group_name, wanted):
            return key
    raise aws_error("autoscaling", "ValidationError", f"Policy {wanted} of group {group_name} not found")


def _key(group_name: str | None, name: str) -> str:
    return f"{group_name}/{name}"
