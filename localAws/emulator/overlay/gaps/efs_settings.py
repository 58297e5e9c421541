"""Gap: a file system's backup policy and throughput cannot be changed, and an access point accepts any file system."""

import json

from moto.efs.exceptions import FileSystemNotFound
from moto.efs.models import EFSBackend, FileSystem
from moto.efs.responses import EFSResponse

from ..errors import aws_error
from ..patching import adds, replaces


def _existing(backend: EFSBackend, file_system_id: str) -> FileSystem:
    file_system = backend.file_systems_by_id.get(file_system_id)
    if file_system is None:
        raise FileSystemNotFound(file_system_id)
    return file_system


def _json(answer: dict, status: int = 200):
    return json.dumps(answer), {"status": status, "Content-Type": "application/json"}


@adds(EFSResponse)
def put_backup_policy(self: EFSResponse):
    file_system = _existing(self.efs_backend, self._get_param("FileSystemId"))
    wanted = self._get_param("BackupPolicy")["Status"]
    if wanted not in ("ENABLED", "DISABLED"):
        raise aws_error(
            "efs", "ValidationException", f"BackupPolicy status {wanted} is not ENABLED or DISABLED."
        )
    file_system._backup = wanted == "ENABLED"
    file_system._overlay_backup_set = True
    return _json({"BackupPolicy": {"Status": wanted}})


@replaces(EFSBackend, "describe_backup_policy")
def _describe_backup_policy(original, self: EFSBackend, file_system_id: str):
    file_system = _existing(self, file_system_id)
    if getattr(file_system, "_overlay_backup_set", False) and not file_system._backup:
        return {"Status": "DISABLED"}
    return original(self, file_system_id)


@adds(EFSResponse)
def update_file_system(self: EFSResponse):
    file_system = _existing(self.efs_backend, self._get_param("FileSystemId"))
    mode = self._get_param("ThroughputMode")
    if mode is not None:
        file_system.throughput_mode = mode
    provisioned = self._get_param("ProvisionedThroughputInMibps")
    if provisioned is not None:
        file_system.provisioned_throughput_in_mibps = provisioned
    return _json(file_system.info_json(), 202)


@replaces(EFSBackend, "create_access_point")
def _create_access_point(original, self: EFSBackend, client_token: str, **settings):
    _existing(self, settings["file_system_id"])
    for point in self.access_points.values():
        if point.client_token == client_token:
            raise aws_error(
                "efs",
                "AccessPointAlreadyExists",
                f"Access point {point.access_point_id} has this client token already.",
            )
    return original(self, client_token, **settings)
