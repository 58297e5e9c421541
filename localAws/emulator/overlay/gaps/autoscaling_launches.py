"""Gap: a group launches only in its first subnet, and uses only image, type and user data of its launch template.

Here it uses the whole launch template, spreads instances over the Availability Zones of its subnets, and each
instance has the template version that it was launched from.
"""

from collections import Counter

from moto.autoscaling.models import ASG_NAME_TAG, FakeAutoScalingGroup, InstanceState
from moto.core.exceptions import ServiceException

from .. import live, scaling_causes
from ..patching import replaces
from ..scaling_members import is_in_service, is_leaving, launched
from .autoscaling_events import LAUNCH_ERROR, record
from .ec2_live_capacity import INSUFFICIENT_CAPACITY


@replaces(FakeAutoScalingGroup, "replace_autoscaling_group_instances")
def _launch(original, self: FakeAutoScalingGroup, count_needed: int, propagated_tags: dict[str, str]):
    if self.ec2_launch_template is None:
        original(self, count_needed, propagated_tags)
        for state in self.instance_states:
            if state.instance.state == "pending" and is_in_service(state):
                launched(self, state, [])
        return
    present = len(self.active_instances())
    launch(self, count_needed, [scaling_causes.started(present, present + count_needed)])


def launch(
    group: FakeAutoScalingGroup,
    count: int,
    causes: list[str],
    leaving: InstanceState | None = None,
    template: dict | None = None,
) -> int:
    """Launches instances and returns how many. A failure of an existing group becomes an activity, as on AWS.

    ``leaving`` is about to be terminated: the new instance may use its zone. ``template`` replaces the group's own.
    """
    exists = group.name in group.autoscaling_backend.autoscaling_groups
    for number in range(count):
        try:
            in_refresh = getattr(group, "overlay_refresh_template", None) if live.attached() else None
            _launch_one(group, causes, leaving, template or in_refresh or group.launch_template)
        except ServiceException as error:
            if not exists and error.code != INSUFFICIENT_CAPACITY:
                raise
            record(group, LAUNCH_ERROR, causes, failure=f"{error.code}: {error.message}")
            return number
    return count


def resolve_template(group: FakeAutoScalingGroup, template: dict) -> dict:
    """The template's id, name and version number, as AWS describes it."""
    ec2 = group.autoscaling_backend.ec2_backend
    if template.get("LaunchTemplateId"):
        found = ec2.get_launch_template(template["LaunchTemplateId"])
    else:
        found = ec2.get_launch_template_by_name(template["LaunchTemplateName"])
    number = found.get_version(template.get("Version") or "$Default").number
    return {"LaunchTemplateId": found.id, "LaunchTemplateName": found.name, "Version": str(number)}


def _launch_one(
    group: FakeAutoScalingGroup, causes: list[str], leaving: InstanceState | None, template: dict
) -> None:
    ec2 = group.autoscaling_backend.ec2_backend
    launched_from = resolve_template(group, template)
    subnet_id, zone = _next_place(group, leaving)
    reservation = ec2.run_instances(
        "",
        1,
        None,
        [],
        launch_template={key: launched_from[key] for key in ("LaunchTemplateId", "Version")},
        instance_type="m1.small",
        is_instance_type_default=True,
        region_name=ec2.region_name,
        subnet_id=subnet_id,
        placement=None if subnet_id else zone,
        associate_public_ip=None,
        tags={"instance": {**group.get_propagated_tags(), ASG_NAME_TAG: group.name}},
    )
    for instance in reservation.instances:
        instance.autoscaling_group = group
        instance.overlay_template = launched_from
        protected = group.new_instances_protected_from_scale_in
        state = InstanceState(instance, protected_from_scale_in=protected)
        group.instance_states.append(state)
        launched(group, state, causes)


def _next_place(group: FakeAutoScalingGroup, leaving: InstanceState | None) -> tuple[str | None, str]:
    """A subnet in the zone with the fewest instances of the group; the first of several."""
    in_use = Counter(
        state.availability_zone
        for state in group.instance_states
        if state is not leaving and not is_leaving(state)
    )
    if not group.vpc_zone_identifier:
        return None, min(group.availability_zones, key=lambda zone: in_use[zone])
    subnet_ids = group.vpc_zone_identifier.split(",")
    zones = {subnet_id: group.ec2_backend.get_subnet(subnet_id).availability_zone for subnet_id in subnet_ids}
    subnet_id = min(subnet_ids, key=lambda candidate: in_use[zones[candidate]])
    return subnet_id, zones[subnet_id]


@property
def _template_of_instance(self: InstanceState) -> dict | None:
    return getattr(self.instance, "overlay_template", None)


InstanceState.launch_template = _template_of_instance
