"""Constraints that AWS documents and its models lack: the models of some services have few constraints.

Each rule names its page. A rule receives the request's values by the model's names, and yields each problem.
"""

from collections.abc import Iterator

from . import ec2, names, services, tags
from .rules import RULES, Rule


def documented_violations(service: str, action: str, values: dict) -> Iterator[str]:
    """Each documented constraint that the request does not satisfy."""
    yield from tags.violations(service, action, values)
    rules: list[Rule] = RULES.get((service, action), [])
    for rule in rules:
        yield from rule(values)


__all__ = ["documented_violations", "ec2", "names", "services"]
