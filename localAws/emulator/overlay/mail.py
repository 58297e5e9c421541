"""The mail of all accounts: what SNS and SES would send. The live region shows it, and `/_local/accounts/<id>/mail`."""

import itertools
import threading
import time
from collections.abc import Iterable
from typing import Any

#: Oldest first.
_mails: list[dict[str, Any]] = []
_KEPT = 500
_numbers = itertools.count(1)
_arrived = threading.Condition()


def note(
    account_id: str, region: str, kind: str, *, sender: str, to: Iterable[str], subject: str, text: str
) -> None:
    """Keeps one mail: its kind is `ses`, or `sns`."""
    with _arrived:
        number = next(_numbers)
        _mails.append(
            {
                "number": number,
                "id": str(number),
                "accountId": account_id,
                "region": region,
                "kind": kind,
                "at": int(time.time() * 1000),
                "from": sender,
                "to": list(to),
                "subject": subject,
                "text": text,
            }
        )
        del _mails[:-_KEPT]
        _arrived.notify_all()


def after(number: int, seconds: float) -> list[dict[str, Any]]:
    """The mail above a number, oldest first. Waits for one, at most for ``seconds``."""

    def newer() -> list[dict[str, Any]]:
        return [mail for mail in _mails if mail["number"] > number]

    with _arrived:
        _arrived.wait_for(newer, seconds)
        return newer()


def listed(account_id: str) -> list[dict[str, Any]]:
    """Newest first."""
    with _arrived:
        return [mail for mail in reversed(_mails) if mail["accountId"] == account_id]


def forget(account_id: str) -> None:
    with _arrived:
        _mails[:] = [mail for mail in _mails if mail["accountId"] != account_id]
