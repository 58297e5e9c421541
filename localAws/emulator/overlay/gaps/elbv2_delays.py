"""Gap: a deregistration delay of 3600 seconds, AWS's maximum, is refused."""

from moto.elbv2.models import ELBv2Backend

from ..patching import replaces

_DELAY = "deregistration_delay.timeout_seconds"
_LONGEST = "3600"


@replaces(ELBv2Backend, "modify_target_group_attributes")
def _modify_attributes(original, self: ELBv2Backend, target_group_arn: str, attributes: dict):
    if str(attributes.get(_DELAY)) != _LONGEST:
        return original(self, target_group_arn, attributes)
    others = {name: value for name, value in attributes.items() if name != _DELAY}
    original(self, target_group_arn, others)
    self.target_groups[target_group_arn].attributes[_DELAY] = _LONGEST
