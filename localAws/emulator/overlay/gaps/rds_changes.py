"""Gap: ModifyDBInstance refuses no change, and applies all changes at once.

On AWS a change waits for the maintenance window (PendingModifiedValues) unless ApplyImmediately is true, and changes
that the database does not support are refused.
"""

import math
from typing import Any

from moto.rds.exceptions import InvalidParameterCombination
from moto.rds.models import DBInstance, DBSubnetGroup, RDSBackend

from ..errors import aws_error
from ..patching import replaces
from .rds_versions import family_of, major_of, newest_minor, order_of

#: The changes that wait for the maintenance window, which never comes here, by their names in PendingModifiedValues.
_PENDING = {
    "allocated_storage": "AllocatedStorage",
    "storage_type": "StorageType",
    "iops": "Iops",
    "storage_throughput": "StorageThroughput",
    "engine_version": "EngineVersion",
    "db_instance_class": "DBInstanceClass",
    "multi_az": "MultiAZ",
    "ca_certificate_identifier": "CACertificateIdentifier",
    "license_model": "LicenseModel",
    "new_db_instance_identifier": "DBInstanceIdentifier",
}
#: MariaDB's storage grows by at least 10 %.
_LEAST_GROWTH_PERCENT = 110


@replaces(RDSBackend, "create_db_instance")
def _create(original, self: RDSBackend, db_kwargs: dict[str, Any]) -> DBInstance:
    wanted = dict(db_kwargs)
    engine, version = wanted["engine"], newest_minor(wanted["engine"], wanted.get("engine_version"))
    wanted["engine_version"] = version
    if version is not None:
        _require_family(self, wanted.get("db_parameter_group_name"), engine, version)
    return original(self, wanted)


@replaces(RDSBackend, "modify_db_instance")
def _modify(original, self: RDSBackend, db_instance_identifier: str, db_kwargs: dict[str, Any]) -> DBInstance:
    database = self.describe_db_instances(db_instance_identifier)[0]
    wanted = {key: value for key, value in dict(db_kwargs).items() if value is not None}
    immediately = bool(wanted.pop("apply_immediately", False))
    allows_major = bool(wanted.pop("allow_major_version_upgrade", False))
    if database.db_cluster_identifier is None:
        _settle_version(self, database, wanted, allows_major)
        _settle_storage(database, wanted)
        _require_other_vpc(self, database, wanted)
    pending = state_of_pending(database)
    if immediately and wanted.get("rotate_master_user_password"):
        # moto checks it for a rotation.
        wanted["apply_immediately"] = True
    if immediately:
        wanted = {**pending, **wanted}
        pending.clear()
    else:
        _defer(database, wanted, pending)
    database.pending_modified_values = {
        _PENDING[key]: value for key, value in pending.items() if key in _PENDING
    }
    return original(self, db_instance_identifier, wanted)


def state_of_pending(database: DBInstance) -> dict[str, Any]:
    """The changes that the maintenance window will apply."""
    pending: dict[str, Any] = database.__dict__.setdefault("overlay_pending", {})
    return pending


def _defer(database: DBInstance, wanted: dict[str, Any], pending: dict[str, Any]) -> None:
    keys = {key for key in _PENDING if key in wanted and wanted[key] != getattr(database, key, None)}
    if "engine_version" in keys:
        # A major upgrade also changes the parameter group.
        keys.add("db_parameter_group_name")
    retention = wanted.get("backup_retention_period")
    if retention is not None and (retention == 0) != (database.backup_retention_period == 0):
        keys.add("backup_retention_period")
    for key in keys & wanted.keys():
        pending[key] = wanted.pop(key)


def _settle_version(
    backend: RDSBackend, database: DBInstance, wanted: dict[str, Any], allows_major: bool
) -> None:
    current = database.engine_version
    target = newest_minor(database.engine, wanted.get("engine_version")) or current
    if major_of(target) == major_of(current) and wanted.get("engine_version", "").count(".") < 2:
        # The running major version, with any minor version.
        target = current
    if "engine_version" in wanted:
        wanted["engine_version"] = target
    group = wanted.get("db_parameter_group_name")
    if order_of(target) < order_of(current):
        raise InvalidParameterCombination(f"Cannot upgrade {database.engine} from {current} to {target}")
    if major_of(target) != major_of(current):
        if not allows_major:
            raise InvalidParameterCombination(
                "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version."
            )
        own = database.db_parameter_group_name
        if group is None and own in backend.db_parameter_groups:
            raise InvalidParameterCombination(
                f"Current Parameter Group ({own}) is non-default. You need to explicitly specify a new Parameter "
                "Group in this case (default or custom)"
            )
    _require_family(backend, group, database.engine, target)


def _require_family(backend: RDSBackend, name: str | None, engine: str, version: str) -> None:
    group = backend.db_parameter_groups.get(name) if name is not None else None
    family = family_of(engine, version)
    if group is not None and engine == "mariadb" and group.family != family:
        raise InvalidParameterCombination(
            f"The Parameter Group {name} with DBParameterGroupFamily {group.family} cannot be used for this instance. "
            f"Please use a Parameter Group with DBParameterGroupFamily {family}"
        )


def _settle_storage(database: DBInstance, wanted: dict[str, Any]) -> None:
    current, asked = int(database.allocated_storage), wanted.get("allocated_storage")
    if asked is not None and int(asked) < current:
        raise InvalidParameterCombination(
            f"Requested storage size ({asked}) cannot be less than the current storage size ({current})"
        )
    if asked is not None and int(asked) > current:
        wanted["allocated_storage"] = max(int(asked), math.ceil(current * _LEAST_GROWTH_PERCENT / 100))
    size = int(wanted.get("allocated_storage", current))
    kind = wanted.get("storage_type", database.storage_type)
    if kind == "gp3" and size < 400 and (wanted.get("iops") or wanted.get("storage_throughput")):
        raise InvalidParameterCombination(
            f"You can't specify IOPS or storage throughput for engine {database.engine} and a storage size less than "
            "400."
        )


def subnet_group_of(database: DBInstance) -> DBSubnetGroup | None:
    return getattr(database, "db_subnet_group", None)


def _require_other_vpc(backend: RDSBackend, database: DBInstance, wanted: dict[str, Any]) -> None:
    name, old = wanted.get("db_subnet_group_name"), subnet_group_of(database)
    if name is None or (old is not None and old.name == name):
        return
    new = backend.subnet_groups.get(name)
    if new is None:
        raise aws_error("rds", "DBSubnetGroupNotFoundFault", f"Subnet group {name} not found.")
    if old is not None and old.vpc_id == new.vpc_id:
        raise aws_error(
            "rds",
            "InvalidVPCNetworkStateFault",
            "You cannot move a DB instance with its subnet group to a subnet group in the same VPC.",
        )
