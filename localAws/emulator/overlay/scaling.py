"""Auto Scaling's own changes of a group's size. AWS's API has no call for them; the clock requests them."""

from typing import Any

from moto.autoscaling.models import autoscaling_backends
from moto.core.exceptions import ServiceException

from . import changes, firings, scaling_causes
from .errors import aws_error
from .gaps.autoscaling_events import existing_group
from .gaps.autoscaling_settings import check_bounds


def scale(account_id: str, wanted: dict[str, Any]) -> str | None:
    """Changes a group's size for a scheduled action or an alarm; returns the reason if Auto Scaling refuses.

    ``wanted`` has ``region``, ``group``, ``name`` (of the action or policy), the sizes to set, and for an alarm
    ``alarm`` and ``metric``.
    """
    backend = autoscaling_backends[account_id][wanted["region"]]
    entry = {key: wanted[key] for key in ("region", "group", "name", "alarm", "metric") if key in wanted}
    entry["kind"] = "targetTracking" if "alarm" in wanted else "scheduledAction"
    try:
        group = existing_group(backend, wanted["group"])
        _check_exists(backend, entry)
        entry["from"] = _sizes(group)
        sizes = {**entry["from"], **wanted["sizes"]}
        if "desired" not in wanted["sizes"]:
            sizes["desired"] = min(max(sizes["desired"], sizes["min"]), sizes["max"])
        _apply(backend, group, sizes, wanted)
        entry["to"] = _sizes(group)
    except (ServiceException, NotImplementedError) as error:
        message = str(getattr(error, "message", error))
        firings.note(account_id, {**entry, "outcome": "failed", "error": message})
        return message
    changes.note_change(account_id, wanted["region"], "autoscaling")
    changes.touch()
    firings.note(account_id, {**entry, "outcome": "succeeded"})
    return None


def _check_exists(backend, entry: dict[str, Any]) -> None:
    """The clock reads actions and policies before it acts: one that was deleted meanwhile changes no size."""
    is_policy = entry["kind"] == "targetTracking"
    known = backend.policies if is_policy else backend.scheduled_actions
    if f"{entry['group']}/{entry['name']}" in known:
        return
    kind = "scaling policy" if is_policy else "scheduled action"
    raise aws_error("autoscaling", "ValidationError", f"The {kind} {entry['name']} does not exist")


def _apply(backend, group, sizes: dict[str, int], wanted: dict[str, Any]) -> None:
    check_bounds(sizes["min"], sizes["desired"], sizes["max"])
    reason = (
        scaling_causes.alarm(wanted["alarm"], wanted["name"])
        if "alarm" in wanted
        else scaling_causes.scheduled_action(sizes["min"], sizes["max"], sizes["desired"])
    )
    group.min_size, group.max_size = sizes["min"], sizes["max"]
    with scaling_causes.because(reason):
        backend.set_desired_capacity(group.name, sizes["desired"])


def _sizes(group) -> dict[str, int]:
    return {"min": group.min_size, "max": group.max_size, "desired": group.desired_capacity or 0}
