"""Gap: a parameter group accepts any parameter and any value."""

import re

from moto.rds.exceptions import InvalidParameterValue
from moto.rds.models import RDSBackend

from ..patching import replaces

_SWITCH = "0,1"

#: RDS's allowed values in MariaDB's groups, for the parameters that this project uses: choices, or a range of numbers.
_ALLOWED = {
    "character_set_server": "ascii,big5,binary,cp932,eucjpms,euckr,latin1,sjis,ujis,utf8,utf8mb3,utf8mb4",
    "collation_server": None,
    "general_log": _SWITCH,
    "innodb_buffer_pool_size": None,
    "innodb_lock_wait_timeout": "1-1073741824",
    "innodb_print_all_deadlocks": _SWITCH,
    "interactive_timeout": "1-31536000",
    "log_output": "TABLE,FILE,NONE",
    "log_queries_not_using_indexes": _SWITCH,
    "log_slow_verbosity": None,
    "long_query_time": "0-31536000",
    "max_allowed_packet": "1024-1073741824",
    "max_connect_errors": "1-9223372036854775807",
    "max_connections": "10-100000",
    "max_heap_table_size": "16384-1844674407370954752",
    "min_examined_row_limit": "0-4294967295",
    "net_read_timeout": "1-31536000",
    "net_write_timeout": "1-31536000",
    # Unlike other switches, this one has names.
    "require_secure_transport": "ON,OFF",
    "slow_query_log": _SWITCH,
    "sort_buffer_size": "1024-9223372036854775807",
    "table_open_cache": "1-1048576",
    "tmp_table_size": "1024-9223372036854775807",
    "wait_timeout": "1-31536000",
}


@replaces(RDSBackend, "modify_db_parameter_group")
def _modify(original, self: RDSBackend, db_parameter_group_name: str, db_parameter_group_parameters):
    parameters = list(db_parameter_group_parameters)
    group = self.db_parameter_groups.get(db_parameter_group_name)
    if group is not None and (group.family or "").startswith("mariadb"):
        for parameter in parameters:
            _require(parameter["ParameterName"], parameter.get("ParameterValue"))
    return original(self, db_parameter_group_name, parameters)


def _require(name: str, value: str | None) -> None:
    if name not in _ALLOWED:
        raise InvalidParameterValue(f"Could not find parameter with name: {name}")
    allowed = _ALLOWED[name]
    if value is None or allowed is None or _is_allowed(value, allowed):
        return
    raise InvalidParameterValue(f"Invalid parameter value: {value} for: {name} allowed values are: {allowed}")


def _is_allowed(value: str, allowed: str) -> bool:
    bounds = re.fullmatch(r"(\d+)-(\d+)", allowed)
    if bounds is None:
        return value in allowed.split(",")
    # RDS calculates formulas with the class's memory.
    return value.startswith("{") or (
        re.fullmatch(r"\d+(\.\d+)?", value) is not None and int(bounds[1]) <= float(value) <= int(bounds[2])
    )
