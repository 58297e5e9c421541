"""Gap: the interfaces of NAT gateways, interface endpoints and mount targets look like a user's own.

Here they have AWS's descriptions and types, an endpoint's interfaces follow its subnets and groups, and interfaces that
AWS manages cannot be deleted by the user.
"""

from moto.ec2.models.elastic_network_interfaces import NetworkInterface
from moto.ec2.models.nat_gateways import NatGateway, NatGatewayBackend
from moto.ec2.models.vpcs import VPCBackend, VPCEndPoint
from moto.ec2.responses.elastic_network_interfaces import ElasticNetworkInterfaces
from moto.efs.models import MountTarget

from .. import managed_interfaces
from ..errors import aws_error
from ..patching import replaces, state_of


@replaces(NatGatewayBackend, "create_nat_gateway")
def _create_nat_gateway(original, self: NatGatewayBackend, *args, **settings) -> NatGateway:
    gateway = original(self, *args, **settings)
    managed_interfaces.mark(
        gateway._eni,
        description=f"Interface for NAT Gateway {gateway.id}",
        requester="amazon-vpc",
        kind="nat_gateway",
    )
    return gateway


@replaces(MountTarget, "set_network_interface")
def _set_network_interface(original, self: MountTarget, network_interface: NetworkInterface):
    original(self, network_interface)
    managed_interfaces.mark(
        network_interface,
        description=f"EFS mount target for {self.file_system_id} ({self.mount_target_id})",
        requester="amazon-elasticfilesystem",
        kind="efs",
    )


@replaces(VPCBackend, "create_vpc_endpoint")
def _create_vpc_endpoint(original, self: VPCBackend, *args, **settings) -> VPCEndPoint:
    endpoint = original(self, *args, **settings)
    if _is_interface(endpoint):
        state_of(endpoint, "interfaces", dict).update(
            {self.enis[eni_id].subnet.id: self.enis[eni_id] for eni_id in endpoint.network_interface_ids}
        )
        _place(self, endpoint)
    return endpoint


@replaces(VPCBackend, "modify_vpc_endpoint")
def _modify_vpc_endpoint(original, self: VPCBackend, vpc_id: str, *args, **settings):
    answer = original(self, vpc_id, *args, **settings)
    endpoint = self.vpc_end_points[vpc_id]
    if _is_interface(endpoint):
        _place(self, endpoint)
    return answer


@replaces(VPCBackend, "delete_vpc_endpoints")
def _delete_vpc_endpoints(original, self: VPCBackend, vpce_ids: list[str] | None = None):
    for endpoint_id in vpce_ids or []:
        endpoint = self.vpc_end_points.get(endpoint_id)
        if endpoint is not None and _is_interface(endpoint):
            managed_interfaces.remove(endpoint, self)
            endpoint.network_interface_ids = []
    return original(self, vpce_ids)


def _place(backend: VPCBackend, endpoint: VPCEndPoint) -> None:
    description = f"VPC Endpoint Interface {endpoint.id}"
    managed_interfaces.place(
        endpoint,
        backend,
        endpoint.subnet_ids or [],
        endpoint.security_group_ids,
        description=description,
        requester="amazon-vpc",
        kind="vpc_endpoint",
    )
    interfaces = managed_interfaces.interfaces_of(endpoint)
    for interface in interfaces:
        managed_interfaces.mark(
            interface, description=description, requester="amazon-vpc", kind="vpc_endpoint"
        )
    endpoint.network_interface_ids = [interface.id for interface in interfaces]


def _is_interface(endpoint: VPCEndPoint) -> bool:
    return str(endpoint.vpc_endpoint_type).lower() == "interface"


@replaces(ElasticNetworkInterfaces, "delete_network_interface")
def _delete_network_interface(original, self: ElasticNetworkInterfaces):
    interface = self.ec2_backend.enis.get(self._get_param("NetworkInterfaceId"))
    if interface is not None and interface.requester_managed:
        raise aws_error(
            "ec2", "InvalidParameterValue", f"Network interface '{interface.id}' is currently in use."
        )
    return original(self)
