"""Gap: an image has no content. With a live region it is available when the region copied the instance's disk."""

from moto.ec2.models import ec2_backends
from moto.ec2.models.amis import Ami, AmiBackend

from .. import changes, live, reports
from ..patching import replaces, state_of


@replaces(AmiBackend, "create_image")
def _create_image(original, self: AmiBackend, *args, **options) -> Ami:
    image = original(self, *args, **options)
    if live.attached():
        image.state = "pending"
        image.ebs_snapshot.status = "pending"
        state_of(self, "copied_images", dict)[image.id] = image
    return image


@reports.handles("image")
def _report(report: reports.Report) -> None:
    ec2 = dict.get(dict.get(ec2_backends, report["accountId"]) or {}, report["region"])
    image = None if ec2 is None else state_of(ec2, "copied_images", dict).pop(report["id"], None)
    if image is not None:
        _finish(image, report["state"], report.get("reason"))


def _finish(image: Ami, state: str, reason: str | None) -> None:
    image.state = state
    image.ebs_snapshot.status = "completed" if state == "available" else "error"
    if state == "failed":
        image.state_reason = {
            "Code": "Server.InternalError",
            "Message": reason or "The copy of the disk failed",
        }
    changes.touch()


@live.at_end
def _settle() -> None:
    """An image whose disk was not copied completely cannot boot."""
    for regions in list(dict.values(ec2_backends)):
        for ec2 in list(dict.values(regions)):
            copied = state_of(ec2, "copied_images", dict)
            for image in copied.values():
                _finish(image, "failed", "The live region ended before it copied the disk")
            copied.clear()
