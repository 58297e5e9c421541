"""Gap: moto compares RDS's windows only within one day.

It treats adjacent windows as overlapping, and misreads a maintenance window that crosses the end of the week.
"""

import re

from moto.rds import models

from ..patching import replaces

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TIME = r"([01]\d|2[0-3]):([0-5]\d)"
_DAY = rf"({'|'.join(_DAYS)}):{_TIME}"
_MAINTENANCE = re.compile(rf"{_DAY}-{_DAY}", re.IGNORECASE)
_BACKUP = re.compile(rf"{_TIME}-{_TIME}")
_MINUTES_PER_DAY = 24 * 60
_MINUTES_PER_WEEK = 7 * _MINUTES_PER_DAY


@replaces(models, "valid_preferred_maintenance_window")
def _problem(_original, maintenance_window: str, backup_window: str | None) -> str | None:
    weekly = _MAINTENANCE.fullmatch(maintenance_window)
    if weekly is None:
        return (
            f"Invalid maintenance window format: {maintenance_window}. "
            "Should be specified as a range ddd:hh24:mi-ddd:hh24:mi (24H Clock UTC). Example: Sun:23:45-Mon:00:15"
        )
    day, hour, minute, end_day, end_hour, end_minute = weekly.groups()
    start = _minute_of_week(day, hour, minute)
    length = (_minute_of_week(end_day, end_hour, end_minute) - start) % _MINUTES_PER_WEEK
    if length < 30:
        return "The maintenance window must be at least 30 minutes."
    if length > _MINUTES_PER_DAY:
        return "Maintenance window must be less than 24 hours."
    if backup_window and _overlap(start, length, backup_window):
        return "The backup window and maintenance window must not overlap."
    return None


def _minute_of_week(day: str, hour: str, minute: str) -> int:
    return _DAYS.index(day.lower()) * _MINUTES_PER_DAY + int(hour) * 60 + int(minute)


def _overlap(start: int, length: int, backup_window: str) -> bool:
    daily = _BACKUP.fullmatch(backup_window)
    if daily is None:
        return False
    hour, minute, end_hour, end_minute = map(int, daily.groups())
    first = hour * 60 + minute
    backup_length = (end_hour * 60 + end_minute - first) % _MINUTES_PER_DAY
    for each_day in range(len(_DAYS)):
        ahead = (first + each_day * _MINUTES_PER_DAY - start) % _MINUTES_PER_WEEK
        if ahead < length or _MINUTES_PER_WEEK - ahead < backup_length:
            return True
    return False
