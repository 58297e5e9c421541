"""Gap: moto keeps a subnet's IPv6 range, but names its members in answers so that its own serializer skips them."""

from typing import Any

from moto.ec2.models.subnets import Subnet

if not isinstance(Subnet.ipv6_cidr_block_association_set, property):
    raise RuntimeError("moto returns a subnet's IPv6 range in another form now: check this gap")


def _associations(self: Subnet) -> list[dict[str, Any]]:
    return [
        {
            "AssociationId": association["associationId"],
            "Ipv6CidrBlock": association["ipv6CidrBlock"],
            "Ipv6CidrBlockState": association["ipv6CidrBlockState"],
        }
        for association in self.ipv6_cidr_block_associations.values()
        if association["ipv6CidrBlockState"]["State"] == "associated"
    ]


Subnet.ipv6_cidr_block_association_set = property(_associations)  # type: ignore[method-assign, assignment]
