"""Database instances and their snapshots in the world."""

import json
from typing import Any

from moto.rds.models import DBInstance, RDSBackend

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
        "masterPassword": _password(database),
        "secretArn": None if secret is None else secret.secret_arn,
        "parameters": _parameters(database),
        "allocatedStorageGiB": int(database.allocated_storage),
        "reboots": getattr(database, "overlay_reboots", 0),
        "failovers": getattr(database, "overlay_failovers", 0),
        "fromSnapshotId": getattr(database, "overlay_from_snapshot", None),
    }


def _password(database: DBInstance) -> str:
    secret = getattr(database, "master_user_secret", None)
    if secret is None:
        return str(database._master_user_password or "")
    value = secret.secretsmanager.get_secret_value(secret.secret_arn, "", "AWSCURRENT")
    return str(json.loads(value["SecretString"])["password"])


def _parameters(database: DBInstance) -> dict[str, str]:
    """Those that a user set; the names and values of RDS."""
    return {
        name: str(parameter["ParameterValue"])
        for group in database.db_parameter_groups()
        for name, parameter in group.parameters.items()
        if parameter.get("ParameterValue") is not None
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
