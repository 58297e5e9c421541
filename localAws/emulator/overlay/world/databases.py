"""Database instances and their snapshots in the world."""

from typing import Any

from moto.rds.models import DBInstance, RDSBackend

from ..database_parameters import effective
from ..database_passwords import password_of
from ..managed_interfaces import interfaces_of
from .network import interface

Json = dict[str, Any]


def databases(backend: RDSBackend) -> list[Json]:
    """Instances, without members of clusters."""
    return [
        _database(database)
        for database in backend.databases.values()
        if database.db_cluster_identifier is None and interfaces_of(database)
    ]


def _database(database: DBInstance) -> Json:
    secret = getattr(database, "master_user_secret", None)
    (eni,) = interfaces_of(database)
    return {
        "id": database.db_instance_identifier,
        "resourceId": database.dbi_resource_id,
        "state": database.status,
        "engine": database.engine,
        "engineVersion": database.engine_version,
        "instanceClass": database.db_instance_class,
        "multiAz": bool(database.multi_az),
        "zone": database.availability_zone,
        "secondaryZone": getattr(database, "secondary_availability_zone", None),
        "vpcId": eni.subnet.vpc_id,
        "host": database.address,
        "port": int(database.port),
        "interface": interface(eni),
        "databaseName": database.db_name or None,
        "masterUsername": database.master_username,
        "masterPassword": password_of(database),
        "secretArn": None if secret is None else secret.secret_arn,
        "parameters": effective(database),
        "allocatedStorageGiB": int(database.allocated_storage),
        "reboots": getattr(database, "overlay_reboots", 0),
        "failovers": getattr(database, "overlay_failovers", 0),
        "fromSnapshotId": getattr(database, "overlay_from_snapshot", None),
    }


def snapshots(backend: RDSBackend) -> list[Json]:
    """Snapshots that a user created; the data of automated ones is not kept."""
    return [
        {
            "id": snapshot.db_snapshot_identifier,
            "databaseResourceId": snapshot.dbi_resource_id,
            "state": snapshot.status,
        }
        for snapshot in backend.database_snapshots.values()
        if snapshot.snapshot_type == "manual"
    ]
