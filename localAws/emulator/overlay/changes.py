"""When each account last changed something that the clock acts on: the clock reads only what changed."""

import itertools

from moto.core.responses import BaseResponse

_WATCHED = ("scheduler", "autoscaling", "cloudwatch")
_READING = ("Describe", "Get", "List")

#: Each change gets a new number: an account that was emptied and filled again counts as changed.
_numbers = itertools.count(1)
_latest: dict[tuple[str, str], dict[str, int]] = {}


def note(response: BaseResponse, service: str, action: str) -> None:
    if service not in _WATCHED or action.startswith(_READING):
        return
    note_change(response.current_account, response.region, service)


def note_change(account_id: str, region: str, service: str) -> None:
    of_place = _latest.setdefault((account_id, region), dict.fromkeys(_WATCHED, 0))
    of_place[service] = next(_numbers)


def listed() -> list[dict]:
    return [
        {"accountId": account, "region": region, **latest}
        for (account, region), latest in list(_latest.items())
    ]


def forget(account_id: str) -> None:
    for place in [place for place in _latest if place[0] == account_id]:
        del _latest[place]
