"""The parameters that a database uses: a change of its group may wait for a reboot."""

from moto.rds.models import DBInstance, DBParameterGroup

from .patching import state_of


def wanted(database: DBInstance) -> dict[str, str]:
    """The values that a user set in the database's group."""
    return {
        name: str(parameter["ParameterValue"])
        for group in database.db_parameter_groups()
        for name, parameter in group.parameters.items()
        if parameter.get("ParameterValue") is not None
    }


def effective(database: DBInstance) -> dict[str, str]:
    return dict(_effective(database))


def apply_all(database: DBInstance) -> None:
    """At its creation, start or reboot, a database reads all parameters."""
    values = _effective(database)
    values.clear()
    values.update(wanted(database))


def apply_immediate(database: DBInstance, parameters: list[dict[str, str]]) -> None:
    """Uses those parameters of its group that need no reboot."""
    for parameter in parameters:
        if parameter.get("ApplyMethod") != "pending-reboot" and parameter.get("ParameterValue") is not None:
            _effective(database)[parameter["ParameterName"]] = str(parameter["ParameterValue"])


def forget(database: DBInstance, parameters: list[dict[str, str]]) -> None:
    """Uses the defaults of these parameters, unless they wait for a reboot."""
    for parameter in parameters:
        if parameter.get("ApplyMethod") != "pending-reboot":
            _effective(database).pop(parameter["ParameterName"], None)


def use_group(database: DBInstance, group: DBParameterGroup) -> bool:
    """Whether the database runs with parameters of this group, not only after its next reboot."""
    return getattr(database, "overlay_running_group", None) == group.name


def note_running_group(database: DBInstance) -> None:
    (group,) = database.db_parameter_groups()
    database.overlay_running_group = group.name


def apply_status(database: DBInstance) -> str:
    return "in-sync" if _effective(database) == wanted(database) else "pending-reboot"


def _effective(database: DBInstance) -> dict[str, str]:
    values: dict[str, str] = state_of(database, "effective_parameters", dict)
    return values
