"""Gap: moto's alarms begin as OK, lose their state in an update, run no action and have no history.

Here an alarm begins with INSUFFICIENT_DATA and keeps its state in an update; a change of state publishes to SNS topics
in CloudWatch's format; DescribeAlarmHistory, DisableAlarmActions and EnableAlarmActions work. The clock evaluates the
alarms of stacks whose servers are machines, see `localAws/clock`.
"""

import json
from datetime import datetime
from typing import Any

from moto.cloudwatch.models import Alarm, CloudWatchBackend
from moto.cloudwatch.responses import CloudWatchResponse
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow

from ..alarm_actions import perform, time_text
from ..patching import adds, replaces, state_of

_HISTORY = 1000
_ACTIONS = {
    "ALARM": "alarm_actions",
    "OK": "ok_actions",
    "INSUFFICIENT_DATA": "insufficient_data_actions",
}


@replaces(CloudWatchBackend, "put_metric_alarm")
def _put_alarm(original, self: CloudWatchBackend, **settings: Any):
    before = self.alarms.get(settings["name"])
    alarm: Alarm = original(self, **settings)
    if before is None:
        alarm.state_value = "INSUFFICIENT_DATA"
        _note(self, alarm, "ConfigurationUpdate", f'Alarm "{alarm.name}" created', {"type": "Create"})
        return alarm
    for attribute in ("state_value", "state_reason", "state_reason_data", "state_updated_timestamp"):
        setattr(alarm, attribute, getattr(before, attribute))
    _note(self, alarm, "ConfigurationUpdate", f'Alarm "{alarm.name}" updated', {"type": "Update"})
    return alarm


@replaces(CloudWatchBackend, "delete_alarms")
def _delete_alarms(original, self: CloudWatchBackend, alarm_names: list[str]):
    for name in alarm_names:
        if name in self.alarms:
            text = f'Alarm "{name}" deleted'
            _note(self, self.alarms[name], "ConfigurationUpdate", text, {"type": "Delete"})
    return original(self, alarm_names)


@replaces(CloudWatchBackend, "set_alarm_state")
def _set_state(
    original, self: CloudWatchBackend, alarm_name: str, reason: str, reason_data: str, state_value: str
):
    alarm = self.alarms.get(alarm_name)
    before = None if alarm is None else _state_of(alarm)
    original(self, alarm_name, reason, reason_data, state_value)
    if alarm is None or before is None or before["stateValue"] == state_value:
        return
    summary = f"Alarm updated from {before['stateValue']} to {state_value}"
    _note(self, alarm, "StateUpdate", summary, {"oldState": before, "newState": _state_of(alarm)})
    if alarm.actions_enabled:
        for arn in getattr(alarm, _ACTIONS[state_value]):
            _act(self, alarm, arn, before["stateValue"])


def _act(backend: CloudWatchBackend, alarm: Alarm, arn: str, before: str) -> None:
    error = perform(alarm, arn, before)
    data = {"notificationResource": arn, "stateUpdateTimestamp": time_text(alarm.state_updated_timestamp)}
    if error is None:
        summary, outcome = f"Successfully executed action {arn}", {"actionState": "Succeeded"}
    else:
        summary = f'Failed to execute action {arn}. Received error: "{error}"'
        outcome = {"actionState": "Failed", "error": error}
    _note(backend, alarm, "Action", summary, {**outcome, **data})


def _state_of(alarm: Alarm) -> dict[str, Any]:
    data = json.loads(alarm.state_reason_data or "{}")
    state = {"stateValue": alarm.state_value, "stateReason": alarm.state_reason}
    return {**state, "stateReasonData": data} if data else state


def _note(backend: CloudWatchBackend, alarm: Alarm, kind: str, summary: str, data: dict[str, Any]) -> None:
    history = _history(backend)
    history.insert(
        0,
        {
            "AlarmName": alarm.name,
            "AlarmType": "MetricAlarm" if alarm.rule is None else "CompositeAlarm",
            "Timestamp": utcnow(),
            "HistoryItemType": kind,
            "HistorySummary": summary,
            "HistoryData": json.dumps({"version": "1.0", **data}),
        },
    )
    del history[_HISTORY:]


def _history(backend: CloudWatchBackend) -> list[dict[str, Any]]:
    """Newest first. AWS keeps it for 30 days, also of deleted alarms."""
    return state_of(backend, "alarm_history", list)


@adds(CloudWatchResponse)
def describe_alarm_history(self: CloudWatchResponse):
    name, kind = self._get_param("AlarmName"), self._get_param("HistoryItemType")
    types = self._get_param("AlarmTypes", ["MetricAlarm"])
    start, end = self._get_param("StartDate"), self._get_param("EndDate")
    found = [
        item
        for item in _history(self.cloudwatch_backend)
        if name in (None, item["AlarmName"])
        and kind in (None, item["HistoryItemType"])
        and item["AlarmType"] in types
        and (start is None or _naive(start) <= item["Timestamp"])
        and (end is None or item["Timestamp"] <= _naive(end))
    ]
    if self._get_param("ScanBy") == "TimestampAscending":
        found.reverse()
    first = int(self._get_param("NextToken") or 0)
    last = first + self._get_int_param("MaxRecords", 100)
    return ActionResult(
        {"AlarmHistoryItems": found[first:last], "NextToken": str(last) if last < len(found) else None}
    )


def _naive(time: datetime) -> datetime:
    return time.replace(tzinfo=None)


@replaces(CloudWatchResponse, "disable_alarm_actions")
def _disable_actions(_original, self: CloudWatchResponse):
    return _enable(self, False)


@replaces(CloudWatchResponse, "enable_alarm_actions")
def _enable_actions(_original, self: CloudWatchResponse):
    return _enable(self, True)


def _enable(response: CloudWatchResponse, enabled: bool):
    for name in response._get_param("AlarmNames", []):
        alarm = response.cloudwatch_backend.alarms.get(name)
        if alarm is not None:
            alarm.actions_enabled = enabled
    return EmptyResult()
