"""Gap: changing a stopped instance's user data takes it encoded twice; on AWS the one encoding of the wire is enough."""

from moto.core.types import Base64EncodedString
from moto.ec2.responses import instances

from ..patching import replaces


@replaces(instances, "parse_user_data")
def _parse_user_data(original, value: bytes | str | None):
    return Base64EncodedString.from_raw_bytes(value) if isinstance(value, bytes) else original(value)
