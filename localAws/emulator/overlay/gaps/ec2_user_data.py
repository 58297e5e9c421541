"""Gap: a change of a stopped instance's user data must be encoded twice; on AWS the wire's encoding is enough."""

from moto.core.types import Base64EncodedString
from moto.ec2.responses import instances

from ..patching import replaces


@replaces(instances, "parse_user_data")
def _parse_user_data(original, value: bytes | str | None):
    return Base64EncodedString.from_raw_bytes(value) if isinstance(value, bytes) else original(value)
