"""What an alarm does when its state changes: it publishes to an SNS topic, in CloudWatch's format."""

import functools
from datetime import datetime
from typing import Any

from botocore.loaders import Loader
from moto.cloudwatch.models import Alarm
from moto.core.exceptions import ServiceException
from moto.sns.models import sns_backends
from werkzeug.exceptions import HTTPException

from . import mail_text


def perform(alarm: Alarm, arn: str, before: str) -> str | None:
    """Runs one action. Returns the error if it failed."""
    service = arn.split(":")[2]
    if service == "autoscaling":
        # The clock scales the group of the policy.
        return None
    if service != "sns":
        return f"This emulator runs no action of {service}"
    account_id = alarm.alarm_arn.split(":")[4]
    topics = sns_backends[account_id][arn.split(":")[3]]
    place = _region_name(alarm.region_name)
    subject = f'{alarm.state_value}: "{alarm.name}" in {place}'
    try:
        message = _message(alarm, account_id, place, before)
        text = mail_text.alarm(message, alarm.state_updated_timestamp, alarm.region_name)
        both = mail_text.for_email(message, text)
        topics.publish(message=both, arn=arn, subject=subject[:100], message_structure="json")
    except (ServiceException, HTTPException) as error:
        return str(error)
    return None


def _message(alarm: Alarm, account_id: str, place: str, before: str) -> dict[str, Any]:
    time = alarm.state_updated_timestamp
    configured = alarm.configuration_updated_timestamp
    return {
        "AlarmName": alarm.name,
        "AlarmDescription": alarm.description,
        "AWSAccountId": account_id,
        "AlarmConfigurationUpdatedTimestamp": time_text(configured),
        "NewStateValue": alarm.state_value,
        "NewStateReason": alarm.state_reason,
        "StateChangeTime": time_text(time),
        "Region": place,
        "AlarmArn": alarm.alarm_arn,
        "OldStateValue": before,
        "OKActions": alarm.ok_actions,
        "AlarmActions": alarm.alarm_actions,
        "InsufficientDataActions": alarm.insufficient_data_actions,
        "Trigger": {
            "MetricName": alarm.metric_name,
            "Namespace": alarm.namespace,
            "StatisticType": "Statistic",
            "Statistic": (alarm.statistic or "").upper(),
            "Unit": alarm.unit,
            "Dimensions": [{"value": each.value, "name": each.name} for each in alarm.dimensions],
            "Period": alarm.period,
            "EvaluationPeriods": alarm.evaluation_periods,
            "ComparisonOperator": alarm.comparison_operator,
            "Threshold": alarm.threshold,
            "TreatMissingData": alarm.treat_missing_data or "missing",
            "EvaluateLowSampleCountPercentile": "",
        },
    }


def time_text(time: datetime) -> str:
    """CloudWatch's times within JSON."""
    return f"{time:%Y-%m-%dT%H:%M:%S}.{time.microsecond // 1000:03d}+0000"


@functools.cache
def _region_name(region: str) -> str:
    """E.g. `US East (N. Virginia)`."""
    for partition in Loader().load_data("endpoints")["partitions"]:
        if region in partition["regions"]:
            return str(partition["regions"][region]["description"])
    return region
