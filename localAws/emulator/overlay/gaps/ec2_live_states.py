"""Gap: an instance runs, stops and ends at once. With a live region it does when the region reports it.

When the region ends, its instances have the states that they were going to.
"""

from moto.ec2.models.instances import Instance, InstanceBackend

from .. import changes, live, live_instances, reports
from ..errors import aws_error
from ..live_instances import PENDING, SHUTTING_DOWN, STOPPING, hold
from ..patching import replaces


@replaces(InstanceBackend, "run_instances")
def _run_instances(original, self: InstanceBackend, *args, **options):
    reservation = original(self, *args, **options)
    if live.attached():
        for instance in reservation.instances:
            hold(instance, PENDING)
    changes.touch()
    return reservation


@replaces(Instance, "start")
def _start(original, self: Instance):
    if not live.attached():
        return original(self)
    if self.state in ("pending", "running"):
        return hold(self, (self.state, self.state_code))
    if self.state != "stopped":
        raise _incorrect_state(self, "started")
    before = hold(self, PENDING)
    original(self)
    hold(self, PENDING)
    return before


@replaces(Instance, "stop")
def _stop(original, self: Instance):
    if not live.attached():
        return original(self)
    if self.state in ("shutting-down", "terminated"):
        raise _incorrect_state(self, "stopped")
    return hold(self, STOPPING if self.state in ("pending", "running") else (self.state, self.state_code))


@replaces(Instance, "terminate")
def _terminate(original, self: Instance):
    changes.touch()
    if not live.attached() or self.state == "terminated":
        live_instances.note_end(self)
        return original(self)
    return hold(self, SHUTTING_DOWN)


@replaces(Instance, "reboot")
def _reboot(original, self: Instance):
    self.overlay_reboots = getattr(self, "overlay_reboots", 0) + 1
    if not live.attached():
        original(self)


def _incorrect_state(instance: Instance, verb: str):
    message = f"The instance '{instance.id}' is not in a state from which it can be {verb}."
    return aws_error("ec2", "IncorrectInstanceState", message)


@reports.handles("instance")
def _report(report: reports.Report) -> None:
    instance = live_instances.find(report["accountId"], report["region"], report["id"])
    if instance is None:
        return
    if report["state"] == "running":
        live_instances.start_running(instance)
    else:
        live_instances.end_running(
            instance,
            terminates=report["state"] == "terminated",
            by_itself=bool(report.get("byItself")),
        )


@live.at_end
def _settle() -> None:
    """What waited for the ended region gets the state that it was going to."""
    for instance in list(live_instances.all_instances()):
        if instance.state == "pending":
            live_instances.start_running(instance)
        elif instance.state in ("stopping", "shutting-down"):
            live_instances.end_running(
                instance, terminates=instance.state == "shutting-down", by_itself=False
            )
