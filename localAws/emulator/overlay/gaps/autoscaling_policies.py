"""Gap: PutScalingPolicy returns no ARN and accepts any group, and two groups' policies of one name are one."""

from moto.autoscaling.models import AutoScalingBackend
from moto.autoscaling.responses import AutoScalingResponse
from moto.core.responses import ActionResult, EmptyResult

from .. import scaling_causes
from ..errors import aws_error
from ..patching import replaces
from .autoscaling_alarms import put_alarms, remove_alarms
from .autoscaling_events import existing_group


@replaces(AutoScalingResponse, "put_scaling_policy")
def _put_policy(original, self: AutoScalingResponse):
    group = existing_group(self.autoscaling_backend, self._get_param("AutoScalingGroupName"))
    policies = self.autoscaling_backend.policies
    others = dict(policies)
    _check_metric(self, group.name)
    original(self)
    policy = policies[self._get_param("PolicyName")]
    policy.enabled = self._get_bool_param("Enabled", True)
    policies.clear()
    key = _key(group.name, policy.name)
    policies.update({**others, key: policy})
    if key in others:
        remove_alarms(others[key])
    put_alarms(policy)
    return ActionResult({"PolicyARN": policy.arn, "Alarms": policy.alarms})


@replaces(AutoScalingResponse, "delete_policy")
def _delete_policy(_original, self: AutoScalingResponse):
    remove_alarms(self.autoscaling_backend.policies.pop(_existing_key(self)))
    return EmptyResult()


@replaces(AutoScalingResponse, "execute_policy")
def _execute_policy(_original, self: AutoScalingResponse):
    key = _existing_key(self)
    with scaling_causes.because(scaling_causes.user_executed(self.autoscaling_backend.policies[key].name)):
        AutoScalingBackend.execute_policy(self.autoscaling_backend, key)
    return EmptyResult()


def _check_metric(response: AutoScalingResponse, group_name: str) -> None:
    """Two policies for the same metric would work against each other."""
    wanted = _predefined_metric(response._get_param("TargetTrackingConfiguration"))
    for policy in response.autoscaling_backend.policies.values():
        if (
            wanted is not None
            and policy.auto_scaling_group_name == group_name
            and policy.name != response._get_param("PolicyName")
            and policy.target_tracking_configuration is not None
            and _predefined_metric(vars(policy.target_tracking_configuration)) == wanted
        ):
            raise aws_error(
                "autoscaling",
                "ValidationError",
                "Only one TargetTrackingScaling policy for a given metric specification is allowed.",
            )


def _predefined_metric(configuration: dict | None) -> str | None:
    return ((configuration or {}).get("PredefinedMetricSpecification") or {}).get("PredefinedMetricType")


def _existing_key(response: AutoScalingResponse) -> str:
    """A request names a policy by its ARN, or by its name and the group's name."""
    wanted, group_name = response._get_param("PolicyName"), response._get_param("AutoScalingGroupName")
    for key, policy in response.autoscaling_backend.policies.items():
        if wanted == policy.arn or key == _key(group_name, wanted):
            return key
    raise aws_error("autoscaling", "ValidationError", f"Policy {wanted} of group {group_name} not found")


def _key(group_name: str | None, name: str) -> str:
    return f"{group_name}/{name}"
