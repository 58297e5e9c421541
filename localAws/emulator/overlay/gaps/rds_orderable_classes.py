"""Gap: no MariaDB instance class can be ordered.

Here a class of the families that RDS has for MariaDB is offered in the zones that offer the EC2 type of the same
name. Source of the families: the RDS user guide, "Supported DB engines for DB instance classes".
"""

from moto.core.responses import PaginatedResult
from moto.ec2.models import ec2_backends
from moto.rds.models import RDSBackend
from moto.rds.responses import RDSResponse

from ..patching import replaces
from .rds_versions import MINOR_VERSIONS

_FAMILIES = (
    "t3 t4g m5 m5d m6g m6gd m6i m6id m6idn m6in m7g m7gd m7i m8g m8gd "
    "r5 r5b r5d r6g r6gd r6i r6id r6idn r6in r7g r7gd r7i r8g r8gd x2g x2idn x2iedn"
).split()


@replaces(RDSResponse, "describe_orderable_db_instance_options")
def _describe_orderable_options(original, self: RDSResponse):
    engine = self.params.get("Engine")
    if engine != "mariadb":
        return original(self)
    wanted_class = self.params.get("DBInstanceClass")
    wanted_version = self.params.get("EngineVersion")
    options = [
        {
            "Engine": engine,
            "EngineVersion": version,
            "DBInstanceClass": name,
            "AvailabilityZones": [{"Name": zone} for zone in zones],
            "MultiAZCapable": len(zones) > 1,
            "Vpc": True,
        }
        for name, zones in _zones_of_classes(self.backend).items()
        if wanted_class in (None, name)
        for version in MINOR_VERSIONS
        if wanted_version in (None, version)
    ]
    return PaginatedResult({"OrderableDBInstanceOptions": options})


def _zones_of_classes(backend: RDSBackend) -> dict[str, list[str]]:
    ec2 = ec2_backends[backend.account_id][backend.region_name]
    zones: dict[str, list[str]] = {}
    for offering in ec2.describe_instance_type_offerings("availability-zone"):
        family, _, size = offering["InstanceType"].partition(".")
        if family in _FAMILIES and size != "nano":
            zones.setdefault(f"db.{family}.{size}", []).append(offering["Location"])
    return {name: sorted(of_class) for name, of_class in sorted(zones.items())}
