"""File systems of the world, with their mount targets and access points."""

from typing import Any

from moto.ec2.models import ec2_backends
from moto.efs.models import EFSBackend, FileSystem

from .network import interface

Json = dict[str, Any]


def file_systems(backend: EFSBackend) -> list[Json]:
    return [
        {
            "id": file_system.file_system_id,
            "host": f"{file_system.file_system_id}.efs.{backend.region_name}.amazonaws.com",
            "mountTargets": _mount_targets(backend, file_system),
            "accessPoints": [
                _access_point(point)
                for point in backend.access_points.values()
                if point.file_system_id == file_system.file_system_id
            ],
        }
        for file_system in backend.file_systems_by_id.values()
    ]


def _mount_targets(backend: EFSBackend, file_system: FileSystem) -> list[Json]:
    interfaces = ec2_backends[backend.account_id][backend.region_name].enis
    return [
        {
            "id": target.mount_target_id,
            "vpcId": target.vpc_id,
            "state": target.life_cycle_state,
            "interface": interface(interfaces[target.network_interface_id]),
        }
        for target in file_system.iter_mount_targets()
        if target.network_interface_id in interfaces
    ]


def _access_point(point) -> Json:
    user, root = point.posix_user or {}, point.root_directory or {}
    created = root.get("CreationInfo") or {}
    return {
        "id": point.access_point_id,
        "path": root.get("Path") or "/",
        "uid": _number(user.get("Uid", created.get("OwnerUid"))),
        "gid": _number(user.get("Gid", created.get("OwnerGid"))),
        "permissions": created.get("Permissions"),
    }


def _number(value: Any) -> int | None:
    return None if value is None else int(value)
