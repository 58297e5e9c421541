"""Why the capacity of a group changes, in the words of Auto Scaling's activities."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_reason: ContextVar[str | None] = ContextVar("reason", default=None)

USER_CREATED = "a user request created an AutoScalingGroup"
USER_SET_CAPACITY = "a user request explicitly set group desired capacity"
REPLACEMENT = "an instance was launched in response to an unhealthy instance needing to be replaced."


def user_executed(policy_name: str) -> str:
    return f"a user request executed policy {policy_name}"


def user_update(smallest: int, largest: int, desired: int) -> str:
    return f"a user request {_update(smallest, largest, desired)}"


def scheduled_action(smallest: int, largest: int, desired: int) -> str:
    return f"a scheduled action {_update(smallest, largest, desired)}"


def alarm(alarm_name: str, policy_name: str) -> str:
    return f"a monitor alarm {alarm_name} in state ALARM triggered policy {policy_name}"


def _update(smallest: int, largest: int, desired: int) -> str:
    return (
        f"update of AutoScalingGroup constraints to min: {smallest}, max: {largest}, desired: {desired}"
    )


@contextmanager
def because(reason: str) -> Iterator[None]:
    """Gives changes of the desired capacity within the context this reason; the outermost reason counts."""
    token = _reason.set(_reason.get() or reason)
    try:
        yield
    finally:
        _reason.reset(token)


def change(before: int, after: int) -> list[str]:
    """The sentence about the desired capacity; none when the capacity does not change."""
    reason = _reason.get() or USER_SET_CAPACITY
    return [] if before == after else [f"{reason} changing the desired capacity from {before} to {after}."]


def started(before: int, after: int) -> str:
    return (
        "an instance was started in response to a difference between desired and actual capacity, "
        f"increasing the capacity from {before} to {after}."
    )


def ended(before: int, after: int, instance_ids: list[str]) -> list[str]:
    return [
        "an instance was taken out of service in response to a difference between desired and actual capacity, "
        f"shrinking the capacity from {before} to {after}.",
        *(f"instance {instance_id} was selected for termination." for instance_id in instance_ids),
    ]
