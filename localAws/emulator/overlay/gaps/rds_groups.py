"""Gap: a subnet group may cover one zone, replaces another of its name, and is lost when it changes.

moto has no ResetDBParameterGroup.
"""

from moto.core.responses import ActionResult
from moto.rds.models import RDSBackend
from moto.rds.responses import RDSResponse

from ..errors import aws_error
from ..patching import adds, replaces


@replaces(RDSBackend, "modify_db_subnet_group")
def _modify_subnet_group(original, self: RDSBackend, subnet_name: str, *args, **kwargs):
    if subnet_name not in self.subnet_groups:
        raise aws_error("rds", "DBSubnetGroupNotFoundFault", f"Subnet group {subnet_name} not found.")
    group = original(self, subnet_name, *args, **kwargs)
    self.subnet_groups[subnet_name] = group
    return group


@replaces(RDSBackend, "create_subnet_group")
def _create_subnet_group(
    original, self: RDSBackend, subnet_name: str, description: str, subnets: list, *args, **kwargs
):
    if subnet_name in self.subnet_groups:
        raise aws_error(
            "rds", "DBSubnetGroupAlreadyExists", f"The DB subnet group '{subnet_name}' already exists."
        )
    if len({subnet.availability_zone for subnet in subnets}) < 2:
        raise aws_error(
            "rds",
            "DBSubnetGroupDoesNotCoverEnoughAZs",
            "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: "
            f"{', '.join(sorted({subnet.availability_zone for subnet in subnets}))}. Add subnets to cover at least 2 AZs.",
        )
    return original(self, subnet_name, description, subnets, *args, **kwargs)


@adds(RDSResponse)
def reset_db_parameter_group(self: RDSResponse):
    name = self.params.get("DBParameterGroupName")
    group = self.backend.db_parameter_groups.get(name)
    if group is None:
        raise aws_error("rds", "DBParameterGroupNotFound", f"DBParameterGroup not found: {name}")
    if self.params.get("ResetAllParameters"):
        group.parameters.clear()
    for parameter in self.params.get("Parameters", []):
        group.parameters.pop(parameter["ParameterName"], None)
    return ActionResult({"DBParameterGroupName": name})
