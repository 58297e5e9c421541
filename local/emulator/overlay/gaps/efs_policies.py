"""Gap: a file system's policy cannot be deleted."""

import json

from moto.efs.exceptions import FileSystemNotFound
from moto.efs.responses import EFSResponse

from ..patching import adds


@adds(EFSResponse)
def delete_file_system_policy(self: EFSResponse):
    file_system_id = self._get_param("FileSystemId")
    file_system = self.efs_backend.file_systems_by_id.get(file_system_id)
    if file_system is None:
        raise FileSystemNotFound(file_system_id)
    file_system.file_system_policy = None
    return json.dumps({}), {"status": 200, "Content-Type": "application/json"}
