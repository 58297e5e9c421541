"""The records of a zone while a batch of changes is checked."""

from moto.route53.models import FakeZone, RecordSet

from .route53_names import canonical, is_within

#: Name, type and set identifier: no two records of a zone share all three.
Key = tuple[str, str, str | None]


def key_of(record: RecordSet) -> Key:
    return canonical(record.name), record.type, record.set_identifier


def same_values(one: RecordSet, other: RecordSet) -> bool:
    """A deletion must name the record's values, in any order."""
    return _values(one) == _values(other)


def _values(record: RecordSet) -> tuple:
    alias = record.alias_target
    target = alias and (
        alias["HostedZoneId"],
        canonical(alias["DNSName"]),
        str(alias.get("EvaluateTargetHealth", False)).lower(),
    )
    routing = (record.weight, record.region, record.failover, record.geo_location, record.multi_value_answer)
    ttl = None if record.ttl is None else int(record.ttl)
    return target, ttl, sorted(record.records), *(None if each is None else str(each) for each in routing)


class ZoneRecords:
    """The zone's records after the changes so far."""

    def __init__(self, zone: FakeZone) -> None:
        self._zone_id = zone.resource_id
        self._apex = canonical(zone.name)
        self._records = {key_of(record): record for record in zone.rrsets}

    def all(self) -> list[RecordSet]:
        return list(self._records.values())

    def apply(self, action: str, record: RecordSet) -> list[str]:
        """Applies one change. Returns the reason if Route 53 refuses it."""
        name, kind, identifier = key = key_of(record)
        shown = f"[name='{name}', type='{kind}'" + (f", set-identifier='{identifier}']" if identifier else "]")
        existing = self._records.get(key)
        if not is_within(name, self._apex):
            return [f"RRSet with DNS name {name} is not permitted in zone {self._apex}"]
        if action == "CREATE" and existing is not None:
            return [f"Tried to create resource record set {shown} but it already exists"]
        if action == "DELETE" and existing is None:
            return [f"Tried to delete resource record set {shown} but it was not found"]
        if action == "DELETE" and not same_values(existing, record):
            return [
                f"Tried to delete resource record set {shown} but the values provided do not match the current values"
            ]
        if action == "DELETE":
            del self._records[key]
        else:
            self._records[key] = record
        duplicates = [value for value in dict.fromkeys(record.records) if record.records.count(value) > 1]
        return [f"Duplicate Resource Record: '{value}'" for value in duplicates]

    def problems(self) -> list[str]:
        """The rules of Route 53 that a whole zone must satisfy."""
        return [*self._apex_problems(), *self._conflicts(), *self._lost_aliases()]

    def _apex_problems(self) -> list[str]:
        problems = []
        if (self._apex, "NS", None) not in self._records:
            problems.append("A HostedZone must contain at least one NS record for the zone itself.")
        if (self._apex, "SOA", None) not in self._records:
            problems.append("A HostedZone must contain exactly one SOA record.")
        if any(name == self._apex and kind == "CNAME" for name, kind, _ in self._records):
            problems.append(
                f"RRSet of type CNAME with DNS name {self._apex} is not permitted at apex in zone {self._apex}"
            )
        return problems

    def _conflicts(self) -> list[str]:
        problems = []
        kinds: dict[str, set[str]] = {}
        identifiers: dict[tuple[str, str], set[bool]] = {}
        for name, kind, identifier in self._records:
            kinds.setdefault(name, set()).add(kind)
            identifiers.setdefault((name, kind), set()).add(identifier is None)
        for name, of_name in kinds.items():
            if "CNAME" in of_name and len(of_name) > 1 and name != self._apex:
                problems.append(
                    f"RRSet of type CNAME with DNS name {name} is not permitted as it conflicts with other records "
                    f"with the same DNS name in zone {self._apex}"
                )
        for (name, kind), simple in identifiers.items():
            if len(simple) > 1:
                problems.append(
                    f"RRSet with DNS name {name}, type {kind}, SetIdentifier null cannot be created as other RRSets "
                    "exist with the same name and type."
                )
        return problems

    def _lost_aliases(self) -> list[str]:
        """An alias to a record of the same zone requires that record."""
        targets = {(name, kind) for name, kind, _ in self._records}
        return [
            f"Tried to create an alias that targets {target}, type {record.type} in zone {self._zone_id}, "
            "but that target was not found"
            for record in self._records.values()
            if record.alias_target
            and record.alias_target["HostedZoneId"].split("/")[-1] == self._zone_id
            and ((target := canonical(record.alias_target["DNSName"])), record.type) not in targets
        ]
