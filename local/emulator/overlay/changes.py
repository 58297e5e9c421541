"""How often each account changed what the clock acts on, so that the clock reads again only what is new."""

from moto.core.responses import BaseResponse

_WATCHED = ("scheduler", "autoscaling", "cloudwatch")
_READING = ("Describe", "Get", "List")

_counts: dict[tuple[str, str], dict[str, int]] = {}


def count(response: BaseResponse, service: str, action: str) -> None:
    if service not in _WATCHED or action.startswith(_READING):
        return
    of_place = _counts.setdefault((response.current_account, response.region), dict.fromkeys(_WATCHED, 0))
    of_place[service] += 1


def listed() -> list[dict]:
    return [
        {"accountId": account, "region": region, **counts}
        for (account, region), counts in list(_counts.items())
    ]


def forget(account_id: str) -> None:
    for place in [place for place in _counts if place[0] == account_id]:
        del _counts[place]
