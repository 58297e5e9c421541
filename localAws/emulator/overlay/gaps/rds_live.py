"""Gap: databases have no data, and change at once. With a live region they do when the region reports it."""

from moto.rds.models import DBInstance, DBSnapshot, RDSBackend, rds_backends

from .. import database_states, live, reports
from ..database_passwords import keep_password
from ..errors import aws_error
from ..patching import replaces


def _hold(database: DBInstance, status: str) -> DBInstance:
    """Clusters have no live region."""
    if live.attached() and database.db_cluster_identifier is None:
        database.status = status
    return database


@replaces(RDSBackend, "create_db_instance")
def _create(original, self: RDSBackend, db_kwargs: dict) -> DBInstance:
    return _hold(original(self, db_kwargs), "creating")


@replaces(RDSBackend, "start_db_instance")
def _start(original, self: RDSBackend, db_instance_identifier: str) -> DBInstance:
    return _hold(original(self, db_instance_identifier), "starting")


@replaces(RDSBackend, "stop_db_instance")
def _stop(original, self: RDSBackend, db_instance_identifier: str, *args, **options) -> DBInstance:
    return _hold(original(self, db_instance_identifier, *args, **options), "stopping")


@replaces(RDSBackend, "reboot_db_instance")
def _reboot(original, self: RDSBackend, db_instance_identifier: str) -> DBInstance:
    database = original(self, db_instance_identifier)
    if database.db_cluster_identifier is not None:
        return database
    database.status = "rebooting"
    if not live.attached():
        database_states.advance(self, database, "available")
    return database


@replaces(RDSBackend, "delete_db_instance")
def _delete(original, self: RDSBackend, db_instance_identifier: str, *args, **options) -> DBInstance:
    database = self.databases.get(db_instance_identifier)
    if not live.attached() or database is None or database.db_cluster_identifier is not None:
        return original(self, db_instance_identifier, *args, **options)
    if database.status == "deleting":
        raise aws_error(
            "rds",
            "InvalidDBInstanceState",
            f"Instance {db_instance_identifier} is already being deleted.",
        )
    keep_password(database)
    original(self, db_instance_identifier, *args, **options)
    self.databases[db_instance_identifier] = database
    return database


@replaces(RDSBackend, "create_db_snapshot")
def _create_snapshot(original, self: RDSBackend, *args, **options) -> DBSnapshot:
    snapshot = original(self, *args, **options)
    if live.attached() and snapshot.snapshot_type == "manual":
        snapshot.status = "creating"
        snapshot.percent_progress = 0
    return snapshot


@replaces(RDSBackend, "restore_db_instance_from_db_snapshot")
def _restore(original, self: RDSBackend, from_snapshot_id: str, overrides: dict) -> DBInstance:
    database = original(self, from_snapshot_id, overrides)
    database.overlay_from_snapshot = from_snapshot_id.rsplit(":", 1)[-1]
    return database


@reports.handles("database")
def _report(report: reports.Report) -> None:
    backend = _backend(report)
    database = None if backend is None else backend.databases.get(report["id"])
    if database is not None:
        database_states.advance(backend, database, report["state"])


@reports.handles("databaseSnapshot")
def _report_snapshot(report: reports.Report) -> None:
    backend = _backend(report)
    snapshot = None if backend is None else backend.database_snapshots.get(report["id"])
    if snapshot is not None:
        database_states.finish_snapshot(snapshot, report["state"])


def _backend(report: reports.Report) -> RDSBackend | None:
    return dict.get(dict.get(rds_backends, report["accountId"]) or {}, report["region"])


@live.at_end
def _settle() -> None:
    database_states.settle_all()
