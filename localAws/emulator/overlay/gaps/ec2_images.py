"""Gap: moto has no Debian 13, no SSM parameters for it, and a new image loses its instance's devices and tags.

`images.json` has the images, each architecture's newest first. The public SSM parameter and `resolve:ssm:` in a launch
return the newest.
CreateImage accepts tags for its snapshots, keeps the root device's name and size, makes the image available after a
moment, and refuses a name in use.
DescribeSnapshots returns only the requested owners' snapshots: here public images have snapshots in every account.
"""

import threading

from moto.core.utils import utcnow
from moto.ec2.models.amis import AMIS, Ami, AmiBackend
from moto.ec2.responses.elastic_block_store import ElasticBlockStore
from moto.ssm.models import Parameter, ParameterDict, ssm_backends

from .. import changes, live
from ..errors import aws_error
from ..lock import LOCK
from ..patching import replaces

#: EC2's name of the architecture, by its name in the parameter.
_DEBIAN_PARAMETERS = {
    "/aws/service/debian/release/13/latest/amd64": "x86_64",
    "/aws/service/debian/release/13/latest/arm64": "arm64",
}
_DEBIAN_DISK_GIB = 8
#: Minutes on AWS.
_IMAGING_SECONDS = 0.2
_RESOLVE = "resolve:ssm:"


@replaces(AmiBackend, "_load_amis")
def _load_amis(original, self: AmiBackend):
    original(self)
    for image in AMIS:
        # moto makes Amazon the owner of every image of the file.
        self.amis[image["ami_id"]].owner_alias = None
        self.amis[image["ami_id"]].ebs_snapshot.volume.size = _DEBIAN_DISK_GIB


@property
def _block_device_mappings(self: Ami) -> list[dict]:
    snapshot = self.ebs_snapshot
    disk = {
        "SnapshotId": snapshot.id,
        "VolumeSize": snapshot.volume.size,
        "DeleteOnTermination": True,
        "VolumeType": "gp3",
        "Encrypted": bool(snapshot.encrypted),
    }
    return [{"DeviceName": self.root_device_name, "Ebs": disk}]


Ami.block_device_mappings = _block_device_mappings


@replaces(ParameterDict, "_check_loading_status")
def _load_parameters(original, self: ParameterDict, key: str):
    original(self, key)
    if key in _DEBIAN_PARAMETERS and not dict.__contains__(self, key):
        dict.__setitem__(self, key, [_debian_parameter(self.account_id, key)])


def _debian_parameter(account_id: str, name: str) -> Parameter:
    newest = next(image for image in AMIS if image["architecture"] == _DEBIAN_PARAMETERS[name])
    return Parameter(
        account_id=account_id,
        name=name,
        value=newest["ami_id"],
        parameter_type="String",
        description=None,
        allowed_pattern=None,
        keyid=None,
        last_modified_date=utcnow(),
        version=1,
        data_type="aws:ec2:image",
    )


def resolve_image_id(backend: AmiBackend, image_id: str) -> str:
    """The image id of a launch; `resolve:ssm:NAME` is the id in the SSM parameter."""
    if not image_id.startswith(_RESOLVE):
        return image_id
    name = image_id.removeprefix(_RESOLVE)
    parameter = ssm_backends[backend.account_id][backend.region_name].get_parameters([name]).get(name)
    if parameter is None:
        raise aws_error(
            "ec2", "InvalidParameterValue", f"There is no SSM parameter {name} to take an image id from."
        )
    return str(parameter.value)


@replaces(AmiBackend, "create_image")
def _create_image(
    original, self: AmiBackend, instance_id: str, name: str, description: str, tag_specifications: list
):
    if any(image.name == name and image.owner_id == self.account_id for image in self.amis.values()):
        raise aws_error(
            "ec2", "InvalidAMIName.Duplicate", f"AMI name {name} is already in use by an AMI of this account."
        )
    instance = self.get_instance(instance_id)
    of_image = [tags for tags in tag_specifications if tags["ResourceType"] != "snapshot"]
    image = original(self, instance_id, name, description, of_image)
    image.root_device_name = instance.root_device_name
    image.root_device_type = "ebs"
    image.hypervisor = "xen"
    root = instance.block_device_mapping.get(instance.root_device_name)
    if root is not None:
        image.ebs_snapshot.volume.size = root.size
        image.ebs_snapshot.encrypted = self.get_volume(root.volume_id).encrypted
    for tags in tag_specifications:
        if tags["ResourceType"] == "snapshot":
            image.ebs_snapshot.add_tags({tag["Key"]: tag["Value"] for tag in tags["Tags"]})
    if not live.attached():
        _take_a_moment(image)
    return image


def _take_a_moment(image: Ami) -> None:
    image.state = "pending"

    def finish() -> None:
        with LOCK:
            image.state = "available"
            changes.touch()

    timer = threading.Timer(_IMAGING_SECONDS, finish)
    timer.daemon = True
    timer.start()


@replaces(ElasticBlockStore, "describe_snapshots")
def _describe_snapshots(original, self: ElasticBlockStore):
    answer = original(self)
    owners = [self.current_account if owner == "self" else owner for owner in self._get_param("OwnerIds", [])]
    if owners:
        answer.result["Snapshots"] = [
            snapshot for snapshot in answer.result["Snapshots"] if snapshot.owner_id in owners
        ]
    return answer
