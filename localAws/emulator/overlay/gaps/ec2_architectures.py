"""Gap: an instance type starts from an image of another processor architecture, alone and in a group.

Here RunInstances refuses it, and Auto Scaling refuses a group with such a launch template, as on AWS.
"""

from moto.autoscaling.models import AutoScalingBackend
from moto.ec2.models.amis import Ami
from moto.ec2.models.instance_types import INSTANCE_TYPES
from moto.ec2.models.instances import InstanceBackend

from ..errors import aws_error
from ..patching import replaces
from .ec2_images import resolve_image_id


@replaces(InstanceBackend, "run_instances")
def _run_instances(
    original, self: InstanceBackend, image_id: str, count: int, user_data, group_names: list, **options
):
    wanted = options.get("launch_template")
    template = self._get_template_from_args(wanted).data if wanted else {}
    of_request = None if options.get("is_instance_type_default") else options.get("instance_type")
    problem = _mismatch(self, image_id or template.get("ImageId"), of_request or template.get("InstanceType"))
    if problem is not None:
        raise aws_error("ec2", "InvalidParameterValue", problem)
    return original(self, image_id, count, user_data, group_names, **options)


@replaces(AutoScalingBackend, "create_auto_scaling_group")
def _create_group(original, self: AutoScalingBackend, *args, **options):
    _check_template(self, options.get("launch_template"))
    return original(self, *args, **options)


@replaces(AutoScalingBackend, "update_auto_scaling_group")
def _update_group(original, self: AutoScalingBackend, *args, **options):
    _check_template(self, options.get("launch_template"))
    return original(self, *args, **options)


def _check_template(backend: AutoScalingBackend, wanted: dict | None) -> None:
    if not wanted:
        return
    template = backend.ec2_backend._get_template_from_args(wanted).data
    problem = _mismatch(backend.ec2_backend, template.get("ImageId"), template.get("InstanceType"))
    if problem is not None:
        message = f"You must use a valid fully-formed launch template. {problem}"
        raise aws_error("autoscaling", "ValidationError", message)


def _mismatch(backend: InstanceBackend, image_id: str | None, instance_type: str | None) -> str | None:
    """AWS's message; None when they match, or when one of them does not exist, which other code refuses."""
    if image_id is None or instance_type not in INSTANCE_TYPES:
        return None
    image: Ami | None = backend.amis.get(resolve_image_id(backend, image_id))
    architectures = INSTANCE_TYPES[instance_type]["ProcessorInfo"]["SupportedArchitectures"]
    if image is None or image.architecture in architectures:
        return None
    return (
        f"The architecture '{','.join(architectures)}' of the specified instance type does not match the architecture "
        f"'{image.architecture}' of the specified AMI. Specify an instance type and an AMI that have matching "
        "architectures, and try again. You can use 'describe-instance-types' or 'describe-images' to discover the "
        "architecture of the instance type or AMI."
    )
