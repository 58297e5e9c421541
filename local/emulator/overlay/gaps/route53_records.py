"""Gap: a record is created beside one of the same name and type, as long as it has other values."""

from moto.route53.exceptions import ResourceRecordAlreadyExists
from moto.route53.models import Route53Backend

from ..patching import replaces


@replaces(Route53Backend, "change_resource_record_sets")
def _change(original, self: Route53Backend, zoneid: str, change_list: list[dict]):
    zone = self.get_hosted_zone(zoneid)
    for change in change_list:
        wanted = change["ResourceRecordSet"]
        key = _key(wanted["Name"], wanted["Type"], wanted.get("SetIdentifier"))
        existing = {_key(record.name, record.type, record.set_identifier) for record in zone.rrsets}
        if change["Action"] == "CREATE" and key in existing:
            raise ResourceRecordAlreadyExists(name=wanted["Name"], _type=wanted["Type"])
    return original(self, zoneid, change_list)


def _key(name: str, record_type: str, set_identifier: str | None) -> tuple:
    return name.rstrip(".").lower(), record_type, set_identifier
