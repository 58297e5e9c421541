"""VPCs of the world: subnets with their routes, network ACLs, security groups, gateways and endpoints."""

from typing import Any

from moto.ec2.models import EC2Backend
from moto.ec2.models.elastic_network_interfaces import NetworkInterface

Json = dict[str, Any]


def vpcs(ec2: EC2Backend) -> list[Json]:
    """All VPCs but default VPCs without an interface: nothing runs there."""
    used = {interface.subnet.vpc_id for interface in ec2.enis.values()}
    return [_vpc(ec2, vpc) for vpc in ec2.vpcs.values() if not _is_default(vpc) or vpc.id in used]


def interface(eni: NetworkInterface) -> Json:
    return {
        "id": eni.id,
        "subnetId": eni.subnet.id,
        "privateIp": eni.private_ip_address,
        "publicIp": eni.public_ip or None,
        "groups": sorted(group.id for group in eni.group_set),
    }


def _is_default(vpc) -> bool:
    return str(vpc.is_default).lower() == "true"


def _vpc(ec2: EC2Backend, vpc) -> Json:
    gateway = next((gw for gw in ec2.internet_gateways.values() if gw.vpc and gw.vpc.id == vpc.id), None)
    return {
        "id": vpc.id,
        "cidrs": [entry["cidr_block"] for entry in vpc.get_cidr_block_association_set()],
        "isDefault": _is_default(vpc),
        "dnsSupport": _flag(vpc.enable_dns_support),
        "dnsHostnames": _flag(vpc.enable_dns_hostnames),
        "internetGatewayId": None if gateway is None else gateway.id,
        "subnets": [
            _subnet(ec2, subnet)
            for in_zone in ec2.subnets.values()
            for subnet in in_zone.values()
            if subnet.vpc_id == vpc.id
        ],
        "acls": [
            {"id": acl.id, "entries": [_acl_entry(entry) for entry in acl.entries if entry.cidr_block]}
            for acl in ec2.network_acls.values()
            if acl.vpc_id == vpc.id
        ],
        "securityGroups": [_group(ec2, group) for group in ec2.groups.get(vpc.id, {}).values()],
        "natGateways": [
            _nat_gateway(nat)
            for nat in ec2.nat_gateways.values()
            if nat.vpc_id == vpc.id and nat.state != "deleted"
        ],
        "endpoints": [
            _endpoint(ec2, endpoint)
            for endpoint in ec2.vpc_end_points.values()
            if endpoint.vpc_id == vpc.id and endpoint.state != "deleted"
        ],
    }


def _flag(value: Any) -> bool:
    return str(value).lower() == "true"


def _subnet(ec2: EC2Backend, subnet) -> Json:
    tables = [table for table in ec2.route_tables.values() if table.vpc_id == subnet.vpc_id]
    own = [table for table in tables if subnet.id in table._associations.values()]
    table = (own or [table for table in tables if table.main_association_id])[0]
    acl = next(
        acl
        for acl in ec2.network_acls.values()
        if any(association.subnet_id == subnet.id for association in acl.associations)
    )
    return {
        "id": subnet.id,
        "cidr": subnet.cidr_block,
        "zone": subnet.availability_zone,
        "routes": [entry for route in table.routes for entry in _routes(ec2, route)],
        "aclId": acl.id,
    }


def _routes(ec2: EC2Backend, route) -> list[Json]:
    """One entry, or one for each range of a managed prefix list; none for IPv6."""
    target = _target(ec2, route)
    if route.destination_prefix_list is not None:
        return [
            {"destination": cidr, "target": target} for cidr in _ranges(ec2, route.destination_prefix_list.id)
        ]
    if route.destination_cidr_block is None:
        return []
    return [{"destination": route.destination_cidr_block, "target": target}]


def _target(ec2: EC2Backend, route) -> str | None:
    """The id of the route's target; None when the target was deleted."""
    target = (
        route.gateway_id
        or route.nat_gateway_id
        or route.network_interface_id
        or (route.instance.nics[0].id if route.instance and route.instance.nics else None)
        or route.egress_only_internet_gateway_id
        or route.transit_gateway_id
        or route.vpc_peering_connection_id
    )
    nat = ec2.nat_gateways.get(target)
    if nat is not None and nat.state == "deleted":
        return None
    if target is not None and target.startswith("igw-") and target not in ec2.internet_gateways:
        return None
    return target


def _ranges(ec2: EC2Backend, prefix_list_id: str) -> list[str]:
    found = ec2.managed_prefix_lists.get(prefix_list_id)
    if found is None or found.address_family != "IPv4":
        return []
    return [entry["Cidr"] for entry in found.entries.get(found.version) or []]


def _acl_entry(entry) -> Json:
    return {
        "ruleNumber": int(entry.rule_number),
        "egress": _flag(entry.egress),
        "protocol": str(entry.protocol),
        "action": entry.rule_action,
        "cidr": entry.cidr_block,
        "fromPort": _number(entry.port_range_from),
        "toPort": _number(entry.port_range_to),
        "icmpType": _number(entry.icmp_type),
        "icmpCode": _number(entry.icmp_code),
    }


def _number(value: Any) -> int | None:
    return None if value is None else int(value)


def _group(ec2: EC2Backend, group) -> Json:
    rules = [_rule(ec2, rule, egress=False) for rule in group.ingress_rules]
    rules += [_rule(ec2, rule, egress=True) for rule in group.egress_rules]
    return {"id": group.id, "name": group.name, "rules": [rule for rule in rules if _applies(rule)]}


def _rule(ec2: EC2Backend, rule, *, egress: bool) -> Json:
    cidr, source = rule.ip_range.get("CidrIp"), rule.source_group.get("GroupId")
    return {
        "egress": egress,
        "protocol": str(rule.ip_protocol),
        "fromPort": _port(rule.from_port),
        "toPort": _port(rule.to_port),
        "cidrs": [cidr] if cidr else [],
        "groups": [source] if source else [],
        "prefixListCidrs": _ranges(ec2, rule.prefix_list_id) if rule.prefix_list_id else [],
    }


def _port(value: Any) -> int | None:
    """-1 is every port, type or code."""
    return None if value is None or int(value) < 0 else int(value)


def _applies(rule: Json) -> bool:
    """A rule with only an IPv6 range allows nothing here."""
    return bool(rule["cidrs"] or rule["groups"] or rule["prefixListCidrs"])


def _nat_gateway(nat) -> Json:
    return {
        "id": nat.id,
        "subnetId": nat.subnet_id,
        "state": nat.state,
        "privateIp": nat._eni.private_ip_address,
        "publicIp": nat._eni.public_ip or None,
    }


def _endpoint(ec2: EC2Backend, endpoint) -> Json:
    is_interface = str(endpoint.vpc_endpoint_type).lower() == "interface"
    return {
        "id": endpoint.id,
        "service": endpoint.service_name,
        "type": "Interface" if is_interface else "Gateway",
        "state": endpoint.state,
        "privateDns": _flag(endpoint.private_dns_enabled),
        "interfaces": [
            interface(ec2.enis[eni_id]) for eni_id in endpoint.network_interface_ids if eni_id in ec2.enis
        ],
    }
