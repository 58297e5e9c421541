"""Gap: a restored database keeps the managed password, the tags and the Multi-AZ standby of its source.

On AWS it has the snapshot's content, engine, version, size, encryption, users and passwords. Everything else comes from
the request or is RDS's default. A snapshot that is not available is not restored.
"""

from typing import Any

from moto.rds.models import DBInstance, DBSnapshot, RDSBackend

from ..database_passwords import password_of
from ..errors import aws_error
from ..patching import replaces

#: The certificate authority of new databases.
_DEFAULT_AUTHORITY = "rds-ca-rsa2048-g1"

#: The values of the source that a restored database has unless the request names others.
_KEPT = (
    "allocated_storage",
    "backup_retention_period",
    "character_set_name",
    "db_instance_class",
    "db_name",
    "engine",
    "engine_version",
    "iops",
    "license_model",
    "master_username",
    "port",
    "preferred_backup_window",
    "preferred_maintenance_window",
    "storage_encrypted",
    "storage_throughput",
    "storage_type",
)


@replaces(RDSBackend, "create_db_snapshot")
def _create_snapshot(original, self: RDSBackend, db_instance_identifier: str, *args, **options) -> DBSnapshot:
    snapshot = original(self, db_instance_identifier, *args, **options)
    snapshot.overlay_password = password_of(self.databases[snapshot.db_instance_identifier])
    return snapshot


@replaces(RDSBackend, "describe_db_snapshots")
def _describe(
    original,
    self: RDSBackend,
    db_instance_identifier: str | None,
    db_snapshot_identifier: str | None = None,
    *args,
    **options,
) -> list[DBSnapshot]:
    if db_snapshot_identifier is not None and db_snapshot_identifier.startswith("arn:"):
        db_snapshot_identifier = self.extract_snapshot_name_from_arn(db_snapshot_identifier)
    return original(self, db_instance_identifier, db_snapshot_identifier, *args, **options)


@replaces(RDSBackend, "restore_db_instance_from_db_snapshot")
def _restore(_original, self: RDSBackend, from_snapshot_id: str, overrides: dict[str, Any]) -> DBInstance:
    (snapshot,) = self.describe_db_snapshots(None, from_snapshot_id)
    name = snapshot.db_snapshot_identifier
    if snapshot.status != "available":
        raise aws_error(
            "rds",
            "InvalidDBSnapshotState",
            f"Cannot restore the snapshot {name} because it is in the state {snapshot.status}.",
        )
    asked = {key: value for key, value in overrides.items() if value is not None}
    size = int(asked.get("allocated_storage", snapshot.allocated_storage))
    if size < int(snapshot.allocated_storage):
        raise aws_error(
            "rds",
            "InvalidParameterValue",
            "The allocated storage size can't be less than the source snapshot or backup size.",
        )
    if asked.get("engine", snapshot.engine) != snapshot.engine:
        raise aws_error(
            "rds",
            "InvalidParameterCombination",
            f"The snapshot {name} of {snapshot.engine} cannot be restored as {asked['engine']}.",
        )
    source = snapshot.database
    settings = {key: getattr(source, key) for key in _KEPT}
    settings.update(
        allocated_storage=snapshot.allocated_storage,
        ca_certificate_identifier=_DEFAULT_AUTHORITY,
        engine_version=snapshot.engine_version,
        kms_key_id=snapshot.kms_key_id,
        master_user_password=getattr(snapshot, "overlay_password", None),
    )
    # MariaDB's schema is the snapshot's: the parameter applies to other engines.
    asked.pop("db_name", None)
    return self.create_db_instance({**settings, **asked})
