"""Gap: RebootDBInstance does nothing, and parameters that wait for a reboot are not shown.

A reboot with failover swaps the zones of a Multi-AZ database.
"""

import copy

from moto.rds.exceptions import InvalidParameterCombination
from moto.rds.models import DBInstance, DBParameterGroup, RDSBackend
from moto.rds.responses import RDSResponse

from .. import database_parameters
from ..errors import aws_error
from ..patching import replaces


@replaces(RDSBackend, "create_db_instance")
def _create(original, self: RDSBackend, db_kwargs: dict) -> DBInstance:
    database = original(self, db_kwargs)
    if database.db_cluster_identifier is None:
        _read_parameters(database)
    return database


@replaces(RDSBackend, "start_db_instance")
def _start(original, self: RDSBackend, db_instance_identifier: str) -> DBInstance:
    database = original(self, db_instance_identifier)
    _read_parameters(database)
    return database


def _read_parameters(database: DBInstance) -> None:
    database_parameters.apply_all(database)
    database_parameters.note_running_group(database)


@replaces(RDSResponse, "reboot_db_instance")
def _reboot_request(original, self: RDSResponse):
    database = self.backend.describe_db_instances(self.params.get("DBInstanceIdentifier"))[0]
    fails_over = bool(self.params.get("ForceFailover"))
    if database.status != "available":
        raise aws_error(
            "rds",
            "InvalidDBInstanceState",
            f"Instance {database.db_instance_identifier} is not in available state.",
        )
    if fails_over and not database.multi_az:
        raise InvalidParameterCombination(
            "ForceFailover cannot be specified since the instance is not Multi-AZ."
        )
    database.overlay_fails_over = fails_over
    return original(self)


@replaces(RDSBackend, "reboot_db_instance")
def _reboot(original, self: RDSBackend, db_instance_identifier: str) -> DBInstance:
    database = original(self, db_instance_identifier)
    if database.db_cluster_identifier is not None:
        return database
    database.overlay_reboots = getattr(database, "overlay_reboots", 0) + 1
    database.add_event("DB_INSTANCE_SHUTDOWN")
    if getattr(database, "overlay_fails_over", False):
        database.overlay_failovers = getattr(database, "overlay_failovers", 0) + 1
        database.add_event("DB_INSTANCE_FAILOVER_START")
        database.availability_zone, database.secondary_availability_zone = (
            database.secondary_availability_zone,
            database.availability_zone,
        )
    _read_parameters(database)
    return database


@replaces(RDSBackend, "modify_db_parameter_group")
def _modify_parameter_group(
    original, self: RDSBackend, db_parameter_group_name: str, db_parameter_group_parameters
):
    parameters = list(db_parameter_group_parameters)
    group = original(self, db_parameter_group_name, parameters)
    for database in _users(self, group):
        database_parameters.apply_immediate(database, parameters)
    return group


@replaces(RDSResponse, "reset_db_parameter_group")
def _reset_parameter_group(original, self: RDSResponse):
    group = self.backend.db_parameter_groups.get(self.params.get("DBParameterGroupName"))
    names = [] if group is None else list(group.parameters)
    answer = original(self)
    parameters = list(self.params.get("Parameters", []))
    if self.params.get("ResetAllParameters"):
        parameters += [{"ParameterName": name} for name in names]
    for database in _users(self.backend, group):
        database_parameters.forget(database, parameters)
    return answer


def _users(backend: RDSBackend, group: DBParameterGroup) -> list[DBInstance]:
    return [
        database
        for database in backend.databases.values()
        if database.db_cluster_identifier is None and database_parameters.use_group(database, group)
    ]


@property
def _parameter_group_status_list(self: DBInstance) -> list[DBParameterGroup]:
    # A copy: other databases may use the group too.
    groups = [copy.copy(group) for group in self.db_parameter_groups()]
    for group in groups:
        group.ParameterApplyStatus = database_parameters.apply_status(self)
    return groups


DBInstance.db_parameter_group_status_list = _parameter_group_status_list
