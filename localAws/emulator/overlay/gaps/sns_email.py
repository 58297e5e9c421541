"""Gap: moto confirms a subscription by email at once, and sends it nothing.

Here such a subscription is pending until its link in a mail is opened, or ConfirmSubscription gets the token. Only then
it receives notifications. `mail.py` keeps the mail.
"""

import json
import secrets
from urllib.parse import urlencode

from moto.core.responses import ActionResult
from moto.sns.models import SNSBackend, Subscription, sns_backends
from moto.sns.responses import SNSResponse

from .. import mail, mail_text, runtime
from ..errors import aws_error
from ..patching import replaces, state_of

_BY_MAIL = ("email", "email-json")
#: As long as AWS's.
_TOKEN_BYTES = 128
_PENDING = "PendingConfirmation"


@replaces(SNSBackend, "subscribe")
def _subscribe(original, self: SNSBackend, topic_arn: str, endpoint: str, protocol: str) -> Subscription:
    if protocol in _BY_MAIL and "@" not in endpoint:
        raise aws_error("sns", "InvalidParameter", "Invalid parameter: Email address")
    known = self._find_subscription(topic_arn, endpoint, protocol)
    subscription = original(self, topic_arn, endpoint, protocol)
    if protocol in _BY_MAIL and known is None:
        subscription.attributes.update({_PENDING: True, "ConfirmationWasAuthenticated": False})
    if is_pending(subscription):
        # A second call sends another mail.
        token = secrets.token_hex(_TOKEN_BYTES)
        _tokens(subscription).append(token)
        text = mail_text.confirmation(topic_arn, _link("confirm", subscription, Token=token))
        _send(subscription, mail_text.CONFIRMATION_SUBJECT, text)
    return subscription


def is_pending(subscription: Subscription) -> bool:
    return bool(subscription.attributes.get(_PENDING))


def _tokens(subscription: Subscription) -> list[str]:
    return state_of(subscription, "tokens", list)


@replaces(Subscription, "publish")
def _publish(
    original, self: Subscription, message: str, message_id: str, subject: str | None = None, **options
):
    if self.protocol not in _BY_MAIL:
        return original(self, message, message_id, subject=subject, **options)
    matcher = self._filter_policy_matcher
    if is_pending(self) or (
        matcher is not None and not matcher.matches(options.get("message_attributes"), message)
    ):
        return None
    text = message
    if options.get("message_structure") == "json":
        text = self._parse_message_structure(message, self.protocol)
    if self.protocol == "email-json":
        attributes = options.get("message_attributes")
        text = json.dumps(
            self.get_post_data(text, message_id, subject, message_attributes=attributes), indent=2
        )
    else:
        text = mail_text.notification(text, _link("unsubscribe", self))
    _send(self, subject or mail_text.DEFAULT_SUBJECT, text)
    return None


def _send(subscription: Subscription, subject: str, text: str) -> None:
    topic = subscription.topic
    name = getattr(topic, "display_name", "") or "AWS Notifications"
    mail.note(
        subscription.account_id,
        topic.sns_backend.region_name,
        "sns",
        sender=f"{name} <no-reply@sns.amazonaws.com>",
        to=[subscription.endpoint],
        subject=subject,
        text=text,
    )


def _link(action: str, subscription: Subscription, **query: str) -> str:
    """A link that works without credentials, as AWS's. It leads to this emulator."""
    values = {"SubscriptionArn": subscription.arn, **query}
    return f"{runtime.endpoint}/_local/accounts/{subscription.account_id}/mail/{action}?{urlencode(values)}"


def confirm_by_link(account_id: str, arn: str, token: str) -> str:
    """Confirms a subscription. Returns what its page says."""
    subscription = _find(account_id, arn)
    if subscription is None or token not in _tokens(subscription):
        return "Subscription not confirmed. The link is not valid: the subscription is gone, or another mail came later."
    _confirm(subscription)
    return f"Subscription confirmed! You have successfully subscribed. Your subscription's id is: {arn}"


def unsubscribe_by_link(account_id: str, arn: str) -> str:
    subscription = _find(account_id, arn)
    if subscription is not None:
        subscription.topic.sns_backend.unsubscribe(arn)
    return f"Subscription removed! Your subscription's id was: {arn}"


def _find(account_id: str, arn: str) -> Subscription | None:
    for backend in sns_backends[account_id].values():
        if arn in backend.subscriptions:
            return backend.subscriptions[arn]
    return None


def _confirm(subscription: Subscription) -> None:
    subscription.attributes[_PENDING] = False
    subscription.confirmed = True


@replaces(SNSResponse, "confirm_subscription")
def _confirm_subscription(original, self: SNSResponse) -> ActionResult:
    topic_arn, token = self._get_param("TopicArn"), self._get_param("Token")
    for subscription in self.backend.subscriptions.values():
        if subscription.topic.arn == topic_arn and token in _tokens(subscription):
            _confirm(subscription)
            return ActionResult({"SubscriptionArn": subscription.arn})
    by_mail = [each for each in self.backend.subscriptions.values() if each.protocol in _BY_MAIL]
    if any(each.topic.arn == topic_arn for each in by_mail):
        raise aws_error("sns", "InvalidParameter", "Invalid parameter: Token")
    return original(self)


@replaces(SNSResponse, "subscribe")
def _subscribe_answer(original, self: SNSResponse) -> ActionResult:
    answer = original(self)
    subscription = self.backend.subscriptions[answer.result["SubscriptionArn"]]
    if is_pending(subscription) and self._get_param("ReturnSubscriptionArn") not in (True, "true"):
        return ActionResult({"SubscriptionArn": "pending confirmation"})
    return answer


@replaces(SNSResponse, "list_subscriptions")
def _list(original, self: SNSResponse) -> ActionResult:
    return _without_pending_arns(original(self))


@replaces(SNSResponse, "list_subscriptions_by_topic")
def _list_by_topic(original, self: SNSResponse) -> ActionResult:
    return _without_pending_arns(original(self))


def _without_pending_arns(answer: ActionResult) -> ActionResult:
    """A list shows no ARN of a pending subscription."""
    listed = [
        {
            "SubscriptionArn": _PENDING if is_pending(each) else each.arn,
            "Owner": each.owner,
            "Protocol": each.protocol,
            "Endpoint": each.endpoint,
            "TopicArn": each.topic.arn,
        }
        for each in answer.result["Subscriptions"]
    ]
    return ActionResult({**answer.result, "Subscriptions": listed})
