"""Translates the patterns of AWS's models, which are written for Java, for Python's `re`.

Java has Unicode categories (`\\p{L}`), which `re` lacks, and reads a `-` after `\\w` as a plain character.
"""

import functools
import re
import sys
import unicodedata

_CATEGORY = re.compile(r"\\p\{(\w+)\}")
#: Characters outside of the Basic Multilingual Plane, written as a range of surrogate pairs.
_SURROGATES = re.compile(r"\\uD800\\uDC00-\\uDBFF\\uDFFF", re.IGNORECASE)
_DASH_AFTER_CLASS = re.compile(r"(\\[wdsWDS])-(?=[^\]])")


def satisfies(pattern: str, value: str) -> bool:
    """Whether the whole value matches the pattern: AWS matches from end to end, with or without `^` and `$`."""
    return _compiled(pattern, value.isascii()).fullmatch(value) is not None


@functools.lru_cache(maxsize=None)
def _compiled(pattern: str, ascii_only: bool) -> re.Pattern[str]:
    """Most values are ASCII: for these a category has at most 128 characters."""
    text = _SURROGATES.sub(lambda _: "\\U00010000-\\U0010FFFF", pattern)
    text = _DASH_AFTER_CLASS.sub(lambda match: f"{match[1]}\\-", text)
    text = _CATEGORY.sub(lambda match: _in_class(match, text, _ranges(match[1], ascii_only)), text)
    # Java's \w, \d and \s are ASCII.
    return re.compile(text, re.ASCII)


def _in_class(match: re.Match[str], text: str, ranges: str) -> str:
    before = text[: match.start()]
    is_inside = before.rfind("[") > before.rfind("]")
    return ranges if is_inside else f"[{ranges}]"


@functools.lru_cache(maxsize=None)
def _ranges(category: str, ascii_only: bool) -> str:
    """The category's characters, as ranges within `[…]`; `L` means `Lu`, `Ll` and the rest."""
    if category == "ASCII":
        return "\\x00-\\x7F"
    last = 0x7F if ascii_only else sys.maxunicode
    ranges: list[list[int]] = []
    for code in range(last + 1):
        if not unicodedata.category(chr(code)).startswith(category):
            continue
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    # No character of the category is in the range: the class matches nothing.
    return "".join(f"\\U{first:08X}-\\U{end:08X}" for first, end in ranges) or "\\U0010FFFF"
