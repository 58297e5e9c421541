"""Gap: a load balancer with deletion protection can be deleted."""

from moto.elbv2.models import ELBv2Backend

from ..errors import aws_error
from ..patching import replaces


@replaces(ELBv2Backend, "delete_load_balancer")
def _delete_load_balancer(original, self: ELBv2Backend, arn: str):
    balancer = self.load_balancers.get(arn)
    if balancer is not None and balancer.attrs.get("deletion_protection.enabled") == "true":
        raise aws_error(
            "elbv2",
            "OperationNotPermitted",
            f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled",
        )
    return original(self, arn)
