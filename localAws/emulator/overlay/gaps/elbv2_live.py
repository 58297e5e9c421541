"""Gap: a load balancer is active at once and every target healthy. With a live region they are what it reports."""

import time
from dataclasses import dataclass
from typing import Any

from moto.elbv2.models import (
    ELBv2Backend,
    FakeHealthStatus,
    FakeLoadBalancer,
    FakeTargetGroup,
    elbv2_backends,
)

from .. import changes, live, reports
from ..patching import replaces, state_of
from ..target_registrations import draining, end_draining, is_draining, registered_at

_REGISTRATION = ("initial", "Elb.RegistrationInProgress", "Target registration is in progress")
_DEREGISTRATION = ("draining", "Target.DeregistrationInProgress", "Target deregistration is in progress")
_NOT_IN_USE = (
    "unused",
    "Target.NotInUse",
    "Target group is not configured to receive traffic from the load balancer",
)
_STOPPED = ("unused", "Target.InvalidState", "Target is in the stopped state")


@dataclass(frozen=True)
class _Reported:
    region: str | None
    at: float
    health: dict[str, Any]


@replaces(FakeLoadBalancer, "activate")
def _activate(original, self: FakeLoadBalancer):
    if live.attached() or self.state != "provisioning":
        return
    original(self)
    changes.touch()


@reports.handles("loadBalancer")
def _report_balancer(report: reports.Report) -> None:
    backend = _backend(report)
    balancer = None if backend is None else backend.load_balancers.get(report["arn"])
    if balancer is not None and balancer.state != report["state"]:
        balancer.state = report["state"]
        changes.touch()


@reports.handles("targets")
def _report_targets(report: reports.Report) -> None:
    backend = _backend(report)
    group = None if backend is None else backend.target_groups.get(report["targetGroupArn"])
    if group is None:
        return
    known = _reported(group)
    for target_id, health in report["health"].items():
        if target_id in group.targets:
            known[target_id] = _Reported(live.region_id(), time.time(), health)
        elif health["state"] == "unused" and end_draining(group, target_id):
            changes.touch()
    for target_id in [target_id for target_id in known if target_id not in group.targets]:
        del known[target_id]


def _backend(report: reports.Report) -> ELBv2Backend | None:
    return dict.get(dict.get(elbv2_backends, report["accountId"]) or {}, report["region"])


def _reported(group: FakeTargetGroup) -> dict[str, _Reported]:
    """What was reported of each target."""
    return state_of(group, "reported_health", dict)


def health_of(group: FakeTargetGroup, target_id: str) -> tuple[str, str | None, str | None]:
    """The state, reason and description of a registered target, in AWS's words."""
    instance = group.ec2_backend.get_instance_by_id(target_id)
    if instance is not None and instance.state == "stopped":
        return _STOPPED
    if not group.load_balancer_arns:
        return _NOT_IN_USE
    known = _reported(group).get(target_id)
    if (
        known is None
        or known.region != live.region_id()
        or known.at < registered_at(group, target_id, known.at)
    ):
        return _REGISTRATION
    return known.health["state"], known.health["reason"], known.health["description"]


@replaces(FakeTargetGroup, "health_for")
def _health_for(original, self: FakeTargetGroup, target: dict[str, Any], ec2_backend) -> FakeHealthStatus:
    if not live.attached():
        return original(self, target, ec2_backend)
    target_id, known = target["Id"], self.targets.get(target["Id"])
    if known is not None:
        return FakeHealthStatus(target_id, known["Port"], self.health_check_port, *health_of(self, target_id))
    if is_draining(self, target_id):
        return FakeHealthStatus(target_id, self.port, self.health_check_port, *_DEREGISTRATION)
    self.terminated_targets.pop(target_id, None)
    return original(self, target, ec2_backend)


@replaces(ELBv2Backend, "describe_target_health")
def _describe_target_health(
    original, self: ELBv2Backend, target_group_arn: str, targets: list[dict[str, Any]]
):
    found = original(self, target_group_arn, targets)
    group = self.target_groups[target_group_arn]
    if live.attached() and not targets and group.load_balancer_arns:
        leaving = [entry.target for entry in draining(group, time.time())]
        found += [group.health_for(target, self.ec2_backend) for target in leaving]
    return found
