"""Gap: resources that a database uses can be deleted, and the rules of the final snapshot are not checked."""

from moto.rds.exceptions import InvalidParameterCombination
from moto.rds.models import DBInstance, RDSBackend

from ..errors import aws_error
from ..patching import replaces
from .rds_changes import state_of_pending, subnet_group_of


@replaces(RDSBackend, "delete_db_instance")
def _delete_instance(
    original,
    self: RDSBackend,
    db_instance_identifier: str,
    final_db_snapshot_identifier: str | None = None,
    skip_final_snapshot: bool | None = False,
    **options,
) -> DBInstance:
    database = self.databases.get(db_instance_identifier)
    alone = database is not None and database.db_cluster_identifier is None and not database.is_replica
    if alone and not database.deletion_protection:
        if not skip_final_snapshot and not final_db_snapshot_identifier:
            raise InvalidParameterCombination(
                "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified."
            )
        if skip_final_snapshot and final_db_snapshot_identifier:
            raise InvalidParameterCombination(
                "FinalDBSnapshotIdentifier can not be specified when SkipFinalSnapshot is specified."
            )
    return original(self, db_instance_identifier, final_db_snapshot_identifier, skip_final_snapshot, **options)


@replaces(RDSBackend, "delete_db_parameter_group")
def _delete_parameter_group(original, self: RDSBackend, db_parameter_group_name: str):
    if db_parameter_group_name.startswith("default."):
        raise _in_use(f"Default DBParameterGroup cannot be deleted: {db_parameter_group_name}")
    for database in self.databases.values():
        pending = state_of_pending(database).get("db_parameter_group_name")
        if db_parameter_group_name in (database.db_parameter_group_name, pending):
            raise _in_use(
                "One or more database instances are still members of this parameter group "
                f"{db_parameter_group_name}, so the group cannot be deleted"
            )
    return original(self, db_parameter_group_name)


def _in_use(message: str):
    return aws_error("rds", "InvalidDBParameterGroupState", message)


@replaces(RDSBackend, "delete_subnet_group")
def _delete_subnet_group(original, self: RDSBackend, subnet_name: str):
    for database in self.databases.values():
        group = subnet_group_of(database)
        if group is not None and group.name == subnet_name:
            raise aws_error(
                "rds",
                "InvalidDBSubnetGroupStateFault",
                f"Cannot delete the subnet group '{subnet_name}' because at least one database instance: "
                f"{database.db_instance_identifier} is still using it.",
            )
    return original(self, subnet_name)
