"""Gap: an ICMP entry of a network ACL loses its type and code, because moto looks for them by their wire name."""

from moto.ec2.responses.network_acls import NetworkACLs

from ..patching import replaces

_NAMES = {"Icmp.Code": "IcmpTypeCode.Code", "Icmp.Type": "IcmpTypeCode.Type"}


@replaces(NetworkACLs, "_get_param")
def _get_param(original, self: NetworkACLs, name: str, if_none=None):
    return original(self, _NAMES.get(name, name), if_none)
