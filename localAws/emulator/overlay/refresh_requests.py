"""What an instance refresh requires, and which instances it leaves alone."""

from moto.autoscaling.models import InstanceState

from .errors import aws_error


def check_rollback(preferences: dict, desired: dict | None, previous: dict | None) -> None:
    if not preferences.get("AutoRollback"):
        return
    if not desired:
        raise aws_error(
            "autoscaling", "ValidationError", "AutoRollback needs a desired configuration for the refresh."
        )
    if previous and previous["Version"] in (None, "$Latest", "$Default"):
        raise aws_error(
            "autoscaling",
            "ValidationError",
            f"AutoRollback needs the group's template version as a number, not {previous['Version'] or '$Default'}.",
        )


def skips(state: InstanceState, template: dict, preferences: dict) -> bool:
    return (
        bool(preferences.get("SkipMatching"))
        and getattr(state.instance, "overlay_template", None) == template
    )
