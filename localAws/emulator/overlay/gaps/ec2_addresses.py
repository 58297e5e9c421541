"""Gap: private addresses of interfaces are outside their subnet or collide, and public addresses can collide.

Here every interface has a free address of its subnet until it is deleted, and a public address exists once in all
accounts and regions.
"""

import ipaddress
import itertools

from moto.ec2.models import elastic_ip_addresses, elastic_network_interfaces
from moto.ec2.models.elastic_network_interfaces import NetworkInterface, NetworkInterfaceBackend
from moto.ec2.models.nat_gateways import NatGateway

from ..patching import replaces

#: A part of AWS's own range. No address is used twice while this process runs.
_PUBLIC = ipaddress.IPv4Network("54.208.0.0/12")
_offsets = itertools.count(1)


def new_public_address() -> str:
    return str(_PUBLIC[next(_offsets) % _PUBLIC.num_addresses])


@replaces(elastic_network_interfaces, "random_public_ip")
def _random_public_ip(_original) -> str:
    return new_public_address()


@replaces(elastic_ip_addresses, "random_ip")
def _random_ip(_original) -> str:
    return new_public_address()


@replaces(NetworkInterface, "__init__")
def _init(original, self: NetworkInterface, ec2_backend, subnet, private_ip_address, *args, **options):
    place = ec2_backend.get_subnet(subnet) if isinstance(subnet, str) else subnet
    if isinstance(private_ip_address, list):
        private_ip_address = next(iter(private_ip_address), None)
    if _is_in(place, private_ip_address):
        if private_ip_address not in place._subnet_ips:
            place.request_ip(private_ip_address, self)
    elif not options.get("private_ip_addresses"):
        private_ip_address = place.get_available_subnet_ip(self)
    original(self, ec2_backend, place, private_ip_address, *args, **options)


def _is_in(subnet, address: str | None) -> bool:
    return bool(address) and ipaddress.ip_address(address) in subnet.cidr


@replaces(NetworkInterfaceBackend, "delete_network_interface")
def _delete(original, self: NetworkInterfaceBackend, eni_id: str):
    interface = self.enis.get(eni_id)
    original(self, eni_id)
    for address in interface.private_ip_addresses:
        interface.subnet.del_subnet_ip(address["PrivateIpAddress"])


@replaces(NatGateway, "__init__")
def _init_nat_gateway(original, self: NatGateway, *args, **options):
    original(self, *args, **options)
    self.private_ip = self._eni.private_ip_address
