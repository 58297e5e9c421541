"""How a gap changes moto. A name that a newer moto no longer has stops the emulator's start, not a request."""

import functools
from collections.abc import Callable
from typing import Any, TypeVar

State = TypeVar("State")


def replaces(owner: Any, name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The decorated function replaces ``owner.name`` and receives the original as its first argument."""
    original = getattr(owner, name)

    def install(replacement: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def patched(*args: Any, **kwargs: Any) -> Any:
            return replacement(original, *args, **kwargs)

        setattr(owner, name, patched)
        return replacement

    return install


def adds(owner: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The decorated function becomes a method of ``owner``, which must not have one of that name."""

    def install(method: Callable[..., Any]) -> Callable[..., Any]:
        if hasattr(owner, method.__name__):
            raise RuntimeError(f"moto has {owner.__name__}.{method.__name__} now: remove it from the overlay")
        setattr(owner, method.__name__, method)
        return method

    return install


def state_of(backend: Any, name: str, make: Callable[[], State]) -> State:
    """State that the overlay keeps on one of moto's objects: it is deleted with the object, for example by a reset."""
    state: State = backend.__dict__.setdefault(f"overlay_{name}", make())
    return state
