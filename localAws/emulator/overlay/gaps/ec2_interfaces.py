"""Gap: a network interface without a public address has an empty association in answers, which clients read as one."""

from moto.ec2.models.elastic_network_interfaces import NetworkInterface

_association = NetworkInterface.association.fget


@property
def _association_if_any(self: NetworkInterface) -> dict | None:
    return _association(self) or None


NetworkInterface.association = _association_if_any
