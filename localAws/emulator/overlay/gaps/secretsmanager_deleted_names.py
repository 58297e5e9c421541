"""Gap: a secret that is scheduled for deletion is reported as one that exists."""

from moto.secretsmanager.models import SecretsManagerBackend

from ..errors import aws_error
from ..patching import replaces


@replaces(SecretsManagerBackend, "create_secret")
def _create_secret(original, self: SecretsManagerBackend, name: str, *args, **settings):
    existing = self.secrets.get(name)
    if existing is not None and existing.is_deleted():
        raise aws_error(
            "secretsmanager",
            "InvalidRequestException",
            "You can't create this secret because a secret with this name is already scheduled for deletion.",
        )
    return original(self, name, *args, **settings)
