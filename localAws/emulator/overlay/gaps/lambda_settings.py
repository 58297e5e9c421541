"""Gap: a function loses its dead-letter queue and logging, and updates of its tracing, disk and architecture."""

from moto.awslambda.models import LambdaFunction

from ..patching import replaces

_KEPT = ("DeadLetterConfig", "LoggingConfig")


@replaces(LambdaFunction, "__init__")
def _create(original, self: LambdaFunction, account_id: str, spec: dict, *args, **kwargs):
    original(self, account_id, spec, *args, **kwargs)
    self.overlay_settings = {name: spec[name] for name in _KEPT if spec.get(name)}


@replaces(LambdaFunction, "update_configuration")
def _update(original, self: LambdaFunction, config_updates: dict):
    self.overlay_settings.update({name: config_updates[name] for name in _KEPT if name in config_updates})
    if "TracingConfig" in config_updates:
        self.tracing_config = config_updates["TracingConfig"]
    if "EphemeralStorage" in config_updates:
        self.ephemeral_storage = config_updates["EphemeralStorage"]["Size"]
    if "KMSKeyArn" in config_updates:
        self.kms_key_arn = config_updates["KMSKeyArn"]
    return original(self, config_updates)


@replaces(LambdaFunction, "update_function_code")
def _update_code(original, self: LambdaFunction, updated_spec: dict):
    if updated_spec.get("Architectures"):
        self.architectures = updated_spec["Architectures"]
    return original(self, updated_spec)


@replaces(LambdaFunction, "get_configuration")
def _get(original, self: LambdaFunction, on_create: bool = False):
    log_group = f"/aws/lambda/{self.function_name}"
    kept = {"LoggingConfig": {"LogFormat": "Text", "LogGroup": log_group}, **self.overlay_settings}
    kept["LoggingConfig"] = {"LogGroup": log_group, **kept["LoggingConfig"]}
    return {**original(self, on_create), **kept}
