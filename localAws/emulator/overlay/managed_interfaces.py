"""Network interfaces that AWS's services create in a user's subnets, and delete themselves."""

from collections.abc import Iterable
from typing import Any

from moto.ec2.models import EC2Backend
from moto.ec2.models.elastic_network_interfaces import NetworkInterface

from .gaps.ec2_addresses import new_public_address
from .patching import state_of


def interfaces_of(owner: Any) -> list[NetworkInterface]:
    """The interfaces of a load balancer, database or mount target, in the order of their creation."""
    return list(_by_subnet(owner).values())


def place(
    owner: Any,
    ec2: EC2Backend,
    subnet_ids: Iterable[str],
    group_ids: list[str],
    *,
    description: str,
    requester: str,
    kind: str = "interface",
    public: bool = False,
) -> None:
    """Makes the owner's interfaces equal to one in each of these subnets with these security groups."""
    wanted = list(subnet_ids)
    existing = _by_subnet(owner)
    for subnet_id in [subnet_id for subnet_id in existing if subnet_id not in wanted]:
        _delete(ec2, existing.pop(subnet_id))
    for subnet_id in wanted:
        if subnet_id not in existing:
            interface = ec2.create_network_interface(subnet_id, [], group_ids=group_ids)
            mark(interface, description=description, requester=requester, kind=kind)
            if public:
                interface.public_ip = new_public_address()
            existing[subnet_id] = interface
        elif group_ids:
            existing[subnet_id]._group_set = [ec2.get_security_group_from_id(group) for group in group_ids]


def mark(interface: NetworkInterface, *, description: str, requester: str, kind: str) -> None:
    """Gives the interface what AWS's own interfaces have."""
    interface.description = description
    interface.requester_managed = True
    interface.requester_id = requester
    interface.interface_type = kind
    interface.status = "in-use"


def remove(owner: Any, ec2: EC2Backend) -> None:
    existing = _by_subnet(owner)
    for interface in existing.values():
        _delete(ec2, interface)
    existing.clear()


def _delete(ec2: EC2Backend, interface: NetworkInterface) -> None:
    if interface.id in ec2.enis:
        ec2.delete_network_interface(interface.id)


def _by_subnet(owner: Any) -> dict[str, NetworkInterface]:
    return state_of(owner, "interfaces", dict)
