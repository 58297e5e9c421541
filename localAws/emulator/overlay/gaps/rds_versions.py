"""MariaDB's versions on RDS: a request names a major version, and its newest minor version runs."""

MINOR_VERSIONS = ("10.11.14", "11.4.8", "11.8.3")


def major_of(version: str) -> str:
    return ".".join(version.split(".")[:2])


def newest_minor(engine: str, version: str | None) -> str | None:
    """The version that RDS runs for a requested one; other engines' versions stay as they are."""
    if engine != "mariadb" or version is None or version.count(".") > 1:
        return version
    return next((minor for minor in MINOR_VERSIONS if major_of(minor) == version), version)


def order_of(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def family_of(engine: str, version: str) -> str:
    """The family of the parameter groups for this version."""
    return f"{engine}{major_of(version)}"
