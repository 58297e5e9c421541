"""Gap: nothing boots, so the builder of a golden image never builds, and its console is another machine's.

Here a machine whose user data is a script that ends with `wordpress-server build-image` says on its console what that says, line by
line, and then powers itself off: its state's reason is the machine's own shutdown. Without a way to the package mirror
(`ways_out`) it says so, as the real one does, and stays on. No package is installed and no file is written.
"""

import base64
import gzip
import threading

from moto.core.responses import ActionResult
from moto.core.types import Base64EncodedString
from moto.core.utils import utcnow
from moto.ec2.models.instances import Instance, InstanceBackend, StateReason
from moto.ec2.responses.general import General

from ..lock import LOCK
from ..patching import replaces
from ..ways_out import reaches_mirror

#: Long enough to be seen building, and to be stopped before it is done; a real one takes some minutes.
_BUILD_SECONDS = 1.0

_COMMAND = "wordpress-server build-image"
_BOOT = ["Debian GNU/Linux 13 (emulated)", "cloud-init: running modules:final"]
_BEGIN = ["bake: start", "packages: installing nginx php8.4-fpm wordpress"]
_NO_MIRROR = (
    "packages: FATAL: no package list; see the line above (bake needs the mirror: a NAT gateway or a public address)"
)
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
        if _builds_an_image(instance):
            _boot(instance)
    return reservation


def _builds_an_image(instance: Instance) -> bool:
    """Whether its user data is a script whose last command is to build an image."""
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
            return  # Stopped or ended by somebody meanwhile, which cut it off.
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
