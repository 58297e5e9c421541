"""Gap: an update of a secret cannot empty the description, and loses the key when it names none."""

from moto.secretsmanager.models import SecretsManagerBackend

from ..patching import replaces


@replaces(SecretsManagerBackend, "update_secret")
def _update_secret(original, self: SecretsManagerBackend, secret_id: str, **settings):
    existing = self.secrets.get(secret_id)
    if existing is not None and settings.get("kms_key_id") is None:
        settings["kms_key_id"] = existing.kms_key_id
    answer = original(self, secret_id=secret_id, **settings)
    if settings.get("description") == "":
        self.secrets[secret_id].description = ""
    return answer
