"""The register of rules, and a rule for formats."""

import re
from collections.abc import Callable, Iterator

#: Yields the problems of a request's values.
Rule = Callable[[dict], Iterator[str]]

#: By service and action.
RULES: dict[tuple[str, str], list[Rule]] = {}


def rule(service: str, *actions: str) -> Callable[[Rule], Rule]:
    """The decorated function checks these requests."""

    def register(function: Rule) -> Rule:
        for action in actions:
            RULES.setdefault((service, action), []).append(function)
        return function

    return register


def form(service: str, actions: tuple[str, ...], member: str, pattern: str, allowed: str) -> None:
    """The whole value of a member, if present, must match the pattern."""
    compiled = re.compile(pattern, re.ASCII | re.DOTALL)

    @rule(service, *actions)
    def _judge(values: dict) -> Iterator[str]:
        value = values.get(member)
        if value is not None and not compiled.fullmatch(value):
            yield f"Value '{value}' for {member} is not valid. {allowed}"
