"""Gap: only rules with address ranges keep a description, and only ports and IPv4 ranges can be changed."""

from moto.ec2.models.security_groups import SecurityGroupBackend, SecurityGroupRule

from ..patching import replaces


@replaces(SecurityGroupRule, "__init__")
def _init(
    original,
    self: SecurityGroupRule,
    backend,
    protocol,
    group_id,
    from_port,
    to_port,
    ip_range,
    source_group=None,
    prefix_list_id=None,
    **others,
):
    original(
        self,
        backend,
        protocol,
        group_id,
        from_port,
        to_port,
        ip_range,
        source_group,
        prefix_list_id,
        **others,
    )
    given = (ip_range or source_group or prefix_list_id or {}).get("Description")
    if given and not ip_range:
        self.ip_range = {"Description": given}


@replaces(SecurityGroupBackend, "modify_security_group_rules")
def _modify(original, self: SecurityGroupBackend, group_id: str, rules: dict[str, dict]):
    any_port = {"FromPort": -1, "ToPort": -1}
    original(self, group_id, {rule_id: {**any_port, **rule} for rule_id, rule in rules.items()})
    group = self.get_security_group_by_name_or_id(group_id)
    for rule_id, wanted in rules.items():
        rule = group.get_rule(rule_id)
        if "CidrIpv6" in wanted:
            rule.ip_range["CidrIpv6"] = wanted["CidrIpv6"]
        if "PrefixListId" in wanted:
            rule.prefix_list_id = wanted["PrefixListId"]
        if "ReferencedGroupId" in wanted:
            rule.source_group["GroupId"] = wanted["ReferencedGroupId"]
        if "Description" not in wanted:
            rule.ip_range.pop("Description", None)
