"""The paths of mail in the emulator's own API."""

import re
from typing import Any

from . import mail
from .lock import LOCK

#: Longer waits would keep many threads.
_MOST_SECONDS = 30.0
_LINK = re.compile(r"/_local/accounts/(\d{12})/mail/(confirm|unsubscribe)")


def mails(query: dict[str, list[str]]) -> list[dict[str, Any]]:
    """The mail of all accounts above the number ``after``; waits for one, at most ``wait`` seconds."""
    after, wait = query.get("after", ["0"])[0], query.get("wait", ["0"])[0]
    return mail.after(int(after), min(float(wait), _MOST_SECONDS))


def page_of_link(path: str, query: dict[str, list[str]]) -> str | None:
    """What the page of a mail's link says; None for other paths."""
    match = _LINK.fullmatch(path)
    if match is None:
        return None
    from .gaps import sns_email

    arn, token = query.get("SubscriptionArn", [""])[0], query.get("Token", [""])[0]
    with LOCK:
        if match[2] == "confirm":
            return sns_email.confirm_by_link(match[1], arn, token)
        return sns_email.unsubscribe_by_link(match[1], arn)
