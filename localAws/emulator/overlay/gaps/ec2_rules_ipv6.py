"""Gap: a VPC without an IPv6 range keeps an egress rule with one when it is revoked by its permission."""

from moto.ec2.models.security_groups import SecurityGroupBackend

from ..patching import replaces


@replaces(SecurityGroupBackend, "revoke_security_group_egress")
def _revoke(
    original,
    self: SecurityGroupBackend,
    group_name_or_id: str,
    ip_protocol: str,
    from_port,
    to_port,
    ip_ranges: list[dict],
    source_groups=None,
    prefix_list_ids=None,
    security_rule_ids=None,
    vpc_id=None,
):
    ranges = {each["CidrIpv6"] for each in ip_ranges if "CidrIpv6" in each}
    group = self.get_security_group_by_name_or_id(group_name_or_id, vpc_id)
    found = [
        rule.id
        for rule in (group.egress_rules if group and ranges and not security_rule_ids else [])
        if rule.ip_protocol == ip_protocol
        and (str(rule.from_port), str(rule.to_port)) == (str(from_port), str(to_port))
        and rule.ip_range.get("CidrIpv6") in ranges
    ]
    others = [each for each in ip_ranges if "CidrIpv6" not in each] if found else ip_ranges
    if not found or others or source_groups or prefix_list_ids:
        original(
            self,
            group_name_or_id,
            ip_protocol,
            from_port,
            to_port,
            others,
            source_groups,
            prefix_list_ids,
            security_rule_ids,
            vpc_id,
        )
    if found:
        original(self, group_name_or_id, ip_protocol, from_port, to_port, [], None, None, found, vpc_id)
