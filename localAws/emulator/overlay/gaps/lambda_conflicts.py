"""Gap: a function accepts a second URL, and a second permission with the same statement id."""

from moto.awslambda.models import LambdaBackend, LambdaFunction

from ..errors import aws_error
from ..patching import replaces


@replaces(LambdaFunction, "create_url_config")
def _create_url(original, self: LambdaFunction, config: dict):
    if self.url_config is not None:
        raise _conflict(f"Failed to create function url config for [functionArn = {self.function_arn}]. It exists.")
    return original(self, config)


@replaces(LambdaBackend, "add_permission")
def _add_permission(original, self: LambdaBackend, function_name: str, qualifier: str, raw: str):
    before = [each.get("Sid") for each in self.get_function(function_name, qualifier).policy.statements]
    statement = original(self, function_name, qualifier, raw)
    sid = statement.get("Sid")
    if sid in before:
        self.get_function(function_name, qualifier).policy.statements.pop()
        raise _conflict(f"The statement id ({sid}) provided already exists.")
    return statement


def _conflict(message: str):
    return aws_error("lambda", "ResourceConflictException", message)
