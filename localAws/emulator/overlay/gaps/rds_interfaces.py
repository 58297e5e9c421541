"""Gap: a database has no network interface, no zone of its own, and one DNS suffix in all accounts.

Here it has an interface in the subnet of its zone, and a Multi-AZ database has a secondary zone.
"""

import base64
import hashlib

from moto.ec2.models import EC2Backend, ec2_backends
from moto.rds.models import DBInstance, RDSBackend

from .. import managed_interfaces
from ..errors import aws_error
from ..patching import replaces
from .rds_changes import subnet_group_of


@property
def _address(self: DBInstance) -> str:
    place = f"{self.account_id} {self.region}".encode()
    suffix = "c" + base64.b32encode(hashlib.sha256(place).digest()).decode().lower()[:11]
    return f"{self.db_instance_identifier}.{suffix}.{self.region}.rds.amazonaws.com"


DBInstance.address = _address


@replaces(RDSBackend, "create_db_instance")
def _create(original, self: RDSBackend, db_kwargs: dict) -> DBInstance:
    database = original(self, db_kwargs)
    place(database)
    return database


@replaces(RDSBackend, "modify_db_instance")
def _modify(original, self: RDSBackend, db_instance_identifier: str, db_kwargs: dict) -> DBInstance:
    database = original(self, db_instance_identifier, db_kwargs)
    place(database)
    return database


@replaces(RDSBackend, "delete_db_instance")
def _delete(original, self: RDSBackend, db_instance_identifier: str, *args, **options) -> DBInstance:
    database = original(self, db_instance_identifier, *args, **options)
    # With a live region the database is being deleted for a while.
    if database.db_instance_identifier not in self.databases:
        managed_interfaces.remove(database, _ec2(database))
    return database


def place(database: DBInstance) -> None:
    """Puts the database's interface into the subnet of its zone, and keeps its secondary zone."""
    subnets = _subnets(database)
    zones = list(subnets)
    if database.availability_zone not in subnets:
        database.availability_zone = zones[0]
    others = [zone for zone in zones if zone != database.availability_zone]
    database.secondary_availability_zone = others[0] if database.multi_az and others else None
    subnet = subnets[database.availability_zone]
    existing = managed_interfaces.interfaces_of(database)
    # The address stays when the zone changes: a failover here is a restart.
    kept = next(
        (interface.subnet.id for interface in existing if interface.vpc_id == subnet.vpc_id), subnet.id
    )
    managed_interfaces.place(
        database,
        _ec2(database),
        [kept],
        list(database.vpc_security_group_ids),
        description="RDSNetworkInterface",
        requester="amazon-rds",
    )


def _subnets(database: DBInstance) -> dict:
    """One subnet of each zone that the database may use, by zone."""
    group = subnet_group_of(database)
    if group is not None:
        subnets = group._subnets
    else:
        subnets = list(_ec2(database).get_default_subnets().values())
    if not subnets:
        raise aws_error(
            "rds",
            "InvalidSubnet",
            "No default subnet detected in VPC. Please contact AWS Support to recreate default Subnets.",
        )
    found: dict = {}
    for subnet in sorted(subnets, key=lambda candidate: candidate.availability_zone):
        found.setdefault(subnet.availability_zone, subnet)
    return found


def _ec2(database: DBInstance) -> EC2Backend:
    return ec2_backends[database.account_id][database.region]
