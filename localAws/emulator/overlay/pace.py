"""How many seconds a minute of CloudWatch takes in each account whose servers are machines: `localAws/live/pace.ts`."""

_AWS = 60.0

_seconds: dict[str, float] = {}


def seconds_per_minute(account_id: str) -> float:
    return _seconds.get(account_id, _AWS)


def set_seconds_per_minute(account_id: str, seconds: float) -> None:
    _seconds[account_id] = seconds


def listed() -> dict[str, float]:
    """The accounts with a pace of their own."""
    return dict(_seconds)


def forget(account_id: str) -> None:
    _seconds.pop(account_id, None)
