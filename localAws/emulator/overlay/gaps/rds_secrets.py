"""Gap: every managed master password is the same, and a rotation leaves a secret without a value."""

import time

from moto.moto_api._internal import mock_random
from moto.rds.models import MasterUserSecret
from moto.secretsmanager.models import SecretsManagerBackend

from ..database_passwords import secret_string
from ..patching import replaces


@replaces(MasterUserSecret, "_generate_secret_string")
def _generate(_original, self: MasterUserSecret) -> str:
    return secret_string(self.resource.master_username)


@replaces(MasterUserSecret, "_create_secret")
def _create(original, self: MasterUserSecret, kms_key_id: str | None):
    secret = original(self, kms_key_id)
    secret.overlay_master_username = self.resource.master_username
    return secret


@replaces(SecretsManagerBackend, "rotate_secret")
def _rotate(
    original, self: SecretsManagerBackend, secret_id: str, client_request_token: str | None = None, **options
):
    """RDS rotates its own secrets, without a function."""
    secret = self.secrets.get(secret_id)
    if getattr(secret, "owning_service", None) != "rds" or secret.is_deleted():
        return original(self, secret_id, client_request_token=client_request_token, **options)
    version_id = client_request_token or str(mock_random.uuid4())
    now = int(time.time())
    version = {
        "createdate": now,
        "version_id": version_id,
        "version_stages": ["AWSCURRENT"],
        "secret_string": secret_string(secret.overlay_master_username),
    }
    secret.reset_default_version(version, version_id)
    secret.rotation_requested = secret.rotation_enabled = True
    secret.last_changed_date = secret.last_rotation_date = now
    return secret.to_short_dict(version_id=version_id)
