"""Gap: moto does not keep when a target was registered or deregistered."""

from moto.elbv2.models import FakeTargetGroup

from ..patching import replaces
from ..target_registrations import note_deregistered, note_registered


@replaces(FakeTargetGroup, "register")
def _register(original, self: FakeTargetGroup, targets: list[dict]):
    original(self, targets)
    note_registered(self, [target["Id"] for target in targets])


@replaces(FakeTargetGroup, "deregister")
def _deregister(original, self: FakeTargetGroup, targets: list[dict]):
    registered = dict(self.targets)
    original(self, targets)
    for target in targets:
        note_deregistered(self, registered[target["Id"]])


@replaces(FakeTargetGroup, "deregister_terminated_instances")
def _deregister_terminated(original, self: FakeTargetGroup, instance_ids: list[str]):
    leaving = [target for target_id, target in self.targets.items() if target_id in instance_ids]
    original(self, instance_ids)
    for target in leaving:
        note_deregistered(self, target)
