"""Instances and images of the world."""

from datetime import UTC, datetime
from typing import Any

from moto.autoscaling.models import ASG_NAME_TAG
from moto.ec2.models import EC2Backend

from ..live_instances import ended_seconds
from .network import interface

Json = dict[str, Any]


#: EC2 shows a terminated instance for about an hour.
_TERMINATED_SECONDS = 3600


def instances(ec2: EC2Backend) -> list[Json]:
    """Also those that were terminated lately: the last state that a reader sees of an instance."""
    return [
        _instance(ec2, instance)
        for reservation in ec2.reservations.values()
        for instance in reservation.instances
        if instance.state != "terminated" or ended_seconds(instance) < _TERMINATED_SECONDS
    ]


def _instance(ec2: EC2Backend, instance) -> Json:
    options = instance.metadata_options
    tags = {tag["key"]: tag["value"] for tag in instance.get_tags()}
    key_pair = ec2.key_pairs.get(instance.key_name) if instance.key_name else None
    gone = instance.state == "terminated"
    return {
        "id": instance.id,
        "state": instance.state,
        "imageId": instance.image_id,
        "type": instance.instance_type,
        "vpcId": instance.vpc_id,
        "zone": instance.placement.zone,
        "interfaces": [] if gone else [interface(nic) for _, nic in sorted(instance.nics.items())],
        "userData": str(instance.user_data or ""),
        "role": _role(ec2, instance.id),
        "tags": tags,
        "metadata": {
            "enabled": options.http_endpoint == "enabled",
            "tokensRequired": options.http_tokens == "required",
            "hopLimit": int(options.http_put_response_hop_limit),
            "tags": options.instance_metadata_tags == "enabled",
        },
        "monitoring": instance.monitoring_state == "enabled",
        "keyName": instance.key_name or None,
        "publicKey": None if key_pair is None else key_pair.public_key,
        "rootVolumeGiB": _root_size(ec2, instance),
        "shutdownBehavior": instance.instance_initiated_shutdown_behavior,
        "launchedAt": milliseconds(instance.launch_time),
        "reboots": getattr(instance, "overlay_reboots", 0),
        "groupName": tags.get(ASG_NAME_TAG),
    }


def _role(ec2: EC2Backend, instance_id: str) -> Json | None:
    association = ec2.iam_instance_profile_associations.get(instance_id)
    if association is None or not association.iam_instance_profile.roles:
        return None
    profile = association.iam_instance_profile
    role = profile.roles[0]
    return {"name": role.name, "arn": role.arn, "profileArn": profile.arn}


def _root_size(ec2: EC2Backend, instance) -> int:
    root = instance.block_device_mapping.get(instance.root_device_name)
    volume = None if root is None else ec2.volumes.get(root.volume_id)
    return 8 if volume is None else int(volume.size)


def milliseconds(time: datetime | float) -> int:
    """moto's times have no zone and are UTC."""
    seconds = time.replace(tzinfo=UTC).timestamp() if isinstance(time, datetime) else time
    return round(seconds * 1000)


def images(ec2: EC2Backend) -> list[Json]:
    """The account's own images, and public images that its instances use."""
    used = {
        instance.image_id for reservation in ec2.reservations.values() for instance in reservation.instances
    }
    return [
        {
            "id": image.id,
            "name": image.name or "",
            "state": image.state,
            "architecture": image.architecture,
            "sourceInstanceId": image.instance_id if image.owner_id == ec2.account_id else None,
        }
        for image in ec2.amis.values()
        if image.owner_id == ec2.account_id or image.id in used
    ]
