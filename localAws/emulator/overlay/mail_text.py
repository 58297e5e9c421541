"""The text of mail that AWS's services send through SNS, in their own words."""

import json
from datetime import datetime
from typing import Any
from urllib.parse import quote

CONFIRMATION_SUBJECT = "AWS Notification - Subscription Confirmation"
#: The subject of a notification without one.
DEFAULT_SUBJECT = "AWS Notification Message"


def confirmation(topic_arn: str, link: str) -> str:
    return (
        f"You have chosen to subscribe to the topic:\n{topic_arn}\n\n"
        "To confirm this subscription, click or visit the link below "
        f"(If this was in error no action is necessary):\nConfirm subscription: {link}\n\n"
        "Please do not reply directly to this email. If you wish to remove yourself from receiving all future SNS "
        "subscription confirmation requests please send an email to sns-opt-out\n"
    )


def notification(message: str, link: str) -> str:
    return (
        f"{message}\n\n--\nIf you wish to stop receiving notifications from this topic, please click or visit the "
        f"link below to unsubscribe:\n{link}\n\n"
        "Please do not reply directly to this email. If you have any questions or comments regarding this email, "
        "please contact us at https://aws.amazon.com/support\n"
    )


def for_email(message: dict[str, Any], text: str) -> str:
    """A message that SNS sends as JSON to programs, and as text to people."""
    return json.dumps({"default": json.dumps(message), "email": text})


def autoscaling(message: dict[str, Any]) -> str:
    """A notification of Auto Scaling: one line for each member."""

    def line(value: Any) -> str:
        if isinstance(value, dict):
            return json.dumps(value, separators=(",", ":"))
        return "" if value is None else str(value)

    return "".join(f"{name}: {line(value)}\n" for name, value in message.items())


def alarm(message: dict[str, Any], changed: datetime, region: str) -> str:
    """A notification of CloudWatch: an alarm changed its state."""
    name, state, trigger = message["AlarmName"], message["NewStateValue"], message["Trigger"]
    time = f"{changed:%A %d %B, %Y %H:%M:%S} UTC"
    console = f"https://{region}.console.aws.amazon.com/cloudwatch/deeplink.js?region={region}"
    return (
        f'You are receiving this email because your Amazon CloudWatch Alarm "{name}" in the {message["Region"]} '
        f'region has entered the {state} state, because "{message["NewStateReason"]}" at "{time}".\n\n'
        "View this alarm in the AWS Management Console:\n"
        f"{console}#alarmsV2:alarm/{quote(name, safe='')}\n\n"
        "Alarm Details:\n"
        f"- Name:                       {name}\n"
        f"- Description:                {message['AlarmDescription'] or ''}\n"
        f"- State Change:               {message['OldStateValue']} -> {state}\n"
        f"- Reason for State Change:    {message['NewStateReason']}\n"
        f"- Timestamp:                  {time}\n"
        f"- AWS Account:                {message['AWSAccountId']}\n"
        f"- Alarm Arn:                  {message['AlarmArn']}\n\n"
        f"{_threshold(trigger)}{_metric(trigger)}\n"
        "State Change Actions:\n"
        f"- OK: {_actions(message['OKActions'])}\n"
        f"- ALARM: {_actions(message['AlarmActions'])}\n"
        f"- INSUFFICIENT_DATA: {_actions(message['InsufficientDataActions'])}\n"
    )


def _threshold(trigger: dict[str, Any]) -> str:
    if trigger["Threshold"] is None or trigger["Period"] is None:
        return ""
    periods = trigger["EvaluationPeriods"]
    return (
        "Threshold:\n"
        f"- The alarm is in the ALARM state when the metric is {trigger['ComparisonOperator']} "
        f"{float(trigger['Threshold'])} for at least {trigger.get('DatapointsToAlarm') or periods} of the last "
        f"{periods} period(s) of {trigger['Period']} seconds.\n\n"
    )


def _metric(trigger: dict[str, Any]) -> str:
    if trigger["MetricName"] is None:
        return ""
    dimensions = ", ".join(f"{each['name']} = {each['value']}" for each in trigger["Dimensions"])
    return (
        "Monitored Metric:\n"
        f"- MetricNamespace:                     {trigger['Namespace']}\n"
        f"- MetricName:                          {trigger['MetricName']}\n"
        f"- Dimensions:                          [{dimensions}]\n"
        f"- Period:                              {trigger['Period']} seconds\n"
        f"- Statistic:                           {trigger['Statistic'].capitalize()}\n"
        f"- Unit:                                {trigger['Unit'] or 'not specified'}\n"
        f"- TreatMissingData:                    {trigger['TreatMissingData']}\n"
    )


def _actions(arns: list[str]) -> str:
    return "" if not arns else "[" + "] [".join(arns) + "]"
