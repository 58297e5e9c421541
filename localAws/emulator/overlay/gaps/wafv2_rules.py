"""Gap: two rules of a web ACL have one priority, and an update cannot remove all rules or the description."""

from moto.wafv2.models import WAFV2Backend

from ..errors import aws_error
from ..patching import replaces


def _refuse_equal_priorities(rules) -> None:
    priorities = [rule["Priority"] for rule in rules or []]
    for priority in priorities:
        if priorities.count(priority) > 1:
            raise aws_error(
                "wafv2",
                "WAFInvalidParameterException",
                "Error reason: You have used a duplicate priority value, field: RULE, parameter: "
                f"Priority: {priority}",
            )


@replaces(WAFV2Backend, "create_web_acl")
def _create_web_acl(original, self: WAFV2Backend, name, visibility, action, scope, description, tags, rules, *others):
    _refuse_equal_priorities(rules)
    return original(self, name, visibility, action, scope, description, tags, rules, *others)


@replaces(WAFV2Backend, "update_web_acl")
def _update_web_acl(original, self: WAFV2Backend, name, _id, default_action, rules, description, *others):
    _refuse_equal_priorities(rules)
    token = original(self, name, _id, default_action, rules, description, *others)
    acl = self.get_web_acl(None, name, _id)
    acl.description = description or ""
    if not rules:
        acl.rules = []
    return token
