"""The resources of an account, without those that every account has from the start."""

from collections.abc import Callable, Iterable, Iterator

from moto.core.base_backend import BackendDict, BaseBackend

from . import changes, firings, mail, pace
from .gaps import accounts
from .inventory_ec2 import EC2_TYPES

#: The ids of one type of resource in one region's backend.
Lister = Callable[[BaseBackend], Iterable[str]]

#: States of deleted resources that AWS still shows for a while.
_GONE = ("PendingDeletion", "deleted", "terminated")

_OTHER_TYPES: dict[str, dict[str, Lister]] = {
    "acm": {"certificate": lambda acm: acm._certificates},
    "autoscaling": {
        "group": lambda autoscaling: autoscaling.autoscaling_groups,
        "launch-configuration": lambda autoscaling: autoscaling.launch_configurations,
        "policy": lambda autoscaling: autoscaling.policies,
        "scheduled-action": lambda autoscaling: autoscaling.scheduled_actions,
    },
    "cloudwatch": {
        "alarm": lambda cloudwatch: cloudwatch.alarms,
        "dashboard": lambda cloudwatch: cloudwatch.dashboards,
    },
    "ec2": EC2_TYPES,
    "efs": {
        "file-system": lambda efs: efs.file_systems_by_id,
        "mount-target": lambda efs: efs.mount_targets_by_id,
        "access-point": lambda efs: efs.access_points,
    },
    "elbv2": {
        "load-balancer": lambda elb: elb.load_balancers,
        "target-group": lambda elb: elb.target_groups,
    },
    "events": {
        "rule": lambda events: (
            rule.arn for bus in events.event_buses.values() for rule in bus.rules.values()
        ),
    },
    "iam": {
        "role": lambda iam: (role.name for role in iam.roles.values()),
        "instance-profile": lambda iam: (profile.name for profile in iam.instance_profiles.values()),
        "policy": lambda iam: (
            arn for arn in iam.managed_policies if not arn.startswith("arn:aws:iam::aws:")
        ),
        "user": lambda iam: iam.users,
        "group": lambda iam: iam.groups,
        "server-certificate": lambda iam: iam.certificates,
    },
    "kms": {
        "key": lambda kms: (
            key.id for key in kms.keys.values() if key.key_state not in _GONE and not _is_default(key)
        ),
    },
    "lambda": {
        "function": lambda functions: (function.function_name for function in functions.list_functions()),
        "event-source-mapping": lambda functions: functions._event_source_mappings,
        "layer": lambda functions: (layer["LayerName"] for layer in functions.list_layers()),
    },
    "logs": {"log-group": lambda logs: logs.groups},
    "rds": {
        "db-instance": lambda rds: rds.databases,
        "db-cluster": lambda rds: rds.clusters,
        "db-snapshot": lambda rds: rds.database_snapshots,
        "db-subnet-group": lambda rds: rds.subnet_groups,
        "db-parameter-group": lambda rds: (
            name for name in rds.db_parameter_groups if not name.startswith("default")
        ),
        "option-group": lambda rds: (name for name in rds.option_groups if not name.startswith("default")),
    },
    "route53": {
        "hosted-zone": lambda route53: route53.zones,
        "health-check": lambda route53: route53.health_checks,
    },
    "s3": {"bucket": lambda s3: s3.buckets},
    "scheduler": {
        "schedule": lambda scheduler: (
            schedule.arn
            for group in scheduler.schedule_groups.values()
            for schedule in group.schedules.values()
        ),
        "schedule-group": lambda scheduler: (name for name in scheduler.schedule_groups if name != "default"),
    },
    "ses": {"identity": lambda ses: ses.email_identities},
    "secretsmanager": {
        "secret": lambda secrets: (
            secret.arn for secret in secrets.secrets.values() if not secret.is_deleted()
        ),
    },
    "sns": {
        "topic": lambda sns: sns.topics,
        "subscription": lambda sns: sns.subscriptions,
    },
    "sqs": {"queue": lambda sqs: (queue.name for queue in sqs.queues.values())},
    "ssm": {
        "parameter": lambda ssm: (name for name in ssm._parameters if not name.startswith("/aws/service/")),
        "document": lambda ssm: (name for name in ssm._documents if not name.startswith("AWS")),
    },
    "wafv2": {"web-acl": lambda waf: waf.wacls},
    #: These services have no resources that a user creates.
    "sts": {},
    "resourcegroupstaggingapi": {},
    "elb": {"load-balancer": lambda elb: elb.load_balancers},
    "moto_api": {},
}


def _is_default(key) -> bool:
    """AWS creates a key such as `alias/aws/ebs` itself, for the first volume without a key of its own."""
    return any(alias.startswith("alias/aws/") for alias in key.aliases)


def resources_of(account_id: str) -> list[dict[str, str]]:
    """All resources that a user created in the account and did not delete."""
    found = [
        {"service": service, "region": region, "type": kind, "id": str(resource_id)}
        for service, region, backend in _backends_of(account_id)
        for kind, ids in _types_of(service, backend)
        for resource_id in ids
    ]
    return sorted(found, key=lambda resource: tuple(resource.values()))


def _backends_of(account_id: str) -> Iterator[tuple[str, str, BaseBackend]]:
    for service_backends in list(BackendDict._instances):
        for region, backend in list(dict.get(service_backends, account_id, {}).items()):
            yield service_backends.service_name, region, backend


def _types_of(service: str, backend: BaseBackend) -> Iterator[tuple[str, Iterable[str]]]:
    known = _OTHER_TYPES.get(service)
    if known is None:
        # This project does not use the service: everything that it keeps in a dictionary counts.
        for name, value in vars(backend).items():
            if isinstance(value, dict) and value:
                yield name, list(value)
        return
    for kind, list_ids in known.items():
        yield kind, list(list_ids(backend))


def reset(account_id: str) -> None:
    """Empties the account: its next call finds a new account."""
    for service_backends in list(BackendDict._instances):
        dict.pop(service_backends, account_id, None)
    accounts.seen.discard(account_id)
    changes.forget(account_id)
    firings.forget(account_id)
    mail.forget(account_id)
    pace.forget(account_id)
