"""The constraints in AWS's model of a request: required members, lengths, ranges, patterns, enumerations.

The models come with botocore, which checks only types and minimum lengths before it sends a request.
"""

from collections.abc import Iterator
from typing import Any

from moto.core.model import ListShape, MapShape, Shape, StructureShape

from .java_patterns import satisfies

_LONGEST_VALUE = 200


def violations(shape: Shape, value: Any, path: str = "") -> Iterator[str]:
    """Each constraint that the value does not satisfy, in the words of AWS's services."""
    if isinstance(shape, StructureShape):
        yield from _of_structure(shape, value, path)
        return
    yield from _own(shape, value, path)
    if isinstance(shape, ListShape):
        for index, item in enumerate(value, start=1):
            yield from violations(shape.member, item, f"{path}.{index}.member")
    elif isinstance(shape, MapShape):
        for key, item in value.items():
            yield from violations(shape.key, key, f"{path}.key")
            yield from violations(shape.value, item, f"{path}.{key}.member")


def _of_structure(shape: StructureShape, value: dict, path: str) -> Iterator[str]:
    prefix = f"{path}." if path else ""
    for name in shape.required_members:
        if value.get(name) is None:
            yield _failed(None, prefix + _lower(name), "Member must not be null")
    for name, member in shape.members.items():
        if value.get(name) is not None:
            yield from violations(member, value[name], prefix + _lower(name))


def _own(shape: Shape, value: Any, path: str) -> Iterator[str]:
    """The constraints of this shape, without its members."""
    limits = shape.metadata
    sized = isinstance(value, str | bytes | list | dict)
    what = "length " if sized else "value "
    amount = len(value) if sized else value
    if isinstance(amount, int | float) and not isinstance(value, bool):
        if "min" in limits and amount < limits["min"]:
            yield _failed(value, path, f"Member must have {what}greater than or equal to {limits['min']}")
        if "max" in limits and amount > limits["max"]:
            yield _failed(value, path, f"Member must have {what}less than or equal to {limits['max']}")
    if isinstance(value, str):
        if "enum" in limits and value not in limits["enum"]:
            yield _failed(value, path, f"Member must satisfy enum value set: [{', '.join(limits['enum'])}]")
        if "pattern" in limits and not satisfies(limits["pattern"], value):
            yield _failed(
                value, path, f"Member must satisfy regular expression pattern: {limits['pattern']}"
            )


def _failed(value: Any, path: str, constraint: str) -> str:
    text = "null" if value is None else f"'{str(value)[:_LONGEST_VALUE]}'"
    return f"Value {text} at '{path}' failed to satisfy constraint: {constraint}"


def _lower(name: str) -> str:
    return name[0].lower() + name[1:]
