"""Numbers of changes: of what the clock acts on, by account and service, and of the whole state for the live region.

The clock reads only what changed. The live region waits for the next number.
"""

import itertools
import threading

from moto.core.responses import BaseResponse

_WATCHED = ("scheduler", "autoscaling", "cloudwatch")
#: Services whose state the live region reads.
_IN_WORLD = ("acm", "autoscaling", "ec2", "efs", "elbv2", "iam", "rds", "route53", "secretsmanager")
_READING = ("Describe", "Get", "List")

#: Each change gets a new number: an account that was emptied and filled again counts as changed.
_numbers = itertools.count(1)
_latest: dict[tuple[str, str], dict[str, int]] = {}

_world_changed = threading.Condition()
_world = 0


def note(response: BaseResponse, service: str, action: str) -> None:
    if action.startswith(_READING):
        return
    if service in _IN_WORLD:
        touch()
    if service in _WATCHED:
        note_change(response.current_account, response.region, service)


def note_change(account_id: str, region: str, service: str) -> None:
    of_place = _latest.setdefault((account_id, region), dict.fromkeys(_WATCHED, 0))
    of_place[service] = next(_numbers)


def touch() -> None:
    """Raises the number of the world: its readers wake up."""
    global _world
    with _world_changed:
        _world += 1
        _world_changed.notify_all()


def world_number() -> int:
    return _world


def wait_for_world(after: int, seconds: float) -> bool:
    """Waits until the number of the world is above ``after``, at most for ``seconds``. Returns whether it is."""
    with _world_changed:
        return _world_changed.wait_for(lambda: _world > after, seconds)


def listed() -> list[dict]:
    return [
        {"accountId": account, "region": region, **latest}
        for (account, region), latest in list(_latest.items())
    ]


def forget(account_id: str) -> None:
    for place in [place for place in _latest if place[0] == account_id]:
        del _latest[place]
    touch()
