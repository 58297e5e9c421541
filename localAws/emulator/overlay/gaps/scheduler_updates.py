"""Gap: UpdateSchedule keeps the old ActionAfterCompletion; on AWS the request replaces the whole schedule."""

from moto.scheduler.responses import EventBridgeSchedulerResponse

from ..patching import replaces


@replaces(EventBridgeSchedulerResponse, "update_schedule")
def _update_schedule(original, self: EventBridgeSchedulerResponse):
    answer = original(self)
    name = self.uri.split("?")[0].split("/")[-1]
    schedule = self.scheduler_backend.get_schedule(self._get_param("GroupName"), name)
    schedule.action_after_completion = self._get_param("ActionAfterCompletion")
    return answer
