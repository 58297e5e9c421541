"""Gap: no console text and no status checks. With a live region they are what it reports."""

from moto.core.responses import ActionResult
from moto.core.types import Base64EncodedString
from moto.core.utils import utcnow
from moto.ec2.models.instances import Instance
from moto.ec2.responses.general import General

from .. import live, live_instances, reports
from ..patching import replaces

#: EC2 returns the last 64 KiB of the console.
_CONSOLE_BYTES = 64 * 1024


@reports.handles("console")
def _console(report: reports.Report) -> None:
    instance = live_instances.find(report["accountId"], report["region"], report["id"])
    if instance is not None:
        text = getattr(instance, "overlay_console_text", b"") + report["text"].encode()
        instance.overlay_console_text = text[-_CONSOLE_BYTES:]


@replaces(General, "get_console_output")
def _get_console_output(original, self: General):
    instance = self.ec2_backend.get_instance(self._get_param("InstanceId"))
    text = getattr(instance, "overlay_console_text", None)
    if text is None and not live.attached():
        return original(self)
    output = Base64EncodedString.from_raw_string((text or b"").decode("utf-8", "replace"))
    return ActionResult({"InstanceId": instance.id, "Timestamp": utcnow(), "Output": output})


@reports.handles("checks")
def _checks(report: reports.Report) -> None:
    instance = live_instances.find(report["accountId"], report["region"], report["id"])
    if instance is not None:
        instance.overlay_checks = report["status"]


def checked(instance: Instance) -> str:
    """`ok`, `impaired` or `initializing`: what the live region last reported."""
    if getattr(instance, "overlay_region", None) != live.region_id():
        return "initializing"
    return getattr(instance, "overlay_checks", "initializing")


def _status(original, instance: Instance, status: str) -> dict:
    if not live.attached() or instance.state != "running":
        return original
    passed = {"ok": "passed", "impaired": "failed"}.get(status, "initializing")
    return {"Details": [{"Name": "reachability", "Status": passed}], "Status": status}


_instance_status, _system_status = Instance.instance_status.fget, Instance.system_status.fget


@property
def _live_instance_status(self: Instance) -> dict:
    return _status(_instance_status(self), self, checked(self))


@property
def _live_system_status(self: Instance) -> dict:
    """The system is this machine: it is reachable once the instance was checked."""
    initializing = checked(self) == "initializing"
    return _status(_system_status(self), self, "initializing" if initializing else "ok")


Instance.instance_status = _live_instance_status
Instance.system_status = _live_system_status
