"""The state of all accounts as the live region reads it: the JSON of `localAws/live/world.ts`."""

from collections.abc import Iterator
from typing import Any

from moto.acm.models import acm_backends
from moto.autoscaling.models import autoscaling_backends
from moto.core.base_backend import BackendDict, BaseBackend
from moto.ec2.models import ec2_backends
from moto.efs.models import efs_backends
from moto.elbv2.models import elbv2_backends
from moto.rds.models import rds_backends
from moto.route53.models import route53_backends

from .compute import images, instances
from .databases import databases, snapshots
from .file_systems import file_systems
from .load_balancers import load_balancers, target_groups
from .names import certificates, records
from .network import vpcs

#: The services whose resources are in a region.
_SERVICES = {
    "acm": acm_backends,
    "autoscaling": autoscaling_backends,
    "ec2": ec2_backends,
    "efs": efs_backends,
    "elbv2": elbv2_backends,
    "rds": rds_backends,
}
#: Route 53 is not in a region: its records are with the first one.
_GLOBAL_REGION = "us-east-1"


def places() -> list[dict[str, Any]]:
    """One entry for each account and region that has something to run."""
    found = (_place(account_id, region) for account_id, region in sorted(_known()))
    return [place for place in found if _has_content(place)]


def _known() -> Iterator[tuple[str, str]]:
    known = {
        (account_id, region)
        for backends in _SERVICES.values()
        for account_id, regions in list(dict.items(backends))
        for region in list(dict.keys(regions))
    }
    return iter(known | {(account_id, _GLOBAL_REGION) for account_id in list(dict.keys(route53_backends))})


def existing(backends: BackendDict, account_id: str, region: str) -> BaseBackend | None:
    """The backend if a call created it: asking moto for it would create it, with a default VPC and its parts."""
    regions = dict.get(backends, account_id)
    return None if regions is None else dict.get(regions, region)


def _place(account_id: str, region: str) -> dict[str, Any]:
    ec2 = existing(ec2_backends, account_id, region)
    balancing = existing(elbv2_backends, account_id, region)
    rds = existing(rds_backends, account_id, region)
    efs = existing(efs_backends, account_id, region)
    acm = existing(acm_backends, account_id, region)
    dns = existing(route53_backends, account_id, "aws") if region == _GLOBAL_REGION else None
    return {
        "accountId": account_id,
        "region": region,
        "vpcs": [] if ec2 is None else vpcs(ec2),
        "instances": [] if ec2 is None else instances(ec2),
        "images": [] if ec2 is None else images(ec2),
        "loadBalancers": [] if balancing is None else load_balancers(balancing),
        "targetGroups": [] if balancing is None else target_groups(balancing),
        "databases": [] if rds is None else databases(rds),
        "databaseSnapshots": [] if rds is None else snapshots(rds),
        "fileSystems": [] if efs is None else file_systems(efs),
        "records": [] if dns is None else records(dns),
        "certificates": [] if acm is None else certificates(acm),
    }


def _has_content(place: dict[str, Any]) -> bool:
    return any(isinstance(value, list) and value for value in place.values())
