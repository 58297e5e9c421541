"""Gap: moto has no instance refresh. Here it replaces the group's instances, one after the other.

Each new instance runs before the old one is terminated. Checkpoints, bake time and alarms are kept without effect. With
a live region, a new instance is healthy and has warmed up before the old one is terminated. After a failed launch or
failed health checks the refresh is `Failed`, or rolls back if AutoRollback is set.
"""

import sys
import threading
import time
import traceback
from dataclasses import dataclass, field
from datetime import datetime

from moto.autoscaling.models import FakeAutoScalingGroup, InstanceState
from moto.autoscaling.responses import AutoScalingResponse
from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.moto_api._internal import mock_random

from .. import changes, live, refresh_trials, scaling_members
from ..errors import aws_error
from ..lock import LOCK
from ..patching import adds, state_of
from ..refresh_requests import check_rollback, skips
from .autoscaling_events import activities_of, existing_group
from .autoscaling_launches import launch, resolve_template
from .autoscaling_terminations import register_targets

_ACTIVE = ("Pending", "InProgress", "RollbackInProgress")
#: The pause between two replacements: callers can see the refresh in progress.
_STEP_SECONDS = 0.1


@dataclass
class _Refresh:
    group: FakeAutoScalingGroup
    preferences: dict
    desired: dict | None
    #: The launch template to use: the desired one, or for a rollback the group's own.
    template: dict
    #: Ids of the instances that are not replaced yet.
    left: list[str]
    total: int
    id: str = field(default_factory=lambda: str(mock_random.uuid4()))
    status: str = "InProgress"
    reason: str | None = None
    start: datetime = field(default_factory=utcnow)
    end: datetime | None = None
    #: Ids of the instances that the refresh launched.
    launched: list[str] = field(default_factory=list)
    #: With a live region: ids of the new instances that are not healthy yet, with the old ones that they replace.
    trials: dict[str, str] = field(default_factory=dict)

    def described(self) -> dict:
        complete = 100 if self.total == 0 else 100 * (self.total - len(self.left)) // self.total
        return {
            "InstanceRefreshId": self.id,
            "AutoScalingGroupName": self.group.name,
            "Status": self.status,
            "StatusReason": self.reason,
            "StartTime": self.start,
            "EndTime": self.end,
            "PercentageComplete": complete,
            "InstancesToUpdate": len(self.left),
            "Preferences": self.preferences,
            "DesiredConfiguration": self.desired,
            "Strategy": "Rolling",
        }


def _refreshes(group: FakeAutoScalingGroup) -> list[_Refresh]:
    """Newest first, as AWS returns them."""
    return state_of(group, "refreshes", list)


def _active(group: FakeAutoScalingGroup) -> _Refresh | None:
    return next((refresh for refresh in _refreshes(group) if refresh.status in _ACTIVE), None)


@adds(AutoScalingResponse)
def start_instance_refresh(self: AutoScalingResponse):
    group = existing_group(self.autoscaling_backend, self._get_param("AutoScalingGroupName"))
    running = _active(group)
    if running is not None:
        raise aws_error(
            "autoscaling",
            "InstanceRefreshInProgress",
            f"An Instance Refresh is already in progress and blocks the execution of this one: {running.id}",
        )
    preferences = dict(self._get_param("Preferences") or {})
    desired = self._get_param("DesiredConfiguration")
    check_rollback(preferences, desired, group.launch_template)
    template = resolve_template(group, (desired or {}).get("LaunchTemplate") or group.launch_template)
    left = [state.instance.id for state in group.instance_states if not skips(state, template, preferences)]
    refresh = _Refresh(group, preferences, desired, template, left, len(left))
    _refreshes(group).insert(0, refresh)
    # Instances that the group itself launches meanwhile have the new configuration too.
    group.overlay_refresh_template = template
    threading.Thread(target=_work, args=(refresh,), daemon=True).start()
    return ActionResult({"InstanceRefreshId": refresh.id})


def _work(refresh: _Refresh) -> None:
    try:
        _work_until_ended(refresh)
    except Exception as error:  # noqa: BLE001 - no caller waits for this thread: the refresh has to report it
        traceback.print_exc(file=sys.stderr)
        _end(refresh, "Failed", f"{type(error).__name__}: {error}")


def _work_until_ended(refresh: _Refresh) -> None:
    while True:
        time.sleep(_STEP_SECONDS)
        with LOCK:
            if refresh.group.name not in refresh.group.autoscaling_backend.autoscaling_groups:
                _end(refresh, "Cancelled", "The group was deleted.")
            if refresh.status not in _ACTIVE:
                return
            _step(refresh)


def _step(refresh: _Refresh) -> None:
    """Replaces one instance, or ends the refresh when none is left."""
    states = {
        state.instance.id: state
        for state in refresh.group.instance_states
        if not scaling_members.is_leaving(state)
    }
    refresh.left = [instance_id for instance_id in refresh.left if instance_id in states]
    of_protected = refresh.preferences.get("ScaleInProtectedInstances", "Wait")
    if of_protected == "Ignore":
        refresh.left = [
            instance_id for instance_id in refresh.left if not states[instance_id].protected_from_scale_in
        ]
    ready = [
        states[instance_id]
        for instance_id in refresh.left
        if of_protected == "Refresh" or not states[instance_id].protected_from_scale_in
    ]
    if refresh.trials:
        _fail(refresh, refresh_trials.judge(refresh, states))
    elif ready and live.attached():
        _fail(refresh, refresh_trials.begin(refresh, ready))
    elif ready:
        _replace(refresh, ready[0])
    elif refresh.left:
        refresh.reason = f"Waiting for scale-in protection to end on {', '.join(refresh.left)}."
    elif refresh.status == "RollbackInProgress":
        _end(refresh, "RollbackSuccessful")
    else:
        _adopt(refresh)
        _end(refresh, "Successful")


def _adopt(refresh: _Refresh) -> None:
    """Only a successful refresh changes the group: a failed one returns to the group's template."""
    if refresh.desired:
        template = {key: refresh.template[key] for key in ("LaunchTemplateId", "Version")}
        refresh.group._set_launch_configuration("", template, None)


def _replace(refresh: _Refresh, old: InstanceState) -> None:
    group = refresh.group
    if launch(group, 1, [refresh_trials.LAUNCHED], leaving=old, template=refresh.template) == 0:
        _fail(refresh, activities_of(group)[0]["StatusMessage"])
        return
    refresh.launched.append(group.instance_states[-1].instance.id)
    refresh.left.remove(old.instance.id)
    register_targets(group)
    refresh_trials.take_out(group, old)


def _fail(refresh: _Refresh, reason: str | None) -> None:
    """Ends or rolls back the refresh, if there is a reason."""
    if reason is None:
        return
    if refresh.status == "RollbackInProgress":
        _end(refresh, "RollbackFailed", reason)
    elif refresh.preferences.get("AutoRollback"):
        _roll_back(refresh, reason)
    else:
        _end(refresh, "Failed", reason)


def _roll_back(refresh: _Refresh, reason: str) -> None:
    refresh_trials.give_up(refresh)
    refresh.template = resolve_template(refresh.group, refresh.group.launch_template)
    refresh.group.overlay_refresh_template = None
    refresh.status, refresh.reason = "RollbackInProgress", reason
    refresh.left, refresh.total, refresh.launched = refresh.launched, len(refresh.launched), []


def _end(refresh: _Refresh, status: str, reason: str | None = None) -> None:
    refresh_trials.give_up(refresh)
    changes.touch()
    refresh.group.overlay_refresh_template = None
    refresh.status, refresh.end = status, utcnow()
    refresh.reason = reason or (refresh.reason if status == "RollbackSuccessful" else None)


@adds(AutoScalingResponse)
def describe_instance_refreshes(self: AutoScalingResponse):
    group = existing_group(self.autoscaling_backend, self._get_param("AutoScalingGroupName"))
    wanted = self._get_param("InstanceRefreshIds", [])
    chosen = [refresh.described() for refresh in _refreshes(group) if not wanted or refresh.id in wanted]
    return ActionResult({"InstanceRefreshes": chosen[: self._get_int_param("MaxRecords", 50)]})


@adds(AutoScalingResponse)
def cancel_instance_refresh(self: AutoScalingResponse):
    refresh = _required(self)
    _end(refresh, "Cancelled", "Cancelled due to user request.")
    return ActionResult({"InstanceRefreshId": refresh.id})


@adds(AutoScalingResponse)
def rollback_instance_refresh(self: AutoScalingResponse):
    refresh = _required(self)
    if not refresh.desired:
        raise aws_error(
            "autoscaling",
            "IrreversibleInstanceRefresh",
            "The refresh has no desired configuration to roll back from.",
        )
    _roll_back(refresh, "Rolled back due to user request.")
    return ActionResult({"InstanceRefreshId": refresh.id})


def _required(response: AutoScalingResponse) -> _Refresh:
    group = existing_group(response.autoscaling_backend, response._get_param("AutoScalingGroupName"))
    refresh = _active(group)
    if refresh is None:
        raise aws_error(
            "autoscaling",
            "ActiveInstanceRefreshNotFound",
            f"No in progress or pending Instance Refresh found for Auto Scaling group {group.name}",
        )
    return refresh
