"""Gap: a subnet's IPv6 range is kept, but answers name its members in a form that moto's own serializer skips."""

from typing import Any

from moto.ec2.models.subnets import Subnet

if not isinstance(Subnet.ipv6_cidr_block_association_set, property):
    raise RuntimeError("moto answers with a subnet's IPv6 range in another way now: look at this gap again")


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
