"""Imports moto in half the time.

While it is imported, moto opens three boto3 sessions, and each parses botocore's list of all endpoints: here they
share one session. moto also reads the instance types that every region offers: here a region's list is read at the
first launch in the region. Imported objects stay, so the garbage collector does not search them.
"""

import gc
from collections.abc import Callable

import boto3
import moto.utilities.utils as utils

_OFFERINGS = "ec2/resources/instance_type_offerings"


class _Regions(dict):
    """The offerings of one location type, by region."""

    def __init__(self, location_type: str, regions: list[str]) -> None:
        super().__init__(dict.fromkeys(regions))
        self._location_type = location_type

    def __getitem__(self, region: str) -> list[dict]:
        offered = super().__getitem__(region)
        if offered is None:
            read = utils.load_resource(f"{_OFFERINGS}/{self._location_type}/{region}.json")
            offered = [{**offer, "LocationType": self._location_type} for offer in read]
            self[region] = offered
        return offered

    def get(self, region: str, default: object = None) -> object:
        return self[region] if region in self else default


def import_fast(import_moto: Callable[[], object]) -> None:
    """Runs a function that imports moto's services."""
    gc.disable()
    session, load = boto3.Session, utils.load_resource
    shared = session()
    boto3.Session = lambda: shared
    utils.load_resource = lambda resource: [] if resource.startswith(_OFFERINGS) else load(resource)
    try:
        import_moto()
    finally:
        boto3.Session, utils.load_resource = session, load
    _read_offerings_when_needed()
    gc.freeze()
    gc.enable()


def _read_offerings_when_needed() -> None:
    from moto.ec2.models.instance_types import INSTANCE_TYPE_OFFERINGS as offerings

    for location_type, regions in list(offerings.items()):
        offerings[location_type] = _Regions(location_type, list(regions))
