"""Gap: two load balancers of a region may have one name, and two listeners of a load balancer one port."""

from moto.elbv2.models import ELBv2Backend

from ..errors import aws_error
from ..patching import replaces


@replaces(ELBv2Backend, "create_load_balancer")
def _create_load_balancer(original, self: ELBv2Backend, name: str, *args, **settings):
    if any(balancer.name == name for balancer in self.load_balancers.values()):
        raise aws_error(
            "elbv2",
            "DuplicateLoadBalancerName",
            f"A load balancer with the same name '{name}' exists, but with different settings",
        )
    return original(self, name, *args, **settings)


@replaces(ELBv2Backend, "create_listener")
def _create_listener(
    original, self: ELBv2Backend, load_balancer_arn: str, protocol: str, port: str, *args, **settings
):
    balancer = self.load_balancers.get(load_balancer_arn)
    if balancer is not None:
        _check_port(balancer, port, None)
    return original(self, load_balancer_arn, protocol, port, *args, **settings)


@replaces(ELBv2Backend, "modify_listener")
def _modify_listener(original, self: ELBv2Backend, arn: str, port: str | None = None, *args, **settings):
    for balancer in self.load_balancers.values():
        if arn in balancer.listeners and port is not None:
            _check_port(balancer, port, arn)
    return original(self, arn, port, *args, **settings)


def _check_port(balancer, port: str, own_arn: str | None) -> None:
    if any(str(other.port) == str(port) and arn != own_arn for arn, other in balancer.listeners.items()):
        raise aws_error(
            "elbv2",
            "DuplicateListener",
            f"A listener already exists on port {port} for the load balancer '{balancer.arn}'",
        )
