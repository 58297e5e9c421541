"""Records of public hosted zones, and certificates, in the world."""

from typing import Any

from moto.acm.models import AWSCertificateManagerBackend
from moto.route53.models import Route53Backend

Json = dict[str, Any]

_TYPES = ("A", "AAAA", "CNAME")


def records(backend: Route53Backend) -> list[Json]:
    return [
        {
            "name": _name(record.name),
            "type": record.type,
            "values": [str(value) for value in record.records or []],
            "alias": _name(record.alias_target["DNSName"]) if record.alias_target else None,
        }
        for zone in backend.zones.values()
        if str(zone.private_zone).lower() != "true"
        for record in zone.rrsets
        if record.type in _TYPES
    ]


def _name(name: str) -> str:
    return name.rstrip(".").lower()


def certificates(backend: AWSCertificateManagerBackend) -> list[Json]:
    return [
        {"arn": certificate.arn, "names": list(dict.fromkeys([certificate.common_name, *certificate.sans]))}
        for certificate in backend._certificates.values()
    ]
