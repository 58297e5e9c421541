"""How much memory of this machine an instance takes."""

from moto.ec2.models.instance_types import INSTANCE_TYPES

#: A server of this project uses about 110 MiB, whatever its type; a type's own memory is a limit, which no server reaches.
_MOST_MIB = 256


def counted_mib(instance_type: str) -> int:
    """What an instance counts in the live region's budget: its type's memory, but at most 256 MiB."""
    known = INSTANCE_TYPES.get(instance_type)
    return _MOST_MIB if known is None else min(_MOST_MIB, int(known["MemoryInfo"]["SizeInMiB"]))
