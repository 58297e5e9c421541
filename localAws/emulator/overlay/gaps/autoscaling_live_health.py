"""Gap: members of a group are healthy until a user acts. With a live region they are what it reports.

An instance that does not run is replaced at once. Failed checks of the instance and, with health check type ELB, of its
targets count after the grace period. Launches that lack capacity are tried again.
"""

import time

from moto.autoscaling.models import FakeAutoScalingGroup, InstanceState
from moto.autoscaling.responses import AutoScalingResponse
from moto.core.responses import EmptyResult

from .. import live, pace, scaling_causes
from ..patching import replaces, state_of
from ..scaling_members import all_groups, in_service_seconds, is_deleted, is_leaving
from .autoscaling_terminations import NOT_RUNNING, is_suspended, member, refill, replace_unhealthy
from .ec2_live_checks import checked
from .elbv2_live import health_of

_IMPAIRED = "an EC2 instance status checks failure"
_TARGET = "an ELB system health check failure"

#: Between two attempts of a launch that lacked capacity.
_RETRY_SECONDS = 10.0


@replaces(AutoScalingResponse, "set_instance_health")
def _set_instance_health(original, self: AutoScalingResponse):
    """By default Unhealthy has no effect during the grace period."""
    if live.attached() and self._get_bool_param("ShouldRespectGracePeriod", True):
        group, state = member(self.autoscaling_backend, self._get_param("InstanceId"))
        if self._get_param("HealthStatus") == "Unhealthy" and _is_in_grace_period(group, state):
            return EmptyResult()
    return original(self)


def _is_in_grace_period(group: FakeAutoScalingGroup, state: InstanceState) -> bool:
    return in_service_seconds(state) < (group.health_check_grace_period or 0)


@live.at_tick
def _check_groups() -> None:
    for group in all_groups():
        if is_deleted(group):
            continue
        if not is_suspended(group, "HealthCheck"):
            _mark(group)
        _replace(group)
        _retry_launches(group)


def _mark(group: FakeAutoScalingGroup) -> None:
    for state in group.instance_states:
        reason = None if is_leaving(state) or state.lifecycle_state == "Standby" else _failure(group, state)
        if reason is not None:
            state.health_status = "Unhealthy"
            state.overlay_unhealthy = reason


def _failure(group: FakeAutoScalingGroup, state: InstanceState) -> str | None:
    """Why the member is unhealthy."""
    if state.instance.state not in ("pending", "running"):
        return NOT_RUNNING
    # Until this region reports that the instance runs, nothing is known about it.
    is_known = getattr(state.instance, "overlay_region", None) == live.region_id()
    if state.lifecycle_state != "InService" or not is_known:
        return None
    if _is_in_grace_period(group, state):
        return None
    if checked(state.instance) == "impaired":
        return _IMPAIRED
    if group.health_check_type == "ELB" and any(
        health_of(target_group, state.instance.id)[0] == "unhealthy"
        for target_group in target_groups_of(group)
        if state.instance.id in target_group.targets
    ):
        return _TARGET
    return None


def is_ready(group: FakeAutoScalingGroup, state: InstanceState, preferences: dict) -> bool:
    """Whether a new member is in service, healthy in its target groups, and has warmed up."""
    if not live.attached():
        return True
    given = (preferences.get("InstanceWarmup"), getattr(group, "default_instance_warmup", None))
    chosen = next((int(seconds) for seconds in given if seconds is not None and int(seconds) >= 0), None)
    warmup = (group.health_check_grace_period or 0) if chosen is None else chosen
    warmup *= pace.seconds_per_minute(group.account_id) / 60
    if state.lifecycle_state != "InService" or in_service_seconds(state) < warmup:
        return False
    return group.health_check_type != "ELB" or all(
        health_of(target_group, state.instance.id)[0] == "healthy" for target_group in target_groups_of(group)
    )


def target_groups_of(group: FakeAutoScalingGroup) -> list:
    known = group.autoscaling_backend.elbv2_backend.target_groups
    return [known[arn] for arn in group.target_group_arns if arn in known]


def _replace(group: FakeAutoScalingGroup) -> None:
    for state in list(group.instance_states):
        if state.health_status == "Unhealthy" and not is_leaving(state):
            replace_unhealthy(group, [state], getattr(state, "overlay_unhealthy", "a user health-check"))


def _retry_launches(group: FakeAutoScalingGroup) -> None:
    missing = (group.desired_capacity or 0) - len(group.active_instances())
    attempts = state_of(group, "attempts", dict)
    now = time.monotonic()
    if missing <= 0 or is_suspended(group, "Launch"):
        attempts.clear()
    elif attempts.setdefault("next", now + _RETRY_SECONDS) <= now:
        attempts["next"] = now + _RETRY_SECONDS
        present = len(group.active_instances())
        refill(group, scaling_causes.started(present, present + missing))
