"""Gap: moto finds an account only by access keys that it created. Here an access key of 12 digits is the account."""

import re

import moto.iam.models as iam
from moto.core.responses import BaseResponse

from ..patching import replaces

_ACCOUNT_ID = re.compile(r"\d{12}")

BaseResponse.access_key_regex = re.compile(r"Credential=([^/]+)/")

#: Accounts that made a call. moto creates one more account itself, to look up routes.
seen: set[str] = set()


@replaces(iam, "get_account_id_from")
def _account_of(original, access_key: str) -> str:
    account_id = access_key if _ACCOUNT_ID.fullmatch(access_key or "") else original(access_key)
    seen.add(account_id)
    return account_id
