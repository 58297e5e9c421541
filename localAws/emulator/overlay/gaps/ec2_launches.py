"""Gap: a launch ignores most of its launch template, and parts of the request.

Here it uses the whole template: security groups and addresses of its network interface, profile, metadata options,
monitoring, disks, tags of volumes. It also uses the request's MaxCount, requires its key pair to exist, deletes the
primary network interface with the instance, and gives every instance the profile.
"""

from copy import deepcopy

from moto.ec2.models.instances import Instance, InstanceBackend
from moto.ec2.responses.instances import InstanceResponse
from moto.ec2.utils import convert_tag_spec, filter_iam_instance_profiles

from ..errors import aws_error
from ..patching import replaces
from .ec2_images import resolve_image_id


@replaces(InstanceResponse, "run_instances")
def _run_instances_request(original, self: InstanceResponse):
    # AWS starts as many as it can, up to MaxCount; here that is always MaxCount.
    self.params["MinCount"] = self.params.get("MaxCount", self.params.get("MinCount", 1))
    return original(self)


@replaces(InstanceResponse, "_validate_block_device_mapping")
def _validate_block_device_mapping(original, _self: InstanceResponse, disk: dict):
    """The image's own disk has a size; _disks checks the size of the other disks."""
    original({**disk, "Ebs": {"VolumeSize": 1, **disk["Ebs"]}} if "Ebs" in disk else disk)


@replaces(InstanceBackend, "run_instances")
def _run_instances(
    original, self: InstanceBackend, image_id: str, count: int, user_data, group_names: list, **options
):
    template = _template_of(self, options)
    profile = template.get("IamInstanceProfile")
    if profile is not None:
        _check_profile(self, profile)
    of_request = _profile_of_request(options)
    _take_from_template(options, template)
    _take_primary_interface(options)
    if options.get("key_name"):
        self.describe_key_pairs(key_names=[options["key_name"]])
    image_id = resolve_image_id(self, image_id or template.get("ImageId", ""))
    if not image_id:
        raise aws_error("ec2", "MissingParameter", "The request must contain the parameter ImageId")
    image = self.describe_images(ami_ids=[image_id])[0]
    if image.state != "available":
        raise aws_error("ec2", "InvalidAMIID.Unavailable", f"The image ID '{image_id}' is {image.state}")
    options["block_device_mappings"] = _disks(image, options["block_device_mappings"])
    reservation = original(self, image_id, count, user_data, group_names, **options)
    for instance in reservation.instances:
        for interface in instance.nics.values():
            interface.delete_on_termination = True
    # moto gives the request's profile only to the first instance.
    without_profile = reservation.instances[1:] if of_request else reservation.instances
    for instance in without_profile:
        _associate(self, instance, of_request or profile)
    return reservation


def _template_of(backend: InstanceBackend, options: dict) -> dict:
    wanted = options.get("launch_template")
    return deepcopy(backend._get_template_from_args(wanted).data) if wanted else {}


def _take_from_template(options: dict, template: dict) -> None:
    """Values that the request leaves out come from the template."""
    options["nics"] = options.get("nics") or template.get("NetworkInterfaces") or []
    options["metadata_options"] = {
        **(template.get("MetadataOptions") or {}),
        **(options.get("metadata_options") or {}),
    }
    options["block_device_mappings"] = (
        options.get("block_device_mappings") or template.get("BlockDeviceMappings") or []
    )
    options["ebs_optimized"] = options.get("ebs_optimized") or template.get("EbsOptimized") or False
    if (template.get("Monitoring") or {}).get("Enabled"):
        options["monitoring_state"] = "enabled"
    for option, key in (
        ("instance_initiated_shutdown_behavior", "InstanceInitiatedShutdownBehavior"),
        ("disable_api_termination", "DisableApiTermination"),
    ):
        options[option] = options.get(option) or template.get(key)
    tags = options.setdefault("tags", {})
    for kind, of_template in convert_tag_spec(template.get("TagSpecifications") or []).items():
        tags[kind] = {**of_template, **tags.get(kind, {})}


def _take_primary_interface(options: dict) -> None:
    """moto reads groups, subnet and address from the request; they may be in its primary interface instead."""
    interfaces = deepcopy(options["nics"])
    primary = next((nic for nic in interfaces if int(nic.get("DeviceIndex", 0)) == 0), None)
    if primary is None or primary.get("NetworkInterfaceId"):
        options["nics"] = interfaces
        return
    options["security_group_ids"] = options.get("security_group_ids") or primary.get("Groups") or []
    options["subnet_id"] = options.get("subnet_id") or primary.get("SubnetId")
    if options.get("associate_public_ip") is None:
        options["associate_public_ip"] = primary.get("AssociatePublicIpAddress")
    options["private_ip"] = options.get("private_ip") or primary.get("PrivateIpAddress")
    others = [nic for nic in interfaces if nic is not primary]
    options["nics"] = [{"DeviceIndex": 0}, *others] if others else []


def _disks(image, wanted: list[dict]) -> list[dict]:
    """The image's root disk with the request's changes, then the request's other disks."""
    root = deepcopy(image.block_device_mappings[0])
    asked = {disk["DeviceName"]: disk for disk in wanted}
    of_root = asked.pop(root["DeviceName"], {})
    root["Ebs"].update({key: value for key, value in of_root.get("Ebs", {}).items() if value is not None})
    for disk in asked.values():
        ebs = disk.get("Ebs", {})
        if not disk.get("NoDevice") and not ebs.get("VolumeSize") and not ebs.get("SnapshotId"):
            raise aws_error(
                "ec2", "MissingParameter", "The request must contain the parameter size or snapshotId"
            )
    others = [
        {**disk, "Ebs": {"DeleteOnTermination": True, **disk.get("Ebs", {})}} for disk in asked.values()
    ]
    return [root, *others]


def _profile_of_request(options: dict) -> dict | None:
    name, arn = options.get("iam_instance_profile_name"), options.get("iam_instance_profile_arn")
    return {"Name": name, "Arn": arn} if name or arn else None


def _check_profile(backend: InstanceBackend, profile: dict) -> None:
    filter_iam_instance_profiles(
        backend.account_id,
        partition=backend.partition,
        iam_instance_profile_arn=profile.get("Arn"),
        iam_instance_profile_name=profile.get("Name"),
    )


def _associate(backend: InstanceBackend, instance: Instance, profile: dict | None) -> None:
    if profile is None:
        return
    backend.associate_iam_instance_profile(
        instance_id=instance.id,
        iam_instance_profile_name=profile.get("Name"),
        iam_instance_profile_arn=profile.get("Arn"),
    )
