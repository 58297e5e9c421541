"""Gap: AWS Backup has vaults and no jobs, so no recovery points.

Here a job of a file system completes at once. A recovery point has its tags and the file system's recorded size, and no
data. A restore job of a recovery point completes at once, too: its folder is not created.
"""

import json
import time
from typing import Any
from urllib.parse import unquote

from moto.backup import urls
from moto.backup.exceptions import InvalidParameterValueException, InvalidRequestException, ResourceNotFoundException
from moto.backup.models import BackupBackend, Vault
from moto.backup.responses import BackupResponse
from moto.efs.models import FileSystem, efs_backends
from moto.iam.models import iam_backends
from moto.moto_api._internal import mock_random

from ..patching import adds, replaces, state_of

urls.url_paths.update(
    {
        "{0}/backup-jobs$": urls.response.dispatch,
        "{0}/backup-jobs/(?P<job_id>[^/]+)$": urls.response.dispatch,
        "{0}/restore-jobs$": urls.response.dispatch,
        "{0}/restore-jobs/(?P<job_id>[^/]+)$": urls.response.dispatch,
        "{0}/backup-vaults/(?P<name>[^/]+)/recovery-points/?$": urls.response.dispatch,
        "{0}/backup-vaults/(?P<name>[^/]+)/recovery-points/(?P<arn>.+)$": urls.response.dispatch,
    }
)

Json = dict[str, Any]


def _points(backend: BackupBackend) -> dict[str, Json]:
    """The recovery points by their ARN."""
    return state_of(backend, "recovery_points", dict)


def _jobs(backend: BackupBackend, kind: str) -> dict[str, Json]:
    """The jobs of a kind, backup or restore, by their id."""
    return state_of(backend, f"{kind}_jobs", dict)


@adds(BackupResponse)
def start_backup_job(self: BackupResponse):
    backend = self.backup_backend
    vault = _vault(backend, self._get_param("BackupVaultName"))
    resource, role = self._get_param("ResourceArn"), self._get_param("IamRoleArn")
    _require_role(backend, role)
    file_system = _file_system(backend, resource)
    arn = _arn(backend, f"recovery-point:{mock_random.uuid4()}")
    now = time.time()
    point = {
        "RecoveryPointArn": arn,
        "BackupVaultName": vault.backup_vault_name,
        "BackupVaultArn": vault.backup_vault_arn,
        "ResourceArn": resource,
        "ResourceType": "EFS",
        "IamRoleArn": role,
        "Status": "COMPLETED",
        "CreationDate": now,
        "CompletionDate": now,
        "BackupSizeInBytes": file_system.size_in_bytes["Value"],
        "IsEncrypted": True,
    }
    _points(backend)[arn] = point
    backend.tag_resource(arn, self._get_param("RecoveryPointTags") or {})
    job_id = str(mock_random.uuid4())
    shared = ("BackupVaultName", "BackupVaultArn", "RecoveryPointArn", "ResourceArn", "ResourceType", "IamRoleArn")
    _jobs(backend, "backup")[job_id] = {
        **{name: point[name] for name in shared},
        "BackupJobId": job_id,
        "AccountId": backend.account_id,
        "State": "COMPLETED",
        "PercentDone": "100.0",
        "BackupSizeInBytes": point["BackupSizeInBytes"],
        "CreationDate": now,
        "CompletionDate": now,
    }
    return json.dumps({"BackupJobId": job_id, "RecoveryPointArn": arn, "CreationDate": now, "IsParent": False})


@adds(BackupResponse)
def describe_backup_job(self: BackupResponse):
    return json.dumps(_job(self.backup_backend, "backup", _in_path(self, "backupJobId")))


@adds(BackupResponse)
def list_recovery_points_by_backup_vault(self: BackupResponse):
    vault = _vault(self.backup_backend, _in_path(self, "backupVaultName"))
    found = [
        point
        for point in _points(self.backup_backend).values()
        if point["BackupVaultName"] == vault.backup_vault_name
    ]
    return json.dumps({"RecoveryPoints": found})


@adds(BackupResponse)
def delete_recovery_point(self: BackupResponse):
    backend = self.backup_backend
    _vault(backend, _in_path(self, "backupVaultName"))
    arn = _in_path(self, "recoveryPointArn")
    _point(backend, arn)
    del _points(backend)[arn]
    backend.tagger.delete_all_tags_for_resource(arn)
    return ""


@adds(BackupResponse)
def start_restore_job(self: BackupResponse):
    backend = self.backup_backend
    point = _point(backend, self._get_param("RecoveryPointArn"))
    role, metadata = self._get_param("IamRoleArn"), self._get_param("Metadata")
    _require_role(backend, role)
    missing = [name for name in ("file-system-id", "newFileSystem", "Encrypted") if name not in metadata]
    if missing:
        raise InvalidParameterValueException(f"Metadata has no {', '.join(missing)}.")
    file_system = _file_system(backend, _file_system_arn(backend, metadata["file-system-id"]))
    job_id, now = str(mock_random.uuid4()), time.time()
    _jobs(backend, "restore")[job_id] = {
        "RestoreJobId": job_id,
        "AccountId": backend.account_id,
        "RecoveryPointArn": point["RecoveryPointArn"],
        "ResourceType": "EFS",
        "IamRoleArn": role,
        "Status": "COMPLETED",
        "PercentDone": "100.0",
        "CreatedResourceArn": file_system.file_system_arn,
        "CreationDate": now,
        "CompletionDate": now,
    }
    return json.dumps({"RestoreJobId": job_id})


@adds(BackupResponse)
def describe_restore_job(self: BackupResponse):
    return json.dumps(_job(self.backup_backend, "restore", _in_path(self, "restoreJobId")))


@replaces(BackupResponse, "list_tags")
def _list_tags(_original, self: BackupResponse):
    """moto expects a slash at the path's end, which not all SDKs send."""
    return json.dumps({"Tags": self.backup_backend.list_tags(_in_path(self, "resourceArn"))})


@replaces(BackupBackend, "delete_backup_vault")
def _delete_vault(original, self: BackupBackend, backup_vault_name: str) -> None:
    if any(point["BackupVaultName"] == backup_vault_name for point in _points(self).values()):
        raise InvalidRequestException(
            f"Backup vault {backup_vault_name} cannot be deleted because it contains recovery points."
        )
    original(self, backup_vault_name)


def _in_path(response: BackupResponse, name: str) -> str:
    """A parameter in the request's path."""
    return unquote(response.uri_match[name])


def _vault(backend: BackupBackend, name: str) -> Vault:
    vault = backend.vaults.get(name)
    if vault is None:
        raise ResourceNotFoundException(f"Backup vault {name} not found")
    return vault


def _point(backend: BackupBackend, arn: str) -> Json:
    point = _points(backend).get(arn)
    if point is None:
        raise ResourceNotFoundException(f"Recovery point {arn} not found")
    return point


def _job(backend: BackupBackend, kind: str, job_id: str) -> Json:
    job = _jobs(backend, kind).get(job_id)
    if job is None:
        raise ResourceNotFoundException(f"The {kind} job {job_id} was not found")
    return job


def _require_role(backend: BackupBackend, arn: str) -> None:
    roles = iam_backends[backend.account_id][backend.partition].roles.values()
    if not any(role.arn == arn for role in roles):
        raise InvalidParameterValueException(f"IAM Role {arn} is invalid. It does not exist.")


def _file_system(backend: BackupBackend, arn: str) -> FileSystem:
    systems = efs_backends[backend.account_id][backend.region_name].file_systems_by_id
    found = systems.get(arn.rsplit("/", 1)[-1])
    if found is None or found.file_system_arn != arn:
        raise ResourceNotFoundException(f"The resource {arn} was not found; only file systems have jobs here.")
    return found


def _file_system_arn(backend: BackupBackend, file_system_id: str) -> str:
    return (
        f"arn:{backend.partition}:elasticfilesystem:{backend.region_name}:{backend.account_id}"
        f":file-system/{file_system_id}"
    )


def _arn(backend: BackupBackend, resource: str) -> str:
    return f"arn:{backend.partition}:backup:{backend.region_name}:{backend.account_id}:{resource}"
