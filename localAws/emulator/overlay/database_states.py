"""States of databases that wait for the live region, and their events."""

from moto.ec2.models import ec2_backends
from moto.rds.models import DBInstance, DBSnapshot, Event, RDSBackend, rds_backends

from . import changes, managed_interfaces

#: What RDS's events of these kinds contain; moto has no others than those of creation and backups.
Event.EVENT_MAP.update(
    {
        "DB_INSTANCE_SHUTDOWN": {"Categories": ["availability"], "Message": "DB instance shutdown"},
        "DB_INSTANCE_RESTARTED": {"Categories": ["availability"], "Message": "DB instance restarted"},
        "DB_INSTANCE_STOPPED": {"Categories": ["notification"], "Message": "DB instance stopped"},
        "DB_INSTANCE_STARTED": {"Categories": ["notification"], "Message": "DB instance started"},
        "DB_INSTANCE_DELETED": {"Categories": ["deletion"], "Message": "DB instance deleted"},
        "DB_INSTANCE_FAILED": {"Categories": ["failure"], "Message": "The DB instance has failed"},
        "DB_INSTANCE_FAILOVER_START": {
            "Categories": ["failover"],
            "Message": "Multi-AZ instance failover started.",
        },
        "DB_INSTANCE_FAILOVER_FINISH": {
            "Categories": ["failover"],
            "Message": "Multi-AZ instance failover completed",
        },
    }
)

#: The state after each waiting one, and its events.
_NEXT = {
    "creating": ("available", []),
    "starting": ("available", ["DB_INSTANCE_STARTED"]),
    "rebooting": ("available", ["DB_INSTANCE_RESTARTED"]),
    "failed": ("available", []),
    "stopping": ("stopped", ["DB_INSTANCE_STOPPED"]),
    "deleting": ("deleted", ["DB_INSTANCE_DELETED"]),
}
_WAITING = ("creating", "starting", "rebooting", "stopping", "deleting")


def advance(backend: RDSBackend, database: DBInstance, state: str) -> None:
    """The live region reports that the database reached this state. A state that nothing waits for is ignored."""
    if state == "failed" and database.status not in ("deleting", "failed"):
        database.status = "failed"
        database.add_event("DB_INSTANCE_FAILED")
        changes.touch()
        return
    reached, events = _NEXT.get(database.status, (None, []))
    if reached != state:
        return
    for event in events:
        database.add_event(event)
    if database.status == "rebooting" and getattr(database, "overlay_fails_over", False):
        database.add_event("DB_INSTANCE_FAILOVER_FINISH")
    database.status = state
    if state == "deleted":
        backend.databases.pop(database.db_instance_identifier, None)
        managed_interfaces.remove(database, ec2_backends[backend.account_id][backend.region_name])
    changes.touch()


def settle_all() -> None:
    """What waited for an ended region gets the state that it was going to. Data that was not copied is lost."""
    for backend in _backends():
        for database in list(backend.databases.values()):
            if database.status in _WAITING:
                advance(backend, database, _NEXT[database.status][0])
        for snapshot in backend.database_snapshots.values():
            if snapshot.status == "creating":
                snapshot.status = "failed"


def finish_snapshot(snapshot: DBSnapshot, state: str) -> None:
    if snapshot.status == "creating":
        snapshot.status = state
        snapshot.percent_progress = 100
        changes.touch()


def _backends() -> list[RDSBackend]:
    return [backend for regions in list(dict.values(rds_backends)) for backend in list(dict.values(regions))]
