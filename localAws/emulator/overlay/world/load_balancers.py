"""Load balancers and target groups of the world."""

import time
from typing import Any

from moto.elbv2.models import ELBv2Backend, FakeTargetGroup

from ..managed_interfaces import interfaces_of
from ..target_registrations import draining, registered_at
from .network import interface

Json = dict[str, Any]


def load_balancers(backend: ELBv2Backend) -> list[Json]:
    """Application load balancers."""
    return [
        {
            "arn": balancer.arn,
            "name": balancer.name,
            "dnsName": balancer.dns_name.lower(),
            "scheme": balancer.scheme,
            "vpcId": balancer.vpc_id,
            "state": balancer.state,
            "interfaces": [interface(eni) for eni in interfaces_of(balancer)],
            "attributes": {name: str(value) for name, value in balancer.attrs.items()},
            "listeners": [_listener(listener) for listener in balancer.listeners.values()],
        }
        for balancer in backend.load_balancers.values()
        if balancer.type == "application"
    ]


def _listener(listener) -> Json:
    # moto keeps the default certificate apart from the others.
    certificates = [
        certificate for certificate in [listener.certificate, *listener.certificates] if certificate
    ]
    others = sorted(listener._non_default_rules.values(), key=lambda rule: int(rule.priority))
    return {
        "arn": listener.arn,
        "port": int(listener.port),
        "protocol": listener.protocol,
        "certificateArns": list(dict.fromkeys(certificates)),
        "sslPolicy": (listener.ssl_policy or None) if listener.protocol == "HTTPS" else None,
        "rules": [
            *(
                {
                    "priority": str(rule.priority),
                    "conditions": [_condition(condition) for condition in rule.conditions],
                    "actions": _actions(rule.actions),
                }
                for rule in others
            ),
            {"priority": "default", "conditions": [], "actions": _actions(listener.default_actions)},
        ],
    }


def _condition(condition: Json) -> Json:
    field = condition["Field"]
    of_kind = next((value for key, value in condition.items() if key.endswith("Config") and value), {})
    values = of_kind.get("Values") or condition.get("Values") or []
    return {
        "field": field,
        "values": [_value(value) for value in values],
        "headerName": of_kind.get("HttpHeaderName"),
    }


def _value(value: Json | str) -> str:
    """A query string's value is a key and a value, or a value."""
    if isinstance(value, str):
        return value
    return f"{value['Key']}={value['Value']}" if value.get("Key") else str(value["Value"])


def _actions(actions) -> list[Json]:
    ordered = sorted((action.data for action in actions), key=lambda data: int(data.get("Order") or 0))
    return [_action(data) for data in ordered]


def _action(data: Json) -> Json:
    forward = data.get("ForwardConfig") or {}
    weights = {group["TargetGroupArn"]: group.get("Weight") for group in forward.get("TargetGroups", [])}
    arns = list(weights)
    if data.get("TargetGroupArn"):
        arns.append(data["TargetGroupArn"])
    redirect, fixed = data.get("RedirectConfig"), data.get("FixedResponseConfig")
    return {
        "type": data["Type"],
        "targetGroupArns": list(dict.fromkeys(arns)),
        "weights": {arn: 1 if weights.get(arn) is None else int(weights[arn]) for arn in arns},
        "redirect": None
        if not redirect
        else {
            "protocol": redirect.get("Protocol") or "#{protocol}",
            "host": redirect.get("Host") or "#{host}",
            "port": redirect.get("Port") or "#{port}",
            "path": redirect.get("Path") or "/#{path}",
            "query": "#{query}" if redirect.get("Query") is None else redirect["Query"],
            "statusCode": redirect["StatusCode"],
        },
        "fixedResponse": None
        if not fixed
        else {
            "statusCode": fixed["StatusCode"],
            "contentType": fixed.get("ContentType") or "text/plain",
            "body": fixed.get("MessageBody") or "",
        },
    }


def target_groups(backend: ELBv2Backend) -> list[Json]:
    """Groups of instances."""
    return [
        _target_group(backend, group)
        for group in backend.target_groups.values()
        if group.target_type == "instance"
    ]


def _target_group(backend: ELBv2Backend, group: FakeTargetGroup) -> Json:
    now = time.time()
    targets = [(target, False, registered_at(group, target["Id"], now)) for target in group.targets.values()]
    targets += [(entry.target, True, entry.since) for entry in draining(group, now)]
    return {
        "arn": group.arn,
        "name": group.name,
        "vpcId": group.vpc_id,
        "protocol": group.protocol,
        "port": int(group.port),
        "loadBalancerArns": [
            arn for arn in dict.fromkeys(group.load_balancer_arns) if arn in backend.load_balancers
        ],
        "healthCheck": {
            "protocol": group.health_check_protocol,
            "port": str(group.health_check_port or "traffic-port"),
            "path": group.health_check_path or "/",
            "matcher": str((getattr(group, "matcher", None) or {}).get("HttpCode") or "200"),
            "intervalSeconds": int(group.health_check_interval_seconds),
            "timeoutSeconds": int(group.health_check_timeout_seconds),
            "healthyThreshold": int(group.healthy_threshold_count),
            "unhealthyThreshold": int(group.unhealthy_threshold_count),
        },
        "attributes": {name: str(value) for name, value in group.attributes.items()},
        "targets": [
            {
                "id": target["Id"],
                "port": int(target["Port"]),
                "draining": is_draining,
                "since": round(since * 1000),
            }
            for target, is_draining, since in targets
        ],
    }
