"""Other constraints that services document and their models lack."""

import json
import re
from collections.abc import Iterator

from .rules import form, rule

_LARGEST_ENVIRONMENT = 4_096
_LARGEST_ROLE_POLICY = 10_240
_LONGEST_COMMON_NAME = 64


@rule("lambda", "CreateFunction", "UpdateFunctionConfiguration")
def _environment(values: dict) -> Iterator[str]:
    """https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 4 KB, measured as JSON."""
    variables = values.get("Environment", {}).get("Variables", {})
    text = json.dumps(variables, separators=(",", ":"), ensure_ascii=False)
    if len(text.encode()) > _LARGEST_ENVIRONMENT:
        yield (
            "Lambda was unable to configure your environment variables because the environment variables you have "
            f"provided exceeded the 4KB limit. String measured: {text}"
        )


@rule("acm", "RequestCertificate")
def _common_name(values: dict) -> Iterator[str]:
    """https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html"""
    if len(values["DomainName"]) > _LONGEST_COMMON_NAME:
        yield "The first domain name can be no more than 64 characters."


@rule("iam", "PutRolePolicy")
def _role_policy(values: dict) -> Iterator[str]:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: whitespace does not count."""
    if len(re.sub(r"\s", "", values["PolicyDocument"])) > _LARGEST_ROLE_POLICY:
        yield f"Maximum policy size of {_LARGEST_ROLE_POLICY} bytes exceeded for role {values['RoleName']}"


@rule("sns", "Subscribe")
def _email(values: dict) -> Iterator[str]:
    """https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html"""
    if values["Protocol"] == "email" and not re.fullmatch(
        r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{3,253}", values.get("Endpoint", "")
    ):
        yield "Email address"


@rule("sns", "CreateTopic", "SetTopicAttributes")
def _display_name(values: dict) -> Iterator[str]:
    """https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html: up to 100 characters."""
    given = values.get("Attributes") or {values.get("AttributeName"): values.get("AttributeValue")}
    if len(given.get("DisplayName") or "") > 100:
        yield "DisplayName must be at most 100 characters"


# https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html, RDS for MariaDB. Of the
# engine's reserved words only the names of databases that every instance has; the program refuses all of them.
form(
    "rds",
    ("CreateDBInstance",),
    "DBName",
    r"(?!(?i:mysql|information_schema|performance_schema|sys|innodb|database)$)[A-Za-z][A-Za-z0-9_]{0,63}",
    "1 to 64 letters, digits or underscores, a letter first; no word that is reserved for this engine.",
)


@rule("rds", "CreateDBInstance", "ModifyDBInstance")
def _storage(values: dict) -> Iterator[str]:
    """The same page: 20 to 65536 GiB of general purpose storage; autoscaling to at least 10 % more."""
    size, largest = values.get("AllocatedStorage"), values.get("MaxAllocatedStorage")
    if size is not None and not 20 <= size <= 65_536:
        yield "Invalid storage size for engine name mariadb and storage type gp3"
    if size is not None and largest is not None and largest < size * 1.1:
        yield "Invalid max storage size: Max storage size must be at least 10% above the allocated storage"
    retention = values.get("BackupRetentionPeriod")
    if retention is not None and not 0 <= retention <= 35:
        yield "Invalid backup retention period. Must be between 0 and 35"
