"""Gap: resources in use can be deleted: a program that destroys in the wrong order works here and fails on AWS.

Here the deletion of a subnet, a security group, a VPC or an internet gateway in use is refused, as on AWS. A NAT
gateway is deleted with its network interface. For the resources that a database uses see rds_deletions.
"""

from moto.ec2.models.internet_gateways import InternetGatewayBackend
from moto.ec2.models.nat_gateways import NatGatewayBackend
from moto.ec2.models.security_groups import SecurityGroupBackend
from moto.ec2.models.subnets import SubnetBackend
from moto.ec2.models.vpcs import VPCBackend
from moto.elbv2.models import elbv2_backends
from moto.rds.models import rds_backends

from ..errors import aws_error
from ..patching import replaces


@replaces(SubnetBackend, "delete_subnet")
def _delete_subnet(original, self: SubnetBackend, subnet_id: str):
    used = any(interface.subnet.id == subnet_id for interface in self.enis.values())
    used = used or any(
        subnet_id in (subnet.id for subnet in balancer.subnets) for balancer in _balancers(self)
    )
    used = used or any(subnet_id in _subnet_ids(database) for database in _databases(self))
    if used:
        raise _in_use(f"The subnet '{subnet_id}' has dependencies and cannot be deleted.")
    return original(self, subnet_id)


@replaces(SecurityGroupBackend, "delete_security_group")
def _delete_security_group(
    original, self: SecurityGroupBackend, name: str | None = None, group_id: str | None = None
):
    group = self.get_security_group_by_name_or_id(group_id or name)
    if group is not None and _group_in_use(self, group.id):
        raise _in_use(f"resource {group.id} has a dependent object")
    return original(self, name, group_id)


def _group_in_use(backend: SecurityGroupBackend, group_id: str) -> bool:
    if any(group_id in (group.id for group in interface.group_set) for interface in backend.enis.values()):
        return True
    if any(group_id in balancer.security_groups for balancer in _balancers(backend)):
        return True
    if any(group_id in database.vpc_security_group_ids for database in _databases(backend)):
        return True
    if any(
        group_id in (endpoint.security_group_ids or []) and endpoint.state != "deleted"
        for endpoint in backend.vpc_end_points.values()
    ):
        return True
    others = (
        group for of_vpc in backend.groups.values() for group in of_vpc.values() if group.id != group_id
    )
    return any(
        rule.source_group.get("GroupId") == group_id
        for group in others
        for rule in [*group.ingress_rules, *group.egress_rules]
    )


@replaces(VPCBackend, "delete_vpc")
def _delete_vpc(original, self: VPCBackend, vpc_id: str):
    gateways = any(gateway.vpc and gateway.vpc.id == vpc_id for gateway in self.internet_gateways.values())
    groups = any(group.name != "default" for group in self.groups.get(vpc_id, {}).values())
    acls = any(acl.vpc_id == vpc_id and not acl.default for acl in self.network_acls.values())
    endpoints = any(
        endpoint.vpc_id == vpc_id and endpoint.state != "deleted" for endpoint in self.vpc_end_points.values()
    )
    if gateways or groups or acls or endpoints:
        raise _in_use(f"The vpc '{vpc_id}' has dependencies and cannot be deleted.")
    return original(self, vpc_id)


@replaces(InternetGatewayBackend, "detach_internet_gateway")
def _detach_internet_gateway(original, self: InternetGatewayBackend, internet_gateway_id: str, vpc_id: str):
    public = any(
        interface.public_ip and interface.subnet.vpc_id == vpc_id for interface in self.enis.values()
    )
    internet_facing = any(
        balancer.vpc_id == vpc_id and balancer.scheme == "internet-facing" for balancer in _balancers(self)
    )
    if public or internet_facing:
        raise _in_use(
            f"Network {vpc_id} has some mapped public address(es). Please unmap those public address(es) before "
            f"detaching the gateway."
        )
    return original(self, internet_gateway_id, vpc_id)


@replaces(NatGatewayBackend, "delete_nat_gateway")
def _delete_nat_gateway(original, self: NatGatewayBackend, nat_gateway_id: str):
    gateway = self.nat_gateways.get(nat_gateway_id)
    if gateway is None:
        raise aws_error("ec2", "NatGatewayNotFound", f"The Nat Gateway {nat_gateway_id} was not found")
    for address in list(self.addresses):
        if address.eni is gateway._eni:
            self.disassociate_address(association_id=address.association_id)
    if gateway._eni.id in self.enis:
        self.delete_network_interface(gateway._eni.id)
    return original(self, nat_gateway_id)


def _balancers(backend) -> list:
    return list(elbv2_backends[backend.account_id][backend.region_name].load_balancers.values())


def _databases(backend) -> list:
    return list(rds_backends[backend.account_id][backend.region_name].databases.values())


def _subnet_group_of(database):
    """moto sets it only when the request names one."""
    return getattr(database, "db_subnet_group", None)


def _subnet_ids(database) -> list[str]:
    group = _subnet_group_of(database)
    return [] if group is None else [subnet.id for subnet in group._subnets]


def _in_use(message: str):
    return aws_error("ec2", "DependencyViolation", message)
