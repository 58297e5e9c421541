"""Gap: a second creation of a schedule group deletes its schedules, and a call for a missing group crashes.

Here the first is a conflict, the second is not found, and the group `default` cannot be deleted.
"""

from moto.scheduler.exceptions import ScheduleGroupNotFound
from moto.scheduler.models import EventBridgeSchedulerBackend

from ..errors import aws_error
from ..patching import replaces


@replaces(EventBridgeSchedulerBackend, "create_schedule_group")
def _create_group(original, self: EventBridgeSchedulerBackend, name: str, tags: list):
    if name in self.schedule_groups:
        raise aws_error("scheduler", "ConflictException", f"Schedule group {name} already exists.")
    return original(self, name, tags)


@replaces(EventBridgeSchedulerBackend, "create_schedule")
def _create_schedule(original, self: EventBridgeSchedulerBackend, *args, **kwargs):
    self.get_schedule_group(kwargs.get("group_name"))
    return original(self, *args, **kwargs)


@replaces(EventBridgeSchedulerBackend, "delete_schedule_group")
def _delete_group(original, self: EventBridgeSchedulerBackend, name: str):
    if name == "default":
        raise aws_error("scheduler", "ValidationException", "The default schedule group cannot be deleted.")
    if name not in self.schedule_groups:
        raise ScheduleGroupNotFound(name)
    return original(self, name)
