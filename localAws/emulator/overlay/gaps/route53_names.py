"""Names as Route 53 keeps them."""

import re

_ESCAPED = re.compile(r"\\([0-7]{3})")
_PLAIN = re.compile(r"[a-z0-9_.-]")


def canonical(name: str) -> str:
    """In lower case, with the last dot, and with all other characters, also ``*``, as octal codes."""
    plain = _ESCAPED.sub(lambda code: chr(int(code[1], 8)), name).lower().rstrip(".")
    return "".join(each if _PLAIN.match(each) else f"\\{ord(each):03o}" for each in plain) + "."


def is_within(name: str, zone_name: str) -> bool:
    return name == zone_name or name.endswith(f".{zone_name}")
