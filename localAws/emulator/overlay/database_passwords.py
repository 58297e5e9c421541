"""The master passwords of databases: as given, or in a secret that RDS manages."""

import json
import secrets
import string

from moto.rds.models import DBInstance

#: RDS uses printable ASCII without these: /, ", @ and space; a quote and a backslash need escapes in too many clients.
_SYMBOLS = "".join(symbol for symbol in string.punctuation if symbol not in "/\"@'\\`")
_LENGTH = 28


def secret_string(username: str | None) -> str:
    """The JSON that RDS writes, with a new password."""
    kinds = (string.ascii_lowercase, string.ascii_uppercase, string.digits, _SYMBOLS)
    required = [secrets.choice(kind) for kind in kinds]
    others = [secrets.choice("".join(kinds)) for _ in range(_LENGTH - len(required))]
    characters = required + others
    secrets.SystemRandom().shuffle(characters)
    return json.dumps({"username": username, "password": "".join(characters)}, separators=(",", ":"))


def password_of(database: DBInstance) -> str:
    """The current password. A database that is being deleted has no secret: the last one counts."""
    kept = getattr(database, "overlay_password", None)
    secret = getattr(database, "master_user_secret", None)
    if kept is not None:
        return kept
    if secret is None:
        return str(database._master_user_password or "")
    value = secret.secretsmanager.get_secret_value(secret.secret_arn, "", "AWSCURRENT")
    return str(json.loads(value["SecretString"])["password"])


def keep_password(database: DBInstance) -> None:
    database.overlay_password = password_of(database)
