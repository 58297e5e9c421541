"""Gap: moto gives a domain no DKIM tokens, creates an identity twice, tags it under an ARN that AWS does not use, keeps
the tags of a deleted identity, and returns a time as text, where AWS's protocol has seconds.

A domain is verified at once, without a look at its records. A token depends only on the domain, so a second run has the
same records.
"""

import hashlib
import time

from moto.core.exceptions import JsonRESTError
from moto.ses.models import EmailIdentity
from moto.sesv2.models import SESV2Backend

from ..patching import replaces

_TOKENS = 3


@replaces(EmailIdentity, "__init__")
def _init(original, self: EmailIdentity, email_identity: str, *args, **options):
    original(self, email_identity, *args, **options)
    dkim = self.dkim_attributes
    dkim["CurrentSigningKeyLength"] = dkim["NextSigningKeyLength"]
    dkim["LastKeyGenerationTimestamp"] = int(time.time())
    if self.identity_type == "DOMAIN":
        self.verified_for_sending_status = True
        dkim["SigningHostedZone"] = "dkim.amazonses.com"
        dkim["Tokens"] = [_token(email_identity, number) for number in range(_TOKENS)]


def _token(identity: str, number: int) -> str:
    return hashlib.sha256(f"{identity}-{number}".encode()).hexdigest()[:32]


@replaces(SESV2Backend, "create_email_identity")
def _create(original, self: SESV2Backend, email_identity: str, tags, *args, **options):
    if email_identity in self.core_backend.email_identities:
        raise JsonRESTError("AlreadyExistsException", f"Email identity {email_identity} already exist.")
    identity = original(self, email_identity, None, *args, **options)
    if tags:
        self.core_backend.tagger.tag_resource(_arn(self, email_identity), tags)
    return identity


@replaces(SESV2Backend, "delete_email_identity")
def _delete(original, self: SESV2Backend, email_identity: str):
    self.get_email_identity(email_identity)  # This refuses an unknown identity.
    original(self, email_identity)
    self.core_backend.tagger.delete_all_tags_for_resource(_arn(self, email_identity))


def _arn(backend: SESV2Backend, identity: str) -> str:
    return f"arn:{backend.partition}:ses:{backend.region_name}:{backend.account_id}:identity/{identity}"
