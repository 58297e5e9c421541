"""Gap: a load balancer has no network interfaces, and two accounts' load balancers of one name have one DNS name.

Here it has an interface in each subnet, with a public address if it is internet-facing.
"""

import hashlib

from moto.elbv2.models import ELBv2Backend, FakeLoadBalancer

from .. import managed_interfaces
from ..patching import replaces


@replaces(ELBv2Backend, "create_load_balancer")
def _create(original, self: ELBv2Backend, *args, **settings) -> FakeLoadBalancer:
    balancer = original(self, *args, **settings)
    prefix = "internal-" if balancer.scheme == "internal" else ""
    number = int(hashlib.sha256(balancer.arn.encode()).hexdigest(), 16) % 10**10
    balancer.dns_name = f"{prefix}{balancer.name}-{number}.{self.region_name}.elb.amazonaws.com"
    _place(self, balancer)
    return balancer


@replaces(ELBv2Backend, "set_subnets")
def _set_subnets(original, self: ELBv2Backend, arn: str, *args, **settings):
    answer = original(self, arn, *args, **settings)
    _place(self, self.load_balancers[arn])
    return answer


@replaces(ELBv2Backend, "set_security_groups")
def _set_security_groups(original, self: ELBv2Backend, arn: str, sec_groups: list[str]):
    original(self, arn, sec_groups)
    _place(self, self.load_balancers[arn])


@replaces(ELBv2Backend, "delete_load_balancer")
def _delete(original, self: ELBv2Backend, arn: str):
    balancer = self.load_balancers.get(arn)
    original(self, arn)
    if balancer is not None:
        managed_interfaces.remove(balancer, self.ec2_backend)
        for group in self.target_groups.values():
            group.load_balancer_arns = [other for other in group.load_balancer_arns if other != arn]


def _place(backend: ELBv2Backend, balancer: FakeLoadBalancer) -> None:
    managed_interfaces.place(
        balancer,
        backend.ec2_backend,
        [subnet.id for subnet in balancer.subnets],
        balancer.security_groups,
        description=f"ELB {balancer.arn.split(':loadbalancer/')[1]}",
        requester="amazon-elb",
        public=balancer.scheme == "internet-facing",
    )
