"""Gap: a load balancer has several web ACLs, or one that was deleted, and keeps them when it is deleted itself."""

from moto.elbv2.models import ELBv2Backend, elbv2_backends
from moto.wafv2.models import WAFV2Backend, wafv2_backends

from ..errors import aws_error
from ..patching import replaces


@replaces(WAFV2Backend, "associate_web_acl")
def _associate_web_acl(original, self: WAFV2Backend, web_acl_arn: str, resource_arn: str):
    if ":loadbalancer/" in resource_arn:
        balancers = elbv2_backends[self.account_id][self.region_name].load_balancers
        if resource_arn not in balancers or balancers[resource_arn].type != "application":
            raise aws_error(
                "wafv2",
                "WAFUnavailableEntityException",
                "AWS WAF couldn’t retrieve the resource that you requested. Retry your request.",
            )
    if web_acl_arn in self.wacls:
        self.disassociate_web_acl(resource_arn)
    return original(self, web_acl_arn, resource_arn)


@replaces(WAFV2Backend, "delete_web_acl")
def _delete_web_acl(original, self: WAFV2Backend, name: str, scope: str, _id: str, lock_token: str):
    acl = next((each for each in self.wacls.values() if each.id == _id), None)
    if acl is not None and acl.associated_resources:
        raise aws_error(
            "wafv2",
            "WAFAssociatedItemException",
            "AWS WAF couldn’t perform the operation because your resource is being used by another resource or it’s"
            " associated with another resource.",
        )
    return original(self, name, scope, _id, lock_token)


@replaces(ELBv2Backend, "delete_load_balancer")
def _delete_load_balancer(original, self: ELBv2Backend, arn: str):
    answer = original(self, arn)
    wafv2_backends[self.account_id][self.region_name].disassociate_web_acl(arn)
    return answer
