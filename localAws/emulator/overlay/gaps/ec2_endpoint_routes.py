"""Gap: a change of a gateway endpoint's route tables adds no route to them and removes none.

The deletion of the endpoint then fails on a missing route, and so does a second deletion.
"""

from moto.ec2.models.vpcs import VPCBackend

from ..patching import replaces


@replaces(VPCBackend, "modify_vpc_endpoint")
def _modify_vpc_endpoint(
    original,
    self: VPCBackend,
    *,
    vpc_id: str,
    add_route_tables: list[str],
    remove_route_tables: list[str],
    **others,
):
    endpoint = self.describe_vpc_endpoints(vpc_end_point_ids=[vpc_id])[0]
    entered = [table for table in add_route_tables if table not in endpoint.route_table_ids]
    left = [table for table in remove_route_tables if table in endpoint.route_table_ids]
    original(
        self,
        vpc_id=vpc_id,
        add_route_tables=add_route_tables,
        remove_route_tables=remove_route_tables,
        **others,
    )
    for table in entered:
        self.create_route(
            table,
            None,
            gateway_id=endpoint.id,
            destination_prefix_list_id=endpoint.destination_prefix_list_id,
        )
    for table in left:
        self.delete_route(table, endpoint.destination_prefix_list_id)


@replaces(VPCBackend, "delete_vpc_endpoints")
def _delete_vpc_endpoints(original, self: VPCBackend, vpce_ids: list[str] | None = None):
    known = {endpoint.id for endpoint in self.vpc_end_points.values() if endpoint.state != "deleted"}
    return original(self, [vpce_id for vpce_id in vpce_ids or [] if vpce_id in known])
