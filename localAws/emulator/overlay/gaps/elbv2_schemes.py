"""Gap: a load balancer that is created without a scheme has none; on AWS it is internet-facing."""

from moto.elbv2.models import ELBv2Backend

from ..patching import replaces


@replaces(ELBv2Backend, "create_load_balancer")
def _create_load_balancer(original, self: ELBv2Backend, *args, scheme: str | None = None, **settings):
    return original(self, *args, scheme=scheme or "internet-facing", **settings)
