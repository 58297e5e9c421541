"""Gap: moto keeps mail that SES accepts where no user sees it. Here it also goes to `mail.py`."""

import email
import email.policy
from email.message import EmailMessage
from typing import Any

from moto.ses.models import SESBackend

from .. import mail
from ..patching import replaces


@replaces(SESBackend, "send_raw_email")
def _send_raw(original, self: SESBackend, source: str, destinations: list[str], raw_data: str):
    given = list(destinations)
    sent = original(self, source, destinations, raw_data)
    message = email.message_from_string(raw_data, policy=email.policy.default)
    # With recipients of its own, a call ignores those of the message.
    to = given or list(sent.destinations)
    _note(self, str(message["from"] or source), to, str(message["subject"] or ""), _text_of(message))
    return sent


@replaces(SESBackend, "send_email")
def _send(
    original, self: SESBackend, source: str, subject: str, body: str, destinations: dict[str, list[str]]
):
    sent = original(self, source, subject, body, destinations)
    to = [address for addresses in destinations.values() for address in addresses]
    _note(self, source, to, subject, body)
    return sent


def _note(backend: SESBackend, sender: str, to: list[str], subject: str, text: str) -> None:
    place = (backend.account_id, backend.region_name)
    mail.note(*place, "ses", sender=sender, to=to, subject=subject, text=text)


def _text_of(message: EmailMessage) -> str:
    part: Any = message.get_body(("plain", "html"))
    return "" if part is None else str(part.get_content())
