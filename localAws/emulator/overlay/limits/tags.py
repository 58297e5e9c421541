"""Tags in all requests.

https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html: 50 a resource, keys of up to 128
and values of up to 256 characters, no key that begins with `aws:` in any case. The differences between services are below.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

_MOST = 50
_LONGEST_KEY = 128
_LONGEST_VALUE = 256
_RESERVED = re.compile(r"aws:", re.IGNORECASE)
_READING = ("Describe", "Get", "List", "Untag")

#: "Tag keys are not case sensitive": https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
_IGNORING_CASE = frozenset({"iam"})

#: Services that document these characters without constraints in their models. RDS also reserves `rds:`:
#: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_Tag.html
#: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-tags.html
_OWN_RESERVED = {"rds": re.compile(r"(aws|rds):", re.IGNORECASE)}
_CHARACTERS = frozenset({"rds", "sns", "sqs"})
_SIGNS = frozenset("_.:/=+-@")


def violations(service: str, action: str, values: dict) -> Iterator[str]:
    if action.startswith(_READING):
        return
    for tags in _tag_sets(values):
        yield from _of_set(service, tags)


def _of_set(service: str, tags: list[tuple[str, str]]) -> Iterator[str]:
    if len(tags) > _MOST:
        yield f"There are {len(tags)} tags; a resource has {_MOST} at most."
    fold = str.lower if service in _IGNORING_CASE else str
    for key, count in Counter(fold(key) for key, _ in tags).items():
        if count > 1:
            yield f"Duplicate tag keys found: '{key}'." + (
                " Please note that Tag keys are case insensitive." if service in _IGNORING_CASE else ""
            )
    for key, value in tags:
        if not 1 <= len(key) <= _LONGEST_KEY or len(value) > _LONGEST_VALUE:
            yield f"The tag '{key}' has a key or value of a length that is not allowed."
        if _OWN_RESERVED.get(service, _RESERVED).match(key):
            yield f"The tag key '{key}' begins with a prefix that is reserved for system use."
        if service in _CHARACTERS and not all(map(_is_allowed, key + value)):
            yield f"The tag '{key}' has characters that are not letters, digits, white space or {' '.join(sorted(_SIGNS))}."


def _is_allowed(character: str) -> bool:
    return character in _SIGNS or unicodedata.category(character)[0] in "LNZ"


def _tag_sets(value: object, member: str = "") -> Iterator[list[tuple[str, str]]]:
    """The tags of each resource that the request creates or tags, at any place of the request."""
    if isinstance(value, dict):
        if member.lower() == "tags" and all(isinstance(text, str) for text in value.values()):
            yield list(value.items())
            return
        for name, inner in value.items():
            yield from _tag_sets(inner, name)
    elif isinstance(value, list):
        found = [tag for tag in map(_as_tag, value) if tag is not None]
        if found:
            # One call of Auto Scaling's has the tags of several groups.
            for owner in dict.fromkeys(owner for owner, _, _ in found):
                yield [(key, text) for of, key, text in found if of == owner]
            return
        for inner in value:
            yield from _tag_sets(inner, member)


def _as_tag(value: object) -> tuple[str, str, str] | None:
    if not isinstance(value, dict):
        return None
    key = value.get("Key", value.get("TagKey"))
    text = value.get("Value", value.get("TagValue", ""))
    if not isinstance(key, str) or not isinstance(text, str):
        return None
    return str(value.get("ResourceId")), key, text
