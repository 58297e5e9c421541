"""Gap: a group reports no activities. Here it keeps its scaling activities and notifies its SNS topics."""

import json
import sys

from moto.autoscaling.models import AutoScalingBackend, FakeAutoScalingGroup
from moto.autoscaling.responses import AutoScalingResponse
from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.moto_api._internal import mock_random
from moto.sns.models import sns_backends
from werkzeug.exceptions import HTTPException

from .. import mail_text
from ..errors import aws_error
from ..patching import adds, replaces, state_of

LAUNCH = "autoscaling:EC2_INSTANCE_LAUNCH"
LAUNCH_ERROR = "autoscaling:EC2_INSTANCE_LAUNCH_ERROR"
TERMINATE = "autoscaling:EC2_INSTANCE_TERMINATE"
_TEST = "autoscaling:TEST_NOTIFICATION"

_DESCRIPTIONS = {LAUNCH: "Launching a new EC2 instance", TERMINATE: "Terminating EC2 instance"}
_SUBJECTS = {
    LAUNCH: "launch",
    LAUNCH_ERROR: "failed launch",
    TERMINATE: "termination",
    _TEST: "test notification",
}

#: Newest first; AWS keeps six weeks of them.
_KEPT_ACTIVITIES = 100


def existing_group(backend: AutoScalingBackend, name: str) -> FakeAutoScalingGroup:
    group = backend.autoscaling_groups.get(name)
    if group is None:
        raise aws_error("autoscaling", "ValidationError", f"AutoScalingGroup name not found - {name}")
    return group


def record(
    group: FakeAutoScalingGroup, event: str, causes: list[str], instance=None, failure: str = ""
) -> dict:
    """Keeps an activity of the group that has ended, and notifies its topics."""
    activity = begin(group, event, causes, instance, "InProgress", 0)
    finish(group, event, activity, instance, failure)
    return activity


def begin(
    group: FakeAutoScalingGroup, event: str, causes: list[str], instance, status: str, progress: int
) -> dict:
    """Keeps an activity of the group that `finish` ends."""
    now = utcnow()
    described = _DESCRIPTIONS.get(event, _DESCRIPTIONS[LAUNCH])
    activity = {
        "ActivityId": str(mock_random.uuid4()),
        "AutoScalingGroupName": group.name,
        "AutoScalingGroupARN": group.arn,
        "Description": described if instance is None else f"{described}: {instance.id}",
        # AWS separates the sentences with two spaces.
        "Cause": "  ".join(f"At {now:%Y-%m-%dT%H:%M:%SZ} {cause}" for cause in causes),
        "StartTime": now,
        "StatusCode": status,
        "Progress": progress,
        "Details": json.dumps(_place_of(instance)),
    }
    activities = activities_of(group)
    activities.insert(0, activity)
    del activities[_KEPT_ACTIVITIES:]
    return activity


def finish(group: FakeAutoScalingGroup, event: str, activity: dict, instance=None, failure: str = "") -> None:
    """Ends an activity, and notifies the group's topics."""
    end = utcnow()
    if failure:
        activity["Description"] += f". Status Reason: {failure}"
    activity.update(
        EndTime=end,
        StatusCode="Failed" if failure else "Successful",
        StatusMessage=failure,
        Progress=100,
    )
    about = {
        "ActivityId": activity["ActivityId"],
        "Description": activity["Description"],
        "Cause": activity["Cause"],
        "StatusCode": activity["StatusCode"],
        "StatusMessage": failure,
        "Progress": 100,
        "EC2InstanceId": instance.id if instance is not None else None,
        "StartTime": f"{activity['StartTime']:%Y-%m-%dT%H:%M:%S.%fZ}",
        "EndTime": f"{end:%Y-%m-%dT%H:%M:%S.%fZ}",
        "Details": _place_of(instance),
    }
    for topic_arn, events in notifications_of(group).items():
        if event in events:
            _publish(group, topic_arn, event, about)


def _place_of(instance) -> dict[str, str]:
    if instance is None:
        return {}
    return {"Subnet ID": instance.subnet_id, "Availability Zone": instance.placement.zone}


def activities_of(group: FakeAutoScalingGroup) -> list[dict]:
    return state_of(group, "activities", list)


def notifications_of(group: FakeAutoScalingGroup) -> dict[str, list[str]]:
    """The events of which each topic is notified, by the topic's ARN."""
    return state_of(group, "notifications", dict)


def _publish(group: FakeAutoScalingGroup, topic_arn: str, event: str, about: dict) -> None:
    message = {
        "Service": "AWS Auto Scaling",
        "Event": event,
        "AccountId": group.account_id,
        "AutoScalingGroupName": group.name,
        "AutoScalingGroupARN": group.arn,
        "RequestId": str(mock_random.uuid4()),
        "Time": f"{utcnow():%Y-%m-%dT%H:%M:%S.%fZ}",
        **about,
    }
    subject = f'Auto Scaling: {_SUBJECTS[event]} for group "{group.name}"'
    topics = sns_backends[group.account_id][topic_arn.split(":")[3]]
    try:
        text = mail_text.for_email(message, mail_text.autoscaling(message))
        topics.publish(message=text, arn=topic_arn, subject=subject[:100], message_structure="json")
    except (ServiceException, HTTPException) as error:
        # As on AWS, a deleted topic does not stop a group.
        print(f"{group.name}: no notification to {topic_arn}: {error}", file=sys.stderr)


@replaces(AutoScalingResponse, "describe_scaling_activities")
def _describe_scaling_activities(_original, self: AutoScalingResponse):
    name = self._get_param("AutoScalingGroupName")
    wanted = self._get_param("ActivityIds", [])
    groups = (
        [existing_group(self.autoscaling_backend, name)]
        if name
        else self.autoscaling_backend.autoscaling_groups.values()
    )
    activities = [activity for group in groups for activity in activities_of(group)]
    return ActionResult({"Activities": [a for a in activities if not wanted or a["ActivityId"] in wanted]})


@adds(AutoScalingResponse)
def put_notification_configuration(self: AutoScalingResponse):
    group = existing_group(self.autoscaling_backend, self._get_param("AutoScalingGroupName"))
    topic_arn = self._get_param("TopicARN")
    unknown = [event for event in self._get_param("NotificationTypes") if event not in _NOTIFICATION_TYPES]
    if unknown:
        raise aws_error(
            "autoscaling", "ValidationError", f"{', '.join(unknown)} is not a valid notification type."
        )
    notifications_of(group)[topic_arn] = list(self._get_param("NotificationTypes"))
    _publish(group, topic_arn, _TEST, {})
    return EmptyResult()


_NOTIFICATION_TYPES = (LAUNCH, LAUNCH_ERROR, TERMINATE, f"{TERMINATE}_ERROR", _TEST)


@adds(AutoScalingResponse)
def describe_notification_configurations(self: AutoScalingResponse):
    names = self._get_param("AutoScalingGroupNames", [])
    configurations = [
        {"AutoScalingGroupName": group.name, "TopicARN": topic_arn, "NotificationType": event}
        for group in self.autoscaling_backend.autoscaling_groups.values()
        if not names or group.name in names
        for topic_arn, events in notifications_of(group).items()
        for event in events
    ]
    return ActionResult({"NotificationConfigurations": configurations})


@adds(AutoScalingResponse)
def delete_notification_configuration(self: AutoScalingResponse):
    group = existing_group(self.autoscaling_backend, self._get_param("AutoScalingGroupName"))
    notifications_of(group).pop(self._get_param("TopicARN"), None)
    return EmptyResult()


@adds(AutoScalingResponse)
def describe_auto_scaling_notification_types(self: AutoScalingResponse):
    return ActionResult({"AutoScalingNotificationTypes": list(_NOTIFICATION_TYPES)})
