"""Gap: moto compares changes of records with a journal, not with the zone, and applies them one by one.

Here, as on AWS, a batch is compared with the current zone, and refused as a whole with every reason or applied as a
whole. Names are case-insensitive, and their last dot is optional.
"""

from moto.route53.exceptions import InvalidInput, Route53ClientError
from moto.route53.models import FakeZone, RecordSet, Route53Backend
from moto.route53.utils import validate_domain_name

from ..patching import replaces
from .route53_names import canonical
from .route53_zone import Key, ZoneRecords, key_of

_ACTIONS = ("CREATE", "DELETE", "UPSERT")
_VALUES = "[AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId]"


@replaces(Route53Backend, "change_resource_record_sets")
def _change(_original, self: Route53Backend, zoneid: str, change_list: list[dict]) -> None:
    zone = self.get_hosted_zone(zoneid)
    changes = [(change["Action"], _record_of(change)) for change in change_list]
    records = ZoneRecords(zone)
    problems = _contradictions(changes)
    for action, record in changes:
        problems += records.apply(action, record)
    problems += records.problems()
    if problems:
        raise Route53ClientError("InvalidChangeBatch", f"[{', '.join(problems)}]")
    zone.rrsets = records.all()


@replaces(Route53Backend, "list_resource_record_sets")
def _list(original, self: Route53Backend, zone_id: str, start_type: str, start_name: str, max_items: int):
    start = canonical(start_name) if start_name else start_name
    return original(self, zone_id, start_type, start, max_items)


@replaces(FakeZone, "add_rrset")
def _add(original, self: FakeZone, record_set: dict) -> RecordSet:
    # The value of a new zone's SOA record is wrapped, as in a request.
    values = [value["Value"] if isinstance(value, dict) else value for value in record_set.get("ResourceRecords", [])]
    return original(self, {**record_set, "Name": canonical(record_set["Name"]), "ResourceRecords": values})


@replaces(Route53Backend, "delete_hosted_zone")
def _delete_zone(original, self: Route53Backend, id_: str):
    zone = self.get_hosted_zone(id_)
    apex = canonical(zone.name)
    if any(record.name != apex or record.type not in ("NS", "SOA") for record in zone.rrsets):
        message = "The specified hosted zone contains non-required resource record sets and so cannot be deleted."
        raise Route53ClientError("HostedZoneNotEmpty", message)
    return original(self, id_)


def _record_of(change: dict) -> RecordSet:
    """The record of a change, in the zone's form."""
    action, wanted = change["Action"], change["ResourceRecordSet"]
    if action not in _ACTIONS:
        raise InvalidInput(f"Invalid XML ; cvc-enumeration-valid: Value '{action}' is not facet-valid")
    validate_domain_name(wanted["Name"], code="InvalidChangeBatch")
    alias, values = wanted.get("AliasTarget"), wanted.get("ResourceRecords")
    has_values = bool(values) and wanted.get("TTL") is not None
    if (alias is None) != has_values or (alias is not None and (values or wanted.get("TTL") is not None)):
        found = "none" if alias is None else "more than one"
        raise InvalidInput(
            f"Invalid request: Expected exactly one of {_VALUES}, but found {found} in Change with "
            f"[Action={action}, Name={wanted['Name']}, Type={wanted['Type']}, "
            f"SetIdentifier={wanted.get('SetIdentifier', 'null')}]"
        )
    kept = {**wanted, "Name": canonical(wanted["Name"])}
    if values:
        kept["ResourceRecords"] = [value["Value"] for value in values]
    if alias is not None:
        kept["AliasTarget"] = {**alias, "DNSName": canonical(alias["DNSName"])}
    return RecordSet(kept)


def _contradictions(changes: list[tuple[str, RecordSet]]) -> list[str]:
    """A batch may change a record twice only by a deletion and a following creation."""
    seen: dict[Key, list[str]] = {}
    for action, record in changes:
        seen.setdefault(key_of(record), []).append(action)
    return [
        f"The request contains an invalid set of changes for a resource record set '{kind} {name}'"
        for (name, kind, _), actions in seen.items()
        if len(actions) > 1 and (len(actions) > 2 or actions[0] != "DELETE" or actions[1] == "DELETE")
    ]
