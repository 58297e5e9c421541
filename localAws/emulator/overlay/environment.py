"""moto's own settings. They are read while moto is imported, so this module comes before every other."""

import os
from pathlib import Path

#: Refuses, as AWS does, to launch an image or an instance type that does not exist.
_STRICT = {
    "MOTO_ENABLE_AMI_VALIDATION": "true",
    "MOTO_EC2_ENABLE_INSTANCE_TYPE_VALIDATION": "true",
}

#: A few images instead of moto's thousand: each one costs a volume and a snapshot in every account and region.
_IMAGES = {"MOTO_AMIS_PATH": str(Path(__file__).with_name("images.json"))}

#: A certificate is issued at once rather than after a minute.
_QUICK = {"MOTO_ACM_VALIDATION_WAIT": "0"}


def prepare() -> None:
    """Sets the environment variables of moto, and removes those that name a real account."""
    for name in [name for name in os.environ if name.startswith(("AWS_", "MOTO_"))]:
        del os.environ[name]
    os.environ.update({**_STRICT, **_IMAGES, **_QUICK})
