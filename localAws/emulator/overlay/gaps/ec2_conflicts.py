"""Gap: resources that may exist once are created twice, or are taken from their user.

Here a subnet has one route table, a VPC one internet gateway, an address one user, a VPC one interface endpoint with
a service's private DNS name, and an interface endpoint one subnet in a zone.
"""

from moto.ec2.models.elastic_ip_addresses import ElasticAddressBackend
from moto.ec2.models.internet_gateways import InternetGatewayBackend
from moto.ec2.models.nat_gateways import NatGatewayBackend
from moto.ec2.models.route_tables import RouteBackend
from moto.ec2.models.vpcs import VPCBackend

from ..errors import aws_error
from ..patching import replaces


@replaces(RouteBackend, "associate_route_table")
def _associate_route_table(
    original,
    self: RouteBackend,
    route_table_id: str,
    gateway_id: str | None = None,
    subnet_id: str | None = None,
):
    for table in self.route_tables.values():
        if subnet_id is not None and table.id != route_table_id and subnet_id in table._associations.values():
            raise aws_error(
                "ec2",
                "Resource.AlreadyAssociated",
                f"the specified association for route table {route_table_id} conflicts with an existing association",
            )
    return original(self, route_table_id, gateway_id, subnet_id)


@replaces(InternetGatewayBackend, "attach_internet_gateway")
def _attach_internet_gateway(original, self: InternetGatewayBackend, internet_gateway_id: str, vpc_id: str):
    attached = (gateway for gateway in self.internet_gateways.values() if gateway.vpc)
    if any(gateway.vpc.id == vpc_id and gateway.id != internet_gateway_id for gateway in attached):
        raise aws_error(
            "ec2",
            "InvalidParameterValue",
            f"Network {vpc_id} already has an internet gateway attached",
        )
    return original(self, internet_gateway_id, vpc_id)


@replaces(ElasticAddressBackend, "release_address")
def _release_address(
    original, self: ElasticAddressBackend, address: str | None = None, allocation_id: str | None = None
):
    found = self.address_by_ip([address]) if address else self.address_by_allocation([allocation_id])
    if found[0].eni is not None or found[0].instance is not None:
        raise aws_error(
            "ec2",
            "InvalidIPAddress.InUse",
            f"Address {found[0].public_ip} is in use.",
        )
    return original(self, address, allocation_id)


@replaces(NatGatewayBackend, "create_nat_gateway")
def _create_nat_gateway(original, self: NatGatewayBackend, subnet_id: str, allocation_id: str, **settings):
    if allocation_id and self.address_by_allocation([allocation_id])[0].eni is not None:
        raise aws_error(
            "ec2",
            "Resource.AlreadyAssociated",
            f"Elastic IP address [{allocation_id}] is already associated",
        )
    return original(self, subnet_id=subnet_id, allocation_id=allocation_id, **settings)


@replaces(VPCBackend, "create_vpc_endpoint")
def _create_vpc_endpoint(original, self: VPCBackend, vpc_id: str, service_name: str, *args, **settings):
    _one_subnet_in_a_zone(self, settings.get("subnet_ids") or [])
    endpoint = original(self, vpc_id, service_name, *args, **settings)
    others = (other for other in self.vpc_end_points.values() if other is not endpoint)
    if endpoint.private_dns_enabled and any(
        other.vpc_id == vpc_id
        and other.service_name == service_name
        and other.private_dns_enabled
        and other.state != "deleted"
        for other in others
    ):
        self.delete_vpc_endpoints([endpoint.id])
        del self.vpc_end_points[endpoint.id]
        raise aws_error(
            "ec2",
            "InvalidParameter",
            f"private-dns-enabled cannot be set because there is already a conflicting DNS domain for {service_name} "
            f"in the VPC {vpc_id}",
        )
    return endpoint


@replaces(VPCBackend, "modify_vpc_endpoint")
def _modify_vpc_endpoint(
    original, self: VPCBackend, vpc_id: str, policy_doc: str, add_subnets, remove_subnets, *args, **settings
):
    endpoint = self.describe_vpc_endpoints(vpc_end_point_ids=[vpc_id])[0]
    # AWS adds subnets before it removes others.
    _one_subnet_in_a_zone(self, [*(endpoint.subnet_ids or []), *(add_subnets or [])])
    return original(self, vpc_id, policy_doc, add_subnets, remove_subnets, *args, **settings)


def _one_subnet_in_a_zone(backend: VPCBackend, subnet_ids: list[str]) -> None:
    zones = [backend.get_subnet(subnet_id).availability_zone for subnet_id in dict.fromkeys(subnet_ids)]
    if len(zones) != len(set(zones)):
        raise aws_error(
            "ec2",
            "DuplicateSubnetsInSameZone",
            f"Found another VPC endpoint subnet in the availability zone of {subnet_ids[-1]}.",
        )
