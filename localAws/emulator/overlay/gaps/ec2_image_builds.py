"""Gap: no instance boots, so the builder of a golden image never builds, and its console belongs to another machine.

Here an instance whose user data is a script that ends with `wordpress-server build-image` prints the builder's lines on
its console and then powers off: the reason of its state is an instance-initiated shutdown. Without an egress route to
the package mirror (`egress`) it prints the real error and stays on. It installs no package and writes no file.
"""

import base64
import gzip
import threading

from moto.core.responses import ActionResult
from moto.core.types import Base64EncodedString
from moto.core.utils import utcnow
from moto.ec2.models.instances import Instance, InstanceBackend, StateReason
from moto.ec2.responses.general import General

from .. import changes, live
from ..egress import reaches_mirror
from ..lock import LOCK
from ..patching import replaces

#: Long enough for tests to see the build and to stop it; a real build takes some minutes.
_BUILD_SECONDS = 1.0

_COMMAND = "wordpress-server build-image"
_BOOT = ["Debian GNU/Linux 13 (emulated)", "cloud-init: running modules:final"]
_BEGIN = ["bake: start", "packages: installing nginx php8.4-fpm wordpress"]
_NO_MIRROR = "packages: FATAL: no package list; see the line above (bake needs the mirror: a NAT gateway or a public address)"
_END = [
    "self-test: passed",
    "bake: done",
    "build-image: wiping what belongs to this machine",
    "build-image: the image is ready; powering off",
]


@replaces(InstanceBackend, "run_instances")
def _run_instances(
    original, self: InstanceBackend, image_id: str, count: int, user_data, group_names: list, **options
):
    reservation = original(self, image_id, count, user_data, group_names, **options)
    for instance in reservation.instances:
        if _builds_an_image(instance) and not live.attached():
            _boot(instance)
    return reservation


def _builds_an_image(instance: Instance) -> bool:
    """Whether the user data is a script whose last command builds an image."""
    text = _text_of(instance.user_data)
    return text.startswith("#!") and text.rstrip("\n").endswith(_COMMAND)


def _text_of(user_data: Base64EncodedString | str | None) -> str:
    content = base64.b64decode(str(user_data or ""))
    if content.startswith(b"\x1f\x8b"):
        content = gzip.decompress(content)
    return content.decode("utf-8", "replace")


def _boot(instance: Instance) -> None:
    instance.overlay_console = [*_BOOT, *map(_said, _BEGIN)]
    timer = threading.Timer(_BUILD_SECONDS, _finish, [instance])
    timer.daemon = True
    timer.start()


def _finish(instance: Instance) -> None:
    with LOCK:
        if instance.state != "running":
            return  # A user stopped or terminated the instance during the build.
        if not reaches_mirror(instance):
            instance.overlay_console.append(_said(_NO_MIRROR))
            return
        instance.overlay_console += map(_said, _END)
        _power_off(instance)


def _power_off(instance: Instance) -> None:
    if instance.instance_initiated_shutdown_behavior == "terminate":
        instance.terminate()
    else:
        instance.stop()
    changes.touch()
    code = "Client.InstanceInitiatedShutdown"
    instance._reason = ""
    instance.state_reason = StateReason(f"{code}: Instance initiated shutdown", code)


def _said(line: str) -> str:
    return f"[   42.000000] cloud-init[600]: wordpress-server {line}"


@replaces(General, "get_console_output")
def _get_console_output(original, self: General):
    instance = self.ec2_backend.get_instance(self._get_param("InstanceId"))
    lines = getattr(instance, "overlay_console", None)
    if lines is None:
        return original(self)
    text = "".join(f"{line}\r\n" for line in lines)
    return ActionResult(
        {
            "InstanceId": instance.id,
            "Timestamp": utcnow(),
            "Output": Base64EncodedString.from_raw_string(text),
        }
    )
