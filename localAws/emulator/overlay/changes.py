"""When each account last changed what the clock acts on, so that the clock reads again only what is new."""

import itertools

from moto.core.responses import BaseResponse

_WATCHED = ("scheduler", "autoscaling", "cloudwatch")
_READING = ("Describe", "Get", "List")

#: A change's number is used once, so that an account emptied and filled again is not taken for unchanged.
_numbers = itertools.count(1)
_latest: dict[tuple[str, str], dict[str, int]] = {}


def note(response: BaseResponse, service: str, action: str) -> None:
    if service not in _WATCHED or action.startswith(_READING):
        return
    of_place = _latest.setdefault((response.current_account, response.region), dict.fromkeys(_WATCHED, 0))
    of_place[service] = next(_numbers)


def listed() -> list[dict]:
    return [
        {"accountId": account, "region": region, **latest}
        for (account, region), latest in list(_latest.items())
    ]


def forget(account_id: str) -> None:
    for place in [place for place in _latest if place[0] == account_id]:
        del _latest[place]
