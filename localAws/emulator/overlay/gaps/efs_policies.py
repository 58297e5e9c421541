"""Gap: a file system's policy cannot be deleted, and DescribeFileSystemPolicy of a deleted one is a server error."""

import json

from moto.efs.exceptions import FileSystemNotFound
from moto.efs.models import EFSBackend
from moto.efs.responses import EFSResponse

from ..patching import adds, replaces


@replaces(EFSBackend, "describe_file_system_policy")
def _describe_file_system_policy(original, self: EFSBackend, file_system_id: str):
    if file_system_id not in self.file_systems_by_id:
        raise FileSystemNotFound(file_system_id)
    return original(self, file_system_id)


@adds(EFSResponse)
def delete_file_system_policy(self: EFSResponse):
    file_system_id = self._get_param("FileSystemId")
    file_system = self.efs_backend.file_systems_by_id.get(file_system_id)
    if file_system is None:
        raise FileSystemNotFound(file_system_id)
    file_system.file_system_policy = None
    return json.dumps({}), {"status": 200, "Content-Type": "application/json"}
