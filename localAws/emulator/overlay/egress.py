"""Whether an instance could reach a package mirror: route, address, security groups and network ACL allow it."""

from moto.ec2.models.instances import Instance

_WORLD = "0.0.0.0/0"
_HTTP = 80
#: The ports from which Linux opens connections: answers return to these.
_FIRST_ANSWER, _LAST_ANSWER = 32_768, 60_999


def reaches_mirror(instance: Instance) -> bool:
    return _has_route(instance) and _groups_allow(instance) and _acl_allows(instance)


def _has_route(instance: Instance) -> bool:
    """Through an internet gateway with the instance's own public address, or through a NAT gateway."""
    for route in _route_table(instance).routes:
        if route.destination_cidr_block != _WORLD:
            continue
        if route.nat_gateway is not None:
            return True
        if getattr(route.gateway, "id", "").startswith("igw-"):
            return bool(instance.public_ip)
    return False


def _route_table(instance: Instance):
    tables = [
        table for table in instance.ec2_backend.route_tables.values() if table.vpc_id == instance.vpc_id
    ]
    own = [table for table in tables if _is_of(table, instance.subnet_id)]
    return (own or [table for table in tables if table.main_association_id])[0]


def _is_of(table, subnet_id: str) -> bool:
    return any(association.get("SubnetId") == subnet_id for association in table.associations)


def _groups_allow(instance: Instance) -> bool:
    rules = (
        rule for nic in instance.nics.values() for group in nic.group_set for rule in group.egress_rules
    )
    return any(
        (rule.ip_range or {}).get("CidrIp") == _WORLD
        and (
            str(rule.ip_protocol) == "-1"
            or (str(rule.ip_protocol) == "tcp" and int(rule.from_port) <= _HTTP <= int(rule.to_port))
        )
        for rule in rules
    )


def _acl_allows(instance: Instance) -> bool:
    acl = next(
        acl
        for acl in instance.ec2_backend.network_acls.values()
        if any(association.subnet_id == instance.subnet_id for association in acl.associations)
    )
    return _allowed(acl, egress=True, first=_HTTP, last=_HTTP) and _allowed(
        acl, egress=False, first=_FIRST_ANSWER, last=_LAST_ANSWER
    )


def _allowed(acl, *, egress: bool, first: int, last: int) -> bool:
    """Of the rules that match every address and all of the ports, the one with the lowest number decides."""
    fitting = [
        entry
        for entry in acl.entries
        if _is_egress(entry) == egress and entry.cidr_block == _WORLD and _covers(entry, first, last)
    ]
    fitting.sort(key=lambda entry: int(entry.rule_number))
    return bool(fitting) and fitting[0].rule_action == "allow"


def _is_egress(entry) -> bool:
    return str(entry.egress).lower() == "true"


def _covers(entry, first: int, last: int) -> bool:
    if str(entry.protocol) == "-1":
        return True
    if str(entry.protocol) not in ("6", "tcp"):
        return False
    return int(entry.port_range_from) <= first and last <= int(entry.port_range_to)
