"""Gap: capacity has no limit. With a live region that has a memory budget, launches beyond it are refused."""

from moto.ec2.models.instances import InstanceBackend

from .. import live, live_instances
from ..errors import aws_error
from ..memory import counted_mib
from ..patching import replaces

INSUFFICIENT_CAPACITY = "InsufficientInstanceCapacity"
#: An instance keeps its memory until it is off.
_IN_MEMORY = ("pending", "running", "stopping", "shutting-down")


@replaces(InstanceBackend, "run_instances")
def _run_instances(
    original, self: InstanceBackend, image_id: str, count: int, user_data, group_names: list, **options
):
    if live.budget_mib() is not None:
        template = options.get("launch_template")
        of_template = self._get_template_from_args(template).data if template else {}
        kind = options.get("instance_type")
        if options.get("is_instance_type_default"):
            kind = of_template.get("InstanceType") or kind
        subnet = self.get_subnet(options["subnet_id"]) if options.get("subnet_id") else None
        zone = subnet.availability_zone if subnet else options.get("placement")
        _require(kind, count, zone)
    return original(self, image_id, count, user_data, group_names, **options)


@replaces(InstanceBackend, "start_instances")
def _start_instances(original, self: InstanceBackend, instance_ids: list[str]):
    if live.budget_mib() is not None:
        for instance in self.get_multi_instances_by_id(instance_ids):
            if instance.state == "stopped":
                _require(instance.instance_type, 1, instance.placement.zone)
    return original(self, instance_ids)


def _require(instance_type: str, count: int, zone: str | None) -> None:
    budget = live.budget_mib()
    used = sum(
        counted_mib(instance.instance_type)
        for instance in live_instances.all_instances()
        if instance.state in _IN_MEMORY
    )
    wanted = counted_mib(instance_type) * count
    if budget is None or used + wanted <= budget:
        return
    where = f" in the Availability Zone you requested ({zone})" if zone else ""
    raise aws_error(
        "ec2",
        INSUFFICIENT_CAPACITY,
        f"We currently do not have sufficient {instance_type} capacity{where}. Our system will be working on "
        f"provisioning additional capacity. In this emulator, the live region has {budget} MiB for instances: "
        f"{used} MiB are in use, and this launch counts {wanted} MiB.",
    )
