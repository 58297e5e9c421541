"""Gap: RDS exports no logs. Here it creates the log groups, as on AWS without expiry and tags, unless they exist."""

from typing import Any

from moto.logs.models import logs_backends
from moto.rds.models import DBInstance, RDSBackend

from ..patching import replaces


@replaces(RDSBackend, "create_db_instance")
def _create(original, self: RDSBackend, db_kwargs: dict[str, Any]) -> DBInstance:
    database = original(self, db_kwargs)
    _ensure_log_groups(database)
    return database


@replaces(RDSBackend, "modify_db_instance")
def _modify(original, self: RDSBackend, db_instance_identifier: str, db_kwargs: dict[str, Any]) -> DBInstance:
    database = original(self, db_instance_identifier, db_kwargs)
    _ensure_log_groups(database)
    return database


def _ensure_log_groups(database: DBInstance) -> None:
    logs = logs_backends[database.account_id][database.region]
    for kind in database.enabled_cloudwatch_logs_exports:
        name = f"/aws/rds/instance/{database.db_instance_identifier}/{kind}"
        if name not in logs.groups:
            logs.create_log_group(name, {})
