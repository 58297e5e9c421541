"""The EC2 resources that a user created, without the default VPC and its parts, and without parts of others."""

from collections.abc import Callable, Iterable, Iterator

from moto.ec2.models import EC2Backend

from .gaps.ec2_connect_endpoints import endpoints_of


def _own_vpcs(ec2: EC2Backend) -> set[str]:
    return {vpc.id for vpc in ec2.vpcs.values() if vpc.is_default != "true" and vpc.is_default is not True}


def _instances(ec2: EC2Backend) -> Iterator[str]:
    for reservation in ec2.reservations.values():
        yield from (instance.id for instance in reservation.instances if instance.state != "terminated")


def _subnets(ec2: EC2Backend) -> Iterator[str]:
    for in_zone in ec2.subnets.values():
        yield from (subnet.id for subnet in in_zone.values() if subnet.vpc_id in _own_vpcs(ec2))


def _security_groups(ec2: EC2Backend) -> Iterator[str]:
    for of_vpc in ec2.groups.values():
        yield from (group.id for group in of_vpc.values() if group.name != "default")


def _network_acls(ec2: EC2Backend) -> Iterator[str]:
    return (acl.id for acl in ec2.network_acls.values() if not acl.default)


def _route_tables(ec2: EC2Backend) -> Iterator[str]:
    return (table.id for table in ec2.route_tables.values() if not table.main_association_id)


def _images(ec2: EC2Backend) -> Iterator[str]:
    return (image.id for image in ec2.amis.values() if image.owner_id == ec2.account_id)


def _snapshots(ec2: EC2Backend) -> Iterator[str]:
    return (snapshot.id for snapshot in ec2.snapshots.values() if snapshot.owner_id == ec2.account_id)


def _nat_gateways(ec2: EC2Backend) -> Iterator[str]:
    return (gateway.id for gateway in ec2.nat_gateways.values() if gateway.state != "deleted")


def _endpoints(ec2: EC2Backend) -> Iterator[str]:
    return (endpoint.id for endpoint in ec2.vpc_end_points.values() if endpoint.state != "deleted")


EC2_TYPES: dict[str, Callable[[EC2Backend], Iterable[str]]] = {
    "vpc": _own_vpcs,
    "subnet": _subnets,
    "security-group": _security_groups,
    "network-acl": _network_acls,
    "route-table": _route_tables,
    "internet-gateway": lambda ec2: ec2.internet_gateways,
    "nat-gateway": _nat_gateways,
    "elastic-ip": lambda ec2: ec2.addresses,
    "vpc-endpoint": _endpoints,
    "instance-connect-endpoint": endpoints_of,
    "instance": _instances,
    "image": _images,
    "snapshot": _snapshots,
    "volume": lambda ec2: ec2.volumes,
    "network-interface": lambda ec2: (eni.id for eni in ec2.enis.values() if not eni.requester_managed),
    "launch-template": lambda ec2: ec2.launch_templates,
    "key-pair": lambda ec2: ec2.key_pairs,
    "placement-group": lambda ec2: getattr(ec2, "placement_groups", {}),
    "flow-log": lambda ec2: ec2.flow_logs,
    "prefix-list": lambda ec2: (
        prefix_list.id
        for prefix_list in ec2.managed_prefix_lists.values()
        if prefix_list.owner_id == ec2.account_id
    ),
}
